"""Word (.docx): headings by style, numbered lists, tables, footnotes, text boxes.

Read from the XML itself (ECMA-376 part 1): python-docx knows neither drawn numbers nor
footnotes, tracked changes, text boxes and "strict" files. Tracked changes count as accepted;
hidden text, comments, page headers and footers stay out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.errors import DamagedFile
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.parsers.clean_text import clean, clean_line
from ingest.parsers.docx_numbers import Numbering, W, value
from ingest.parsers.legal_lines import heading_level, item_level
from ingest.parsers.table_rows import row_blocks
from ingest.parsers.zip_parts import ZipParts

Element = Any

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SKIPPED = {
    _FALLBACK,  # the same content again, for old readers
    *(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rt", "pPr", "sdtPr")),
}
_TEXT_BOX = f"{W}txbxContent"


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A Word document. Raises DamagedFile where its main part is missing or broken."""
    del name
    parts = ZipParts(data, "DOCX", limits)
    main = parts.related_by_type("", "officeDocument") or "word/document.xml"
    root = parts.xml(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise DamagedFile(kind="DOCX", why="isi utamanya tidak ada / no main text")
    reader = _Reader(parts, main)
    core = parts.xml(parts.related_by_type("", "core-properties") or "docProps/core.xml")
    title = clean_line(core.findtext(_TITLE) or "") if core is not None else ""
    return ParsedDocument(TYPES["docx"].media_type, tuple(reader.blocks(body)), title or None)


@dataclass(frozen=True, slots=True)
class _Style:
    level: int = 0
    number_id: str | None = None
    number_level: int = 0


class _Reader:
    def __init__(self, parts: ZipParts, main: str) -> None:
        def part(kind: str) -> Element | None:
            name = parts.related_by_type(main, kind)
            return parts.xml(name) if name else None

        self._styles = _read_styles(part("styles"))
        self._numbering = Numbering.read(part("numbering"))
        self._notes = {
            (kind, note.get(f"{W}id")): note
            for kind in ("footnote", "endnote")
            for root in [part(f"{kind}s")]
            if root is not None
            for note in root.iter(f"{W}{kind}")
        }

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks of a body, cell, text box or content control, in order."""
        for element in container:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag not in _SKIPPED and isinstance(element.tag, str):
                yield from self.blocks(element)  # sdt, ins, customXml: what they hold

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        text, boxes, notes = _content(paragraph)
        text = clean(text)
        if text:
            yield self._text_block(paragraph, text)
        for box in boxes:
            yield from self.blocks(box)
        for note in notes:
            if note in self._notes:
                yield from self.blocks(self._notes[note])

    def _text_block(self, paragraph: Element, text: str) -> Block:
        properties = paragraph.find(f"{W}pPr")
        style = _Style()
        number_id, number_level, outline = None, 0, None
        if properties is not None:
            style = self._styles.get(value(properties, "pStyle") or "", style)
            outline = value(properties, "outlineLvl")
            numbers = properties.find(f"{W}numPr")
            if numbers is not None:
                number_id = value(numbers, "numId")
                number_level = int(value(numbers, "ilvl") or style.number_level)
        if number_id is None:
            number_id, number_level = style.number_id, style.number_level
        marker = self._numbering.marker(number_id, number_level) if number_id else None
        if marker:
            text = f"{marker} {text}"
        level = style.level or (int(outline) + 1 if outline and outline in "012345" else 0)
        level = level or heading_level(text)
        if level:
            return Block(BlockKind.HEADING, clean_line(text), level=level)
        if marker is not None:
            return Block(BlockKind.LIST_ITEM, text, level=min(number_level + 1, 9))
        if item_level(text):
            return Block(BlockKind.LIST_ITEM, text, level=item_level(text))
        if _is_bold_line(paragraph, text):
            return Block(BlockKind.HEADING, clean_line(text), level=5)
        return Block(BlockKind.PARAGRAPH, text)

    def _table(self, table: Element) -> Iterator[Block]:
        grid: list[list[str]] = []
        header_rows = 0
        above: list[str] = []
        cells_max = 0
        for row in _children(table, "tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            cells = list(_children(row, "tc"))
            cells_max = max(cells_max, len(cells))
            if any(_is_colon(cell) for cell in cells):
                # "Menimbang | : | a. bahwa ...": a layout of labels, not a table of data.
                yield from row_blocks(grid, header_rows or None)
                grid, header_rows = [], 0
                yield from self._labelled(cells)
                continue
            line = self._row(cells, above)
            above = line
            if properties is not None and properties.find(f"{W}tblHeader") is not None:
                header_rows += len(grid) == header_rows
            grid.append(line)
        if cells_max == 1:  # a frame around running text
            for row in _children(table, "tr"):
                for cell in _children(row, "tc"):
                    yield from self.blocks(cell)
            return
        yield from row_blocks(grid, header_rows or None)

    def _row(self, cells: list[Element], above: list[str]) -> list[str]:
        line: list[str] = []
        for cell in cells:
            properties = cell.find(f"{W}tcPr")
            span, merged = 1, False
            if properties is not None:
                wide = value(properties, "gridSpan") or "1"
                span = min(int(wide), 1000) if wide.isdecimal() else 1
                merge = properties.find(f"{W}vMerge")
                merged = merge is not None and merge.get(f"{W}val") != "restart"
            text = " ".join(block.text for block in self.blocks(cell))
            if merged and not text:
                text = above[len(line)] if len(line) < len(above) else ""
            line += [text, *[""] * (span - 1)]
        return line

    def _labelled(self, cells: list[Element]) -> Iterator[Block]:
        parts = [list(self.blocks(cell)) for cell in cells]
        first = " ".join(blocks[0].text for blocks in parts if blocks)
        kind = BlockKind.LIST_ITEM if item_level(first) else BlockKind.PARAGRAPH
        yield Block(kind, clean(first), level=item_level(first))
        for blocks in parts:
            yield from blocks[1:]


def _children(element: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also those inside content controls and tracked insertions."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
            yield from _children(child, name)


def _is_colon(cell: Element) -> bool:
    return "".join(cell.itertext(f"{W}t")).strip() == ":"


def _content(paragraph: Element) -> tuple[str, list[Element], list[tuple[str, str | None]]]:
    """A paragraph's text, the text boxes anchored in it, and the notes that it refers to."""
    text: list[str] = []
    boxes: list[Element] = []
    notes: list[tuple[str, str | None]] = []
    stack = [*reversed(paragraph)]
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == _TEXT_BOX:
            boxes.append(element)
        elif tag in (f"{W}t", _MATH_TEXT):
            text.append(element.text or "")
        elif tag in (f"{W}tab", f"{W}ptab"):
            text.append(" ")
        elif tag in (f"{W}br", f"{W}cr"):
            text.append("\n")
        elif tag == f"{W}noBreakHyphen":
            text.append("-")
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            notes.append((tag[len(W) : -len("Reference")], element.get(f"{W}id")))
        elif tag == f"{W}sym":
            text.append(_symbol(element.get(f"{W}char") or ""))
        elif not (tag == f"{W}r" and _is_hidden(element)):
            stack += reversed(element)
    return "".join(text), boxes, notes


def _symbol(code: str) -> str:
    """A character of a symbol font; those of the private area are bullets or pictures."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= number <= 0xF8FF or number > 0x10FFFF else chr(number)


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val") not in {"0", "false", "off"}


def _is_bold_line(paragraph: Element, text: str) -> bool:
    """A short line that is bold throughout: a heading that its author did not style."""
    if len(text) > 120 or "\n" in text or text.endswith((".", ";", ",")):
        return False
    runs = [run for run in paragraph.iter(f"{W}r") if "".join(run.itertext(f"{W}t")).strip()]

    def bold(run: Element) -> bool:
        mark = run.find(f"{W}rPr/{W}b")
        return mark is not None and mark.get(f"{W}val") not in {"0", "false", "off"}

    return bool(runs) and all(bold(run) for run in runs)


def _read_styles(root: Element | None) -> dict[str, _Style]:
    """Styles by id; level and list come from the style that it is based on, if not its own."""
    if root is None:
        return {}
    elements = {style.get(f"{W}styleId") or "": style for style in root.iter(f"{W}style")}

    def read(style_id: str, depth: int) -> _Style:
        element = elements.get(style_id)
        if element is None or depth > 20:
            return _Style()
        base = read(value(element, "basedOn") or "", depth + 1)
        name = (value(element, "name") or "").lower()
        level = base.level
        if name == "title":
            level = 1
        elif name.startswith("heading ") and name[8:].isdecimal():
            level = min(int(name[8:]), 6)
        outline = element.find(f"{W}pPr/{W}outlineLvl")
        if outline is not None and (outline.get(f"{W}val") or "9") in "012345":
            level = int(outline.get(f"{W}val")) + 1
        numbers = element.find(f"{W}pPr/{W}numPr")
        if numbers is None:
            return _Style(level, base.number_id, base.number_level)
        number_level = value(numbers, "ilvl") or "0"
        return _Style(level, value(numbers, "numId") or base.number_id, int(number_level))

    return {style_id: read(style_id, 0) for style_id in elements}
