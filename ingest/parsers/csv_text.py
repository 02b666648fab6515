"""Tables as text (.csv, .tsv): each row a block with its header."""

from __future__ import annotations

import csv
import io

from ingest.blocks import ParsedDocument
from ingest.errors import DamagedFile
from ingest.limits import Limits
from ingest.parsers.clean_text import clean_line, decode
from ingest.parsers.spreadsheet import sheet_rows


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A CSV file; its delimiter is the one that parts most lines evenly."""
    text = decode(data).lstrip("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, name))
    rows: list[list[str]] = []
    warnings: tuple[str, ...] = ()
    try:
        for row in reader:
            if len(rows) >= limits.rows_max:
                warnings = (
                    f"Hanya {limits.rows_max} baris pertama yang dibaca (INGEST_ROWS_MAX). / "
                    f"Only the first {limits.rows_max} rows were read (INGEST_ROWS_MAX).",
                )
                break
            cells = [clean_line(cell) for cell in row]
            if any(cells):
                rows.append(cells)
    except csv.Error as error:
        raise DamagedFile(kind="CSV", why=str(error)) from error
    return ParsedDocument("text/csv", tuple(sheet_rows(rows, None)), warnings=warnings)


def _delimiter(text: str, name: str) -> str:
    if name.lower().endswith(".tsv"):
        return "\t"
    sample = [line for line in text[:20_000].split("\n") if line.strip()][:20]
    return max(";,\t|", key=lambda mark: min((line.count(mark) for line in sample), default=0))
