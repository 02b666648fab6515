"""The passages found, ranked anew by a reader that sees question and passage together.

Reading is dear, so it has a budget: of characters, not of time, so that the same question gets the
same answer on a slow machine and on a fast one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.reader import PassageReader, Reading
from docs_store.records import Hit

PASSAGES_READ_MAX = 20
CHARS_READ_MAX = 5_600
"""About 1,400 tokens: nine passages of 600 characters, or twenty short ones; some 300 ms on two
cores."""
PASSAGES_READ_MIN = 4
FUSED_WEIGHT = 3.0
"""How much a fused score (0 to 1) counts beside the reader's logit."""
_NAMED_STAGES = ("named", "article")
"""What the question names by number stays in front, whatever the reader thinks of it."""


@dataclass(frozen=True, slots=True)
class Reranked:
    """Hits in their new order, and the readings of those that were read."""

    hits: list[Hit]
    readings: Mapping[int, Reading]
    """By passage id."""


def rerank(reader: PassageReader, question: str, hits: Sequence[Hit]) -> Reranked:
    """Read the first passages within the budget and put the best of them first.

    Each hit that was read has ``scores["reader"]``, the calibrated probability (0 to 1) that it
    answers; those that were not keep their order behind the others.
    """
    count, chars = 0, 0
    for hit in hits[:PASSAGES_READ_MAX]:
        chars += len(hit.text) + len(question)
        if count >= PASSAGES_READ_MIN and chars > CHARS_READ_MAX:
            break
        count += 1
    read = hits[:count]
    readings = reader.read(question, [hit.text for hit in read], [hit.context for hit in read])
    ranked = sorted(zip(read, readings, strict=True), key=lambda pair: _order(*pair))
    return Reranked(
        hits=[
            *(
                replace(hit, scores={**hit.scores, "reader": reading.probability})
                for hit, reading in ranked
            ),
            *hits[count:],
        ],
        readings={hit.passage_id: reading for hit, reading in ranked},
    )


def _order(hit: Hit, reading: Reading) -> tuple[bool, float]:
    named = any(stage in hit.scores for stage in _NAMED_STAGES)
    return not named, -(reading.relevance + FUSED_WEIGHT * min(hit.score, 1.0))
