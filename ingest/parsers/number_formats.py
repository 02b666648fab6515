"""How an .xlsx workbook shows its figures: grouped, as a percentage, in rupiah, zero-padded.

calamine gives values without their number formats (ECMA-376 part 1, 18.8.30), so these are read
from the parts themselves. Marks are the Indonesian ones: 1.234.567,89.
"""

from __future__ import annotations

import io
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lxml import etree

from ingest.errors import IngestError
from ingest.limits import MIB
from ingest.parsers.zip_parts import ZipParts

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((37, 38, 41, 42), "#,##0"),
    **dict.fromkeys((39, 40, 43, 44), "#,##0.00"),
}
_SHEET_BYTES_MAX = 128 * MIB
_NOT_DIGITS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DIGITS = re.compile(r"(?P<whole>[#0?][#0?,]*)(?:\.(?P<rest>[#0?]+))?")

Formats = dict[tuple[int, int], str]
"""Format codes by row and column, from 0."""


def shown_figure(value: float, code: str) -> str | None:
    """A figure as a format code shows it; None where the code shows something else."""
    section = code.split(";", 1)[0]
    bare = _NOT_DIGITS.sub("", section)
    digits = _DIGITS.search(bare)
    if digits is None or re.search(r"[EeyYdDhHsS/@]", bare) or digits["whole"].endswith(","):
        return None
    places = digits["rest"] or ""
    figure = Decimal(repr(value)) * (100 if "%" in bare else 1)
    if not figure.is_finite() or abs(figure) >= Decimal(10) ** 18:
        return None
    figure = figure.quantize(Decimal(1).scaleb(-min(len(places), 10)), ROUND_HALF_UP)
    whole, _, rest = f"{abs(figure):f}".partition(".")
    whole = whole.zfill(min(digits["whole"].count("0"), 20))
    if "," in digits["whole"]:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", whole)
    while rest and places[len(rest) - 1] in "#?" and rest.endswith("0"):
        rest = rest[:-1]
    sign = "-" if figure < 0 else ""
    rupiah = "Rp" if re.search(r"\bRp", section, re.IGNORECASE) else ""
    return f"{sign}{rupiah}{whole}{',' if rest else ''}{rest}{'%' if '%' in bare else ''}"


class WorkbookFormats:
    """The format codes of one workbook's cells; none where a part cannot be read."""

    def __init__(self, parts: ZipParts) -> None:
        self._parts = parts
        self._sheets: dict[str, str] = {}
        self._codes: list[str | None] = []
        try:
            main = parts.related_by_type("", "officeDocument") or "xl/workbook.xml"
            if not main.endswith(".xml"):
                return  # .xlsb: its parts are binary
            related, root = parts.related(main), parts.xml(main)
            for sheet in () if root is None else root.iter(f"{_MAIN}sheet"):
                part = related.get(sheet.get(_RELATION) or "")
                if part is not None:
                    self._sheets[sheet.get("name") or ""] = part[1]
            styles = next((part for kind, part in related.values() if kind == "styles"), None)
            self._codes = _style_codes(parts.xml(styles)) if styles else []
        except IngestError:
            return  # calamine tells what is wrong with the file

    def xml(self, name: str) -> bytes:
        """A sheet's part; empty where it cannot be read or is over 128 MiB."""
        part = self._sheets.get(name)
        try:
            data = self._parts.read(part) if part else None
        except IngestError:
            return b""
        return data if data and len(data) <= _SHEET_BYTES_MAX else b""

    def sheet(self, name: str) -> Formats:
        """The codes that tell more of a figure than its value does, of one sheet."""
        if not any(self._codes):
            return {}
        data = self.xml(name)
        found: Formats = {}
        try:
            for _, row in etree.iterparse(
                io.BytesIO(data), tag="{*}row", resolve_entities=False, no_network=True
            ):
                for cell in row:
                    style, place = cell.get("s") or "", _place(cell.get("r") or "")
                    if place and style.isdecimal() and int(style) < len(self._codes):
                        code = self._codes[int(style)]
                        if code is not None:
                            found[place] = code
                row.clear()
                while row.getprevious() is not None:
                    del row.getparent()[0]
        except etree.XMLSyntaxError:
            return found
        return found


def _style_codes(root: Any) -> list[str | None]:
    """For each cell style, its figure format, or None for General, dates and text."""
    if root is None:
        return []
    own = {
        int(element.get("numFmtId")): element.get("formatCode") or ""
        for element in root.iter(f"{_MAIN}numFmt")
        if (element.get("numFmtId") or "").isdecimal()
    }
    styles = root.find(f"{_MAIN}cellXfs")
    codes: list[str | None] = []
    for style in () if styles is None else styles:
        number = style.get("numFmtId") or "0"
        code = (_BUILT_IN | own).get(int(number)) if number.isdecimal() else None
        codes.append(code if code and shown_figure(1.0, code) is not None else None)
    return codes


def _place(reference: str) -> tuple[int, int] | None:
    """``"B3"`` as (2, 1)."""
    match = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
