"""The passages found, ranked anew by a reader that sees question and passage together.

Reading is dear, so it has a budget: of characters, not of time, so that the same question gets the
same answer on a slow machine and on a fast one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.reader import PassageReader, Reading
from docs_store.records import Hit

PASSAGES_READ_MAX = 20
CHARS_READ_MAX = 3_200
"""About 800 tokens: five passages of 600 characters, or a dozen short ones; some 300 ms on two
cores."""
PASSAGES_READ_FIRST = 4
SURE = 0.9
"""Where one of the first passages answers with this probability, the others are not read: on every
second question of FacQA valid and IDK-MRC valid that happens in 80% and 51%, and no right passage
stands lower for it."""
FUSED_WEIGHT = 4.0
"""How much a fused score (0 to 1) counts beside the reader's logit; chosen on the same ones."""
SPREAD = 10.0
"""Keeps scores of far logits apart."""
_NAMED_STAGES = ("named", "article")
"""What the question names by number stays in front, whatever the reader thinks of it."""


@dataclass(frozen=True, slots=True)
class Reranked:
    """Hits in their new order, and the readings of those that were read."""

    hits: list[Hit]
    readings: Mapping[int, Reading]
    """By passage id."""


def rerank(reader: PassageReader, question: str, hits: Sequence[Hit]) -> Reranked:
    """Read the first passages, the others within the budget if need be, and put the best first.

    Each hit that was read has ``scores["reader"]``, the calibrated probability (0 to 1) that it
    answers; those that were not keep their order behind the others.
    """
    first, others = hits[:PASSAGES_READ_FIRST], hits[PASSAGES_READ_FIRST : _within(question, hits)]
    readings = _read(reader, question, first) if first else []
    if others and max(reading.probability for reading in readings) < SURE:
        readings += _read(reader, question, others)
    read, unread = hits[: len(readings)], hits[len(readings) :]
    ranked = [
        replace(
            hit,
            score=_score(hit, reading),
            scores={**hit.scores, "reader": reading.probability},
        )
        for hit, reading in zip(read, readings, strict=True)
    ]
    ranked.sort(key=lambda hit: -hit.score)
    return Reranked(
        hits=[*ranked, *(replace(hit, score=min(hit.score, 1.0)) for hit in unread)],
        readings={hit.passage_id: reading for hit, reading in zip(read, readings, strict=True)},
    )


def _read(reader: PassageReader, question: str, hits: Sequence[Hit]) -> list[Reading]:
    return reader.read(question, [hit.text for hit in hits], [hit.context for hit in hits])


def _within(question: str, hits: Sequence[Hit]) -> int:
    """How many of the hits may be read; always the first few."""
    chars = 0
    for count, hit in enumerate(hits[:PASSAGES_READ_MAX]):
        chars += len(hit.text) + len(question)
        if count >= PASSAGES_READ_FIRST and chars > CHARS_READ_MAX:
            return count
    return PASSAGES_READ_MAX


def _score(hit: Hit, reading: Reading) -> float:
    """Above 1 for what was read, above 2 for what the question names; the best has the highest."""
    named = any(stage in hit.scores for stage in _NAMED_STAGES)
    logit = reading.relevance + FUSED_WEIGHT * min(hit.score, 1.0)
    return 1.0 + named + 1.0 / (1.0 + math.exp(-logit / SPREAD))
