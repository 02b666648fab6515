"""HTML tables as rows, with rowspan and colspan; also used for tables inside Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.blocks import Block, BlockKind
from ingest.parsers.clean_text import clean_line
from ingest.parsers.table_rows import row_blocks

Element = Any
_SPAN_MAX = 1000
_BLOCKS = ".//p|.//div|.//ul|.//ol|.//h1|.//h2|.//h3|.//section|.//article"


def is_data_table(table: Element) -> bool:
    """Whether a table holds data; one that only lays out the page is read as running text."""
    if table.get("role") == "presentation" or table.xpath(".//table"):
        return False
    rows = _rows(table)
    if not rows or max(len(row) for _, row in rows) < 2:
        return False
    if table.xpath(".//th|.//caption|.//thead"):
        return True
    cells = [cell for _, row in rows for cell in row]
    return not any(len(c.xpath(_BLOCKS)) > 2 and len(c.text_content()) > 400 for c in cells)


def table_blocks(table: Element) -> Iterator[Block]:
    """The caption, if there is one, and one block a row."""
    caption = table.find("caption")
    if caption is not None and clean_line(caption.text_content()):
        yield Block(BlockKind.PARAGRAPH, clean_line(caption.text_content()))
    rows = _rows(table)
    marked = 0
    for in_head, row in rows:
        if not in_head and not (row and all(cell.tag == "th" for cell in row)):
            break
        marked += 1
    header_rows = marked if marked and marked < len(rows) else None
    yield from row_blocks(_grid([row for _, row in rows]), header_rows)


def _rows(table: Element) -> list[tuple[bool, list[Element]]]:
    """Each row's cells, and whether the row stands in the table's head."""
    found = []
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if cells:
            found.append((row.getparent().tag == "thead", cells))
    return found


def _grid(rows: list[list[Element]]) -> list[list[str]]:
    """Cell texts by row and column: repeated down a rowspan, once across a colspan."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}  # column -> (rows left, text)
    for cells in rows:
        line: list[str] = []
        began: dict[int, tuple[int, str]] = {}
        for cell in cells:
            _fill(line, hanging)
            text, down, across = _cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")
            for offset in range(across):
                shown = "" if offset else text
                if down > 1:
                    began[len(line)] = (down - 1, shown)
                hanging.pop(len(line), None)
                line.append(shown)
        _fill(line, hanging)
        hanging |= began
        grid.append(line)
    return grid


def _fill(line: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Add to a row the cells that hang down into it from the rows above."""
    while len(line) in hanging:
        column = len(line)
        left, text = hanging.pop(column)
        line.append(text)
        if left > 1:
            hanging[column] = (left - 1, text)


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _SPAN_MAX) if value.isdecimal() else 1


def _cell_text(cell: Element) -> str:
    return clean_line(" ".join(cell.itertext()))
