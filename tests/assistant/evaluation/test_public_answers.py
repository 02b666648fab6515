"""Answers to public sets: what is asked, and what counts as right, on sets and answers by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation import Answer, AnswerPart, Citation
from assistant.evaluation.public_answers import (
    PublicQuestion,
    ask_public,
    judge,
    public_estimates,
    public_sets,
)
from tests.assistant.evaluation.sets_by_hand import BRIDGE, LAKE, write_sets

OWN = PublicQuestion("answerable", "?", ("12 meter", "dua belas meter"), frozenset({3}))
NOBODY_ANSWERS = PublicQuestion("unanswerable", "?")
NO_WORDS = PublicQuestion("relevant", "?", (), frozenset({3, 4}))


def answer_of(*parts: AnswerPart, quotes: tuple[tuple[int, str], ...] = ()) -> Answer:
    """An answer that cites these (place in the pool, quote)."""
    citations = tuple(
        Citation(at, "d", "t", f"passage-{place:06}", 1, None, None, 0, len(quote), quote)
        for at, (place, quote) in enumerate(quotes, start=1)
    )
    timings = {"total": 500.0}
    return Answer("?", "id", "quotes", not parts, None, parts, citations, timings_ms=timings)


def test_a_right_answer_stands_in_what_is_stated_and_in_what_is_cited() -> None:
    value = AnswerPart("value", "12 meter", (1,))
    sentence = AnswerPart("statement", "Dalamnya 12 meter.", (1,))
    own = ((3, "Dalamnya 12 meter."),)
    said = judge(OWN, answer_of(value, sentence, quotes=own))
    assert (said.right, said.in_bold, said.own_passage) == (True, True, True)
    said = judge(OWN, answer_of(sentence, quotes=own))
    assert (said.right, said.in_bold, said.own_passage) == (True, False, True)
    said = judge(OWN, answer_of(sentence, quotes=((7, "Dalamnya 12 meter."),)))
    assert (said.right, said.own_passage) == (True, False)


@pytest.mark.parametrize(
    ("parts", "quotes"),
    [
        ([AnswerPart("statement", "Dalamnya 112 meter.", (1,))], ((3, "Dalamnya 112 meter."),)),
        ([AnswerPart("value", "12 meter", (1,))], ((7, "Dalamnya dua meter."),)),
        (  # the words stand in one place, and the passage is cited for another
            [
                AnswerPart("statement", "Dalamnya 12 meter.", ()),
                AnswerPart("statement", "Airnya biru.", (1,)),
            ],
            ((3, "Airnya biru."),),
        ),
        ([AnswerPart("lead", "Tentang 12 meter:", (1,))], ((3, "Dalamnya 12 meter."),)),
    ],
)
def test_anything_else_is_wrong(
    parts: list[AnswerPart], quotes: tuple[tuple[int, str], ...]
) -> None:
    said = judge(OWN, answer_of(*parts, quotes=quotes))
    assert (said.right, said.withheld, said.in_bold) == (False, False, False)


def test_withholding_is_right_where_nothing_answers_and_not_wrong_elsewhere() -> None:
    assert judge(NOBODY_ANSWERS, answer_of()).right
    said = judge(OWN, answer_of())
    assert (said.right, said.withheld) == (False, True)
    stated = answer_of(AnswerPart("value", "7", (1,)), quotes=((1, "7"),))
    assert not judge(NOBODY_ANSWERS, stated).right


def test_where_no_words_are_known_one_of_the_passages_is_to_be_cited() -> None:
    part = AnswerPart("statement", "Ada.", (1,))
    assert judge(NO_WORDS, answer_of(part, quotes=((4, "Ada."),))).right
    assert not judge(NO_WORDS, answer_of(part, quotes=((5, "Ada."),))).right


def test_the_rows_are_the_parts_and_tell_only_what_can_be_told() -> None:
    value = AnswerPart("value", "12 meter", (1,))
    judged = ask_public(
        [OWN, OWN, NOBODY_ANSWERS, NO_WORDS], lambda _: answer_of(value, quotes=((3, "12 meter"),))
    )
    rows = public_estimates(judged)
    assert list(rows) == ["answerable", "unanswerable", "relevant"]
    assert rows["answerable"]["right, in bold"].count == 2
    assert rows["unanswerable"]["wrong"].value == rows["relevant"]["right"].value == 1.0
    assert "right, in bold" not in rows["unanswerable"]
    assert "right, own passage" not in rows["relevant"]
    assert judged[0].seconds == 0.5


def test_the_sets_by_hand(tmp_path: Path) -> None:
    facqa, idk, noisy = public_sets(write_sets(tmp_path))
    [unseen] = facqa.questions
    assert (unseen.question, unseen.answers) == ("Kapan Jembatan Rindu selesai?", ("2019",))
    assert {facqa.pool[place].text for place in unseen.places} == {BRIDGE}
    answered, unanswered = idk.questions
    assert {idk.pool[place].text for place in answered.places} == {LAKE}
    assert (unanswered.answers, unanswered.places) == ((), frozenset())
    relevant, irrelevant = noisy.questions
    assert len(relevant.places) == 2
    assert not irrelevant.places


def test_no_more_questions_than_told_and_few_passages_if_quick(tmp_path: Path) -> None:
    quick = public_sets(write_sets(tmp_path), whole=False, questions_max=0)
    assert [one.name for one in quick] == ["FacQA valid", "IDK-MRC valid"]
    assert not any(one.questions for one in quick)
    assert len(quick[1].pool) == 1
