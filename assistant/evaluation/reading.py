"""How well the reader finds answers in a passage that is given, and tells claims from quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.measures import Estimate, class_f1, estimate, exact_match, f1, mean
from assistant.evaluation.sets import ReadingQuestion
from assistant.reader import Judgement, PassageReader
from assistant.training.examples import Pair
from docs_store.kept_vectors import Progress

PAIRS_AT_ONCE = 64
LABELS = 3


class EntailmentJudge(Protocol):
    """What judging claims needs of a reader."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """For each (claim, quote), how the claim stands to the quote."""


@dataclass(frozen=True, slots=True)
class Said:
    """The reader's answer to one question; "" where it says that the passage does not answer."""

    question: ReadingQuestion
    answer: str
    span: str
    """The best span, whatever the null score says."""
    margin: float
    """Of the best span's score over the null score."""
    probability: float


def read_all(
    reader: PassageReader,
    questions: Sequence[ReadingQuestion],
    progress: Progress = lambda _done, _total: None,
) -> list[Said]:
    """Read each question's own passage; it is answered where the span scores above null."""
    said = []
    for at, question in enumerate(questions):
        progress(at, len(questions))
        reading = reader.read(question.question, [question.passage])[0]
        margin = reading.span_score - reading.null_score
        span = question.passage[reading.start : reading.end]
        answer = span if margin > 0 else ""
        said.append(Said(question, answer, span, margin, reading.probability))
    return said


def reading_estimates(said: Sequence[Said]) -> dict[str, dict[str, Estimate]]:
    """Exact match and F1: of all, the answerable, the unanswerable, and of unseen passages."""
    parts = {
        "all": list(said),
        "answerable": [one for one in said if one.question.answers],
        "unanswerable": [one for one in said if not one.question.answers],
        "passage not in train": [one for one in said if not one.question.passage_in_train],
    }
    return {
        name: {
            "EM": mean([exact_match(one.answer, one.question.answers) for one in part]),
            "F1": mean([f1(one.answer, one.question.answers) for one in part]),
        }
        for name, part in parts.items()
        if part and (name in ("all", "answerable") or len(part) < len(said))
    }


def entailment_estimates(
    judge: EntailmentJudge,
    pairs: Sequence[Pair],
    progress: Progress = lambda _done, _total: None,
) -> dict[str, Estimate]:
    """Accuracy and macro-F1 over entailed, neutral, contradicted."""
    said: list[int] = []
    for first in range(0, len(pairs), PAIRS_AT_ONCE):
        progress(first, len(pairs))
        part = pairs[first : first + PAIRS_AT_ONCE]
        said += [
            int(np.argmax((one.entailed, one.neutral, one.contradicted)))
            for one in judge.judge([(pair.claim, pair.quote) for pair in part])
        ]
    given = np.array(said)
    true = np.array([pair.label for pair in pairs])
    return {
        "accuracy": mean([float(right) for right in given == true]),
        "macro-F1": estimate(lambda chosen: macro_f1(given[chosen], true[chosen]), len(pairs)),
    }


def macro_f1(said: NDArray[np.int_], true: NDArray[np.int_]) -> float:
    """The mean of the classes' F1."""
    return sum(class_f1(said == label, true == label) for label in range(LABELS)) / LABELS
