"""What is kept of documents, each question answered from one moment's whole versions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docs_store import catalogue, corrections, regulation_links
from docs_store.originals import Originals
from docs_store.records import (
    Document,
    Notice,
    PageSpan,
    RegulationLink,
    TextBox,
    VersionSummary,
)
from docs_store.registry import Registry
from docs_store.sources import document_id_of, normalise_source


class KeptDocuments:
    """Documents, their versions, texts and originals; neither searches nor writes.

    Args:
        registry: where they are described.
        originals: their files as they were taken in.
    """

    def __init__(self, registry: Registry, originals: Originals) -> None:
        self.registry = registry
        self.originals = originals

    def documents(self) -> list[Document]:
        """All documents that answers may come from, by title."""
        with self.registry.reading() as connection:
            return catalogue.documents(connection)

    def document_count(self) -> int:
        """How many documents answers may come from."""
        with self.registry.reading() as connection:
            return catalogue.document_count(connection)

    def document(self, document_id: str) -> Document:
        """One document by its id.

        Raises:
            DocumentNotFound: it is not there, or was removed.
        """
        with self.registry.reading() as connection:
            return catalogue.document(connection, document_id)

    def document_by_source(self, source: str) -> Document:
        """One document by the path, URL or name it was taken in under.

        Raises:
            DocumentNotFound: it is not there, or was removed.
        """
        return self.document(document_id_of(source))

    def text(self, document_id: str, version: int | None = None) -> str:
        """The stored text in which offsets count; of the current version if none is named.

        Raises:
            DocumentNotFound: there is no such version, or the document was erased.
        """
        return self._value("text", document_id, version)

    def pages(self, document_id: str, version: int | None = None) -> tuple[PageSpan, ...]:
        """Where the pages stand in the text; empty for formats without pages."""
        pages = json.loads(self._value("pages", document_id, version))
        return tuple(PageSpan(*page) for page in pages)

    def headings(
        self, document_id: str, version: int | None = None
    ) -> tuple[tuple[int, int, int], ...]:
        """(start, end, level) of each heading in the text."""
        headings = json.loads(self._value("headings", document_id, version))
        return tuple((start, end, level) for start, end, level in headings)

    def boxes(self, document_id: str, version: int, page: int) -> tuple[TextBox, ...]:
        """Where recognised (OCR) text stands on a page; empty where there is none."""
        with self.registry.reading() as connection:
            return catalogue.boxes(connection, document_id, version, page)

    def report(self, document_id: str, version: int | None = None) -> dict[str, Any]:
        """How the version was read; empty where an older reader read it.

        Raises:
            DocumentNotFound: there is no such version, or the document was erased.
        """
        report: dict[str, Any] = json.loads(self._value("report", document_id, version))
        return report

    def regulations(self, key: str) -> list[Document]:
        """The documents that are the regulation with this key, by title."""
        with self.registry.reading() as connection:
            return catalogue.documents_of_regulation(connection, key)

    def links_from(self, document_id: str) -> tuple[RegulationLink, ...]:
        """What the document's current text says of other regulations, in the text's order."""
        with self.registry.reading() as connection:
            return regulation_links.links_from(connection, document_id)

    def notices(self, document_id: str) -> tuple[Notice, ...]:
        """What was done to a document, by its own text and by those of other live documents."""
        with self.registry.reading() as connection:
            return regulation_links.notices(connection, document_id)

    def notices_of_regulation(self, key: str) -> tuple[Notice, ...]:
        """What was done to the regulation with this key, whether or not it is kept itself."""
        with self.registry.reading() as connection:
            return regulation_links.notices_of_regulation(connection, key)

    def corrected_at(self, document_id: str) -> dict[str, str]:
        """When each corrected field was corrected, as an ISO time, UTC."""
        with self.registry.reading() as connection:
            return corrections.corrections(connection, document_id)

    def original(self, document_id: str, version: int | None = None) -> Path:
        """The file as it was taken in, kept under its hash."""
        return self.originals.path(self._value("content_sha256", document_id, version))

    def history(self, document_id: str) -> list[VersionSummary]:
        """All versions there have been, oldest first.

        Raises:
            DocumentNotFound: no such document was ever here.
        """
        with self.registry.reading() as connection:
            return catalogue.history(connection, document_id)

    def is_unchanged(self, source: str, content_sha256: str) -> bool:
        """Whether this source is kept with exactly these bytes, as this program reads them."""
        with self.registry.reading() as connection:
            return catalogue.is_kept(connection, normalise_source(source), content_sha256)

    def meta(self) -> dict[str, str]:
        """The small facts: model, dimension, generation, change counter."""
        with self.registry.reading() as connection:
            return self.registry.meta(connection)

    def _value(self, column: str, document_id: str, version: int | None) -> str:
        with self.registry.reading() as connection:
            return catalogue.version_value(connection, column, document_id, version)
