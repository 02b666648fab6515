"""Dates as Indonesian and English documents write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb pebruari",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august ags agt aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_PATTERNS = (
    re.compile(rf"\b{_DAY}\s+(?P<month>{_MONTH})\.?,?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{_MONTH})\.?\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    # Day first, as Indonesians write; never month first.
    re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?![\d/])"),
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and where it stands in the text."""

    start: int
    end: int
    iso: str


def utc_now() -> str:
    """This moment as an ISO time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def find_dates(text: str) -> list[FoundDate]:
    """All full dates in a text, in their order."""
    found = sorted(_matches(text), key=lambda at: (at.start, -at.end))
    kept: list[FoundDate] = []
    for at in found:
        if not kept or at.start >= kept[-1].end:
            kept.append(at)
    return kept


def _matches(text: str) -> Iterator[FoundDate]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            month = match.group("month").lower()
            try:
                day = date(
                    int(match.group("year")),
                    _MONTHS.get(month) or int(month),
                    int(match.group("day")),
                )
            except ValueError:
                continue
            if 1900 <= day.year <= 2100:
                yield FoundDate(match.start(), match.end(), day.isoformat())
