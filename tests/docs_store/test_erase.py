"""After an erasure no byte of the document's sentences is in any file of the store."""

from __future__ import annotations

import pytest

from docs_store.errors import DocumentNotFound, StoreNotWritable
from docs_store.maintenance import check, erase
from docs_store.store import DocumentStore, document_id_of
from tests.drafts import draft_text, publish_text
from tests.fake_model import FakeModel

SECRET = "\n\n".join(
    f"Saudara Wiratmaja nomor {number} melaporkan keluhan rahasia kepada camat."
    for number in range(40)
)
NEWER = SECRET.replace("keluhan rahasia", "pengaduan tertutup")


class Stopped(BaseException):
    """Stands for a process that ends here."""


@pytest.fixture
def store(tmp_path):
    opened = DocumentStore(tmp_path / "store", FakeModel())
    yield opened
    opened.close()


def _files_with(store, *sentences):
    wanted = [sentence.encode(code) for sentence in sentences for code in ("utf-8", "utf-16-le")]
    return [
        path.relative_to(store.path)
        for path in store.path.rglob("*")
        if path.is_file() and any(sentence in path.read_bytes() for sentence in wanted)
    ]


TRACES = (
    *(line for line in SECRET.split("\n\n")[:40:13]),
    *(line for line in NEWER.split("\n\n")[:40:13]),
    "Laporan Wiratmaja",
    "surat-wiratmaja",
    "Wiratmaja",
    "wiratmaja",
)


def test_no_trace_is_left_in_any_file(store):
    for number in range(30):
        publish_text(store, f"Berita lain nomor {number} tentang jalan desa.", f"{number}.txt")
    publish_text(store, SECRET, "surat-wiratmaja.txt", "Laporan Wiratmaja")
    publish_text(store, NEWER, "surat-wiratmaja.txt", "Laporan Wiratmaja")
    assert len(_files_with(store, *TRACES)) >= 3, "the search for bytes sees what is there"
    reader = DocumentStore(store.path, FakeModel())  # has it open, as a chat would
    assert reader.search("keluhan rahasia")

    assert erase(store, document_id_of("surat-wiratmaja.txt")) == []

    assert _files_with(store, *TRACES) == []
    assert check(store).problems == []
    assert len(reader.search("jalan desa", 50)) == 30
    assert not [hit for hit in reader.search("pengaduan tertutup", 50) if "aduan" in hit.text]
    reader.close()


def test_what_a_stopped_ingest_left_is_erased_too(store):
    def stop(_done, _total):
        raise Stopped

    publish_text(store, SECRET, "a.txt")
    with pytest.raises(Stopped):
        store.publish(draft_text(NEWER, "a.txt"), NEWER.encode(), stop)
    erase(store, document_id_of("a.txt"))
    assert _files_with(store, *TRACES) == []


def test_an_erasure_that_was_stopped_is_finished_when_the_store_is_opened(store):
    publish_text(store, SECRET, "a.txt")
    in_the_way = store.originals.folder / "zz" / "folder"
    in_the_way.mkdir(parents=True)  # no file, so it cannot be deleted as one
    with pytest.raises(StoreNotWritable):
        erase(store, document_id_of("a.txt"))
    assert "erasing" in store.meta()
    in_the_way.rmdir()
    reopened = DocumentStore(store.path, FakeModel())
    assert "erasing" not in reopened.meta()
    assert _files_with(store, *TRACES) == []
    reopened.close()


def test_the_history_keeps_that_it_was_erased_when_and_its_hash(store):
    published = publish_text(store, SECRET, "a.txt")
    content_sha256 = store.document(published.document_id).content_sha256
    erase(store, published.document_id)
    (version,) = store.history(published.document_id)
    assert version.retired_why == "erased"
    assert version.retired_at is not None
    assert version.content_sha256 == content_sha256
    assert version.title == ""
    for ask in (store.document, store.text, store.original, store.pages):
        with pytest.raises(DocumentNotFound):
            ask(published.document_id)
    with pytest.raises(DocumentNotFound):
        erase(store, published.document_id)


def test_others_with_the_same_text_are_named_and_stay(store):
    publish_text(store, SECRET, "a.txt")
    publish_text(store, SECRET, "b.txt")
    (twin,) = erase(store, document_id_of("a.txt"))
    assert twin.source == "b.txt"
    assert store.search("keluhan rahasia")[0].source == "b.txt"
    assert store.original(twin.document_id).is_file()
    assert check(store).problems == []


def test_an_erased_document_may_come_back(store):
    first = publish_text(store, SECRET, "a.txt")
    erase(store, first.document_id)
    again = publish_text(store, SECRET, "a.txt")
    assert (again.status, again.version) == ("added", 2)
    assert store.document(again.document_id).source == "a.txt"
    with pytest.raises(DocumentNotFound):
        store.text(again.document_id, 1)
    erase(store, again.document_id)
    assert _files_with(store, *TRACES) == []
