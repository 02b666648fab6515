"""OpenDocument texts and slides (.odt, .odp); tracked deletions and notes' marks stay out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.errors import DamagedFile
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.parsers.clean_text import clean, clean_line
from ingest.parsers.html import list_number
from ingest.parsers.legal_lines import heading_level, item_level
from ingest.parsers.table_rows import row_blocks
from ingest.parsers.zip_parts import ZipParts

Element = Any
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_OUT = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}note-citation"}
_ROW_GROUPS = {f"{TABLE}{n}" for n in ("table-header-rows", "table-rows", "table-row-group")}
_SPAN_MAX = 1000

Formats = dict[tuple[str, str], tuple[str, str, str, int]]
"""By list style and level: a number's prefix, format, suffix, and the first one."""


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """An OpenDocument file. Raises DamagedFile where it has no content."""
    del name
    parts = ZipParts(data, "ODT", limits)
    root = parts.xml("content.xml")
    body = None if root is None else root.find(f"{OFFICE}body")
    if body is None:
        raise DamagedFile(kind="ODT", why="content.xml")
    reader = _Reader(_list_formats(root, parts.xml("styles.xml")))
    return ParsedDocument(TYPES["odt"].media_type, tuple(reader.blocks(body, 0)))


class _Reader:
    """Walks a text and counts its lists."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._last: dict[tuple[str, int], int] = {}  # by list style and depth: the last number

    def blocks(
        self, container: Iterable[Element], depth: int, marker: str | None = None
    ) -> Iterator[Block]:
        """The blocks of a container; ``marker`` is set in a list item, for its first block."""
        for element in container:
            tag = element.tag
            if tag in _OUT or not isinstance(tag, str):
                continue
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                text = clean(_text(element))
                if text:
                    yield _block(element, f"{marker} {text}" if marker else text, depth, marker)
                    marker = "" if marker is not None else None
            elif tag == f"{TABLE}table":
                yield from row_blocks(_grid(element))
            elif tag == f"{TEXT}list":
                yield from self._list(element, depth + 1)
            else:
                yield from self.blocks(element, depth, marker)

    def _list(self, element: Element, depth: int, style: str = "") -> Iterator[Block]:
        style = element.get(f"{TEXT}style-name") or style
        level = self._formats.get((style, str(depth)))
        counted = (style, depth)
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(
            f"{TEXT}continue-list"
        )
        if level and not goes_on:
            self._last[counted] = level[3] - 1
        for item in element:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            marker = ""
            if level and level[1] and item.tag == f"{TEXT}list-item" and _has_own_text(item):
                number = _start(item, self._last.get(counted, level[3] - 1) + 1)
                self._last[counted] = number
                marker = f"{level[0]}{list_number(level[1], number)}{level[2]}".strip()
            for child in item:
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, depth + 1, style)
                else:
                    first = None
                    for first in self.blocks([child], depth, marker):
                        yield first
                    marker = "" if first is not None else marker


def _has_own_text(item: Element) -> bool:
    """Whether a list item is one, and not only the holder of a deeper list."""
    return any(child.tag in (f"{TEXT}p", f"{TEXT}h") for child in item)


def _block(element: Element, text: str, depth: int, marker: str | None) -> Block:
    level = heading_level(text)
    if element.tag == f"{TEXT}h":
        level = min(_outline(element), 6)
    if level:
        return Block(BlockKind.HEADING, clean_line(text), level=level)
    if marker is not None or item_level(text):
        return Block(BlockKind.LIST_ITEM, text, level=max(1, depth))
    return Block(BlockKind.PARAGRAPH, text)


def _outline(heading: Element) -> int:
    said = heading.get(f"{TEXT}outline-level") or ""
    return int(said) if re.fullmatch(r"[1-9][0-9]?", said) else 1


def _text(element: Element) -> str:
    """An element's text; iterates, since spans may nest deep."""
    found: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            found.append(node)
            continue
        if node.tag in _OUT or not isinstance(node.tag, str):
            continue
        if node.tag in (f"{TEXT}s", f"{TEXT}tab"):
            found.append(" ")
        elif node.tag == f"{TEXT}line-break":
            found.append("\n")
        elif node.tag == f"{TEXT}p" and node is not element:
            found.append(" ")
        for child in reversed(node):
            stack += [child.tail or "", child]
        stack.append(node.text or "")
    return "".join(found)


def _grid(table: Element) -> list[list[str]]:
    """The cells of a table's own rows; one that spans rows stands in each of them."""
    grid: list[list[str]] = []
    spans: dict[int, tuple[int, str]] = {}  # by column: rows still to fill, and with what
    for row in _rows(table):
        line: list[str] = []
        for cell in row:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            repeated = _count(cell, "number-columns-repeated")
            if cell.tag == f"{TABLE}covered-table-cell":
                for column in range(len(line), len(line) + repeated):
                    left, text = spans.pop(column, (0, ""))
                    line.append(text)
                    if left > 1:
                        spans[column] = (left - 1, text)
                continue
            text = " ".join(_text(child) for child in cell)
            if _count(cell, "number-rows-spanned") > 1:
                spans[len(line)] = (_count(cell, "number-rows-spanned") - 1, text)
            line += [text] * repeated
            if len(line) > _SPAN_MAX:
                break
        grid.append(line)
    return grid


def _rows(table: Element) -> Iterator[Element]:
    """A table's rows, also those in header rows and groups, not those of tables inside it."""
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _count(cell: Element, name: str) -> int:
    said = cell.get(f"{TABLE}{name}") or "1"
    return min(int(said), _SPAN_MAX) if re.fullmatch(r"[0-9]{1,9}", said) else 1


def _list_formats(*roots: Element | None) -> Formats:
    """By list style and level: what numbers look like (its prefix, format and suffix)."""
    return {
        (style.get(f"{STYLE}name") or "", level.get(f"{TEXT}level") or "1"): (
            level.get(f"{STYLE}num-prefix") or "",
            level.get(f"{STYLE}num-format") or "",
            level.get(f"{STYLE}num-suffix") or "",
            _start(level, 1),
        )
        for root in roots
        if root is not None
        for style in root.iter(f"{TEXT}list-style")
        for level in style.iter(f"{TEXT}list-level-style-number")
    }


def _start(element: Element, default: int) -> int:
    said = element.get(f"{TEXT}start-value") or ""
    return int(said) if re.fullmatch(r"[0-9]{1,6}", said) else default
