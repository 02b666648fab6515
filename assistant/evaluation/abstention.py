"""Whether it is known that nothing answers: on three sets, of which the first flatters.

- IDK-MRC's unanswerable questions: their wording alone gives many away.
- A passage taken out: the same answerable questions, once with all passages and once without the
  one that answers; what is scored is the best probability among the passages found.
- NoMIRACL: questions with ten real passages each, none of which answers in one half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.measures import (
    Estimate,
    Floats,
    auroc,
    calibration_error,
    estimate,
    f1_of_both,
    mean,
)
from assistant.evaluation.reading import Said
from assistant.evaluation.retrieval import RETRIEVE, Found
from assistant.evaluation.sets import NoisyQuestion, RetrievalSet
from assistant.evaluation.stores import place_of
from assistant.reader import PassageReader
from assistant.rerank import Reranked, rerank
from docs_store.kept_vectors import Progress


@dataclass(frozen=True, slots=True)
class Scored:
    """Probabilities that there is an answer, and whether there is one; same length."""

    name: str
    probabilities: Floats
    answerable: NDArray[np.bool_]
    note: str = ""


def from_reading(name: str, said: Sequence[Said], note: str = "") -> Scored:
    """Questions with their own passage, some of them unanswerable."""
    return Scored(
        name,
        np.array([one.probability for one in said]),
        np.array([bool(one.question.answers) for one in said]),
        note,
    )


def passage_taken_out(
    questions: RetrievalSet, found: Sequence[Found], reader: PassageReader, note: str = ""
) -> Scored:
    """Each question twice: with the passages that answer it, and read anew without them."""
    probabilities, answerable = [], []
    for question, relevant, one in zip(questions.questions, questions.relevant, found, strict=True):
        if one.reranked is None:
            continue
        hits = one.rankings[RETRIEVE]
        left = [hit for hit in hits if place_of(hit.source) not in relevant]
        probabilities += [_best(one.reranked), _best(rerank(reader, question, left))]
        answerable += [True, False]
    return Scored(
        f"{questions.name}, passage taken out", np.array(probabilities), np.array(answerable), note
    )


def _best(reranked: Reranked) -> float:
    return max((reading.probability for reading in reranked.readings.values()), default=0.0)


def among_ten(
    reader: PassageReader,
    questions: Sequence[NoisyQuestion],
    progress: Progress = lambda _done, _total: None,
) -> Scored:
    """NoMIRACL: the best probability among a question's ten passages."""
    probabilities = []
    for at, question in enumerate(questions):
        progress(at, len(questions))
        readings = reader.read(
            question.question,
            [passage.text for passage in question.passages],
            [passage.context for passage in question.passages],
        )
        probabilities.append(max(reading.probability for reading in readings))
    return Scored(
        "NoMIRACL", np.array(probabilities), np.array([one.answerable for one in questions])
    )


def abstention_estimates(scored: Scored, threshold: float) -> dict[str, Estimate]:
    """AUROC, then at the threshold: F1 of both classes, the share right of each; and the ECE."""
    p, true = scored.probabilities, scored.answerable
    said = p >= threshold
    count = len(p)
    return {
        "AUROC": estimate(lambda at: auroc(p[at], true[at]), count),
        "F1 answer": estimate(lambda at: f1_of_both(said[at], true[at])[0], count),
        "F1 abstain": estimate(lambda at: f1_of_both(said[at], true[at])[1], count),
        "answered, answerable": mean([float(one) for one in said[true]]),
        "withheld, unanswerable": mean([float(not one) for one in said[~true]]),
        "ECE": estimate(lambda at: calibration_error(p[at], true[at]), count),
    }
