"""PowerPoint (.pptx): each slide a page, its title a heading, texts and tables in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.errors import DamagedFile
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.parsers.clean_text import clean
from ingest.parsers.legal_lines import item_level
from ingest.parsers.table_rows import row_blocks
from ingest.parsers.zip_parts import ZipParts

Element = Any
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A presentation. Raises DamagedFile, FileTooLarge (slides)."""
    del name
    parts = ZipParts(data, "PPTX", limits)
    main = parts.related_by_type("", "officeDocument") or "ppt/presentation.xml"
    root = parts.xml(main)
    if root is None:
        raise DamagedFile(kind="PPTX", why="isi utamanya tidak ada / no main part")
    relations = parts.related(main)
    slides = [relations.get(slide.get(_RELATION) or "") for slide in root.iter(f"{P}sldId")]
    limits.check_pages(len(slides), "salindia / slides")
    blocks = [
        replace(block, page=number)
        for number, slide in enumerate(slides, 1)
        if slide is not None
        for tree in [parts.xml(slide[1])]
        if tree is not None
        for block in _blocks(tree)
    ]
    return ParsedDocument(TYPES["pptx"].media_type, tuple(blocks), page_count=len(slides))


def _blocks(tree: Element) -> Iterator[Block]:
    for shape in tree.iter(f"{P}sp", f"{A}tbl"):
        if shape.tag == f"{A}tbl":
            grid = [
                [" ".join(_texts(cell)) for cell in row.iter(f"{A}tc")]
                for row in shape.iter(f"{A}tr")
            ]
            yield from row_blocks(grid)
            continue
        place = shape.find(f".//{P}ph")
        kind = (place.get("type") or "") if place is not None else ""
        if kind in {"sldNum", "ftr", "dt"}:
            continue
        for text in _texts(shape):
            if kind in {"title", "ctrTitle"}:
                yield Block(BlockKind.HEADING, text, level=1)
            elif item_level(text):
                yield Block(BlockKind.LIST_ITEM, text, level=item_level(text))
            else:
                yield Block(BlockKind.PARAGRAPH, text)


def _texts(element: Element) -> Iterator[str]:
    for paragraph in element.iter(f"{A}p"):
        parts = [
            "\n" if node.tag == f"{A}br" else node.text or ""
            for node in paragraph.iter(f"{A}t", f"{A}br")
        ]
        text = clean("".join(parts))
        if text:
            yield text
