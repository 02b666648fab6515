"""When something happened, as a sentence tells it; not when its document was published."""

from __future__ import annotations

import re

from docs_store.dates import find_dates, find_partial_dates

_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d{2}(?![\d/]|[.,]\d)")
_OF_A_LAW = re.compile(r"\b(?:Nomor|No\.?)\s+\d+\w*\s+Tahun\s+\d{4}", re.IGNORECASE)


def event_date(sentence: str) -> tuple[str, str] | None:
    """The first date of a sentence: ISO 8601 as far as it is told, and its words.

    >>> event_date("Mal itu dibuka pada Oktober 2017.")
    ('2017-10', 'Oktober 2017')
    """
    text = _OF_A_LAW.sub(lambda match: " " * len(match.group()), sentence)
    found = [(at.start, at.end, at.iso) for at in find_dates(text)]
    for partial in find_partial_dates(text):
        if partial.iso[0].isdigit() and not _inside(partial.start, partial.end, found):
            found.append((partial.start, partial.end, partial.iso))
    for match in _YEAR.finditer(text):
        if not _inside(match.start(), match.end(), found):
            found.append((match.start(), match.end(), match.group()))
    if not found:
        return None
    start, end, iso = min(found)
    return iso, sentence[start:end]


def _inside(start: int, end: int, found: list[tuple[int, int, str]]) -> bool:
    return any(low < end and start < high for low, high, _ in found)
