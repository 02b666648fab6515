"""Claims out of a response, however it comes in pieces and whatever stands around it."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model_claims import ClaimReader, ModelClaim

ONE = {"text": "Tarifnya naik.", "passage": 1, "quote": 'Tarif {lama} "naik" [lihat]\nini.'}
TWO = {"text": "Parkir bebas.", "passage": "2", "quote": "Parkir bebas.", "translation": None}
READ = [
    ModelClaim("Tarifnya naik.", 1, 'Tarif {lama} "naik" [lihat]\nini.'),
    ModelClaim("Parkir bebas.", 2, "Parkir bebas."),
]
LISTED = json.dumps({"claims": [ONE, TWO]}, ensure_ascii=False)


def read(text, size=1):
    reader = ClaimReader()
    found = []
    for at in range(0, len(text), size):
        found += reader.feed(text[at : at + size])
    return found, reader


@pytest.mark.parametrize(
    "text",
    [
        LISTED,
        json.dumps({"claims": [ONE, TWO]}, indent=2),
        f"Berikut jawabannya:\n```json\n{LISTED}\n```\nSemoga membantu.",
        f'<think>Mungkin {{"text": "x", "passage": 1, "quote": "y"}}?</think>{LISTED}',
        json.dumps([ONE, TWO]),
        json.dumps({"plan": "two", "claims": [ONE, TWO]}),
        f"{{catatan}} {LISTED}",
        LISTED.replace("\\n", "\n"),  # a line break in a string as it is
        LISTED[:-2] + ",]}",
    ],
)
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_read_whole(text, size):
    found, reader = read(text, size)
    assert found == READ
    assert reader.is_whole


@given(st.lists(st.integers(0, len(LISTED)), max_size=12))
def test_any_pieces_give_the_same(cuts):
    borders = [0, *sorted(cuts), len(LISTED)]
    reader = ClaimReader()
    found = []
    for start, end in itertools.pairwise(borders):
        found += reader.feed(LISTED[start:end])
    assert found == READ
    assert reader.closed


@given(st.integers(0, len(LISTED) - 3))
def test_a_response_that_stops_gives_only_what_is_complete(at):
    found, reader = read(LISTED[:at])
    assert found == READ[: len(found)]
    complete = [LISTED.index("}, {") + 1, LISTED.index("}]}") + 1]
    assert len(found) == sum(at >= end for end in complete)
    assert not reader.is_whole


def test_a_claim_is_given_as_soon_as_it_is_complete():
    reader = ClaimReader()
    first, second = LISTED.split("}, ")
    assert reader.feed(first) == []
    assert reader.feed("}") == READ[:1]
    assert reader.feed(", " + second) == READ[1:]


def test_what_is_no_claim_is_counted_and_the_next_is_read():
    spoilt = '{"claims": [{"text": "a", "passage": 1, "quote": "di "sini" saja"}, {"text": "b"}, '
    found, reader = read(spoilt + json.dumps(TWO) + "]}")
    assert found == READ[1:]
    assert reader.spoilt == 2
    assert reader.is_whole


@pytest.mark.parametrize("text", ["", "Maaf, saya tidak bisa.", "{}", "[]", '{"answer": "ya"}'])
def test_no_claims_at_all(text):
    found, reader = read(text)
    assert found == []
    assert not reader.is_whole


def test_an_empty_list_is_an_answer():
    found, reader = read('{"claims": []}')
    assert (found, reader.is_whole) == ([], True)


def test_one_claim_without_a_list():
    found, reader = read(json.dumps(ONE))
    assert found == READ[:1]
    assert reader.is_whole
