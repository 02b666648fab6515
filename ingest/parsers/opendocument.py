"""OpenDocument texts and slides (.odt, .odp); tracked deletions and notes' marks stay out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.errors import DamagedFile
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.parsers.clean_text import clean, clean_line
from ingest.parsers.legal_lines import heading_level, item_level
from ingest.parsers.table_rows import row_blocks
from ingest.parsers.zip_parts import ZipParts

Element = Any
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_OUT = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}note-citation"}
_SPAN_MAX = 1000


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """An OpenDocument file. Raises DamagedFile where it has no content."""
    del name
    root = ZipParts(data, "ODT", limits).xml("content.xml")
    body = None if root is None else root.find(f"{OFFICE}body")
    if body is None:
        raise DamagedFile(kind="ODT", why="content.xml")
    return ParsedDocument(TYPES["odt"].media_type, tuple(_blocks(body, 0)))


def _blocks(container: Element, depth: int, item: bool = False) -> Iterator[Block]:
    for element in container:
        tag = element.tag
        if tag in _OUT or not isinstance(tag, str):
            continue
        if tag in (f"{TEXT}p", f"{TEXT}h"):
            text = clean(_text(element))
            if not text:
                continue
            level = heading_level(text)
            if tag == f"{TEXT}h":
                level = min(int(element.get(f"{TEXT}outline-level") or 1), 6)
            if level:
                yield Block(BlockKind.HEADING, clean_line(text), level=level)
            elif item or item_level(text):
                yield Block(BlockKind.LIST_ITEM, text, level=max(1, depth))
            else:
                yield Block(BlockKind.PARAGRAPH, text)
        elif tag == f"{TABLE}table":
            yield from row_blocks(_grid(element))
        elif tag == f"{TEXT}list":
            yield from _blocks(element, depth + 1)
        else:
            yield from _blocks(element, depth, item=tag == f"{TEXT}list-item")


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
    grid = []
    for row in table.iter(f"{TABLE}table-row"):
        line: list[str] = []
        for cell in row:
            if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                times = cell.get(f"{TABLE}number-columns-repeated") or "1"
                repeated = min(int(times), _SPAN_MAX) if times.isdecimal() else 1
                line += [" ".join(_text(child) for child in cell)] * repeated
        grid.append(line)
    return grid
