"""Puts blocks into one text, and knows under which headings and which article each stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docs_store.records import PageSpan
from ingest.blocks import Block, BlockKind

_ARTICLE = re.compile(r"^(?:Pasal|PASAL)\s+(\d+\s?[A-Z]?|[IVXLC]+)\b\s*[.:]?$")
_CLAUSE = re.compile(r"^\((\d{1,2}[a-z]?)\)\s")
_CHAPTER = re.compile(r"^(?:BAB\s+[IVXLCDM]+|Bagian\s+Ke\w+|Paragraf\s+\d+)\b", re.IGNORECASE)
_AFTER_ARTICLES = re.compile(
    r"^(?:PENJELASAN|LAMPIRAN|Lampiran)\b|^(?:Ditetapkan|Diundangkan) di\b|^Agar setiap orang",
)


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block at its place in the text: ``text[start:end] == block.text``."""

    block: Block
    start: int
    end: int
    headings: tuple[str, ...]
    """The headings above it, outermost first; for a heading, those above and itself."""
    article: str | None
    """``"Pasal 7"`` where it stands in an article of a regulation."""
    clause: str | None
    """``"ayat (2)"`` where it stands in a numbered clause of an article."""


@dataclass(frozen=True, slots=True)
class StructuredText:
    """The stored text of a document and what stands where in it."""

    text: str
    blocks: tuple[PlacedBlock, ...]
    pages: tuple[PageSpan, ...]


def structure(blocks: Sequence[Block], page_labels: Sequence[str] = ()) -> StructuredText:
    """Join blocks into the text that offsets count in.

    Items of a list and rows of a table follow each other on lines of their own; everything else
    is set apart by an empty line; a block that continues a sentence follows after one space.
    """
    pieces: list[str] = []
    placed: list[PlacedBlock] = []
    length = 0
    headings: list[tuple[int, str]] = []
    article: str | None = None
    clause: str | None = None
    before: Block | None = None
    for block in blocks:
        separator = "" if before is None else _separator(before, block)
        pieces += [separator, block.text]
        start = length + len(separator)
        length = start + len(block.text)
        found = _ARTICLE.match(block.text)
        if found:
            article, clause = f"Pasal {found.group(1)}", None
        elif _AFTER_ARTICLES.match(block.text) or _CHAPTER.match(block.text):
            article = clause = None
        elif article is not None and (numbered := _CLAUSE.match(block.text)):
            clause = f"ayat ({numbered.group(1)})"
        if block.kind is BlockKind.HEADING:
            level = max(1, block.level)
            headings = [heading for heading in headings if heading[0] < level]
            headings.append((level, " ".join(block.text.split())))
        placed.append(
            PlacedBlock(block, start, length, tuple(text for _, text in headings), article, clause)
        )
        before = block
    return StructuredText("".join(pieces), tuple(placed), _page_spans(placed, page_labels))


def is_article(block: Block) -> bool:
    """Whether the block is the line that opens an article ("Pasal 7")."""
    return _ARTICLE.match(block.text) is not None


def _separator(before: Block, block: Block) -> str:
    if block.continues:
        return " "
    together = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
    return "\n" if before.kind is block.kind and block.kind in together else "\n\n"


def _page_spans(placed: Sequence[PlacedBlock], labels: Sequence[str]) -> tuple[PageSpan, ...]:
    spans: dict[int, tuple[int, int]] = {}
    for at in placed:
        if at.block.page is not None:
            start, _ = spans.get(at.block.page, (at.start, at.end))
            spans[at.block.page] = (min(start, at.start), at.end)
    return tuple(
        PageSpan(number, start, end, labels[number - 1] if number <= len(labels) else None)
        for number, (start, end) in sorted(spans.items())
    )
