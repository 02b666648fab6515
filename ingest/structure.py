"""Puts blocks into one text, and knows under which headings and which article each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docs_store.records import PageSpan
from ingest.article_headings import mark_articles
from ingest.articles import ArticleReader, Place
from ingest.blocks import Block, BlockKind


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block at its place in the text: ``text[start:end] == block.text``."""

    block: Block
    start: int
    end: int
    headings: tuple[str, ...]
    """The headings above it, outermost first; for a heading, those above and itself."""
    place: Place
    """``("Pasal 7", "ayat (2)", "huruf b")`` where it stands in an article of a regulation."""

    @property
    def article(self) -> str | None:
        """The article alone: ``"Pasal 7"``."""
        return self.place[0] if self.place else None


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
    articles = ArticleReader()
    before: Block | None = None
    for marked in mark_articles(blocks):
        block = marked.block
        separator = "" if before is None else _separator(before, block)
        pieces += [separator, block.text]
        start = length + len(separator)
        length = start + len(block.text)
        if block.kind is BlockKind.HEADING:
            level = max(1, block.level)
            headings = [heading for heading in headings if heading[0] < level]
            headings.append((level, " ".join(block.text.split())))
        above = tuple(text for _, text in headings)
        placed.append(PlacedBlock(block, start, length, above, articles.read(block, marked.opens)))
        before = block
    return StructuredText("".join(pieces), tuple(placed), _page_spans(placed, page_labels))


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
