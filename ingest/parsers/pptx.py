"""PowerPoint (.pptx): each slide a page, its title a heading, texts by place, then notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.errors import DamagedFile
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.parsers.alternate_content import ALTERNATE_CONTENT, first_with_text
from ingest.parsers.clean_text import clean
from ingest.parsers.legal_lines import item_level
from ingest.parsers.table_rows import row_blocks
from ingest.parsers.zip_parts import ZipParts

Element = Any
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TITLES = {"title", "ctrTitle"}
_LINE_EMU = 342_900  # a twentieth of the height of a usual slide


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
        for block in _slide_blocks(parts, slide[1])
    ]
    return ParsedDocument(TYPES["pptx"].media_type, tuple(blocks), page_count=len(slides))


def _slide_blocks(parts: ZipParts, name: str) -> Iterator[Block]:
    """A slide's blocks as its reader sees them, then the speaker's notes."""
    tree = parts.xml(name)
    if tree is None:
        return
    root = tree.find(f"{P}cSld/{P}spTree")
    yield from _blocks(_placed(root if root is not None else tree))
    notes = parts.related_by_type(name, "notesSlide")
    notes_tree = parts.xml(notes) if notes else None
    if notes_tree is not None:
        for shape in notes_tree.iter(f"{P}sp"):
            if _placeholder(shape) == "body":
                yield from (Block(BlockKind.PARAGRAPH, text) for text in _texts(shape))


def _placed(tree: Element) -> list[Element]:
    """The shapes and tables of a tree from top to bottom, then from left to right.

    Shapes whose tops lie within a twentieth of the slide stand in one line. The title comes
    first; a group stands where its frame does, its members in their own order of place. What has
    no place of its own (it is laid out by the slide's layout) keeps its order in the file, before
    what has one.
    """
    found: list[tuple[tuple[int, int, int], list[Element]]] = []
    for child in _children(tree):
        tag = child.tag
        if tag == f"{P}grpSp":
            shapes = _placed(child)
        elif tag in (f"{P}sp", f"{P}cxnSp"):
            shapes = [child]
        elif tag == f"{P}graphicFrame":
            shapes = list(child.iter(f"{A}tbl"))
        else:
            continue
        place = _place(child)
        if _placeholder(child) in _TITLES:
            key = (0, 0, 0)
        elif place is None:
            key = (1, 0, 0)
        else:
            key = (2, round(place[1] / _LINE_EMU), place[0])
        found.append((key, shapes))
    return [shape for _, shapes in sorted(found, key=lambda each: each[0]) for shape in shapes]


def _children(tree: Element) -> Iterator[Element]:
    """Members of a tree; of alternative contents the first that has text."""
    for child in tree:
        if child.tag != ALTERNATE_CONTENT:
            yield child
            continue
        choice = first_with_text(child, f"{A}t")
        yield from () if choice is None else choice


def _place(shape: Element) -> tuple[int, int] | None:
    """The left and top of a shape, group or table, in EMU."""
    for path in (f"{P}spPr/{A}xfrm/{A}off", f"{P}grpSpPr/{A}xfrm/{A}off", f"{P}xfrm/{A}off"):
        offset = shape.find(path)
        if offset is not None:
            x, y = offset.get("x") or "", offset.get("y") or ""
            if re.fullmatch(r"-?[0-9]{1,12}", x) and re.fullmatch(r"-?[0-9]{1,12}", y):
                return int(x), int(y)
    return None


def _placeholder(shape: Element) -> str | None:
    """What a placeholder is for (``"body"`` by default), None for other shapes."""
    place = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    return None if place is None else place.get("type") or "body"


def _blocks(shapes: Iterable[Element]) -> Iterator[Block]:
    for shape in shapes:
        if shape.tag == f"{A}tbl":
            yield from row_blocks(_grid(shape))
            continue
        kind = _placeholder(shape)
        if kind in {"sldNum", "ftr", "dt"}:
            continue
        for text in _texts(shape):
            if kind in _TITLES:
                yield Block(BlockKind.HEADING, text, level=1)
            elif item_level(text):
                yield Block(BlockKind.LIST_ITEM, text, level=item_level(text))
            else:
                yield Block(BlockKind.PARAGRAPH, text)


def _grid(table: Element) -> list[list[str]]:
    """The cells; one that is merged over rows stands in each of them."""
    grid: list[list[str]] = []
    for row in table.iter(f"{A}tr"):
        line: list[str] = []
        for column, cell in enumerate(row.iter(f"{A}tc")):
            text = " ".join(_texts(cell))
            above = grid[-1][column] if grid and column < len(grid[-1]) else ""
            line.append(above if cell.get("vMerge") in ("1", "true") and not text else text)
        grid.append(line)
    return grid


def _texts(element: Element) -> Iterator[str]:
    for paragraph in element.iter(f"{A}p"):
        parts = [
            "\n" if node.tag == f"{A}br" else node.text or ""
            for node in paragraph.iter(f"{A}t", f"{A}br")
        ]
        text = clean("".join(parts))
        if text:
            yield text
