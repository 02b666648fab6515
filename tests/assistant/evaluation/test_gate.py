"""How the gate is measured: what each rule alters, and what is counted."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.evaluation import gate
from assistant.evaluation.altered import ALTERATIONS, REWORDINGS, Sample, samples
from assistant.ground import CONTRADICTED_MIN
from assistant.reader import Judgement
from assistant.training.examples import Pair
from tests.assistant.evaluation.sets_by_hand import write_sets

SENTENCE = (
    "Pada 5 Maret 2001, Kabupaten Jember juga mencatat 12 usul dan 7 keberatan yang tidak "
    "disampaikan oleh camat, serta pendapatan Rp12 miliar."
)


class WordJudge:
    """Says that a claim with "bohong" in it is contradicted."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        high = CONTRADICTED_MIN
        return [
            Judgement(0.0, 1 - high, high) if "bohong" in claim else Judgement(0.9, 0.05, 0.05)
            for claim, _ in pairs
        ]


@pytest.mark.parametrize(
    ("rule", "changed", "kept"),
    [
        ("one region", "Kabupaten Jember", "5 Maret 2001"),
        ("a negation left out", "tidak ", "12 usul"),
        ("one date", "5 Maret 2001", "Kabupaten Jember"),
        ("one direction", "pendapatan", "tidak disampaikan"),
        ("two numbers swapped", "12 usul dan 7 keberatan", "Rp12 miliar"),
        ("one magnitude", "miliar", "12 usul"),
    ],
)
def test_an_alteration_alters_what_it_says(rule: str, changed: str, kept: str) -> None:
    altered = ALTERATIONS[rule](SENTENCE, random.Random(1))
    assert altered is not None
    assert changed not in altered
    assert kept in altered


def test_one_digit_is_one_digit() -> None:
    altered = ALTERATIONS["one digit"](SENTENCE, random.Random(1))
    assert altered is not None
    differ = [(a, b) for a, b in zip(SENTENCE, altered, strict=True) if a != b]
    assert len(differ) == 1
    assert all(sign.isdigit() for sign in differ[0])


def test_a_rule_that_does_not_apply_makes_nothing() -> None:
    bare = "Camat menyampaikan laporan."
    for rule in (*ALTERATIONS, *REWORDINGS):
        made = {**ALTERATIONS, **REWORDINGS}[rule](bare, random.Random(1))
        assert made is None or rule in ("a negation added", "synonym"), rule


def test_all_alterations_fall_and_all_rewordings_stand() -> None:
    quote = [(SENTENCE, SENTENCE)]
    altered = list(samples(quote, ALTERATIONS, 1, 1))
    reworded = list(samples(quote, REWORDINGS, 1, 1))
    assert {one.rule for one in altered} >= set(ALTERATIONS) - {"a negation added"}
    assert {one.rule for one in reworded} == set(REWORDINGS) - {"reordered"}
    for rule, row in gate.gate_on_samples(WordJudge(), altered).items():
        assert row["by the checks"].value == 1, rule
    for rule, row in gate.gate_on_samples(WordJudge(), reworded).items():
        assert row["fall"].value == 0, rule


def test_what_falls_by_the_checks_or_by_the_judge_is_counted() -> None:
    quote = "Pasar memiliki 12 kios."
    made = [
        Sample("a", "Pasar memiliki 13 kios.", quote),
        Sample("a", "Pasar itu bohong.", quote),
        Sample("a", "Pasar memiliki 12 kios di dalamnya.", quote),
        Sample("a", "Pasar memiliki kios.", quote),
    ]
    row = gate.gate_on_samples(WordJudge(), made)["a"]
    assert [row[name].value for name in ("by the checks", "by the judge", "fall")] == [
        0.25, 0.25, 0.5,
    ]  # fmt: skip


def test_pairs_are_counted_by_their_label() -> None:
    pairs = [
        Pair("Pasar memiliki kios.", "Pasar memiliki 12 kios.", 0),
        Pair("Pasar itu bohong.", "Pasar memiliki 12 kios.", 2),
        Pair("Pasar memiliki 13 kios.", "Pasar memiliki 12 kios.", 2),
    ]
    rows = gate.gate_on_pairs(WordJudge(), pairs)
    assert set(rows) == {"entailed", "contradicted"}
    assert rows["entailed"]["fall"].value == 0
    assert rows["contradicted"]["fall"].value == 1


def test_the_threshold_lets_the_entailed_stand(tmp_path: Path) -> None:
    data = write_sets(tmp_path)
    assert gate.threshold(WordJudge(), data) == pytest.approx(0.05)


def test_sentences_have_a_quote_that_holds_them(tmp_path: Path) -> None:
    pairs = gate.governance_sentences(write_sets(tmp_path))
    assert len(pairs) == 2
    assert all(sentence in quote for sentence, quote in pairs)


@pytest.mark.data
def test_the_checks_hold_on_governance_texts(shared_data: Path) -> None:
    """Floors a little under what was measured (docs/evaluation.md)."""
    altered, reworded = gate.altered_samples(shared_data, 40)
    for rule, row in gate.gate_on_samples(WordJudge(), altered).items():
        assert row["by the checks"].value >= 0.9, rule
    for rule, row in gate.gate_on_samples(WordJudge(), reworded).items():
        assert row["by the checks"].value <= 0.05, rule
