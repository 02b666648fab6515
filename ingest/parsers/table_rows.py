"""A table as row blocks, each of which carries the header of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docs_store.sentences import CELL_SEPARATOR
from ingest.blocks import Block, BlockKind
from ingest.parsers.clean_text import clean_line

HEADER_SEPARATOR = " / "
"""Between a label above several columns and the header of one of them."""
Grid = Sequence[Sequence[str]]
"""Rows of cells; a merged cell's text stands in each row it spans, and once in its row."""

_NUMERIC = re.compile(r"[\s\d.,%()/:+\-–—]*\d[\s\d.,%()/:+\-–—]*(?:rb|ribu|jt|juta|m|ha|km)?", re.I)


def row_blocks(grid: Grid, header_rows: int | None = None, page: int | None = None) -> list[Block]:
    """One block a row, in order, empty rows left out.

    ``header_rows`` is how many rows at the top are column headers; None guesses. Header rows are
    blocks too, without a header of their own.
    """
    rows = [[_cell(cell) for cell in row] for row in grid]
    rows = [row for row in rows if any(row)]
    if header_rows is None:
        header_rows = guess_header_rows(rows)
    headers = column_headers(rows[:header_rows])
    return [
        row_block(row, headers if index >= header_rows else (), page)
        for index, row in enumerate(rows)
    ]


def row_block(row: Sequence[str], headers: Sequence[str], page: int | None = None) -> Block:
    """A row's filled cells as one block, with their headers."""
    filled = [column for column, cell in enumerate(row) if cell]
    text = CELL_SEPARATOR.join(row[column] for column in filled)
    header = tuple(headers[column] if column < len(headers) else "" for column in filled)
    return Block(BlockKind.TABLE_ROW, text, page, header=header if any(header) else ())


def _cell(cell: str) -> str:
    return clean_line(cell).replace(CELL_SEPARATOR, " / ").strip("|").strip()


def column_headers(rows: Grid) -> list[str]:
    """Each column's header: its different cells from top to bottom, joined by a slash.

    In rows that are not the lowest, an empty cell takes the text at its left, since a header
    above several columns stands in the first of them. A row of column numbers (1, 2, 3) tells
    nothing and is left out.
    """
    telling = [row for row in rows if not all(cell.isdigit() for cell in row if cell)]
    width = max((len(row) for row in telling), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    for index, row in enumerate(telling):
        last = ""
        for column in range(width):
            cell = row[column] if column < len(row) else ""
            below = telling[index + 1 :]
            if not cell and any(column < len(lower) and lower[column] for lower in below):
                cell = last
            last = cell
            if cell and cell not in columns[column]:
                columns[column].append(cell)
    return [HEADER_SEPARATOR.join(cells) for cells in columns]


def guess_header_rows(rows: Grid) -> int:
    """How many rows at the top are headers, where the format does not say.

    A header row has a short text without figures in (almost) each column, over rows that are
    longer, or hold figures; a two-column list of names and values has none.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return 0
    first, rest = rows[0], rows[1:]
    width = max(len(row) for row in rows)
    if sum(bool(cell) for cell in first) < max(2, width * 0.6):
        return 0
    if any(_NUMERIC.fullmatch(cell) or len(cell) > 80 for cell in first if cell):
        return 0
    numeric = [
        column
        for column in range(len(first))
        if any(column < len(row) and _NUMERIC.fullmatch(row[column]) for row in rest)
    ]
    if width == 2 and 1 not in numeric and not first[0].lower().startswith("no"):
        return 0
    header = 1
    if all(cell.isdigit() or not cell for cell in rest[0]) and rest[0][0] == "1":
        numbers = [int(cell) for cell in rest[0] if cell.isdigit()]
        if len(numbers) > 2 and numbers == list(range(1, len(numbers) + 1)):
            header = 2
    return header
