"""The keyword index against BM25 computed here, word by word."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs_store import keyword_index
from docs_store.analysis import terms

K1, B = 1.2, 0.75
ROWS = [
    (1, "Bupati membuka pasar ikan di pelabuhan.", "Berita pasar", "id"),
    (2, "Pasar pagi buka setiap hari; pasar malam tidak.", "Jadwal", "id"),
    (3, "The regent opened the harbour on Monday.", "News", "en"),
    (4, "Anggaran pelabuhan tahun 2022 sebesar Rp1.500.000.", "Anggaran", "id"),
    (5, "Kantor kecamatan pindah.", "Pasar dan pelabuhan", "id"),
]


@pytest.fixture
def connection():
    opened = sqlite3.connect(":memory:")
    keyword_index.create(opened)
    yield opened
    opened.close()


def _bm25(rows, words):
    """As SQLite documents it: columns weighted inside the term frequency, lengths over all."""
    counts = {
        row[0]: (Counter(terms(row[1], row[3])), Counter(terms(row[2], row[3]))) for row in rows
    }
    lengths = {at: sum(text.values()) + sum(title.values()) for at, (text, title) in counts.items()}
    average = sum(lengths.values()) / len(lengths)
    scores = {}
    for at, (text, title) in counts.items():
        score = 0.0
        for word in words:
            holding = sum(1 for a, b in counts.values() if a[word] or b[word])
            rarity = math.log((len(rows) - holding + 0.5) / (holding + 0.5)) if holding else 0
            frequency = text[word] + keyword_index.CONTEXT_WEIGHT * title[word]
            norm = K1 * (1 - B + B * lengths[at] / average)
            score += max(rarity, 1e-6) * frequency * (K1 + 1) / (frequency + norm)
        if score > 0:
            scores[at] = score
    return scores


@pytest.mark.parametrize(
    "question",
    ["pasar", "pasar pelabuhan", "regent", "anggaran 2022", "1500000", "kecamatan pasar"],
)
def test_scores_are_bm25(connection, question):
    keyword_index.add(connection, ROWS)
    words = list(dict.fromkeys(terms(question) + terms(question, "en")))
    found = keyword_index.search(connection, words, 10)
    expected = _bm25(ROWS, words)
    assert dict(found) == pytest.approx(expected)
    assert [at for at, _ in found] == sorted(expected, key=lambda at: (-expected[at], at))


def test_other_words_for_the_same_count_less(connection):
    keyword_index.add(connection, ROWS)
    own, others = terms("pasar"), terms("pelabuhan anggaran")
    found = keyword_index.search(connection, own, 10, others)
    by_own, by_others = _bm25(ROWS, own), _bm25(ROWS, others)
    weight = keyword_index.OTHER_TERMS_WEIGHT
    expected = {at: by_own.get(at, 0) + weight * by_others.get(at, 0) for at in by_own | by_others}
    assert dict(found) == pytest.approx(expected)
    assert [at for at, _ in found] == sorted(expected, key=lambda at: (-expected[at], at))
    assert dict(keyword_index.search(connection, [], 10, others)) == pytest.approx(
        {at: weight * score for at, score in by_others.items()}
    )


def test_what_is_removed_is_not_found_and_does_not_weigh(connection):
    keyword_index.add(connection, ROWS)
    keyword_index.remove(connection, ROWS[:2])
    words = terms("pasar pelabuhan")
    assert dict(keyword_index.search(connection, words, 10)) == pytest.approx(
        _bm25(ROWS[2:], words)
    )
    assert keyword_index.frequencies(connection, terms("pasar")) == {terms("pasar")[0]: 1}


def test_frequencies_leave_out_what_stands_nowhere(connection):
    keyword_index.add(connection, ROWS)
    assert keyword_index.frequencies(connection, ["pasar", "gunung"]) == {"pasar": 3}


def test_an_emptied_index_finds_nothing(connection):
    keyword_index.add(connection, ROWS)
    keyword_index.clear(connection)
    assert keyword_index.search(connection, ["pasar"], 10) == []


def test_holds_asks_for_all_terms_in_that_passage(connection):
    keyword_index.add(connection, ROWS)
    assert keyword_index.holds(connection, terms("bupati pasar"), 1)
    assert not keyword_index.holds(connection, terms("bupati pasar"), 2)


@given(st.text(max_size=200))
def test_any_text_is_found_by_its_own_terms_and_leaves_when_removed(text):
    connection = sqlite3.connect(":memory:")
    keyword_index.create(connection)
    row = (7, text, "", "id")
    keyword_index.add(connection, [row])
    words = list(dict.fromkeys(terms(text)))[:8]
    if words:
        assert keyword_index.holds(connection, words, 7)
    keyword_index.remove(connection, [row])
    assert keyword_index.search(connection, words, 5) == []
    connection.close()
