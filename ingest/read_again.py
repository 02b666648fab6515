"""Queues a kept document to be read again: from its file where that is still there."""

from __future__ import annotations

from pathlib import Path

from docs_store.errors import StoreNotWritable
from docs_store.job_records import JobDocument
from docs_store.jobs import JobQueue
from docs_store.store import DocumentStore
from ingest.errors import IngestError
from ingest.identify import read_file
from ingest.limits import Limits
from ingest.uploads import SOURCE_PREFIX, spool_folder


def queue_again(store: DocumentStore, queue: JobQueue, document_id: str, limits: Limits) -> None:
    """Queue a job that takes a document in under its source once more.

    What is read is the file that its source names, as it is now; the original that was kept,
    where it came as an upload or from the web, or its file is gone.

    Raises:
        DocumentNotFound, StoreNotWritable
        IngestError: the file may not be read, or has grown too large.
    """
    source = store.document(document_id).source
    content = _content(store, document_id, source, limits)
    documents = [JobDocument(0, source)]
    with queue.adding("upload", documents) as job_id:
        folder = spool_folder(store.path, job_id)
        try:
            folder.mkdir(parents=True)
            (folder / "0").write_bytes(content)
        except OSError as error:
            raise StoreNotWritable(path=store.path, why=error.strerror) from error


def _content(store: DocumentStore, document_id: str, source: str, limits: Limits) -> bytes:
    path = Path(source)
    if not source.startswith(SOURCE_PREFIX) and path.is_absolute() and path.is_file():
        return read_file(path, limits)
    try:
        return store.original(document_id).read_bytes()
    except OSError as error:
        raise OriginalLost from error


class OriginalLost(IngestError):
    """The original file is not in the store any more."""

    indonesian = "Berkas aslinya hilang dari penyimpanan. Tambahkan lagi dokumen ini."
    english = "Its original file is missing from the store. Add this document again."
