"""What the store keeps and hands out: frozen records, no behaviour but slicing.

All offsets count Unicode code points (Python string indices) in the stored text of one document
version; ``start`` is inclusive and ``end`` exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PageSpan:
    """Where one page stands in the stored text. ``number`` counts from 1."""

    number: int
    start: int
    end: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A passage as the splitter makes it, before the store gives it an id.

    ``context`` (title and headings) is embedded before the slice but is not part of it.
    """

    start: int
    end: int
    page: int | None
    locator: str | None
    context: str


@dataclass(frozen=True, slots=True)
class VersionDraft:
    """Everything a new document version consists of, ready to be published whole."""

    source: str
    content_sha256: str
    media_type: str
    title: str
    date: str | None
    """ISO date of the document itself (not of the file), or None where it shows none."""
    language: str
    """``"id"``, ``"en"`` or ``"und"``."""
    text: str
    pages: tuple[PageSpan, ...]
    passages: tuple[PassageDraft, ...]
    headings: tuple[tuple[int, int, int], ...] = ()
    """(start, end, level) of each heading in the text."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document and its current version."""

    document_id: str
    source: str
    version: int
    title: str
    date: str | None
    language: str
    media_type: str
    content_sha256: str
    text_sha256: str
    pages: int
    passages: int
    characters: int
    added_at: str
    """ISO time, UTC, at which the current version was published."""
    duplicate_of: str | None = None
    """The document whose text is the same and which answers for both."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """One version in a document's history; ``retired_at`` is None for the current one."""

    version: int
    content_sha256: str
    title: str
    added_at: str
    retired_at: str | None
    retired_why: str | None
    passages_added: int
    passages_removed: int
    passages_kept: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query. ``text`` is exactly ``stored_text[start:end]``."""

    passage_id: int
    document_id: str
    version: int
    title: str
    source: str
    date: str | None
    language: str
    page: int | None
    locator: str | None
    start: int
    end: int
    text: str
    context: str
    score: float
    scores: dict[str, float] = field(default_factory=dict)
    """Scores by stage, for the curious: ``keyword`` (BM25), ``vector`` (cosine), ``fused``."""
