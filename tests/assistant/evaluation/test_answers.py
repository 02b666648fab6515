"""What an answer is worth, each rule on answers made by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.comparison import NOT_FOUND
from assistant.conversation import Answer, AnswerPart, Citation, Computed
from assistant.evaluation.answers import (
    UNANSWERABLE,
    AnswerQuestion,
    answer_estimates,
    answer_questions,
    ask_all,
    citation_scores,
    numbers_proved,
    outcome,
    plain_tokens,
    seconds_at,
    stands,
    stating,
)
from assistant.reader import Judgement

QUESTIONS = Path(__file__).parents[2] / "evaluation" / "governance_questions.jsonl"


class SameWords:
    """Entailed is what has all its words in the quotes."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        return [
            Judgement(float(set(plain_tokens(claim)) <= set(plain_tokens(quote))), 0.0, 0.0)
            for claim, quote in pairs
        ]


def answer_of(
    *parts: AnswerPart, quotes: Sequence[str] = (), computed: tuple[Computed, ...] = ()
) -> Answer:
    citations = tuple(
        Citation(at, "d", "t", "s", 1, None, None, 0, len(quote), quote)
        for at, quote in enumerate(quotes, start=1)
    )
    return Answer(
        "?", "id", "quotes", not parts, None, parts, citations, computed, timings_ms={"total": 2e3}
    )


def asking(
    *facts: tuple[str, ...],
    kind: str = "fact",
    wrong: tuple[str, ...] = (),
    verdict: str | None = None,
) -> AnswerQuestion:
    return AnswerQuestion("q", "dev", kind, "id", "?", facts, wrong, verdict)


@pytest.mark.parametrize(
    ("fact", "text", "held"),
    [
        ("92,18", "skor 92.18.", True),
        ("92,18", "skor 192,18", False),
        ("92,18", "skor 92,183", False),
        ("2,20", "selisih 2,2", True),
        ("10.000.000", "Rp10,000,000", True),
        ("0,16%", "sebesar 0,16 persen", True),
        ("16%", "sebesar 0,16%", False),
        ("Batu", "Kota Batu, Jawa Timur", True),
        ("Batu", "Batubara", False),
        ("5 (lima) tahun", "selama 5 (lima) tahun", True),
        ("Kota Batu", "Batu Kota", False),
    ],
)
def test_facts_stand_whole_and_in_order(fact: str, text: str, held: bool) -> None:
    assert stands(fact, text) is held


def test_right_partly_wrong_and_abstained() -> None:
    both = asking(("Rani", "Ibu Rani"), ("7",))
    assert outcome(both, answer_of(AnswerPart("statement", "Rani punya 7 ekor", (1,)))) == "right"
    assert outcome(both, answer_of(AnswerPart("statement", "Rani punya 17 ekor", (1,)))) == "partly"
    assert outcome(both, answer_of(AnswerPart("statement", "Budi", (1,)))) == "wrong"
    assert outcome(both, answer_of()) == "abstained"


def test_what_is_named_as_wrong_makes_it_wrong_though_all_facts_stand() -> None:
    question = asking(("7",), wrong=("8",))
    assert outcome(question, answer_of(AnswerPart("value", "7 atau 8", (1,)))) == "wrong"


def test_framing_states_nothing() -> None:
    question = asking(("7",))
    lead = AnswerPart("lead", "Tentang 7 ekor:")
    assert outcome(question, answer_of(lead, AnswerPart("statement", "Ada.", (1,)))) == "wrong"


def test_without_an_answer_in_the_documents_only_abstaining_is_right() -> None:
    question = asking(kind=UNANSWERABLE)
    assert outcome(question, answer_of()) == "right"
    assert outcome(question, answer_of(AnswerPart("value", "7", (1,)))) == "wrong"


@pytest.mark.parametrize(
    ("verdict", "lead", "worth"),
    [
        ("no", "Ya, menurut dokumen:", "wrong"),
        ("no", "Tidak demikian menurut dokumen:", "right"),
        ("no", "Dokumen tidak menjawab ya atau tidak:", "right"),
        ("yes", "Not so, in the words of the documents:", "wrong"),
    ],
)
def test_a_premise_answered_the_other_way_is_wrong(verdict: str, lead: str, worth: str) -> None:
    question = asking(("7",), kind="premise", verdict=verdict)
    said = answer_of(AnswerPart("lead", lead), AnswerPart("statement", "Ada 7.", (1,)))
    assert outcome(question, said) == worth


