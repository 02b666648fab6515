"""The evidence model is fitted so that the sentence that answers comes first, or none does."""

from dataclasses import fields

import numpy as np
import pytest

from assistant.evidence_model import Signals
from assistant.training.evidence import Weighed, best_of, cheapest, cross_validated, fit

NAMES = [field.name for field in fields(Signals)]
MARGIN = NAMES.index("margin")


def made_up(count: int, seed: int) -> list[Weighed]:
    """Questions of four sentences: where one answers, its margin is higher; the rest is noise."""
    rng = np.random.default_rng(seed)
    weighed = []
    for at in range(count):
        signals = rng.normal(0, 0.5, (4, len(NAMES)))
        answers = np.zeros(4)
        if at % 3:
            answers[at % 4] = 1
            signals[at % 4, MARGIN] += 3
        weighed.append(Weighed("made up", f"q{at}", bool(at % 3), signals, answers))
    return weighed


def test_what_was_not_fitted_on_is_told_apart() -> None:
    weights, bias = fit(made_up(300, 1))
    best = [(one, *best_of(one, weights, bias)) for one in made_up(150, 2)]
    answerable = [
        right and probability > 0.5 for one, probability, right in best if one.is_answerable
    ]
    others = [probability > 0.5 for one, probability, _ in best if not one.is_answerable]
    assert np.mean(answerable) > 0.9
    assert np.mean(others) < 0.1
    assert weights[MARGIN] == max(weights)


def test_the_threshold_moves_with_what_it_costs() -> None:
    one = made_up(2, 1)[1]
    sure_and_wrong = [(one, (0.8, False))] * 2
    sure_and_right = [(one, (0.9, True))] * 5
    unsure_and_right = [(one, (0.4, True))] * 5
    assert 0.8 < cheapest(sure_and_wrong + sure_and_right) <= 0.9
    assert cheapest(sure_and_right + unsure_and_right) <= 0.4


def test_each_question_is_judged_by_a_model_that_has_not_seen_it() -> None:
    weighed = made_up(60, 3)
    best = cross_validated(weighed)
    weights, bias = fit(weighed)
    assert [right for _, right in best].count(True) == pytest.approx(40, abs=4)
    assert best != [best_of(one, weights, bias) for one in weighed]
