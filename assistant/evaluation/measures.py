"""Measures: what is right, how well two halves are told apart, how true a probability is.

Exact match and F1 as SQuAD's evaluation script computes them (Rajpurkar et al. 2016, 2018): small
letters, without punctuation, white space evened out. English articles are not taken out, since
Indonesian has none. Intervals are percentile bootstraps (Efron & Tibshirani 1993) over questions.
"""

from __future__ import annotations

import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
SEED = 20220127
CONFIDENCE = 0.95

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure, its 95% interval, and over how many questions it was taken."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of a reliability diagram."""

    probability: float
    """Mean of those in it."""
    right: float
    """Share of them that came true."""
    count: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a threshold does: shares of all questions."""

    threshold: float
    answered_wrongly: float
    """Unanswerable, but answered."""
    withheld: float
    """Answerable, but not answered."""


def mean(values: Sequence[float]) -> Estimate:
    """The mean over questions with its bootstrap interval."""
    array = np.asarray(values, float)
    return estimate(lambda chosen: float(array[chosen].mean()), len(array))


def estimate(measure: Callable[[NDArray[np.intp]], float], count: int) -> Estimate:
    """A measure with its bootstrap interval.

    Args:
        measure: the measure over the questions at these places.
        count: how many questions there are.
    """
    if count == 0:
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    rng = np.random.default_rng(SEED)
    resampled = [measure(rng.integers(0, count, count)) for _ in range(RESAMPLES)]
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.nanpercentile(resampled, [tail, 100 - tail])
    return Estimate(measure(np.arange(count)), float(low), float(high), count)


def normalised(answer: str) -> list[str]:
    """The words that are compared: small, without punctuation."""
    return "".join(sign for sign in answer.lower() if not _is_punctuation(sign)).split()


def _is_punctuation(sign: str) -> bool:
    return sign in string.punctuation or unicodedata.category(sign).startswith("P")


def exact_match(answer: str, right: Sequence[str]) -> float:
    """1 if the answer is one of the right ones; "" is right where there is none."""
    return float(any(normalised(answer) == normalised(one) for one in right or ("",)))


def f1(answer: str, right: Sequence[str]) -> float:
    """The best F1 of the answer's words with those of one of the right answers."""
    return max(_f1(normalised(answer), normalised(one)) for one in right or ("",))


def _f1(answer: list[str], right: list[str]) -> float:
    if not answer or not right:
        return float(answer == right)
    common = sum((Counter(answer) & Counter(right)).values())
    return 2 * common / (len(answer) + len(right))


def auroc(scores: Floats, positive: NDArray[np.bool_]) -> float:
    """Area under the ROC curve: how often a positive scores above a negative (ties: half)."""
    positives = int(positive.sum())
    negatives = len(positive) - positives
    if not positives or not negatives:
        return float("nan")
    _, group, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[group]
    above = ranks[positive].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))


def f1_of_both(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> tuple[float, float]:
    """F1 of the positive class (answer) and of the negative one (abstain)."""
    return class_f1(said, true), class_f1(~said, ~true)


def class_f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """F1 of one class; 1 where it neither is said nor is true anywhere."""
    either = int(said.sum()) + int(true.sum())
    return 2 * int((said & true).sum()) / either if either else 1.0


def reliability(probabilities: Floats, true: NDArray[np.bool_], bins: int = 10) -> list[Bin]:
    """Bars of equal width over 0..1; empty ones are left out."""
    at = np.minimum((probabilities * bins).astype(int), bins - 1)
    return [
        Bin(
            float(probabilities[at == one].mean()),
            float(true[at == one].mean()),
            int((at == one).sum()),
        )
        for one in range(bins)
        if (at == one).any()
    ]


def calibration_error(probabilities: Floats, true: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten bins (Guo et al. 2017)."""
    bars = reliability(probabilities, true)
    return sum(bar.count * abs(bar.probability - bar.right) for bar in bars) / len(true)


def cost_curve(probabilities: Floats, true: NDArray[np.bool_], steps: int = 100) -> list[Cost]:
    """Both kinds of mistake at each threshold from 0 to 1."""
    return [
        Cost(
            threshold,
            float(((probabilities >= threshold) & ~true).mean()),
            float(((probabilities < threshold) & true).mean()),
        )
        for threshold in (step / steps for step in range(steps + 1))
    ]


def cheapest(costs: Sequence[Cost], wrong_answer: float) -> Cost:
    """The threshold of least cost, where a wrong answer costs so many withheld ones."""
    return min(costs, key=lambda cost: wrong_answer * cost.answered_wrongly + cost.withheld)
