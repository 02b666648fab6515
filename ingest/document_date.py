"""The date of a document itself (not of the file), where the document shows it."""

from __future__ import annotations

import re
from itertools import islice

from docs_store.dates import find_dates
from ingest.blocks import Block, ParsedDocument

_SIGNED = re.compile(
    r"(?:ditetapkan|diundangkan|disahkan|dikeluarkan)\s+di\b.{0,80}?\bpada\s+tanggal(?![a-z])",
    re.IGNORECASE | re.DOTALL,
)
_REGULATION_YEAR = re.compile(r"(?:\bTAHUN\s+|/\s?)((?:19|20)\d{2})\b", re.IGNORECASE)
_MISREAD_YEAR = re.compile(r"\b[12][0-9OolI]{3}\b")
_DIGITS = str.maketrans("OolI", "0011")
_SIGNED_TRIED_MAX = 20
"""A regulation's own year tells its date of signing from one that it only quotes."""
_DATE_LINE_CHARS_MAX = 120
_DATE_LINE_START_CHARS = 60


def document_date(document: ParsedDocument, text: str, regulation_title: str | None) -> str | None:
    """The date that the format declares, of signing, or on a line that dates the document.

    A regulation of which no day of signing is legible has the year in its title.
    """
    if document.date:
        return document.date
    year = _year(regulation_title) if regulation_title else None
    signed = None
    for match in islice(_SIGNED.finditer(text), _SIGNED_TRIED_MAX):
        dates = find_dates(_with_digits(text[match.end() : match.end() + 60]))
        if dates and (year is None or 0 <= int(dates[0].iso[:4]) - int(year) <= 1):
            signed = dates[0].iso
            break
    if signed is not None or regulation_title:
        return signed or year
    return next(filter(None, map(_date_line, document.blocks[:10])), None)


def _date_line(block: Block) -> str | None:
    """The date of a line that dates the document: a byline, a dateline, "Kamis (27/1/2022)".

    A date that a sentence speaks of in passing is not the document's.
    """
    for at in find_dates(block.text):
        in_brackets = block.text[at.start - 1 : at.start] + block.text[at.end : at.end + 1] == "()"
        short = len(block.text) <= _DATE_LINE_CHARS_MAX and not block.text.endswith(".")
        if in_brackets or short or at.end <= _DATE_LINE_START_CHARS:
            return at.iso
    return None


def _year(title: str) -> str | None:
    """The year of a regulation, from its number (not from what it is about)."""
    found = _REGULATION_YEAR.search(re.split(r"\btentang\b", title, flags=re.IGNORECASE)[0])
    return found.group(1) if found else None


def _with_digits(text: str) -> str:
    """ "2Ol7", as recognition reads a year, as "2017"."""
    return _MISREAD_YEAR.sub(lambda match: match.group().translate(_DIGITS), text)
