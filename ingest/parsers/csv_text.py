"""Tables as text (.csv, .tsv): each row a block with its header."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from ingest.blocks import ParsedDocument
from ingest.errors import DamagedFile
from ingest.limits import Limits
from ingest.parsers.clean_text import clean_line, decode
from ingest.parsers.spreadsheet import sheet_rows

_DIRECTIVE = re.compile(r"sep=([;,\t|])\r?\n")
_QUOTED = re.compile(r'"[^"]*"')


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A CSV file; its delimiter is the one that parts most lines evenly, or Excel's "sep="."""
    text = decode(data).lstrip("\ufeff")
    directive = _DIRECTIVE.match(text)
    if directive:
        text = text[directive.end() :]
    mark = directive[1] if directive else _delimiter(text, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    if not _quotes_end(text, mark):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, quoting=csv.QUOTE_NONE)
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


def _quotes_end(text: str, mark: str) -> bool:
    """Whether no quoted cell is longer than csv allows: else a stray quote took the rest."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=False):
            pass
    except csv.Error:
        return False
    return True


def _delimiter(text: str, name: str) -> str:
    """The mark that stands equally often in most of the first lines, outside of quotes."""
    if name.lower().endswith(".tsv"):
        return "\t"
    sample = _QUOTED.sub("", text[:20_000])
    lines = [line for line in re.split(r"\r\n?|\n", sample) if line.strip()][:20]

    def agreement(mark: str) -> tuple[int, bool]:
        counts = Counter(count for line in lines if (count := line.count(mark)))
        # A comma is also the Indonesian decimal mark: at a tie, the other mark.
        return max(counts.values(), default=0), mark != ","

    return max(";\t|,", key=agreement)
