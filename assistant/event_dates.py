"""When something happened, as a sentence tells it; not when its document was published."""

from __future__ import annotations

import re

from docs_store.dates import find_told_dates

_OF_A_LAW = re.compile(r"\b(?:Nomor|No\.?)\s+\d+\w*(?:\s+Prp\.?)?\s+Tahun\s+\d{4}", re.IGNORECASE)


def event_date(sentence: str) -> tuple[str, str] | None:
    """The first date of a sentence: ISO 8601 as far as it is told, and its words.

    >>> event_date("Mal itu dibuka pada Oktober 2017.")
    ('2017-10', 'Oktober 2017')
    """
    text = without_law_years(sentence)
    found = next((at for at in find_told_dates(text) if at.iso[0].isdigit()), None)
    return None if found is None else (found.iso, sentence[found.start : found.end])


def without_law_years(sentence: str) -> str:
    """The sentence with "Nomor 47 Tahun 1960" blanked, which tells no time; as long as before."""
    return _OF_A_LAW.sub(lambda match: " " * len(match.group()), sentence)
