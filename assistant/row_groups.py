"""The rows that a row of a table stands under: "8. | Pelayanan ambulan", "a. Dalam wilayah".

Annexes with tariffs name a thing in a row of its own and give its kinds and figures in rows below,
marked otherwise; the figure's row alone does not say of what it is.
"""

from __future__ import annotations

import re

from docs_store.sentences import CELL_SEPARATOR

CHARS_MAX = 6_000
DEPTH_MAX = 3
_MARK = re.compile(
    r"(?P<open>\(?)(?:(?P<number>\d{1,3})|(?P<roman>[IVX]{2,5})|(?P<small>[a-z])|(?P<large>[A-Z]))"
    r"(?P<close>[.)]?)(?=\s)|(?P<dash>[-•–])(?=\s)"
)
_FIGURE = re.compile(r"\d{1,3}(?:\.\d{3})+|\bRp|\d\s?%")


def row_mark(row: str) -> str | None:
    """How a row is numbered in its first cell: "1." for all of 1., 2.; None where it is not."""
    found = _MARK.match(row)
    if found is None:
        return None
    if found["dash"]:
        return "-"
    kind = next(k for k in ("number", "roman", "small", "large") if found[k])
    return f"{found['open']}{kind}{found['close']}"


def row_groups(text: str, start: int) -> list[tuple[int, int]]:
    """The rows that name what the row at ``start`` belongs to, outermost first.

    Empty where it is no row of a table, or nothing above it is marked otherwise.
    """
    end = text.find("\n", start)
    row = text[start : end if end >= 0 else len(text)]
    if CELL_SEPARATOR not in row:
        return []
    marks = {row_mark(row)}
    groups: list[tuple[int, int]] = []
    at = start
    while at > max(0, start - CHARS_MAX) and len(groups) < DEPTH_MAX:
        line_end = at - 1
        line_start = text.rfind("\n", 0, line_end) + 1
        line = text[line_start:line_end]
        if not line.strip():
            break
        mark = row_mark(line)
        if mark is not None and mark not in marks and not _FIGURE.search(line):
            marks.add(mark)
            groups.insert(0, (line_start, line_end))
        at = line_start
    return groups
