"""The gate: laws 1 to 3. What is altered falls, what is quoted stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Citation
from assistant.drafts import DraftStatement
from assistant.ground import ground

TEXT = (
    "Pajak daerah naik 12,5% menjadi Rp1.234.567,89 pada 27 Januari 2022. "
    "Menurut Pasal 7 ayat (2), Bupati Banyuwangi tidak dapat menolak permohonan 10 hari kerja."
)


def cited(text, start=0, end=None, quote=None):
    end = len(TEXT) if end is None else end
    quote = TEXT[start:end] if quote is None else quote
    return DraftStatement(text, (Citation(9, "d", "t", "s", 1, None, None, start, end, quote),))


def gate(statement):
    passed, refused = ground([statement], lambda *_: TEXT)
    assert len(passed) + len(refused) == 1
    return passed, refused


def test_a_quote_stands_and_gets_its_marker():
    passed, _ = gate(cited(TEXT[70:], 70))
    assert [c.marker for c in passed[0].citations] == [1]


def test_a_paraphrase_that_keeps_the_facts_stands():
    passed, _ = gate(cited("Pada 27/1/2022 pajak daerah tidak lagi 10 tetapi naik 12,5%.", 0))
    assert passed


@pytest.mark.parametrize(
    "altered",
    [
        TEXT.replace("12,5", "12,6"),
        TEXT.replace("1.234.567,89", "1.234.567,98"),
        TEXT.replace("27 Januari", "28 Januari"),
        TEXT.replace("2022", "2023"),
        TEXT.replace("Pasal 7", "Pasal 8"),
        TEXT.replace("ayat (2)", "ayat (3)"),
        TEXT.replace("Banyuwangi", "Jember"),
        TEXT.replace("tidak ", ""),
    ],
)
def test_an_altered_fact_falls(altered):
    passed, refused = gate(cited(altered))
    assert not passed
    assert refused[0].why


@pytest.mark.parametrize(
    "statement",
    [
        DraftStatement("Pajak naik.", ()),
        cited("Pajak daerah", 0, 12, "Pajak Daerah"),
        cited("Pajak daerah", 1, 13, "Pajak daerah"),
        cited("Pajak daerah", 0, 10_000, "Pajak daerah"),
        cited("", 5, 5, ""),
    ],
)
def test_a_wrong_citation_falls(statement):
    assert not gate(statement)[0]


@given(st.data())
def test_any_other_digit_falls(data):
    places = [match.start() for match in re.finditer(r"\d", TEXT)]
    at = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != TEXT[at]]))
    altered = TEXT[:at] + digit + TEXT[at + 1 :]
    assert not gate(cited(altered))[0]


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_every_slice_that_is_quoted_as_it_stands_passes_exactness(start, length):
    end = min(len(TEXT), start + length)
    quote = TEXT[start:end]
    passed, _ = gate(cited(quote, start, end))
    assert passed
    assert TEXT[passed[0].citations[0].start : passed[0].citations[0].end] == quote
