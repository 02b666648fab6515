"""Rows of PDF tables as blocks: each knows its columns' headers and the group it stands in.

Tables go on over many pages, mostly without their header; a row may be cut by the end of a page;
and a tariff is often one of several under a label of its own ("17. Tindik telinga", then "a) Bayi",
"b) Dewasa"), without which its figure says nothing. The groups join the header of the cell that
they explain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block
from ingest.parsers.page_text import Box
from ingest.parsers.pdf_table import Table
from ingest.parsers.table_rows import column_headers, guess_header_rows, row_block

_EDGE_SLACK = 15.0
_GROUP_CHARS_MAX = 80
_BETWEEN_CHARS_MAX = 60
_MARKER = re.compile(
    r"(?:\((?:\d{1,3}|[a-z]{1,2})\)|(?:\d{1,3}|[A-Z]|[a-z]{1,2}|[IVX]{1,5})[.)]?)(?=\s|$)"
)
_PRICE = re.compile(r"\d[\d.,]*\s*(?:/|%|$)|^\s*Rp\.?\s*\d|^\d+\s?x\b")


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row's block and its box on the page, in the page's reading frame."""

    block: Block
    box: Box
    extends: bool = False
    """The row of the page before goes on here: the block takes that row's place."""


@dataclass(slots=True)
class _Open:
    """The table that the next one may go on: its header, groups and last row."""

    left: float
    right: float
    columns: tuple[float, ...]
    """Where the columns of ``header`` begin."""
    header: tuple[str, ...]
    groups: list[tuple[str, str]]
    """(style of its marker, label), outermost first."""
    number: str = ""
    """What the column of numbers held last."""
    row: tuple[str, ...] = ()
    row_columns: tuple[float, ...] = ()
    row_header: tuple[str, ...] = ()
    spanning: str = ""
    """A first cell that spans several rows and may go on overleaf, where it stands empty."""


class TableRows:
    """Turns the tables of a document into rows, in order; `interrupt` it between tables."""

    def __init__(self) -> None:
        self._open: _Open | None = None
        self._between = ""

    def interrupt(self, text: str) -> None:
        """Text came after the table: the next one is another, or goes on after a short line."""
        self._between += text

    def rows(self, table: Table) -> list[PlacedRow]:
        """The filled rows of a table, header rows too, but for one that only repeats."""
        rows = [at for at, row in enumerate(table.grid) if any(row)]
        if not rows:
            return []
        before, between = self._open, self._between
        self._between = ""
        if before and between and not _is_same_after(before, table, between):
            before = None
        if before and not _is_same_shape(before, table):
            before = None
        if before and between:
            before.groups.clear()
            before.row = before.row_columns = ()
        repeated = _repeated_rows(before, table, rows) if before else 0
        count = 0 if repeated else _header_rows(table, rows, is_continued=before is not None)
        if before is None or count:
            header = tuple(column_headers([_whole(table, at) for at in rows[:count]]))
            opened = _Open(table.box.left, table.box.right, table.columns, header, [])
        else:
            opened = before
        self._open = opened
        header = _mapped(opened, table)
        placed = [PlacedRow(row_block(table.grid[at], ()), table.rows[at]) for at in rows[:count]]
        for index, at in enumerate(rows[repeated or count :]):
            row = table.grid[at]
            joined = _joined(opened, row, table.columns) if index == 0 else None
            if joined is not None:
                block = row_block(joined, opened.row_header)
                placed.append(PlacedRow(block, table.rows[at], extends=True))
                opened.row = joined
                continue
            if table.columns[0] <= opened.columns[0] + _EDGE_SLACK and row[0]:
                spans = opened.row[:1] == row[:1] and not _MARKER.fullmatch(row[0])
                opened.spanning = row[0] if spans else ""
            headers = _with_groups(row, header, opened)
            placed.append(PlacedRow(row_block(row, headers), table.rows[at]))
            opened.row, opened.row_columns, opened.row_header = row, table.columns, headers
        return placed


def _whole(table: Table, at: int) -> tuple[str, ...]:
    """A row in which a merged cell's text stands in each column it spans."""
    row = table.grid[at]
    return tuple(row[owner] or row[column] for column, owner in enumerate(table.owners[at]))


def _is_same_shape(before: _Open, table: Table) -> bool:
    return (
        abs(before.left - table.box.left) <= _EDGE_SLACK
        and abs(before.right - table.box.right) <= _EDGE_SLACK
    )


def _is_same_after(before: _Open, table: Table, between: str) -> bool:
    """Whether a table goes on below a line that is set between its rows, column for column."""
    return (
        len(between) <= _BETWEEN_CHARS_MAX
        and len(table.columns) == len(before.columns) > 3
        and all(
            abs(a - b) <= _EDGE_SLACK for a, b in zip(table.columns, before.columns, strict=True)
        )
    )


def _mapped(opened: _Open, table: Table) -> tuple[str, ...]:
    """The header of the column in which each column of the table begins."""
    found = []
    for x in table.columns:
        at = [column for column, left in enumerate(opened.columns) if left <= x + _EDGE_SLACK]
        found.append(opened.header[at[-1]] if at and at[-1] < len(opened.header) else "")
    return tuple(found)


def _repeated_rows(before: _Open, table: Table, rows: Sequence[int]) -> int:
    """How many rows at the top are the known header again."""
    known = [_plain(cell) for cell in _mapped(before, table)]
    for count in range(1, min(4, len(rows))):
        found = column_headers([_whole(table, at) for at in rows[:count]])
        if any(known) and [_plain(cell) for cell in found] == known:
            further = _whole(table, rows[count]) if count < len(rows) else ()
            numbers = [cell for cell in further if cell]
            is_count = numbers == [str(number) for number in range(1, len(numbers) + 1)]
            return count + (1 if is_count and len(numbers) > 2 else 0)
    return 0


