"""Measured figures as tables of a Markdown page; nothing in it is written by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.measures import Estimate

Cell = Estimate | str


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, what to know before reading the figures, and the figures."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(
    title: str, note: str, first: str, rows: Mapping[str, Mapping[str, Cell]], *, best: bool = False
) -> Table:
    """A table of estimates.

    Args:
        title: its heading.
        note: a sentence or two under it.
        first: what the rows are.
        rows: row name -> column name -> figure.
        best: whether the highest figure of each column is set in bold.
    """
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    highest = {column: _highest(rows, column) for column in columns} if best else {}
    return Table(
        title,
        note,
        (first, *columns),
        tuple(
            (name, *(_shown(row.get(column, "–"), highest.get(column)) for column in columns))
            for name, row in rows.items()
        ),
    )


def page(heading: str, opening: str, parts: Sequence[Table | str]) -> str:
    """The Markdown page; a part that is a string stands there as it is."""
    lines = [f"# {heading}", "", opening, ""]
    for part in parts:
        if isinstance(part, str):
            lines += [part, ""]
            continue
        lines += [f"## {part.title}", "", *([part.note, ""] if part.note else [])]
        lines.append(_line(part.columns))
        lines.append(_line(["---", *["---:"] * (len(part.columns) - 1)]))
        lines += [_line(row) for row in part.rows]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _highest(rows: Mapping[str, Mapping[str, Cell]], column: str) -> float:
    cells = [row.get(column) for row in rows.values()]
    return max(
        (cell.value for cell in cells if isinstance(cell, Estimate) and not math.isnan(cell.value)),
        default=math.nan,
    )


def _shown(cell: Cell, highest: float | None) -> str:
    if isinstance(cell, str):
        return cell
    if math.isnan(cell.value):
        return "–"
    value = f"{100 * cell.value:.1f}"
    if highest is not None and cell.value == highest:
        value = f"**{value}**"
    return f"{value} ({100 * cell.low:.1f}–{100 * cell.high:.1f})"
