"""Rows of tables without ruling lines: which lines are rows, and which line is their header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.page_text import Box
from ingest.parsers.pdf_layout import Line

_FIGURE = re.compile(r"(?:Rp\.?\s?)?[\d.,]*\d[\d.,]*\s?%?")
_HEADER_CHARS_MAX = 40
_NEAR = 40.0


def row_lines(lines: Sequence[Line]) -> tuple[list[bool], dict[int, int]]:
    """For each line whether it is a row, and for rows (by index) the line that is their header.

    A row has two rows' company or a header; a lone line with wide gaps is text.
    """
    cells = [_is_cells(line) for line in lines]
    for index, line in enumerate(lines[1:], 1):
        # Below a row, two texts of which the last is a figure are a row as well.
        if cells[index - 1] and len(line.cells) == 2 and _FIGURE.fullmatch(line.cells[1]):
            cells[index] = True
    rows = [
        cells[index] and (any(cells[index - 1 : index]) or any(cells[index + 1 : index + 2]))
        for index in range(len(lines))
    ]
    headers: dict[int, int] = {}
    index = 0
    while index < len(lines):
        if not rows[index]:
            index += 1
            continue
        end = index
        while end < len(lines) and rows[end] and lines[end].page == lines[index].page:
            end += 1
        if index and _is_header(lines[index - 1], lines[index:end]):
            headers |= dict.fromkeys(range(index, end), index - 1)
        index = max(end, index + 1)
    for at in set(headers.values()):
        rows[at] = True
    return rows, headers


def cell_headers(row: Line, header: Line) -> tuple[str, ...]:
    """For each cell of a row the header cell above it, or ``""``."""
    return tuple(_above(box, header) for box in row.cell_boxes)


def _above(box: Box, header: Line) -> str:
    def distance(at: int) -> float:
        other = header.cell_boxes[at]
        overlap = min(box.right, other.right) - max(box.left, other.left)
        return -overlap if overlap > 0 else max(other.left - box.right, box.left - other.right)

    nearest = min(range(len(header.cells)), key=distance)
    return header.cells[nearest] if distance(nearest) <= _NEAR else ""


def _is_cells(line: Line) -> bool:
    """Whether a line is a table's row: three texts or more, parted widely, figures among them."""
    if len(line.cells) < 3 or ":" in line.cells or len(line.text) > 300:
        return False
    words = sum(len(cell.split()) for cell in line.cells)
    lone = sum(" " not in cell for cell in line.cells)
    if words == len(line.cells) or (lone >= len(line.cells) - 1 and len(line.cells) > 3):
        # Justified lines fall into single words; figures do not stand in such lines alone.
        figures = sum(any(map(str.isdigit, cell)) for cell in line.cells)
        return figures >= len(line.cells) / 2
    return any(any(map(str.isdigit, cell)) for cell in line.cells[1:])


def _is_header(line: Line, rows: Sequence[Line]) -> bool:
    """Whether the line just above the rows names their columns."""
    first = rows[0]
    widest = max(len(row.cells) for row in rows)
    return (
        line.table is None
        and line.page == first.page
        and len(rows) > 1
        and len(line.cells) > 1
        and 0.6 * widest <= len(line.cells) <= widest + 1
        and not any(any(map(str.isdigit, cell)) for cell in line.cells)
        and all(map(_names_a_column, line.cells))
        and 0 < first.box.top - line.box.top < 3 * max(line.size, first.size)
    )


def _names_a_column(cell: str) -> bool:
    return len(cell) <= _HEADER_CHARS_MAX and any(map(str.isalpha, cell)) and cell[-1] != ":"
