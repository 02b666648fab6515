"""Reading order: pieces into lines, one column after another, tables at their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from unicodedata import bidirectional

from ingest.parsers.page_text import Box, PageText, Piece
from ingest.parsers.pdf_table import Table, find_tables

_GUTTER_MIN = 8.0
_COLUMN_LINES_MIN = 5
_COLUMN_WORDS_MIN = 4
_REGION_MIN = 150.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or a table, in its column. ``left`` and ``right`` bound the column."""

    page: int
    text: str
    box: Box
    size: float
    bold: bool
    left: float
    right: float
    cells: tuple[str, ...] = ()
    """The texts between the line's wide gaps."""
    cell_boxes: tuple[Box, ...] = ()
    table: Table | None = None
    confidence: float | None = None


def reading_order(page: PageText) -> list[Line]:
    """The page's lines and tables as a person reads them."""
    tables, pieces = find_tables(page.pieces, page.horizontal, page.vertical)
    items: list[Piece | Table] = [*pieces, *tables]
    return _ordered(items, page.number, 0.0, page.width)


def _rows(items: Sequence[Piece | Table]) -> list[list[Piece | Table]]:
    """Items that stand on one line of text; tables alone."""
    rows: list[list[Piece | Table]] = []
    for item in sorted(items, key=lambda i: (i.box.top + i.box.bottom) / 2):
        if rows and isinstance(item, Piece):
            last = rows[-1][-1]
            if isinstance(last, Piece) and last.box.same_line(item.box):
                rows[-1].append(item)
                continue
        rows.append([item])
    return [sorted(row, key=lambda i: i.box.left) for row in rows]


def _ordered(
    items: Sequence[Piece | Table], page: int, left: float, right: float, depth: int = 0
) -> list[Line]:
    rows = _rows(items)
    gutter = _gutter(rows, left, right) if depth < 4 else None
    if gutter is None:
        return _lines(rows, page)
    found: list[Line] = []
    band: list[list[Piece | Table]] = []
    for row in [*rows, None]:
        if row is not None and not _crosses(row, gutter):
            band.append(row)
            continue
        if _is_columns(band, gutter):
            flat = [item for members in band for item in members]
            first = [item for item in flat if item.box.right <= gutter + 1]
            second = [item for item in flat if item.box.right > gutter + 1]
            found += _ordered(first, page, left, gutter, depth + 1)
            found += _ordered(second, page, gutter, right, depth + 1)
        else:
            found += _lines(band, page)
        band = []
        if row is not None:
            found += _lines([row], page)
    return found


def _crosses(row: Sequence[Piece | Table], x: float) -> bool:
    return any(
        item.box.left < x - _GUTTER_MIN / 2 and item.box.right > x + _GUTTER_MIN / 2 for item in row
    ) or any(isinstance(item, Table) for item in row)


def _gutter(rows: list[list[Piece | Table]], left: float, right: float) -> float | None:
    """The x that most rows leave free with text at both sides of it, or None."""
    if right - left < _REGION_MIN or len(rows) < _COLUMN_LINES_MIN:
        return None
    first = left + (right - left) * 0.25
    steps = int((right - left) * 0.5 / 3) + 1
    both, before, after = [0] * steps, [0] * steps, [0] * steps

    def step(x: float) -> int:
        """The first step at or right of ``x``."""
        return min(max(ceil((x - first) / 3), 0), steps)

    for row in rows:
        if any(isinstance(item, Table) for item in row):
            continue
        starts = [item.box.left for item in row]
        ends = [item.box.right for item in row]
        for at in range(step(max(ends)), steps):
            before[at] += 1
        for at in range(step(min(starts))):
            after[at] += 1
        for at in range(step(min(starts)), step(max(starts))):
            both[at] += not _crosses(row, first + 3 * at)
    best, best_count = None, _COLUMN_LINES_MIN - 1
    free: list[float] = []
    for at in range(steps):
        x = first + 3 * at
        # Rows of two columns need not stand level, so one-sided rows of each side count too.
        count = 2 * both[at] + 2 * min(before[at], after[at])
        if count > best_count * 1.02:
            best, best_count, free = x, count, [x]
        elif count >= best_count and best is not None:
            free.append(x)
    return median(free) if best is not None else None


def _is_columns(band: list[list[Piece | Table]], x: float) -> bool:
    """Whether a band of rows is two columns of prose, and not a table or labels before text."""
    pieces = [item for row in band for item in row if isinstance(item, Piece)]
    for side in (
        [piece for piece in pieces if piece.box.right <= x + _GUTTER_MIN / 2],
        [piece for piece in pieces if piece.box.left >= x - _GUTTER_MIN / 2],
    ):
        rows: list[Box] = []
        words: list[int] = []
        for piece in sorted(side, key=lambda p: p.box.top):
            count = len(piece.text.split())
            if rows and rows[-1].same_line(piece.box):
                rows[-1] = rows[-1].union(piece.box)
                words[-1] += count
            else:
                rows.append(piece.box)
                words.append(count)
        if len(rows) < _COLUMN_LINES_MIN:
            return False
        extent = max(box.right for box in rows) - min(box.left for box in rows)
        full = median(box.width for box in rows) >= 0.6 * extent
        if extent < 60 or not (full or median(words) >= _COLUMN_WORDS_MIN):
            return False
    return True


def _lines(rows: list[list[Piece | Table]], page: int) -> list[Line]:
    if not rows:
        return []
    boxes = [item.box for row in rows for item in row]
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    lines: list[Line] = []
    for row in rows:
        pieces = [item for item in row if isinstance(item, Piece)]
        lines += [
            Line(page, "", item.box, 0.0, False, left, right, table=item)
            for item in row
            if isinstance(item, Table)
        ]
        if not pieces:
            continue
        if _reads_leftwards(pieces):
            pieces.reverse()
        box = pieces[0].box
        for piece in pieces[1:]:
            box = box.union(piece.box)
        widest = max(pieces, key=lambda p: len(p.text))
        lines.append(
            Line(
                page,
                " ".join(piece.text for piece in pieces),
                box,
                widest.size,
                all(piece.bold for piece in pieces if any(map(str.isalnum, piece.text))),
                left,
                right,
                tuple(piece.text for piece in pieces),
                tuple(piece.box for piece in pieces),
                confidence=min((p.confidence for p in pieces if p.confidence), default=None),
            )
        )
    return lines


def _reads_leftwards(pieces: Sequence[Piece]) -> bool:
    """Whether most letters of a line are of a script that runs from right to left."""
    if all(piece.text.isascii() for piece in pieces):
        return False
    kinds = [bidirectional(letter) for piece in pieces for letter in piece.text]
    return sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L")
