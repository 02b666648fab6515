"""The measures, against values worked out by hand and against slower ways to compute them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.measures import (
    Cost,
    auroc,
    calibration_error,
    cheapest,
    cost_curve,
    exact_match,
    f1,
    f1_of_both,
    mean,
    reliability,
)
from assistant.evaluation.reading import macro_f1

SCORED = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 0.99, 1.0]), st.booleans()),
    min_size=2,
    max_size=40,
)


@pytest.mark.parametrize(
    ("answer", "right", "em", "overlap"),
    [
        ("12 Meter.", ["12 meter"], 1.0, 1.0),
        ("sedalam 12 meter", ["12 meter"], 0.0, 0.8),
        ("“Bandung”", ["Jakarta", "Bandung"], 1.0, 1.0),
        ("di  Bandung", ["Bandung"], 0.0, 2 / 3),
        ("", [], 1.0, 1.0),
        ("Bandung", [], 0.0, 0.0),
        ("", ["Bandung"], 0.0, 0.0),
        ("the an", ["an"], 0.0, 2 / 3),  # articles are words here
        ("a a b", ["a b b"], 0.0, 2 / 3),
    ],
)
def test_exact_match_and_f1(answer: str, right: list[str], em: float, overlap: float) -> None:
    assert exact_match(answer, right) == em
    assert f1(answer, right) == pytest.approx(overlap)


@given(SCORED)
def test_auroc_is_the_share_of_pairs_in_the_right_order(scored: list[tuple[float, bool]]) -> None:
    scores = np.array([score for score, _ in scored])
    positive = np.array([true for _, true in scored])
    pairs = [(p, n) for p in scores[positive] for n in scores[~positive]]
    found = auroc(scores, positive)
    if not pairs:
        assert np.isnan(found)
        return
    assert found == pytest.approx(sum((p > n) + 0.5 * (p == n) for p, n in pairs) / len(pairs))


@given(SCORED)
def test_the_cost_curve_counts_both_mistakes(scored: list[tuple[float, bool]]) -> None:
    scores = np.array([score for score, _ in scored])
    true = np.array([answerable for _, answerable in scored])
    for cost in cost_curve(scores, true, steps=4):
        wrong = [s for s, t in scored if s >= cost.threshold and not t]
        kept = [s for s, t in scored if s < cost.threshold and t]
        assert cost.answered_wrongly == pytest.approx(len(wrong) / len(scored))
        assert cost.withheld == pytest.approx(len(kept) / len(scored))


def test_the_cheapest_threshold_weighs_a_wrong_answer() -> None:
    bold, careful = Cost(0.2, 0.2, 0.0), Cost(0.8, 0.0, 0.3)
    assert cheapest([bold, careful], wrong_answer=1) == bold
    assert cheapest([bold, careful], wrong_answer=3) == careful


def test_calibration_error_is_the_gap_between_probability_and_outcome() -> None:
    probabilities = np.array([0.9] * 10 + [0.1] * 10)
    true = np.array([True] * 7 + [False] * 3 + [True] * 1 + [False] * 9)
    assert calibration_error(probabilities, true) == pytest.approx(0.1)  # 0.2 and 0.0
    high = reliability(probabilities, true)[-1]
    assert (high.probability, high.right, high.count) == (pytest.approx(0.9), 0.7, 10)


def test_a_probability_of_one_is_in_the_last_bar() -> None:
    [only] = reliability(np.array([1.0, 1.0]), np.array([True, False]))
    assert (only.count, only.right) == (2, 0.5)


def test_f1_of_both_classes() -> None:
    said = np.array([True, True, False, False])
    true = np.array([True, False, False, False])
    answer, abstain = f1_of_both(said, true)
    assert answer == pytest.approx(2 / 3)
    assert abstain == pytest.approx(0.8)


def test_macro_f1_counts_each_class_alike() -> None:
    assert macro_f1(np.array([0, 0, 0]), np.array([0, 1, 2])) == pytest.approx(0.5 / 3)
    assert macro_f1(np.array([0, 1, 2]), np.array([0, 1, 2])) == 1.0


def test_an_interval_holds_the_mean_narrows_with_more_and_is_the_same_each_time() -> None:
    few, many = mean([0.0, 1.0] * 10), mean([0.0, 1.0] * 1_000)
    assert few.low < few.value == 0.5 < few.high
    assert many.high - many.low < few.high - few.low
    assert few == mean([0.0, 1.0] * 10)
    # The normal approximation: 1.96 * sqrt(0.25 / 2,000) = 0.022.
    assert many.high - many.value == pytest.approx(0.022, abs=0.006)
    assert np.isnan(mean([]).value)
