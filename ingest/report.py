"""What happened to each document, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["added", "replaced", "unchanged", "duplicate", "failed"]


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


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The lines of one run, in the order in which the documents were taken."""

    documents: tuple[DocumentReport, ...]

    @property
    def failed(self) -> tuple[DocumentReport, ...]:
        """The documents that did not go in."""
        return tuple(line for line in self.documents if line.status == "failed")

    @property
    def exit_status(self) -> int:
        """0 all well, 1 some failed and the rest are in, 2 there was no document at all."""
        if not self.documents:
            return 2
        return 1 if self.failed else 0

    def to_json(self) -> dict[str, Any]:
        """The object that ``tanya ingest --json`` prints."""
        return {"documents": [asdict(line) for line in self.documents]}