def _plain(cell: str) -> str:
    return re.sub(r"\W+", "", cell).lower()


def _header_rows(table: Table, rows: Sequence[int], is_continued: bool) -> int:
    """How many of the filled rows are headers; a row of data at a page's top is none."""
    bold = [table.bold_rows[at] for at in rows]
    first = _whole(table, rows[0])
    count = guess_header_rows([_whole(table, at) for at in rows])
    if count == 0 and bold[0] and sum(map(bool, first)) >= max(2, 0.6 * len(first)):
        count = next((at for at, is_bold in enumerate(bold) if not is_bold), len(bold))
    if count == len(bold) > 1 or count > 4:
        return 0
    if len(rows) == 1 and sum(map(bool, first)) > 1 and (bold[0] or _is_mostly_upper(first)):
        count = 1  # a header at a page's end: its rows come overleaf
    while 0 < count < len(rows) and _is_header_below(table, rows[count - 1], rows[count]):
        count += 1
    cells = [cell for at in rows[:count] for cell in table.grid[at] if cell]
    stands_out = all(bold[:count]) and not any(bold[count : count + 3])
    capitals = _is_mostly_upper(cells) and not _is_mostly_upper(table.grid[rows[-1]])
    is_data = any(_starts_item(cell) or _PRICE.search(cell) for cell in cells)
    if is_data or is_continued:
        return count if stands_out or (capitals and not is_data) else 0
    return count


def _is_header_below(table: Table, above: int, row: int) -> bool:
    """Whether a row divides the merged headers of the row above it, and says nothing else."""
    merged = {owner for at, owner in enumerate(table.owners[above]) if owner != at}
    filled = [(at, cell) for at, cell in enumerate(table.grid[row]) if cell]
    return bool(merged) and all(
        cell == table.grid[above][at]
        or (table.owners[above][at] in merged and not _PRICE.search(cell))
        for at, cell in filled
    )


def _is_mostly_upper(cells: Sequence[str]) -> bool:
    letters = [letter for cell in cells for letter in cell if letter.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def _starts_item(cell: str) -> bool:
    match = _MARKER.match(cell)
    return (
        bool(match) and match is not None and not match[0].isalnum() and len(cell) > len(match[0])
    )


def _joined(opened: _Open, row: Sequence[str], columns: Sequence[float]) -> tuple[str, ...] | None:
    """The last row overleaf with the rest of it from this page's first; None where it is whole."""
    above = list(opened.row)
    filled = [column for column, cell in enumerate(row) if cell]
    for column in filled:
        near = [
            at
            for at, left in enumerate(opened.row_columns)
            if abs(left - columns[column]) <= _EDGE_SLACK
        ]
        if not near or not opened.row[near[0]] or _PRICE.search(row[column]):
            return None
        above[near[0]] += f" {row[column]}"
    text = row[filled[0]]
    if _MARKER.match(text) or not (text[0].isalnum() or text[0] == "("):
        return None
    labels = [cell for cell in opened.row if cell and not _MARKER.fullmatch(cell)]
    fewer = len(filled) < len(labels)
    goes_on = text[0].islower() or text.count(")") > text.count("(")
    return tuple(above) if fewer or goes_on else None


def _with_groups(row: Sequence[str], header: tuple[str, ...], opened: _Open) -> tuple[str, ...]:
    """The row's headers, with the groups that it stands in; a label alone begins a group."""
    markers = []
    label_at = None
    for column, cell in enumerate(row):
        if not cell:
            continue
        if _MARKER.fullmatch(cell) and label_at is None:
            markers.append((column, cell))
            continue
        label_at = column
        break
    if label_at is None:
        return header
    number = markers[0][1] if markers and markers[0][0] == 0 else ""
    if number and number != opened.number:
        opened.groups.clear()
        opened.number = number
    marker = _MARKER.match(row[label_at])
    text = row[label_at]
    if marker and _starts_item(text):
        style = _style(marker[0])
    elif markers:
        style = "column " + _style(markers[-1][1])
        text = f"{markers[-1][1]} {text}"
    else:
        style = ""
    for at, (known, _) in enumerate(opened.groups):
        if style and known == style:
            del opened.groups[at:]
            break
    labels = [label for _, label in opened.groups]
    if opened.spanning and row[0] != opened.spanning:
        labels.insert(0, opened.spanning)
    groups = " / ".join(labels)
    if not any(row[label_at + 1 :]) and len(row) > label_at + 1:
        if style:
            opened.groups.append((style, text[:_GROUP_CHARS_MAX].rstrip(" :")))
        elif text.isupper() or (text.endswith(":") and label_at <= 1):
            opened.groups[:] = [("", text[:_GROUP_CHARS_MAX].rstrip(" :"))]
    if not groups:
        return header
    own = header[label_at]
    return (*header[:label_at], f"{own} / {groups}" if own else groups, *header[label_at + 1 :])


def _style(marker: str) -> str:
    """``1.``, ``a)``, ``(1)``, ``A.``: how a marker is written, whatever its count."""
    kind = "1" if any(map(str.isdigit, marker)) else "a" if marker.strip("().").islower() else "A"
    return re.sub(r"\w+", kind, marker)


def replaced(block: Block, by: Block) -> Block:
    """A row that the next page finished: the whole row's text at the first one's place."""
    return replace(block, text=by.text, header=by.header)
