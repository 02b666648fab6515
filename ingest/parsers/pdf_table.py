"""Tables that are drawn with ruling lines: cells from the lines, texts into the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parsers.page_text import Box, Piece

_NEAR = 3.0
_CELLS_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. ``grid`` has a text a cell, ``rows`` the box of each of its rows."""

    box: Box
    columns: tuple[float, ...]
    """Where its columns that hold text begin, from the left."""
    grid: tuple[tuple[str, ...], ...]
    rows: tuple[Box, ...]
    bold_rows: tuple[bool, ...]
    owners: tuple[tuple[int, ...], ...]
    """For each cell the column whose cell it is merged into, or its own."""


def find_tables(
    pieces: Sequence[Piece], horizontal: Sequence[Box], vertical: Sequence[Box]
) -> tuple[list[Table], list[Piece]]:
    """The ruled tables of a page, and the pieces of text that stand in none of them."""
    tables: list[Table] = []
    rest = list(pieces)
    for cluster_h, cluster_v in _clusters(horizontal, vertical):
        xs = _positions([(line.left + line.right) / 2 for line in cluster_v])
        # A table that goes on overleaf is often open at the page's end.
        ends = [end for line in cluster_v for end in (line.top, line.bottom)]
        outer = [min(ends), max(ends)] if ends else []
        ys = _positions([*((line.top + line.bottom) / 2 for line in cluster_h), *outer])
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _CELLS_MAX:
            continue
        box = Box(xs[0], ys[0], xs[-1], ys[-1])
        inside = [piece for piece in rest if _inside(piece.box, box)]
        if not inside:
            continue
        table = _read(box, xs, ys, cluster_h, cluster_v, inside)
        if table is not None:
            tables.append(table)
            rest = [piece for piece in rest if not _inside(piece.box, box)]
    return tables, rest


def _inside(piece: Box, box: Box) -> bool:
    x, y = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
    return box.left - 1 <= x <= box.right + 1 and box.top - 1 <= y <= box.bottom + 1


def _clusters(
    horizontal: Sequence[Box], vertical: Sequence[Box]
) -> list[tuple[list[Box], list[Box]]]:
    """Lines that touch one another, directly or through others, from the top of the page."""
    boxes = [*horizontal, *vertical]
    order = sorted(range(len(boxes)), key=lambda i: boxes[i].top)
    parent = list(range(len(boxes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    open_: list[int] = []  # lines that reach down to where the sweep is
    for i in order:
        box = boxes[i]
        open_ = [j for j in open_ if boxes[j].bottom >= box.top - _NEAR]
        for j in open_:
            other = boxes[j]
            if other.left - _NEAR <= box.right and box.left - _NEAR <= other.right:
                parent[root(i)] = root(j)
        open_.append(i)
    groups: dict[int, tuple[list[Box], list[Box]]] = {}
    for i in order:
        group = groups.setdefault(root(i), ([], []))
        group[0 if i < len(horizontal) else 1].append(boxes[i])
    return list(groups.values())


def _positions(values: list[float]) -> list[float]:
    """Sorted positions, those nearer than ``_NEAR`` taken as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _read(
    box: Box,
    xs: list[float],
    ys: list[float],
    horizontal: list[Box],
    vertical: list[Box],
    pieces: list[Piece],
) -> Table | None:
    width, height = len(xs) - 1, len(ys) - 1

    at_x = [[n for n in vertical if abs((n.left + n.right) / 2 - x) <= _NEAR] for x in xs]
    at_y = [[n for n in horizontal if abs((n.top + n.bottom) / 2 - y) <= _NEAR] for y in ys]

    def ruled_right(row: int, column: int) -> bool:
        y = (ys[row] + ys[row + 1]) / 2
        return any(line.top - 1 <= y <= line.bottom + 1 for line in at_x[column + 1])

    def ruled_below(row: int, column: int) -> bool:
        x = (xs[column] + xs[column + 1]) / 2
        return any(line.left - 1 <= x <= line.right + 1 for line in at_y[row + 1])

    # A cell takes on its neighbour where no line parts them; its corner is its top left.
    corner = {(r, c): (r, c) for r in range(height) for c in range(width)}
    for row in range(height):
        for column in range(width):
            if column and not ruled_right(row, column - 1):
                corner[row, column] = corner[row, column - 1]
            elif row and not ruled_below(row - 1, column):
                corner[row, column] = corner[row - 1, column]
    contents: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces:
        x = (piece.box.left + piece.box.right) / 2
        y = (piece.box.top + piece.box.bottom) / 2
        column = sum(edge <= x for edge in xs[1:-1])
        row = sum(edge <= y for edge in ys[1:-1])
        contents.setdefault(corner[row, column], []).append(piece)
    if len({column for _, column in contents}) < 2:
        return None  # a frame around text
    grid: list[tuple[str, ...]] = []
    boxes: list[Box] = []
    bold: list[bool] = []
    owners: list[list[int]] = []
    for row in range(height):
        cells = [corner[row, column] for column in range(width)]
        for line in _text_rows(row, cells, contents):
            grid.append(tuple(_text(line.get(column, [])) for column in range(width)))
            boxes.append(Box(box.left, ys[row], box.right, ys[row + 1]))
            held = [piece for column in line.values() for piece in column]
            bold.append(bool(held) and all(piece.bold for piece in held))
            owners.append([cell[1] for cell in cells])
    filled = [column for column in range(width) if any(row[column] for row in grid)]
    place = {column: index for index, column in enumerate(filled)}
    return Table(
        box,
        tuple(xs[column] for column in filled),
        tuple(tuple(row[column] for column in filled) for row in grid),
        tuple(boxes),
        tuple(bold),
        tuple(tuple(place.get(row[column], place[column]) for column in filled) for row in owners),
    )


def _text_rows(
    row: int, cells: list[tuple[int, int]], contents: dict[tuple[int, int], list[Piece]]
) -> list[dict[int, list[Piece]]]:
    """What stands in one ruled row, by column; a merged cell's text in each row it spans.

    Some tables rule only their head and columns: where several columns hold equally many lines
    of text that stand level, each line is a row.
    """
    held = {
        column: contents[cell]
        for column, cell in enumerate(cells)
        if cell in contents and cell[1] == column
    }
    lines = {
        column: _lines(pieces) for column, pieces in held.items() if cells[column] == (row, column)
    }
    counts = [len(found) for found in lines.values()]
    most = max(counts, default=0)
    if most >= 4 and counts.count(most) >= 2 and len(lines) == len(held):
        key = next(found for found in lines.values() if len(found) == most)
        split: list[dict[int, list[Piece]]] = [{} for _ in key]
        for column, found in lines.items():
            for line in found:
                distances = [abs(one[0].box.top - line[0].box.top) for one in key]
                nearest = distances.index(min(distances))
                split[nearest].setdefault(column, []).extend(line)
        return split
    return [held]


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.box.top, p.box.left)):
        if lines and lines[-1][0].box.same_line(piece.box):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda p: p.box.left) for line in lines]


def _text(pieces: list[Piece]) -> str:
    from ingest.parsers.pdf_paragraphs import join_words

    text = ""
    for line in _lines(pieces):
        text = join_words(text, " ".join(piece.text for piece in line))
    return text
