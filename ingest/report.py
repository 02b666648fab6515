"""What happened to each document, for people and for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from docs_store.errors import BilingualError
from docs_store.records import Document
from ingest.blocks import ParsedDocument
from ingest.confidence import lowest_confidence, mean_confidence

Status = Literal["added", "replaced", "unchanged", "duplicate", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document's line. ``reason`` is set where it failed; ``warnings`` where it did not."""

    source: str
    status: Status
    document_id: str | None = None
    reason: str | None = None
    pages: int | None = None
    passages: int = 0
    seconds: float = 0.0
    title: str | None = None
    warnings: tuple[str, ...] = ()
    pages_by_method: dict[str, int] = field(default_factory=dict)
    """How many pages were read how: ``"text"``, ``"ocr"``, ``"bad text"``, ``"none"``."""
    confidence_min: float | None = None
    """0 to 1, of the least sure text that was recognised from an image."""
    confidence_mean: float | None = None
    """0 to 1, over all text that was recognised from images."""
    kind: str | None = None
    """What the document is, one of `docs_store.records.KINDS`."""
    seconds_by_stage: dict[str, float] = field(default_factory=dict)
    """``"reading"`` (file to passages) and ``"embedding"``."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The lines of one run, in the order in which the documents were taken."""

    documents: tuple[DocumentReport, ...]
    stopped: str | None = None
    """Why the store ended the run before all documents were taken."""
    interrupted: bool = False
    """Whether it was asked to stop; the same call goes on where it stopped."""
    dry_run: bool = False
    """Whether this only tells what would be done."""

    @property
    def failed(self) -> tuple[DocumentReport, ...]:
        """The documents that did not go in."""
        return tuple(line for line in self.documents if line.status == "failed")

    @property
    def exit_status(self) -> int:
        """0 all well, 1 some failed and the rest are in, 2 nothing could be done, 130 interrupted.

        2 where there was no document at all, or the store failed before anything went in.
        """
        if self.interrupted:
            return 130
        all_failed = len(self.failed) == len(self.documents)
        if not self.documents or (self.stopped is not None and all_failed):
            return 2
        return 1 if self.failed else 0

    def to_json(self) -> dict[str, Any]:
        """The object that ``tanya ingest --json`` prints."""
        value: dict[str, Any] = {"documents": [asdict(line) for line in self.documents]}
        if self.stopped is not None:
            value["stopped"] = self.stopped
        for name in ("interrupted", "dry_run"):
            if getattr(self, name):
                value[name] = True
        return value


def reading_report(
    parsed: ParsedDocument, warnings: tuple[str, ...], reading_s: float
) -> dict[str, Any]:
    """How a document was read, in JSON values; the store keeps it beside the version.

    The store adds the seconds of the embedding when it has embedded.
    """
    return {
        "pages": parsed.page_count,
        "pages_by_method": dict(Counter(parsed.page_methods)),
        "page_methods": list(parsed.page_methods),
        "page_measures": [asdict(page) for page in parsed.page_measures],
        "warnings": list(warnings),
        "confidence_min": lowest_confidence(parsed),
        "confidence_mean": mean_confidence(parsed),
        "seconds": {"reading": reading_s},
    }


def failed(source: str, error: BilingualError, seconds: float = 0.0) -> DocumentReport:
    """The line of a document that did not go in."""
    return DocumentReport(source, "failed", reason=str(error), seconds=seconds)


def unchanged(document: Document, seconds: float = 0.0) -> DocumentReport:
    """The line of a document that is kept as it is."""
    return DocumentReport(
        source=document.source,
        status="unchanged",
        document_id=document.document_id,
        pages=document.pages or None,
        passages=document.passages,
        seconds=seconds,
        title=document.title,
    )


def removed(document: Document) -> DocumentReport:
    """The line of a document that is taken out because its file is gone."""
    return DocumentReport(
        source=document.source,
        status="removed",
        document_id=document.document_id,
        passages=document.passages,
        title=document.title,
    )
