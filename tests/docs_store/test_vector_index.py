from __future__ import annotations

import numpy as np
import pytest

from docs_store.errors import StoreDamaged
from docs_store.vector_index import VectorIndex


@pytest.fixture
def vectors():
    drawn = np.random.default_rng(7).standard_normal((300, 24)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


@pytest.fixture
def ids(vectors):
    return [f"v{number}" for number in range(len(vectors))]


@pytest.fixture
def index(tmp_path):
    made = VectorIndex(tmp_path, "generation-000001")
    made.create()
    yield made
    made.close()


def test_the_nearest_are_those_of_an_exact_search(index, vectors, ids):
    index.add(ids, vectors)
    for question in vectors[:20]:
        cosines = vectors @ question
        exact = [ids[at] for at in np.argsort(-cosines)[:5]]
        found = index.query(question, 5)
        assert [name for name, _ in found] == exact
        assert [cosine for _, cosine in found] == pytest.approx(sorted(cosines)[:-6:-1], abs=1e-5)


def test_adding_again_changes_nothing(index, vectors, ids):
    index.add(ids, vectors)
    index.add(ids[:10], vectors[10:20])
    assert index.count() == len(ids)
    assert index.query(vectors[0], 1)[0][0] == "v0"


def test_an_empty_index_finds_nothing(index, vectors):
    assert index.query(vectors[0], 5) == []


def test_another_handle_sees_additions_after_reopening(index, tmp_path, vectors, ids):
    index.add(ids[:5], vectors[:5])
    other = VectorIndex(tmp_path, index.generation)
    assert other.count() == 5
    index.add(ids[5:9], vectors[5:9])
    other.reopen()
    assert other.query(vectors[8], 1)[0][0] == "v8"
    other.close()


def test_graph_files_are_written_by_settling_and_by_nothing_else(index, vectors, ids):
    index.add(ids[:200], vectors[:200])
    index.settle()
    written = {path: path.read_bytes() for path in index.path.glob("*/*")}
    assert any(path.name == "index_metadata.pickle" for path in written)
    index.add(ids[200:], vectors[200:])
    index.reopen()
    assert all(index.query(vectors[at], 1)[0][0] == ids[at] for at in range(300))
    assert {path: path.read_bytes() for path in index.path.glob("*/*")} == written


def test_a_copy_is_whole_and_separate(index, tmp_path, vectors, ids):
    index.add(ids[:50], vectors[:50])
    copy = VectorIndex(tmp_path, "generation-000002")
    index.copy_to(copy)
    copy.settle()
    copy.add(ids[50:60], vectors[50:60])
    assert (index.count(), copy.count()) == (50, 60)
    assert copy.ids() == set(ids[:60])
    copy.close()


def test_a_dropped_generation_is_told_and_never_made_again(index, tmp_path, vectors, ids):
    index.add(ids, vectors)
    VectorIndex(tmp_path, index.generation).drop()
    with pytest.raises(StoreDamaged):
        index.query(vectors[0], 1)
    index.reopen()
    with pytest.raises(StoreDamaged):
        index.count()
    assert list(tmp_path.iterdir()) == []
