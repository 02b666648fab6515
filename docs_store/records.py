"""What the store keeps and hands out: frozen records, no behaviour but slicing.

All offsets count Unicode code points (Python string indices) in the stored text of one document
version; ``start`` is inclusive and ``end`` exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

KINDS = ("news", "regulation", "plan", "report", "table", "web_page", "letter", "other")
"""What a document can be."""

Relation = Literal["revokes", "amends", "revoked_by", "amended_by"]


@dataclass(frozen=True, slots=True)
class PageSpan:
    """Where one page stands in the stored text. ``number`` counts from 1."""

    number: int
    start: int
    end: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class TextBox:
    """Where a slice of the text stands on its page image; sides are shares (0 to 1) of the page."""

    page: int
    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None
    """0 to 1, of the recognition (OCR)."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region that a document speaks of."""

    code: str
    """The official code: ``"35.10"`` for a regency or city, ``"35"`` for a province."""
    name: str
    """``"Kabupaten Banyuwangi"``, ``"Kota Malang"``, ``"Provinsi Jawa Timur"``."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person or office holder that a document states; ``office`` is empty where it does not."""

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class RegulationLink:
    """What a text says it does to another regulation, or what was done to it, and where.

    ``target`` is the other one's key: lower case, kind / region (of a regional one; a city's with
    "kota ") / number / year, as ``"uu/23/2014"`` or ``"perbup/banyuwangi/19/2012"``.
    """

    relation: Relation
    target: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """That a document was revoked or amended by another one, and the words that say so."""

    relation: Literal["revoked_by", "amended_by"]
    target: str
    """The key of the regulation that did it."""
    document_id: str | None
    """The document that is this regulation, where the store has it."""
    title: str | None
    """Its title."""
    stated_in: str
    """The document whose current text says so: ``quote == text[start:end]``."""
    start: int
    end: int
    quote: str
    version: int
    """The version of ``stated_in`` that the offsets count in."""


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
    confidence: float | None = None
    """0 to 1, the lowest of the lines in it that were recognised from an image."""


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
    kind: str = "other"
    """One of `KINDS`."""
    publisher: str | None = None
    regions: tuple[Region, ...] = ()
    people: tuple[Person, ...] = ()
    regulation: str | None = None
    """The document's own key where it is a regulation; see `RegulationLink`."""
    links: tuple[RegulationLink, ...] = ()
    boxes: tuple[TextBox, ...] = ()
    """Of recognised text only; in a text layer, places are looked up when a page is drawn."""
    report: dict[str, Any] = field(default_factory=dict)
    """How it was read, in JSON values: pages by method, seconds, confidence, measures."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document and its current version, with what a person corrected laid over it."""

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
    kind: str = "other"
    publisher: str | None = None
    regions: tuple[Region, ...] = ()
    people: tuple[Person, ...] = ()
    regulation: str | None = None
    corrected: tuple[str, ...] = ()
    """Names of the fields that a person corrected."""


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
    confidence: float | None = None
    """0 to 1, the lowest of the lines in it that were recognised from an image."""
