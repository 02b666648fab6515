"""A kept document read again, from its file or from its original."""

import time

import pytest

from docs_store.errors import DocumentNotFound
from ingest.pipeline import ingest_paths
from ingest.read_again import OriginalLost
from ui.wiring import Services


@pytest.fixture
def services(store):
    services = Services(store)
    yield services
    services.close()


@pytest.fixture
def file(tmp_path, store):
    file = tmp_path / "pasar.txt"
    file.write_text("Pasar desa dibuka pada hari Senin.")
    ingest_paths(store, [file])
    return file


def finished(services):
    for _ in range(200):
        (job,) = services.jobs()
        if job.job.ended:
            return job
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def test_a_changed_file_becomes_a_new_version(services, file, store):
    file.write_text("Pasar desa dibuka pada hari Selasa.")
    (document,) = store.documents()
    services.read_again(document.document_id)
    assert [line.status for line in finished(services).documents] == ["replaced"]
    (after,) = store.documents()
    assert (after.document_id, after.version) == (document.document_id, 2)
    assert "Selasa" in store.text(after.document_id)


def test_where_the_file_is_gone_the_original_is_read(services, file, store):
    file.unlink()
    (document,) = store.documents()
    services.read_again(document.document_id)
    assert [line.status for line in finished(services).documents] == ["unchanged"]


def test_an_original_that_is_lost_is_told_of(services, file, store):
    file.unlink()
    (document,) = store.documents()
    store.original(document.document_id).unlink()
    with pytest.raises(OriginalLost):
        services.read_again(document.document_id)
    assert services.jobs() == []


def test_no_document_is_read_twice_by_a_wrong_id(services):
    with pytest.raises(DocumentNotFound):
        services.read_again("tiada")


def test_details_corrections_and_erasure_reach_the_store(services, file, store):
    (document,) = store.documents()
    services.correct(document.document_id, {"title": "Hari pasar", "kind": "letter"})
    details = services.details(document.document_id, "id")
    assert details.document.title == "Hari pasar"
    assert [version.version for version in details.history] == [1]
    services.correct(document.document_id, {})
    assert services.document(document.document_id).corrected == ()
    assert services.erase(document.document_id) == []
    with pytest.raises(DocumentNotFound):
        services.details(document.document_id, "id")
