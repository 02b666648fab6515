"""What a person should know of a sheet: that it is hidden, that it has hidden rows, or formulas
whose results were not stored, or cells in error.

Hidden sheets and rows are read: in offices they hold the working figures. The rows of an .xlsx
sheet are looked at as bytes, since calamine does not tell of them.
"""

from __future__ import annotations

import re

_HIDDEN_ROW = re.compile(rb'<(?:\w{1,20}:)?row\s[^<>]*?\bhidden="(?:1|true)"')
_ERROR_CELL = re.compile(rb'<(?:\w{1,20}:)?c\s[^<>]*?\bt="e"')
_NO_RESULT = re.compile(
    rb"(?:</(?:\w{1,20}:)?f>|<(?:\w{1,20}:)?f(?:\s[^<>]*)?/>)\s*+"
    rb"(?:<(?:\w{1,20}:)?v>?\s*+(?:/>|</(?:\w{1,20}:)?v>)\s*+)?</(?:\w{1,20}:)?c>"
)


def sheet_warnings(title: str, is_hidden: bool, xml: bytes) -> list[str]:
    """Warnings, Indonesian first; ``xml`` is the sheet's part, empty where there is none."""
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
