"""Builds the pieces from settings, once, and hands the pages what they need."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from assistant.answer import stream_answer
from assistant.chat_model import configured_chat_model
from assistant.conversation import Answer, Language
from assistant.notices import notice_texts
from docs_store.errors import DocumentNotFound, StoreNotWritable
from docs_store.jobs import JobQueue
from docs_store.maintenance import erase
from docs_store.records import Document, PageSpan, TextBox
from docs_store.settings import load_settings
from docs_store.store import DocumentStore
from ingest.jobs import UploadWorker
from ingest.read_again import queue_again
from ingest.settings import IngestSettings
from ingest.uploads import Upload, queue_uploads
from ui.document_details import DocumentDetails
from ui.kept_conversations import KeptConversations
from ui.sheet_rows import SHEET_TYPES, SheetReader, SheetRow
from ui.source_viewer import file_name
from ui.upload_page import JobView, jobs_shown

EXAMPLES: dict[Language, list[str]] = {
    "id": [
        "Bagaimana Banyuwangi mengurutkan program pariwisatanya?",
        "Siapa Sekda Banyuwangi?",
        "Apa yang akan dipelajari Bupati Delis di Banyuwangi?",
        "Kapan Morowali Utara dimekarkan?",
    ],
    "en": [
        "How did Banyuwangi sequence its tourism push?",
        "Who is the regional secretary of Banyuwangi?",
        "How far is North Morowali from Palu?",
        "When was Morowali Utara established?",
    ],
}


class Services:
    """What the chat page asks for (`ui.chat_page.ChatServices`), over one store."""

    def __init__(self, store: DocumentStore, settings: IngestSettings | None = None) -> None:
        self.store = store
        self.ingest_settings = settings or load_settings(IngestSettings)
        self._uploads: tuple[JobQueue, UploadWorker] | None = None
        self._first = threading.Lock()
        self._sheets = SheetReader(self.ingest_settings.limits)
        self._chat = configured_chat_model()
        self.kept = KeptConversations(store.path, self._is_there)

    def stream_answer(
        self,
        question: str,
        language: Language | None = None,
        history: Sequence[Answer] = (),
        without: Collection[str] = (),
    ) -> Iterator[Answer]:
        """The answer as it grows, the last one whole; see `assistant.answer.stream_answer`."""
        yield from stream_answer(
            self.store, question, language, history=history, without=without, chat=self._chat
        )

    def documents(self) -> list[Document]:
        """All documents that answers may come from."""
        return self.store.documents()

    def document_count(self) -> int:
        """How many documents answers may come from."""
        return self.store.document_count()

    def document(self, document_id: str) -> Document:
        """One document; raises DocumentNotFound."""
        return self.store.document(document_id)

    def text(self, document_id: str, version: int) -> str:
        """The stored text of one version; raises DocumentNotFound."""
        return self.store.text(document_id, version)

    def pages(self, document_id: str, version: int) -> Sequence[PageSpan]:
        """Where each page stands in that text."""
        return self.store.pages(document_id, version)

    def boxes(self, document_id: str, version: int, page: int) -> Sequence[TextBox]:
        """Where the recognised text of a page stands on its image."""
        return self.store.boxes(document_id, version, page)

    def rows(self, document_id: str, version: int) -> Sequence[SheetRow]:
        """Where the rows of a spreadsheet or CSV file stand in that text; none in other formats."""
        document = self.store.document(document_id)
        if document.media_type not in SHEET_TYPES:
            return ()
        name, text = file_name(document.source), self.text(document_id, version)
        return self._sheets.rows(
            document_id, version, name, text, lambda: self.original(document_id, version)
        )

    def original(self, document_id: str, version: int) -> bytes:
        """The file that the version was read from; raises DocumentNotFound."""
        return self.store.original(document_id, version).read_bytes()

    def example_questions(self, language: Language) -> list[str]:
        """Questions to start with."""
        return EXAMPLES[language]

    @property
    def upload_bytes_max(self) -> int:
        """How large one uploaded file may be."""
        return self.ingest_settings.bytes_max

    def upload(self, uploads: Sequence[Upload]) -> None:
        """Queue uploaded files and delete what was uploaded; raises StoreNotWritable."""
        try:
            queue, worker = self._jobs()
            queue_uploads(self.store.path, queue, uploads, self.ingest_settings.limits)
        finally:
            for upload in uploads:
                if upload.path is not None:
                    upload.path.unlink(missing_ok=True)
        worker.wake()

    def jobs(self) -> list[JobView]:
        """The ingest jobs under way and the last ones; none where they cannot be kept."""
        try:
            queue, worker = self._jobs()
        except StoreNotWritable:
            return []
        worker.wake()
        shown = jobs_shown(queue.jobs(), datetime.now(UTC))
        return [JobView(job, tuple(queue.documents(job.job_id))) for job in shown]

    def cancel_job(self, job_id: str) -> None:
        """Stop a job before its next document; raises StoreNotWritable."""
        queue, worker = self._jobs()
        queue.cancel(job_id)
        worker.wake()

    def remove(self, document_id: str) -> None:
        """Take a document out of all answers; raises DocumentNotFound, StoreBusy."""
        self.store.remove(document_id)

    def details(self, document_id: str, language: Language) -> DocumentDetails:
        """All that is known of one document; raises DocumentNotFound."""
        return DocumentDetails(
            document=self.store.document(document_id),
            history=tuple(self.store.history(document_id)),
            notices=notice_texts(self.store, document_id, language),
            confidence_min=self.store.report(document_id).get("confidence_min"),
        )

    def correct(self, document_id: str, values: Mapping[str, Any]) -> None:
        """See `DocumentStore.correct`; with no values, all corrections are taken back."""
        if values:
            self.store.correct(document_id, **values)
        else:
            self.store.uncorrect(document_id, *self.store.document(document_id).corrected)

    def read_again(self, document_id: str) -> None:
        """See `ingest.read_again.queue_again`."""
        queue, worker = self._jobs()
        queue_again(self.store, queue, document_id, self.ingest_settings.limits)
        worker.wake()

    def erase(self, document_id: str) -> list[Document]:
        """See `docs_store.maintenance.erase`."""
        return erase(self.store, document_id)

    def close(self) -> None:
        """Let the document that is being taken in come to its end; the rest stays queued."""
        if self._uploads is not None:
            self._uploads[1].close()

    def _is_there(self, document_id: str) -> bool:
        try:
            self.store.document(document_id)
        except DocumentNotFound:
            return False
        return True

    def _jobs(self) -> tuple[JobQueue, UploadWorker]:
        with self._first:
            if self._uploads is None:
                queue = JobQueue(self.store.path)
                self._uploads = queue, UploadWorker(self.store, queue, self.ingest_settings)
            return self._uploads
