from __future__ import annotations

import shutil

import pytest

from docs_store import keyword_index
from docs_store.analysis import terms
from docs_store.errors import WrongModel
from docs_store.maintenance import check, check_and_repair, compact, rebuild
from docs_store.registry import set_meta
from docs_store.store import DocumentStore, document_id_of
from tests.drafts import publish_text
from tests.fake_model import FakeModel


class Stopped(BaseException):
    """Stands for a process that ends here."""


@pytest.fixture
def store(tmp_path):
    opened = DocumentStore(tmp_path / "store", FakeModel())
    for number in range(20):
        text = "\n\n".join(f"Pasal {number + 100} baris {at} tentang pasar." for at in range(10))
        publish_text(opened, text, f"{number}.txt")
    opened.remove(document_id_of("0.txt"))
    yield opened
    opened.close()


def _execute(store, statement):
    with store.registry.writing() as connection:
        connection.execute(statement)


def _retired_but_indexed(store):
    with store.registry.writing() as connection:
        keyword_index.add(connection, [(9_999, "hantu pasar", "", "id")])


def _lost_keyword(store):
    with store.registry.writing() as connection:
        row = connection.execute(
            "SELECT passage_id, text, context FROM passages LIMIT 1"
        ).fetchone()
        keyword_index.remove(connection, [(*row, "id")])


def _lost_vector(store):
    _execute(store, "DELETE FROM vectors WHERE vector_id = (SELECT vector_id FROM passages)")


def _wrong_vector(store):
    _execute(
        store,
        "UPDATE vectors SET vector = CAST(zeroblob(length(vector) - 2) || x'003c' AS BLOB) "
        "WHERE vector_id = (SELECT vector_id FROM passages)",
    )


def _lost_index(store):
    shutil.rmtree(store.generations.index(store.meta()["generation"]).path)


def _broken_index(store):
    store.generations.forget()
    path = store.generations.index(store.meta()["generation"]).path / "chroma.sqlite3"
    path.write_bytes(b"rusak" * 1_000)


@pytest.mark.parametrize(
    "spoil", [_retired_but_indexed, _lost_keyword, _lost_vector, _lost_index, _broken_index]
)
def test_what_is_derived_is_found_wanting_and_repaired(store, spoil):
    assert check(store).problems == []
    spoil(store)
    assert not check(store).sound
    report = check_and_repair(store)
    assert report.problems == []
    assert report.repaired
    assert check(store).sound
    assert store.search("pasal 107 baris 3 tentang pasar", 1)[0].source == "7.txt"


def test_a_vector_that_is_not_the_indexed_one_is_noticed(store):
    _wrong_vector(store)
    assert any("not found by itself" in problem for problem in check(store).problems)


def test_what_cannot_be_derived_stays_a_problem(store):
    store.original(document_id_of("3.txt")).write_bytes(b"diubah")
    store.original(document_id_of("4.txt")).unlink()
    problems = check_and_repair(store).problems
    assert len(problems) == 2
    assert any("3.txt: original altered" in problem for problem in problems)
    assert any("4.txt: original missing" in problem for problem in problems)


def test_a_passage_that_is_no_slice_is_noticed(store):
    _execute(store, "UPDATE texts SET text = upper(text) WHERE version = 1")
    assert any("is no slice" in problem for problem in check(store).problems)


def test_the_json_of_a_check_has_the_promised_names(store):
    assert {"sound", "documents", "passages", "vectors", "retired_vectors", "problems"} <= set(
        check(store).to_json()
    )


def test_compacting_leaves_retired_vectors_behind(store):
    assert check(store).retired_vectors == 10
    compact(store)
    report = check(store)
    assert (report.problems, report.vectors, report.retired_vectors) == ([], 190, 0)


def test_rebuilding_embeds_nothing_again(store):
    store.model.embedded.clear()
    rebuild(store)
    assert store.model.embedded == []
    assert check(store).problems == []


def test_another_model_takes_over_when_all_is_embedded_and_goes_on_after_a_stop(store):
    other = FakeModel("lain", 24)

    def stop(done, total):
        assert total == 190
        if done >= 128:
            raise Stopped

    with pytest.raises(Stopped):
        rebuild(store, other, stop)
    assert store.search("pasal 107 baris 3 tentang pasar", 1)[0].source == "7.txt"
    store.close()

    reopened = DocumentStore(store.path, FakeModel())
    assert check(reopened).problems == []
    rebuild(reopened, other)
    assert len(other.embedded) == 190, "what was embedded before the stop was used"
    assert reopened.model is other
    assert reopened.meta()["embedding_model"] == "lain"
    assert check(reopened).problems == []
    reopened.close()

    with_other = DocumentStore(store.path, FakeModel("lain", 24))
    assert with_other.search("pasal 107 baris 3 tentang pasar", 1)[0].source == "7.txt"
    with_other.close()
    with_old = DocumentStore(store.path, FakeModel())
    with pytest.raises(WrongModel):
        with_old.search("pasar")
    with pytest.raises(WrongModel):
        rebuild(with_old)
    with_old.close()


def test_other_terms_make_the_keyword_index_anew_at_open(store):
    with store.registry.writing() as connection:
        keyword_index.clear(connection)
        set_meta(connection, "analysis_version", "0")
    store.close()
    reopened = DocumentStore(store.path, FakeModel())
    assert reopened.term_frequencies(terms("pasar")) == ({"pasar": 190}, 190)
    assert check(reopened).problems == []
    reopened.close()


def test_leftovers_of_a_dead_writer_are_cleared_at_open(store):
    store.close()
    (store.path / "vectors" / "generation-000099").mkdir()
    (store.path / "vectors" / "dropped-generation-000001").mkdir()
    unfinished = store.path / "originals" / "ab" / "tmpx1y2"
    unfinished.parent.mkdir(exist_ok=True)
    unfinished.write_text("setengah jadi")
    unnamed = store.path / "originals" / "ab" / ("ab" * 32)
    unnamed.write_text("tanpa dokumen")
    (store.path / "write.pid").write_text("12345")  # its process died while it wrote
    reopened = DocumentStore(store.path, FakeModel())
    assert not unfinished.exists()
    assert not unnamed.exists()
    assert [path.name for path in (store.path / "vectors").iterdir()] == [
        reopened.meta()["generation"]
    ]
    assert check(reopened).problems == []
    reopened.close()
