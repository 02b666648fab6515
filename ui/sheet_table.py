"""The rows around a quote as a table: which columns there are, and where each cell stands.

Pure functions over rows and the text that they are slices of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docs_store.sentences import CELL_SEPARATOR
from ingest.parsers.table_rows import HEADER_SEPARATOR
from ui.sheet_rows import SheetRow

ROWS_AROUND = 12
COLUMNS_MAX = 30

Span = tuple[int, int]
"""The start and end of a cell in the text."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table. ``cells`` has one entry a column, None where the cell is empty.

    ``whole`` is set instead where it is not sure in which columns the cells stand.
    """

    cells: tuple[Span | None, ...]
    whole: Span | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class SheetTable:
    """Rows around a quote; their columns are cut to those around the quote where there are many."""

    headers: tuple[str, ...]
    """One a column; empty where the table has none."""
    rows: tuple[TableRow, ...]
    width: int
    first_column: int
    """The first column shown, from 0."""
    column_count: int
    """Of the whole table."""
    starts_table: bool
    ends_table: bool


def sheet_table(
    rows: Sequence[SheetRow], text: str, start: int, end: int, around: int = ROWS_AROUND
) -> SheetTable | None:
    """The rows that ``text[start:end]`` stands in, with ``around`` more on each side.

    None where it stands in no row, or in several tables.
    """
    quoted = [index for index, row in enumerate(rows) if row.start < end and start < row.end]
    if not quoted or rows[quoted[0]].table != rows[quoted[-1]].table:
        return None
    number = rows[quoted[0]].table
    table = [row for row in rows if row.table == number]
    columns = _columns(table, text)
    table = _without_headers(table, columns, text, start, end)
    inside = [index for index, row in enumerate(table) if row.start < end and start < row.end]
    first, last = max(0, inside[0] - around), min(len(table), inside[-1] + 1 + around)
    placed = [_placed(row, columns, text, start, end) for row in table[first:last]]
    count = len(columns) or max(len(row.cells) for row in placed)
    left = _first_column(placed, count, start, end)
    width = min(count, COLUMNS_MAX)
    return SheetTable(
        headers=tuple(columns[left : left + width]),
        rows=tuple(_cut(row, left, width) for row in placed),
        width=width,
        first_column=left,
        column_count=count,
        starts_table=first == 0,
        ends_table=last == len(table),
    )


def _columns(table: Sequence[SheetRow], text: str) -> list[str]:
    """The headers of the columns, those too that no row fills where they are known."""
    columns = merged_columns([row.header for row in table])
    above = next((at for at, row in enumerate(table) if row.header), 0)
    for row in table[:above]:
        cells = [text[span[0] : span[1]] for span in cell_spans(row, text)]
        if _leftmost(columns, cells) is not None:
            return cells
    return columns


def merged_columns(headers: Sequence[tuple[str, ...]]) -> list[str]:
    """All columns in their order, out of the headers of rows that each leave empty cells out.

    A header that contradicts the order of fuller ones adds nothing; its rows have no place then.
    """
    columns: list[str] = []
    for header in sorted(dict.fromkeys(headers), key=len, reverse=True):
        longer, at = list(columns), 0
        for label in header:
            if label in longer[at:]:
                at = longer.index(label, at) + 1
            elif longer.count(label) >= header.count(label):
                break
            else:
                longer.insert(at, label)
                at += 1
        else:
            columns = longer
    return columns


def places(header: Sequence[str], columns: Sequence[str]) -> list[int] | None:
    """In which column each cell stands; None unless there is exactly one way to tell."""
    leftmost = _leftmost(header, columns)
    if leftmost is None:
        return None
    mirrored = _leftmost(header[::-1], columns[::-1]) or []
    rightmost = [len(columns) - 1 - at for at in mirrored[::-1]]
    return leftmost if leftmost == rightmost else None


def _leftmost(header: Sequence[str], columns: Sequence[str]) -> list[int] | None:
    found: list[int] = []
    at = 0
    for label in header:
        while at < len(columns) and columns[at] != label:
            at += 1
        if at == len(columns):
            return None
        found.append(at)
        at += 1
    return found


def cell_spans(row: SheetRow, text: str) -> list[Span]:
    """Where the filled cells of a row stand."""
    spans, at = [], row.start
    for cell in text[row.start : row.end].split(CELL_SEPARATOR):
        spans.append((at, at + len(cell)))
        at += len(cell) + len(CELL_SEPARATOR)
    return spans


def _without_headers(
    table: Sequence[SheetRow], columns: Sequence[str], text: str, start: int, end: int
) -> list[SheetRow]:
    """The rows but those on top that only hold the columns' headers, unless they are quoted."""
    labels = {part for label in columns for part in (label, *label.split(HEADER_SEPARATOR))}
    body: list[SheetRow] = []
    for index, row in enumerate(table):
        if row.header:
            return [*body, *table[index:]]
        cells = {text[cell_start:cell_end] for cell_start, cell_end in cell_spans(row, text)}
        only_labels = all(cell in labels or cell.isdigit() for cell in cells)
        if (row.start < end and start < row.end) or not (columns and only_labels):
            body.append(row)
    return body


def _placed(row: SheetRow, columns: Sequence[str], text: str, start: int, end: int) -> TableRow:
    quoted = row.start < end and start < row.end
    spans = cell_spans(row, text)
    if not columns:
        return TableRow(tuple(spans), quoted=quoted)
    labels = row.header or [text[span[0] : span[1]] for span in spans]
    at = places(labels, columns) if len(labels) == len(spans) else None
    if at is None:
        return TableRow((), (row.start, row.end), quoted)
    cells: list[Span | None] = [None] * len(columns)
    for column, span in zip(at, spans, strict=True):
        cells[column] = span
    return TableRow(tuple(cells), quoted=quoted)


def _first_column(rows: Sequence[TableRow], count: int, start: int, end: int) -> int:
    quoted = [
        column
        for row in rows
        for column, span in enumerate(row.cells)
        if span is not None and span[0] < end and start < span[1]
    ]
    if not quoted:
        return 0
    return max(0, min(min(quoted) - 2, count - COLUMNS_MAX))


def _cut(row: TableRow, left: int, width: int) -> TableRow:
    if row.whole is not None:
        return row
    cells = row.cells[left : left + width]
    return TableRow((*cells, *[None] * (width - len(cells))), quoted=row.quoted)
