"""One ranking out of two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docs_store.records import Hit

RANK_CONSTANT = 60


def fuse(hits: Sequence[Hit], stages: Sequence[str] = ("keyword", "vector")) -> list[Hit]:
    """Reciprocal rank fusion: each search gives ``1 / (60 + rank)``; best first.

    Cormack, Clarke & Büttcher 2009, "Reciprocal Rank Fusion outperforms Condorcet and individual
    Rank Learning Methods". Ties fall to the older passage, so that the order is always the same.
    """
    fused = {hit.passage_id: 0.0 for hit in hits}
    for stage in stages:
        found = sorted(
            (hit for hit in hits if stage in hit.scores),
            key=lambda hit: (-hit.scores[stage], hit.passage_id),
        )
        for rank, hit in enumerate(found, start=1):
            fused[hit.passage_id] += 1.0 / (RANK_CONSTANT + rank)
    ranked = sorted(hits, key=lambda hit: (-fused[hit.passage_id], hit.passage_id))
    return [
        replace(
            hit,
            score=fused[hit.passage_id],
            scores={**hit.scores, "fused": fused[hit.passage_id]},
        )
        for hit in ranked
    ]
