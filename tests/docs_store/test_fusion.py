from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs_store.fusion import fuse
from docs_store.records import Hit


def _hit(number, **scores):
    return Hit(
        number, f"d{number}", 1, "t", "s", None, "id", None, None, 0, 1, "x", "", 0.0, scores
    )


def test_each_search_gives_half_of_its_scaled_score():
    hits = [
        _hit(1, keyword=9.0),
        _hit(2, keyword=6.0, vector=0.9),
        _hit(3, keyword=5.0, vector=0.8),
        _hit(4, vector=0.85),
    ]
    fused = fuse(hits)
    assert {hit.passage_id: hit.score for hit in fused} == pytest.approx(
        {1: 0.5, 2: 0.125 + 0.5, 3: 0.0, 4: 0.25}
    )
    assert [hit.passage_id for hit in fused] == [2, 1, 4, 3]
    assert all(hit.scores["fused"] == hit.score for hit in fused)


def test_a_wide_lead_in_one_search_outweighs_a_narrow_one_in_the_other():
    # By ranks the two would tie: first and second here, second and first there.
    hits = [
        _hit(1, keyword=10.0, vector=0.90),
        _hit(2, keyword=30.0, vector=0.89),
        _hit(3, keyword=9.0, vector=0.50),
    ]
    assert [hit.passage_id for hit in fuse(hits)] == [2, 1, 3]


def test_a_single_find_is_a_best_one():
    (only,) = fuse([_hit(1, keyword=0.001)])
    assert only.score == 0.5


def test_ties_fall_to_the_older_passage():
    assert [h.passage_id for h in fuse([_hit(5, vector=0.5), _hit(4, keyword=1.0)])] == [4, 5]


def test_nothing_gives_nothing():
    assert fuse([]) == []


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(-1, 1)), min_size=1, max_size=20))
def test_what_is_better_in_both_never_stands_below(pairs):
    hits = [_hit(at, keyword=k, vector=v) for at, (k, v) in enumerate(pairs)]
    place = {hit.passage_id: at for at, hit in enumerate(fuse(hits))}
    for a, (ka, va) in enumerate(pairs):
        for b, (kb, vb) in enumerate(pairs):
            if ka >= kb and va >= vb and a < b:
                assert place[a] < place[b]
