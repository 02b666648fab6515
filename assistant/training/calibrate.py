"""Makes a probability of the reader's two scores, on questions it was not trained on.

Platt scaling (Platt 1999) over relevance and margin: logistic regression, fitted on the valid
sets with the passages that a search finds and that do not answer, because a threshold that is
right for "this passage does not say" is wrong for "it is not among those found".
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.measures import exact_match
from assistant.reader import Calibration, Reader
from assistant.training.examples import Example, facqa, idk_mrc
from assistant.training.negatives import mine

NEGATIVES = 3
_RIDGE = 1e-3
_ROUNDS = 50


def held_back_examples(data: Path) -> list[Example]:
    """The valid sets, none of whose passages is trained on (see `prepare`)."""
    return [
        *facqa(data / "qa/facqa/valid_preprocess.csv"),
        *idk_mrc(data / "qa/idk-mrc/valid.json"),
    ]


def scored_pairs(
    reader: Reader, examples: Sequence[Example]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Features (pairs, 2): relevance and margin; and whether the passage answers (pairs,)."""
    pool = list(dict.fromkeys(example.passage for example in examples))
    answering = [example for example in examples if example.answers]
    found = iter(mine(answering, pool, None, NEGATIVES))
    features, answers = [], []
    for example in examples:
        passages = [example.passage, *(next(found) if example.answers else ())]
        readings = reader.read(
            example.question, [p.text for p in passages], [p.context for p in passages]
        )
        for at, reading in enumerate(readings):
            features.append((reading.relevance, reading.span_score - reading.null_score))
            answers.append(float(example.answers and at == 0))
    return np.array(features), np.array(answers)


def best_null_offset(reader: Reader, examples: Sequence[Example]) -> float:
    """What to add to the null score, so that most questions are rightly answered or not.

    Exact match as SQuAD 2.0 counts it (Rajpurkar et al. 2018): the threshold of the margin that is
    best on these questions, each with its own passage.
    """
    margins, gains = [], []
    for example in examples:
        (reading,) = reader.read(
            example.question, [example.passage.text], [example.passage.context]
        )
        span = example.passage.text[reading.start : reading.end]
        answers = [example.passage.text[slice(*example.answer)]] if example.answer else []
        margins.append(reading.span_score - reading.null_score)
        # What answering wins over abstaining.
        gains.append(exact_match(span, answers) if answers else -1.0)
    order = np.argsort(margins)[::-1]
    won = np.cumsum(np.array(gains)[order])
    at = int(np.argmax(won))
    after = float(np.array(margins)[order][min(at + 1, len(order) - 1)])
    return (float(np.array(margins)[order][at]) + after) / 2


def fit(features: NDArray[np.float64], answers: NDArray[np.float64]) -> Calibration:
    """Logistic regression by Newton's method, with a slight ridge.

    Args:
        features: (pairs, 2).
        answers: (pairs,), 1 where the passage answers.
    """
    x = np.column_stack([features, np.ones(len(features))])
    weights = np.zeros(3)
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - answers) + _RIDGE * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + _RIDGE * np.eye(3)
        weights -= np.linalg.solve(curvature, gradient)
    return Calibration(*(float(weight) for weight in weights))
