"""The store: what the rest of the program knows of kept documents.

Writing is ordered so that a stop at any instant leaves the old version or the new one: the
original file, then the vectors (into SQLite, then appended to Chroma), and last one SQLite
transaction that publishes the new version, retires the old one, and counts the change.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from docs_store import catalogue, corrections, keyword_index, searching
from docs_store.analysis import query_terms
from docs_store.conversations import forget_document
from docs_store.embedding_model import EmbeddingModel
from docs_store.errors import StoreDamaged, StoreNotWritable
from docs_store.fusion import fuse
from docs_store.generations import Generations
from docs_store.kept_documents import KeptDocuments
from docs_store.kept_vectors import Progress, embed_missing, embedded_text, vector_id_of
from docs_store.originals import Originals
from docs_store.publishing import Published, publish_version, take_out
from docs_store.records import Document, Hit, Region, VersionDraft
from docs_store.recovery import recover, recover_at_open
from docs_store.registry import REGISTRY_FILE, Registry
from docs_store.settings import StoreSettings
from docs_store.sources import document_id_of, normalise_source
from docs_store.vector_index import VectorIndex
from docs_store.write_lock import WriteLock

__all__ = ["DocumentStore", "Published", "document_id_of", "normalise_source"]

SEARCH_ATTEMPTS = 3


class DocumentStore(KeptDocuments):
    """One folder of documents: open it, search it, publish into it. Safe to share between threads.

    Raises (from the constructor):
        StoreNotWritable, StoreTooNew, StoreDamaged: see `docs_store.errors`.
    """

    def __init__(
        self,
        path: Path,
        model: EmbeddingModel | None = None,
        settings: StoreSettings | None = None,
    ) -> None:
        self.path = path.absolute()
        self.settings = settings or StoreSettings()
        self.model = model or EmbeddingModel(self.settings.embedding_model)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreNotWritable(path=path, why=error.strerror) from error
        super().__init__(Registry(self.path / REGISTRY_FILE), Originals(self.path / "originals"))
        self.generations = Generations(
            self.path / "vectors", self.registry, self.settings.chroma_url
        )
        self.lock = WriteLock(self.path)
        recover_at_open(self)

    def close(self) -> None:
        """Let go of the files; the store cannot be used afterwards."""
        self.generations.forget()
        self.registry.close()

    # ---- searching ----------------------------------------------------------------------------

    def candidates(self, question: str, limit: int, extra_terms: Sequence[str] = ()) -> list[Hit]:
        """Passages found by keywords or by vector, from one moment's whole versions.

        Each hit's ``scores`` holds ``keyword`` (BM25) and ``vector`` (cosine) where that search
        found it; the order is by keyword hits first, so fuse before use.

        Args:
            question: the text to search for.
            limit: how many passages each of the two searches gives.
            extra_terms: further words for the keyword search only (translations, expansions).

        Raises:
            ModelNotLoadable, StoreDamaged, WrongModel
        """
        words = list(dict.fromkeys(query_terms(question)))
        others = [
            term for term in dict.fromkeys(query_terms(" ".join(extra_terms))) if term not in words
        ]
        vector = self.model.embed_questions([question])[0]
        for attempt in range(1, SEARCH_ATTEMPTS + 1):
            try:
                with self.registry.reading() as connection:
                    index = self.current_index(connection)
                    return searching.candidates(connection, index, words, others, vector, limit)
            except StoreDamaged:
                # Another process may have dropped the generation since the snapshot.
                self.generations.forget()
                if attempt == SEARCH_ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    def search(self, question: str, limit: int = 20) -> list[Hit]:
        """The best passages for a question, both searches fused (see `docs_store.fusion`)."""
        return fuse(self.candidates(question, max(limit, 50)))[:limit]

    def passages_at(
        self, locator: str, limit: int = 200, documents: Sequence[str] = ()
    ) -> list[Hit]:
        """The live passages whose locator begins so ("Pasal 7"), in the documents' order.

        Args:
            locator: its beginning; all passages have the empty one.
            limit: how many at most.
            documents: ids of those to look in; all if empty.
        """
        with self.registry.reading() as connection:
            return searching.passages_at(connection, locator, limit, documents)

    def passages_with(self, phrase: Sequence[str], limit: int) -> list[Hit]:
        """Live passages that hold the terms one after the other; definitions first."""
        with self.registry.reading() as connection:
            return searching.passages_with(connection, phrase, limit)

    def passages_defining(self, words: Sequence[str], limit: int) -> list[Hit]:
        """Live passages that hold any of the terms, best first: those that define, then others."""
        with self.registry.reading() as connection:
            return searching.passages_defining(connection, words, limit)

    def term_frequencies(self, words: Sequence[str]) -> tuple[dict[str, int], int]:
        """In how many passages each term stands, and how many passages there are."""
        with self.registry.reading() as connection:
            return keyword_index.frequencies(connection, words), keyword_index.size(connection)

    def current_index(self, connection: sqlite3.Connection) -> VectorIndex | None:
        """The vectors of the snapshot's generation; None where there are none yet.

        Raises:
            WrongModel: the store was embedded with another model.
        """
        return self.generations.current(connection, self.model)

    # ---- writing ------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store's write lock, over whatever a stopped process left put right.

        Raises:
            StoreBusy: another process held it for longer than ``STORE_LOCK_TIMEOUT_S``.
            StoreNotWritable
        """
        with self.lock.held(self.settings.lock_timeout_s) as died:
            recover(self, died=died)
            yield

    def publish(
        self, draft: VersionDraft, content: bytes, progress: Progress | None = None
    ) -> Published:
        """Keep a document's new version and make it findable, whole or not at all.

        Args:
            draft: the version; its passages are slices of its text.
            content: the original bytes.
            progress: called with (passages embedded, passages to embed).

        Raises:
            StoreBusy, StoreNotWritable, StoreDamaged, WrongModel, ModelNotLoadable
        """
        source = normalise_source(draft.source)
        document_id = document_id_of(source)
        with self.writing():
            if self.is_unchanged(source, draft.content_sha256):
                document = self.document(document_id)
                return Published("unchanged", document_id, document.version, document.passages)
            self.originals.keep(draft.content_sha256, content)
            embedded = [
                embedded_text(passage.context, draft.text[passage.start : passage.end])
                for passage in draft.passages
            ]
            vector_ids = [vector_id_of(text) for text in embedded]
            with self.registry.reading() as connection:
                self.current_index(connection)  # a wrong model is refused before it embeds
            began = time.monotonic()
            embed_missing(
                self.registry, self.model, dict(zip(vector_ids, embedded, strict=True)), progress
            )
            embedding_s = round(time.monotonic() - began, 3)
            seconds = {**draft.report.get("seconds", {}), "embedding": embedding_s}
            draft = replace(draft, report={**draft.report, "seconds": seconds})
            self.generations.append(list(dict.fromkeys(vector_ids)), self.model)
            with self.registry.writing() as connection:
                published = publish_version(connection, draft, source, document_id, vector_ids)
            self.generations.see_own_change()
            self._compact_if_due()
        return replace(published, embedding_s=embedding_s)

    def correct(
        self,
        document_id: str,
        *,
        title: str | None = None,
        date: str | None = None,
        kind: str | None = None,
        publisher: str | None = None,
        regions: Sequence[Region] | None = None,
    ) -> Document:
        """Lay values over what was read off a document; they stay when it is read again.

        Fields that are None stay as they are; an empty date, publisher or list of regions says
        that the document has none.

        Raises:
            CorrectionRefused, DocumentNotFound, StoreBusy, StoreNotWritable
        """
        given = {
            "title": title,
            "date": date,
            "kind": kind,
            "publisher": publisher,
            "regions": regions,
        }
        values = {field: value for field, value in given.items() if value is not None}
        with self.writing(), self.registry.writing() as connection:
            catalogue.document(connection, document_id)
            corrections.correct(connection, document_id, values)
            return catalogue.document(connection, document_id)

    def uncorrect(self, document_id: str, *fields: str) -> Document:
        """Take corrections back, so that what was read off the document counts again.

        Raises:
            CorrectionRefused, DocumentNotFound, StoreBusy, StoreNotWritable
        """
        with self.writing(), self.registry.writing() as connection:
            catalogue.document(connection, document_id)
            corrections.uncorrect(connection, document_id, fields)
            return catalogue.document(connection, document_id)

    def remove(self, document_id: str) -> None:
        """Take a document out of all answers, kept ones too; its history and original stay.

        Raises:
            DocumentNotFound, StoreBusy, StoreNotWritable
        """
        with self.writing():
            with self.registry.writing() as connection:
                catalogue.document(connection, document_id)
                take_out(connection, document_id, "removed")
            forget_document(self.path, document_id)
            self._compact_if_due()

    def _compact_if_due(self) -> None:
        """Write the index anew when too much of it is retired.

        SQLite keeps the vectors: a document that a stopped ingest had begun may need them.
        """
        with self.registry.reading() as connection:
            index = self.current_index(connection)
            used = connection.execute("SELECT count(DISTINCT vector_id) FROM passages").fetchone()
        total = 0 if index is None else index.count()
        if total < self.settings.compact_vectors_min:
            return
        if (total - used[0]) / total > self.settings.retired_share_max:
            self.generations.write_anew()
