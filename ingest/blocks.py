"""What a parser hands over: blocks of text in reading order, and what the format says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is; it decides how blocks are joined and split."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row.

    ``text`` is what a person would have typed: NFC, no control characters, single spaces, no
    spaces at the ends, and never empty. A line break in it is meant (an address, a verse).
    """

    kind: BlockKind
    text: str
    page: int | None = None
    """Page number from 1, in formats that have pages."""
    level: int = 0
    """1 to 6 for headings (1 is the largest), nesting from 1 for list items, else 0."""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One document as read from its file."""

    media_type: str
    blocks: tuple[Block, ...]
    title: str | None = None
    """The title that the format declares (HTML ``<title>``, PDF and DOCX properties)."""
    date: str | None = None
    """ISO date that the format declares for the document (a news page's publication date)."""
    language: str | None = None
    page_count: int | None = None
    page_labels: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    """What a person should know, Indonesian first: pages without text, text cut."""
