"""Workbooks (.xlsx .xlsm .xlsb .xls .ods), read with python-calamine: each row a block."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.errors import DamagedFile, EncryptedFile
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.parsers.clean_text import clean_line
from ingest.parsers.number_formats import WorkbookFormats, shown_figure
from ingest.parsers.sheet_header import Merge, fill_merged, find_header
from ingest.parsers.sheet_notes import sheet_warnings
from ingest.parsers.table_rows import column_headers, row_block
from ingest.parsers.xls_password import is_locked_xls
from ingest.parsers.zip_parts import ZipParts

_COLUMNS_MAX = 1_000
_VISIBLE = "SheetVisibleEnum.Visible"


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A workbook: each sheet is a page, begins with its name as a heading, rows follow.

    Raises DamagedFile, EncryptedFile, FileTooLarge (sheets, unpacked size).
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    del name
    parts = None
    if data.startswith(b"PK"):
        parts = WorkbookFormats(ZipParts(data, "XLSX", limits))  # refuses bombs
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise EncryptedFile from error
    except (CalamineError, OSError, ValueError) as error:
        if is_locked_xls(data):
            raise EncryptedFile from error
        raise DamagedFile(kind="spreadsheet", why=str(error)[:80]) from error
    names = book.sheet_names
    hidden = {sheet.name for sheet in book.sheets_metadata if str(sheet.visible) != _VISIBLE}
    limits.check_pages(len(names), "lembar / sheets")
    blocks: list[Block] = []
    warnings: list[str] = []
    left = limits.rows_max
    for number, sheet_name in enumerate(names, 1):
        try:
            sheet = book.get_sheet_by_name(sheet_name)
        except (CalamineError, OSError, ValueError):
            title = clean_line(sheet_name)
            warnings.append(f"Lembar {title} tidak terbaca. / Sheet {title} could not be read.")
            continue
        rows = []
        codes: frozenset[int] = frozenset()
        years: frozenset[int] = frozenset()
        formats = parts.sheet(sheet_name) if parts else {}
        left_column = sheet.start[1] if sheet.start else 0  # rows come from the top, columns do not
        for number_of_row, row in enumerate(sheet.iter_rows()):
            if left <= 0:
                break
            codes = codes or _headed(row, _CODE)
            years = years or _headed(row, _YEARS)
            cells = [
                (_year(cell) if column in years else None)
                or _formatted(cell, formats.get((number_of_row, left_column + column)))
                or (str(int(cell)) if column in codes and _is_whole(cell) else _shown(cell))
                for column, cell in enumerate(row[:_COLUMNS_MAX])
            ]
            rows.append(cells)
            left -= any(cells)
        fill_merged(rows, _merges(sheet, left_column))
        rows = [row for row in rows if any(row)]
        if rows:
            xml = parts.xml(sheet_name) if parts else b""
            filled = {left_column + at for row in rows for at, cell in enumerate(row) if cell}
            warnings += sheet_warnings(clean_line(sheet_name), sheet_name in hidden, xml, filled)
        blocks += _sheet_blocks(clean_line(sheet_name), rows, number)
    if left <= 0:
        warnings.append(
            f"Hanya {limits.rows_max} baris pertama yang dibaca (INGEST_ROWS_MAX). / "
            f"Only the first {limits.rows_max} rows were read (INGEST_ROWS_MAX)."
        )
    labels = tuple(clean_line(sheet_name) for sheet_name in names)
    return ParsedDocument(
        TYPES["spreadsheet"].media_type,
        tuple(blocks),
        page_count=len(names),
        page_labels=labels,
        warnings=tuple(warnings),
    )


def _sheet_blocks(title: str, rows: list[list[str]], number: int) -> list[Block]:
    if not rows:
        return []
    heading = Block(BlockKind.HEADING, title, number, 2)
    return [heading, *sheet_rows(rows, number)] if title else sheet_rows(rows, number)


def sheet_rows(rows: list[list[str]], page: int | None) -> list[Block]:
    """Rows as blocks: lines above the header as paragraphs, then the header, then its rows."""
    start, count = find_header(rows)
    first = start + count
    headers = column_headers(rows[start:first])
    found = []
    for index, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        if index < start and len(filled) == 1:
            found.append(Block(BlockKind.PARAGRAPH, filled[0], page))
        else:
            found.append(row_block(row, headers if index >= first else (), page))
    return found


_CODE = re.compile(r"\b(?:kode|no|nomor|nip|nik|npwp|id|code|number|telp|telepon|rekening)\b", re.I)
_YEARS = re.compile(r"^(?:tahun|thn|year)\b", re.I)


def _headed(row: list[Any], header: re.Pattern[str]) -> frozenset[int]:
    """The columns whose header, in this row, says what they hold: codes, or years."""
    if sum(isinstance(cell, str) and bool(cell) for cell in row) < 2:
        return frozenset()
    return frozenset(
        i for i, cell in enumerate(row) if isinstance(cell, str) and header.search(cell)
    )


def _merges(sheet: Any, left_column: int) -> list[Merge]:
    """The sheet's merged cells, columns counted from its first; none where it does not tell."""
    found = []
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left >= left_column:
            found.append(((top, left - left_column), (bottom, right - left_column)))
    return found


def _year(cell: Any) -> str | None:
    """A year without a mark for thousands, whatever its format."""
    return str(int(cell)) if _is_whole(cell) and 1900 <= cell <= 2100 else None


def _formatted(cell: Any, code: str | None) -> str | None:
    """A figure as its own format shows it, where it has one."""
    is_figure = code is not None and type(cell) in (int, float)
    return shown_figure(cell, code) if is_figure and code else None


def _is_whole(cell: Any) -> bool:
    return type(cell) is int or (isinstance(cell, float) and cell.is_integer())


def _shown(cell: object) -> str:
    """A cell as an Indonesian spreadsheet shows it: 1.234,5 and 31/12/2026.

    calamine gives values without their number formats; figures keep their digits, and thousands
    are parted from five digits on, so that years and codes stay as they are.
    """
    if isinstance(cell, bool):
        return "BENAR" if cell else "SALAH"
    if isinstance(cell, float):
        if cell != cell or cell in (float("inf"), float("-inf")):
            return ""
        if cell.is_integer() and abs(cell) < 1e15:
            return _whole(int(cell))
        whole, _, rest = f"{cell:.10f}".rstrip("0").partition(".")
        return f"{_whole(int(whole)) if int(whole) else whole},{rest}" if rest else whole
    if isinstance(cell, int):
        return _whole(cell)
    if isinstance(cell, dt.datetime):
        date = f"{cell:%d/%m/%Y}"
        return date if cell.time() == dt.time() else f"{date} {cell:%H.%M}"
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, dt.time):
        return f"{cell:%H.%M}"
    return clean_line(str(cell))


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", ".") if abs(number) >= 10_000 else str(number)
