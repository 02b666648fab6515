"""One ranking out of two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docs_store.records import Hit

STAGES = ("keyword", "vector")


def fuse(hits: Sequence[Hit], stages: Sequence[str] = STAGES) -> list[Hit]:
    """The mean of each search's scores, scaled to 0..1 over what it found; best first.

    What a search did not find counts as its worst. Unlike ranks, scaled scores keep how far ahead
    a passage is: a rare name stands out in BM25, a paraphrase in the cosine, so the search that
    separates the question's passages decides. Bruch, Gai & Ingber 2023, "An Analysis of Fusion
    Functions for Hybrid Retrieval". Ties fall to the older passage, so that the order is always
    the same.
    """
    scaled = [_scaled(hits, stage) for stage in stages]
    fused = {
        hit.passage_id: sum(scores.get(hit.passage_id, 0.0) for scores in scaled) / len(stages)
        for hit in hits
    }
    ranked = sorted(hits, key=lambda hit: (-fused[hit.passage_id], hit.passage_id))
    return [
        replace(
            hit,
            score=fused[hit.passage_id],
            scores={**hit.scores, "fused": fused[hit.passage_id]},
        )
        for hit in ranked
    ]


def _scaled(hits: Sequence[Hit], stage: str) -> dict[int, float]:
    """A search's scores from 0 (its worst) to 1 (its best), by passage; all 1 if all are alike."""
    found = {hit.passage_id: hit.scores[stage] for hit in hits if stage in hit.scores}
    if not found:
        return {}
    worst, best = min(found.values()), max(found.values())
    if worst == best:
        return dict.fromkeys(found, 1.0)
    return {passage_id: (score - worst) / (best - worst) for passage_id, score in found.items()}


def boosted(hit: Hit, stage: str, boost: float) -> Hit:
    """The hit with so much more score, and the stage that gave it."""
    return replace(hit, score=hit.score + boost, scores={**hit.scores, stage: boost})
