"""Reranking by a reader: order, budget, and what is left unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.reader import Reading
from assistant.rerank import CHARS_READ_MAX, PASSAGES_READ_FIRST, PASSAGES_READ_MAX, rerank
from docs_store.records import Hit


class LengthReader:
    """Likes long passages; notes what it was given."""

    def __init__(self) -> None:
        self.read_texts: list[str] = []
        self.contexts: list[str] = []

    def read(
        self, question: str, passages: Sequence[str], contexts: Sequence[str] | None = None
    ) -> list[Reading]:
        self.read_texts += passages
        self.contexts += contexts or []
        return [Reading(0, 1, 0.0, 0.0, len(text) * 1.0, len(text) / 10_000) for text in passages]


def _hit(number: int, text: str) -> Hit:
    return Hit(
        passage_id=number, document_id="d", version=1, title="t", source="s", date=None,
        language="id", page=None, locator=None, start=0, end=len(text), text=text,
        context=f"c{number}", score=1 / (number + 1),
    )  # fmt: skip


def test_the_reader_decides_the_order_and_says_so():
    hits = [_hit(0, "a" * 10), _hit(1, "b" * 300), _hit(2, "c" * 90)]
    reader = LengthReader()
    result = rerank(reader, "apa?", hits)
    assert [hit.passage_id for hit in result.hits] == [1, 2, 0]
    assert result.hits[0].scores["reader"] == 0.03
    assert set(result.readings) == {0, 1, 2}
    assert reader.contexts == ["c0", "c1", "c2"]


def test_long_passages_use_the_budget_up_and_the_rest_keep_their_order():
    hits = [_hit(number, "x" * (CHARS_READ_MAX // 2)) for number in range(8)]
    reader = LengthReader()
    result = rerank(reader, "apa?", hits)
    assert len(reader.read_texts) == PASSAGES_READ_FIRST
    assert [hit.passage_id for hit in result.hits[PASSAGES_READ_FIRST:]] == [4, 5, 6, 7]
    assert "reader" not in result.hits[-1].scores


def test_short_passages_are_read_up_to_a_number():
    reader = LengthReader()
    rerank(reader, "apa?", [_hit(number, "pendek") for number in range(50)])
    assert len(reader.read_texts) == PASSAGES_READ_MAX


def test_where_the_first_ones_surely_answer_the_others_are_not_read():
    reader = LengthReader()
    hits = [_hit(number, "x" * 10) for number in range(9)]
    hits[1] = _hit(1, "y" * 9_500)  # the stand-in is sure of it
    result = rerank(reader, "apa?", hits)
    assert len(reader.read_texts) == PASSAGES_READ_FIRST
    assert result.hits[0].passage_id == 1
    assert [hit.passage_id for hit in result.hits[4:]] == [4, 5, 6, 7, 8]


def test_nothing_found_is_nothing_read():
    assert rerank(LengthReader(), "apa?", []).hits == []


def test_what_the_question_names_stays_in_front():
    named = replace(_hit(2, "d"), score=3.0, scores={"article": 2.0})
    result = rerank(LengthReader(), "Pasal 7?", [named, _hit(0, "a" * 99), _hit(1, "b" * 300)])
    assert [hit.passage_id for hit in result.hits] == [2, 1, 0]
