"""Where the header of a sheet stands: below a title, in one row or in several merged ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.table_rows import Grid, column_headers, guess_header_rows

Merge = tuple[tuple[int, int], tuple[int, int]]
"""A merged cell: its first and last row and column, from 0."""

_SEARCH_ROWS = 15
_HEADER_ROWS_MAX = 4
_FILLED_MAX = 200_000
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE = re.compile(r"[\d.,%()/ -]*\d[\d.,%()/ -]*")


def find_header(rows: Grid) -> tuple[int, int]:
    """The first row of the header near the top, and how many rows it has; (0, 0) for none."""
    width = max((sum(map(bool, row)) for row in rows[:50]), default=0)
    for index in range(min(len(rows), _SEARCH_ROWS)):
        top, count = list(rows[index]), 1
        while count < _HEADER_ROWS_MAX and index + count < len(rows) - 1:
            if not _goes_under(rows[index + count], top):
                break
            top = column_headers([top, rows[index + count]])
            count += 1
        if sum(map(bool, top)) >= max(2, width * 0.6):
            guessed = guess_header_rows([top, *rows[index + count : index + 20]])
            return (index, count + guessed - 1) if guessed else (0, 0)
    return 0, 0


def _goes_under(row: Sequence[str], top: Sequence[str]) -> bool:
    """Whether a row parts columns of the row above it: "2024 | 2025" under one "Realisasi"."""
    if sum(map(bool, top)) < 2:
        return False
    gaps = 0
    own = [
        column
        for column, cell in enumerate(row)
        if cell and not (column < len(top) and top[column] == cell)  # merged with the row above
    ]
    if len(own) < 2 or own[0] == 0:
        return False
    for column in own:
        cell = row[column]
        if len(cell) > 80 or (_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell)):
            return False
        above = top[column] if column < len(top) else ""
        following = top[column + 1] if column + 1 < len(top) else ""
        if above and (following or column + 1 not in own):
            return False
        gaps += not above
    return gaps > 0


def fill_merged(rows: list[list[str]], merges: Sequence[Merge]) -> None:
    """Let the text of a cell that is merged over several rows stand in each of them.

    ``rows`` are those of the sheet from its top, columns from its left.
    """
    left = _FILLED_MAX
    for (top, column), (bottom, _) in merges:
        if top >= len(rows) or column >= len(rows[top]) or not rows[top][column]:
            continue
        for row in rows[top + 1 : bottom + 1]:
            left -= 1
            if left < 0:
                return
            if column < len(row) and any(row) and not row[column]:
                row[column] = rows[top][column]
