"""The probability that a sentence answers a question that one phrase answers.

A logit over what was counted of the sentence and of its rivals and what the reader says of it.
``models/evidence.json`` holds its weights; ``assistant.training.evidence`` fits them on questions
whose answers are known, and writes there what they were fitted on.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from pathlib import Path

from assistant.counts import Counts
from assistant.errors import ReaderNotLoadable
from assistant.question_kinds import Kind
from assistant.reader import MODEL_FOLDER
from assistant.understand import Question

OPEN_EVIDENCE_MIN = 0.5
"""The score from which a sentence is evidence for sequences, lists and explanations; set by hand,
on the scale of the counts."""
MARGIN_SCALE = 10.0
FAR = 15.0
"""Margins of the reader beyond this tell nothing more."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a sentence as evidence; numbers of about -2 to 2.

    Others were tried and left out, since without them the model chooses as well: the reader's
    relevance and probability (the order of the passages, `nearness`, has them in it), and whether
    its best span of the passage stands in the sentence.
    """

    ahead: float
    """By how much its counts score higher than the best other sentence's."""
    coverage: float
    density: float
    missing: float
    """Share of the question that neither it nor its surroundings hold."""
    misfits: float
    """1 where it does not hold the sort of thing that is asked for."""
    nearness: float
    lift: float
    """How far its cosine lies under the best one's; 0 for the best, -1 for the last."""
    is_read: float
    """Whether the reader has read it."""
    margin: float
    """Of the reader's best span in it over "does not say"; 0 where it was not read."""
    heading: float
    person: float
    date: float
    figure: float
    """The kind of question, since the figures of some are surer than of others."""
    defines: float
    """1 for a sentence that is built as a definition of the thing asked about."""
    names: float
    """1 for one of them that also gives the thing its short name, as laws do."""
    lacks: float
    """How much is taken off its counts for concepts that it must hold and does not."""
    crosses: float
    """1 where the question is in another language than the passage."""
    crosses_covered: float
    """Its coverage then: fewer of the words can be expected in it."""
    outreads: float
    """By how much its margin is above the best other sentence's."""
    row: float
    """1 for a row of a table."""


def scaled_margin(margin: float | None) -> float:
    """A margin as the model takes it, about -1.5 to 1.5; the least where it was not read."""
    return (-FAR if margin is None else max(-FAR, min(FAR, margin))) / MARGIN_SCALE


def signals(
    question: Question,
    counts: Counts,
    language: str,
    *,
    ahead: float,
    margin: float | None,
    others: float,
    lift: float,
) -> Signals:
    """Gather the signals of one sentence.

    Args:
        question: what is asked.
        counts: what was counted.
        language: of the passage, "id" or "en".
        ahead: see `Signals`.
        margin: of the reader's best span in it over the null score, if it was read.
        others: the best margin of another sentence, as `scaled_margin` gives it.
        lift: see `Signals`.
    """
    kind = question.kind
    crosses = float(language in ("id", "en") and language != question.asks_in)
    defines = kind is Kind.DEFINITION and counts.expected > 0
    return Signals(
        ahead=ahead,
        coverage=counts.coverage,
        density=min(1.0, 2 * counts.density),
        missing=1 - counts.context,
        misfits=float(counts.expected == 0),
        nearness=counts.nearness,
        lift=lift,
        is_read=float(margin is not None),
        margin=0.0 if margin is None else scaled_margin(margin),
        heading=float(counts.is_heading),
        person=float(kind is Kind.PERSON),
        date=float(kind is Kind.DATE),
        figure=float(kind in (Kind.FIGURE, Kind.MONEY)),
        defines=float(defines),
        names=float(defines and counts.gives_name),
        lacks=1 - counts.lacking,
        crosses=crosses,
        crosses_covered=crosses * counts.coverage,
        outreads=scaled_margin(margin) - others,
        row=float(counts.is_row),
    )


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """Weights and thresholds."""

    weights: tuple[float, ...]
    """In the order of the fields of `Signals`."""
    bias: float
    least_exact: float
    """The probability from which a sentence is evidence where one figure, date, sum, person or
    meaning is asked for."""
    least_other: float
    """The same where the sentence is shown whole and no value is picked from it."""

    def probability(self, seen: Signals) -> float:
        """That the sentence answers, 0 to 1."""
        logit = sum(w * x for w, x in zip(self.weights, astuple(seen), strict=True)) + self.bias
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def evidence_model() -> EvidenceModel:
    """The one that comes with the package.

    Raises:
        ReaderNotLoadable: its file is missing or damaged.
    """
    return _loaded(MODEL_FOLDER / "evidence.json")


@lru_cache(maxsize=2)
def _loaded(path: Path) -> EvidenceModel:
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        weights: Mapping[str, float] = card["weights"]
        return EvidenceModel(
            weights=tuple(float(weights[field.name]) for field in fields(Signals)),
            bias=float(card["bias"]),
            least_exact=float(card["least"]["exact"]),
            least_other=float(card["least"]["other"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReaderNotLoadable(path=path, why=error) from error
