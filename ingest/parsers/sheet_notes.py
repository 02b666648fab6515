"""What a person should know of a sheet: that it is hidden, that it has hidden rows or columns, or
formulas whose results were not stored, or cells in error.

Hidden sheets, rows and columns are read: in offices they hold the working figures. The parts of
an .xlsx sheet are looked at as bytes, since calamine does not tell of them.
"""

from __future__ import annotations

import re
from collections.abc import Set

_HIDDEN_ROW = re.compile(rb'<(?:\w{1,20}:)?row\s[^<>]*?\bhidden="(?:1|true)"')
_COLUMNS = re.compile(rb"<(?:\w{1,20}:)?col\s([^<>]*)>")
_COLUMNS_MAX = 16_384
_ERROR_CELL = re.compile(rb'<(?:\w{1,20}:)?c\s[^<>]*?\bt="e"')
_NO_RESULT = re.compile(
    rb"(?:</(?:\w{1,20}:)?f>|<(?:\w{1,20}:)?f(?:\s[^<>]*)?/>)\s*+"
    rb"(?:<(?:\w{1,20}:)?v>?\s*+(?:/>|</(?:\w{1,20}:)?v>)\s*+)?</(?:\w{1,20}:)?c>"
)


def sheet_warnings(
    title: str, is_hidden: bool, xml: bytes, filled: Set[int] = frozenset()
) -> list[str]:
    """Warnings, Indonesian first.

    Args:
        title: the sheet's name.
        is_hidden: whether the whole sheet is.
        xml: its part, empty where there is none.
        filled: the columns (from 0) that hold text: empty ones are often hidden.
    """
    found = []
    if is_hidden:
        found.append(
            f"Lembar {title} tersembunyi, tetapi dibaca. / Sheet {title} is hidden but was read."
        )
    rows = sum(1 for _ in _HIDDEN_ROW.finditer(xml))
    if rows:
        found.append(
            f"Lembar {title}: {rows} baris tersembunyi ikut dibaca. / "
            f"Sheet {title}: {rows} hidden rows were read too."
        )
    columns = sorted(_hidden_columns(xml) & filled)
    if columns:
        letters = ", ".join(map(_letters, columns[:20])) + (" …" if len(columns) > 20 else "")
        found.append(
            f"Lembar {title}: kolom tersembunyi {letters} ikut dibaca. / "
            f"Sheet {title}: hidden columns {letters} were read too."
        )
    formulas = sum(1 for _ in _NO_RESULT.finditer(xml))
    if formulas:
        found.append(
            f"Lembar {title}: {formulas} rumus tanpa hasil tersimpan; buka dan simpan ulang di "
            f"Excel atau LibreOffice. / Sheet {title}: {formulas} formulas without stored "
            "results; open and save it again in Excel or LibreOffice."
        )
    errors = sum(1 for _ in _ERROR_CELL.finditer(xml))
    if errors:
        found.append(
            f"Lembar {title}: {errors} sel galat (seperti #DIV/0!) dikosongkan. / "
            f"Sheet {title}: {errors} error cells (such as #DIV/0!) are left empty."
        )
    return found


def _hidden_columns(xml: bytes) -> set[int]:
    found: set[int] = set()
    for columns in _COLUMNS.finditer(xml):
        of = dict(re.findall(rb'\b(min|max|hidden)="(\w{1,5})"', columns[1]))
        first, last = of.get(b"min", b""), of.get(b"max", b"")
        if of.get(b"hidden") in (b"1", b"true") and first.isdigit() and last.isdigit():
            found |= set(range(int(first) - 1, min(int(last), _COLUMNS_MAX)))
    return found


def _letters(column: int) -> str:
    """``27`` as "AB"."""
    name = ""
    while column >= 0:
        name = chr(65 + column % 26) + name
        column = column // 26 - 1
    return name