def test_citations_are_scored_as_alce_scores_them() -> None:
    quotes = ("Rani memelihara ayam", "tujuh ekor di kandang", "Pasar buka pagi")
    together = AnswerPart("statement", "Rani ayam tujuh ekor", (1, 2))
    with_idle = AnswerPart("statement", "ayam memelihara Rani", (1, 3))
    unproved = AnswerPart("statement", "Budi memelihara sapi", (3,))
    assert citation_scores(answer_of(together, quotes=quotes), SameWords()) == (1.0, 1.0)
    assert citation_scores(answer_of(with_idle, quotes=quotes), SameWords()) == (1.0, 0.5)
    assert citation_scores(answer_of(unproved, quotes=quotes), SameWords()) == (0.0, 0.0)
    assert citation_scores(answer_of(together, with_idle, quotes=quotes), SameWords()) == (1, 0.75)


def test_word_for_word_is_entailed_whatever_the_judge_says() -> None:
    class Never:
        def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
            return [Judgement(0.0, 0.0, 1.0)] * len(pairs)

    part = AnswerPart("statement", "Rani  memelihara ayam.", (1,))
    assert citation_scores(answer_of(part, quotes=["Rani memelihara\nayam."]), Never()) == (1, 1)
    assert citation_scores(answer_of(part, quotes=["Rani beternak."]), Never()) == (0, 0)


def test_an_empty_cell_of_a_comparison_is_no_statement() -> None:
    empty = AnswerPart("item", f"skor, Batu: {NOT_FOUND['id']}")
    kept = AnswerPart("item", "skor, Tual: 7", (1,))
    assert stating(answer_of(empty, kept)) == [kept]


def test_every_number_is_in_a_quote_or_a_working() -> None:
    computed = (Computed("3", "7 - 4 = 3", (1, 2)),)
    parts = (AnswerPart("value", "3", (1, 2)), AnswerPart("statement", "7 - 4 = 3", (1, 2)))
    quotes = ("Ada 7 ekor", "Ada 4 ekor")
    assert numbers_proved(answer_of(*parts, quotes=quotes, computed=computed))
    assert not numbers_proved(answer_of(*parts, quotes=quotes))
    assert not numbers_proved(answer_of(AnswerPart("value", "1.7", (1,)), quotes=["17 ekor"]))


def test_the_table_has_halves_languages_and_kinds() -> None:
    asked = ask_all(
        [asking(("7",)), asking(kind=UNANSWERABLE)],
        lambda _: answer_of(AnswerPart("value", "7", (1,)), quotes=["7"]),
    )
    rows = answer_estimates(asked)
    assert rows["all"]["right"].value == rows["all"]["wrong"].value == 0.5
    assert rows["development questions, answerable"]["right"].value == 1.0
    assert rows[UNANSWERABLE]["wrong"].count == 1
    assert "kept-back questions" not in rows
    assert seconds_at(asked, 50) == 2.0


def test_the_questions_are_of_each_kind() -> None:
    questions = answer_questions(QUESTIONS)
    assert len({one.id for one in questions}) == len(questions) >= 90
    kinds = Counter(one.kind for one in questions)
    for kinds_together in (
        ["figure"],
        ["fact"],
        ["list"],
        ["definition"],
        ["sequence", "procedure"],
        ["comparison", "calculation"],
        ["premise"],
        [UNANSWERABLE],
    ):
        assert sum(kinds[kind] for kind in kinds_together) >= 10
    splits = Counter(one.split for one in questions)
    assert splits["kept_back"] >= 60
    assert splits["dev"] >= 120
    for one in questions:
        assert bool(one.facts) != (one.kind == UNANSWERABLE), one.id
        assert (one.verdict is not None) == (one.kind == "premise"), one.id
        assert not any(
            stands(bad, good) for fact in one.facts for good in fact for bad in one.wrong
        )
