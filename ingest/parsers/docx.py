"""Word (.docx): headings by style, numbered lists, tables, footnotes, text boxes.

Read from the XML itself (ECMA-376 part 1): python-docx knows neither drawn numbers nor
footnotes, tracked changes, text boxes and "strict" files. Tracked changes count as accepted;
hidden text, comments, page headers and footers stay out; what is hidden is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.errors import DamagedFile
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.parsers.clean_text import clean, clean_line
from ingest.parsers.docx_numbers import Numbering, W, value, whole
from ingest.parsers.docx_styles import Style, Styles, outline_level, switch
from ingest.parsers.docx_text import OUT, ParagraphText, children, texts
from ingest.parsers.legal_lines import heading_level, item_level
from ingest.parsers.table_rows import row_blocks
from ingest.parsers.zip_parts import ZipParts

Element = Any

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_ENDS = {f"{W}{name}" for name in ("body", "tc", "txbxContent", "footnote", "endnote")}
_SPAN_MAX = 1000


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A Word document. Raises DamagedFile where its main part is missing or broken."""
    del name
    parts = ZipParts(data, "DOCX", limits)
    main = parts.related_by_type("", "officeDocument") or "word/document.xml"
    root = parts.xml(main)
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise DamagedFile(kind="DOCX", why="isi utamanya tidak ada / no main text")
    reader = _Reader(parts, main, root.find(f"{W}background") is not None)
    blocks = tuple(reader.blocks(body))
    core = parts.xml(parts.related_by_type("", "core-properties") or "docProps/core.xml")
    title = clean_line(core.findtext(_TITLE) or "") if core is not None else ""
    return ParsedDocument(
        TYPES["docx"].media_type, blocks, title or None, warnings=tuple(reader.warnings())
    )


