from __future__ import annotations

import pytest

from docs_store.fusion import RANK_CONSTANT, fuse
from docs_store.records import Hit


def _hit(number, **scores):
    return Hit(
        number, f"d{number}", 1, "t", "s", None, "id", None, None, 0, 1, "x", "", 0.0, scores
    )


def test_each_search_gives_one_over_sixty_plus_rank():
    hits = [_hit(1, keyword=9.0), _hit(2, keyword=5.0, vector=0.9), _hit(3, vector=0.8)]
    fused = fuse(hits)
    assert [hit.passage_id for hit in fused] == [2, 1, 3]
    scores = {hit.passage_id: hit.score for hit in fused}
    assert scores == pytest.approx(
        {
            1: 1 / (RANK_CONSTANT + 1),
            2: 1 / (RANK_CONSTANT + 2) + 1 / (RANK_CONSTANT + 1),
            3: 1 / (RANK_CONSTANT + 2),
        }
    )
    assert all(hit.scores["fused"] == hit.score for hit in fused)


def test_ties_fall_to_the_older_passage():
    assert [h.passage_id for h in fuse([_hit(5, vector=0.5), _hit(4, keyword=1.0)])] == [4, 5]


def test_nothing_gives_nothing():
    assert fuse([]) == []