class _Reader:
    def __init__(self, parts: ZipParts, main: str, has_ground: bool) -> None:
        def part(kind: str) -> Element | None:
            name = parts.related_by_type(main, kind)
            return parts.xml(name) if name else None

        self._styles = Styles.read(part("styles"))
        self._numbering = Numbering.read(part("numbering"))
        self._notes = {
            (kind, note.get(f"{W}id")): note
            for kind in ("footnote", "endnote")
            for root in [part(f"{kind}s")]
            if root is not None
            for note in root.iter(f"{W}{kind}")
        }
        self._hidden = 0
        self._grounds = int(has_ground)  # a coloured page, table or box may show white letters
        self._carried: list[Element] = []  # paragraphs whose end is deleted: the next goes on

    def warnings(self) -> Iterator[str]:
        """What was left out."""
        if self._hidden:
            yield (
                f"{self._hidden} karakter tersembunyi diabaikan. / "
                f"{self._hidden} hidden characters were left out."
            )

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks of a body, cell, text box or content control, in order."""
        for element in children(container):
            if element.tag == f"{W}p":
                if element.find(f"{W}pPr/{W}rPr/{W}del") is not None:
                    self._carried.append(element)
                    continue
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag not in OUT and isinstance(element.tag, str):
                yield from self.blocks(element)  # sdt, ins, customXml: what they hold
        if self._carried and container.tag in _ENDS:
            yield from self._paragraph(self._carried.pop())

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = paragraph.find(f"{W}pPr")
        style = self._styles.of_paragraph(properties)
        content = ParagraphText()
        parts, self._carried = [*self._carried, paragraph], []
        shaded = properties is not None and properties.find(f"{W}shd") is not None
        for part in parts:
            content.read(part, self._styles, style, not (self._grounds or shaded))
        self._hidden += content.hidden
        text = clean("".join(content.text))
        block = None if content.hidden and not text else self._block(properties, style, text)
        if block is not None:
            bold = content.bold and not self._styles.default.bold
            yield _as_heading(block) if bold else block
        self._grounds += 1
        for box in content.boxes:
            yield from self.blocks(box)
        self._grounds -= 1
        for note in content.notes:
            element = self._notes.pop(note, None)  # once: notes may refer to one another
            for part_of_note in () if element is None else self.blocks(element):
                is_row = part_of_note.kind == BlockKind.TABLE_ROW
                yield part_of_note if is_row else Block(BlockKind.PARAGRAPH, part_of_note.text)

    def _block(self, properties: Element | None, style: Style, text: str) -> Block | None:
        """The block of a paragraph; counts its number, also where it has no text."""
        number_id, number_level = style.number_id, style.number_level
        style_id = value(properties, "pStyle") if properties is not None else None
        if number_id is not None:
            number_level = self._numbering.level_of(number_id, style_id) or number_level
        numbers = None if properties is None else properties.find(f"{W}numPr")
        if numbers is not None:
            number_id = value(numbers, "numId") or number_id
            number_level = whole(value(numbers, "ilvl"), number_level)
        marker = self._numbering.marker(number_id, number_level) if number_id else None
        if not text:
            return None
        if marker:
            text = f"{marker} {text}"
        outline = outline_level(properties)
        level = style.level if outline is None else outline
        level = level or heading_level(text)
        if level:
            return Block(BlockKind.HEADING, clean_line(text), level=level)
        if marker is not None:
            return Block(BlockKind.LIST_ITEM, text, level=min(number_level + 1, 9))
        if item_level(text):
            return Block(BlockKind.LIST_ITEM, text, level=item_level(text))
        return Block(BlockKind.PARAGRAPH, text)

    def _table(self, table: Element) -> Iterator[Block]:
        self._grounds += 1
        rows = [row for row in _children(table, "tr") if not _is_deleted(row, "trPr", "del")]
        cells_of = [
            [cell for cell in _children(row, "tc") if not _is_deleted(cell, "tcPr", "cellDel")]
            for row in rows
        ]
        if max(map(len, cells_of), default=0) == 1:  # a frame around running text
            for cells in cells_of:
                for cell in cells:
                    yield from self.blocks(cell)
        else:
            yield from self._rows(rows, cells_of)
        self._grounds -= 1

    def _rows(self, rows: list[Element], cells_of: list[list[Element]]) -> Iterator[Block]:
        grid: list[list[str]] = []
        header_rows = 0
        above: list[str] = []
        for row, cells in zip(rows, cells_of, strict=True):
            labelled = any(_is_colon(cell) for cell in cells)
            holder = None if labelled else _holder_of_table(cells)
            if labelled or holder is not None:
                # "Menimbang | : | a. bahwa ...": a layout of labels, not a table of data.
                yield from row_blocks(grid, header_rows or None)
                grid, header_rows, above = [], 0, []
                yield from self._labelled(cells) if holder is None else self.blocks(holder)
                continue
            properties = row.find(f"{W}trPr")
            skipped = "0" if properties is None else value(properties, "gridBefore")
            line = self._row(cells, above, min(whole(skipped, 0), _SPAN_MAX))
            above = line
            if properties is not None and switch(properties, "tblHeader"):
                header_rows += len(grid) == header_rows
            grid.append(line)
        yield from row_blocks(grid, header_rows or None)

    def _row(self, cells: list[Element], above: list[str], skipped: int) -> list[str]:
        line: list[str] = [""] * skipped
        for cell in cells:
            properties = cell.find(f"{W}tcPr")
            span, merged = 1, False
            if properties is not None:
                span = min(max(1, whole(value(properties, "gridSpan"), 1)), _SPAN_MAX)
                merge = properties.find(f"{W}vMerge")
                merged = merge is not None and merge.get(f"{W}val") != "restart"
            text = _cell_text(self.blocks(cell))
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


def _is_deleted(element: Element, properties: str, mark: str) -> bool:
    return element.find(f"{W}{properties}/{W}{mark}") is not None


def _is_colon(cell: Element) -> bool:
    return texts([cell]) == ":"


def _holder_of_table(cells: list[Element]) -> Element | None:
    """The row's only filled cell, where it holds a table: the outer one is but a frame."""
    filled = [cell for cell in cells if texts([cell])]
    has_table = len(filled) == 1 and next(filled[0].iter(f"{W}tbl"), None) is not None
    return filled[0] if has_table else None


def _cell_text(blocks: Iterable[Block]) -> str:
    """A cell's blocks in one text; rows of a table in it are parted by semicolons."""
    text, last = "", None
    for block in blocks:
        rows = BlockKind.TABLE_ROW in (block.kind, last)
        text += ("; " if rows else " ") * bool(text) + block.text
        last = block.kind
    return text


def _as_heading(block: Block) -> Block:
    """A short line that is bold throughout: a heading that its author did not style."""
    text = block.text
    short = len(text) <= 120 and "\n" not in text and not text.endswith((".", ";", ","))
    if not short or block.kind != BlockKind.PARAGRAPH:
        return block
    return Block(BlockKind.HEADING, clean_line(text), level=5)
