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
MONTH_NAMES = frozenset(_MONTHS)
"""Of both languages, with their short forms, in small letters."""
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_PATTERNS = (
    re.compile(rf"\b{_DAY}\s+(?P<month>{_MONTH})\.?,?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{_MONTH})\.?\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    # Day first, as Indonesians write; never month first.
    re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?![\d/])"),
)
_TO = r"\s*(?:-|–|s\.?\s?d\.?|sampai(?:\s+dengan)?|hingga|dan|to|until|and|&)\s*"
_PARTIAL = re.compile(
    # The first day of "27-29 Januari 2022" and both of "January 27-29, 2022".
    rf"(?P<first>\b\d{{1,2}})(?={_TO}\d{{1,2}}\s+(?P<first_month>{_MONTH})\.?,?\s+"
    r"(?P<first_year>\d{4})\b)"
    rf"|\b(?P<two_month>{_MONTH})\.?\s+(?P<from>\d{{1,2}}){_TO}(?P<to>\d{{1,2}}),?\s+"
    r"(?P<two_year>\d{4})\b"
    rf"|\b(?P<day>\d{{1,2}})\s+(?P<day_month>{_MONTH})\b"
    rf"|\b(?P<month>{_MONTH})\.?,?\s+(?P<year>(?:19|20)\d{{2}})\b"
    rf"|\b(?=(?-i:[A-Z]))(?P<en_month>{_MONTH})\s+(?P<en_day>\d{{1,2}})\b(?![\d.,]*\d)",
    re.IGNORECASE,
)
# "2019-2021" is two years; the number of a letter (SK-2021, 2021/44) is none.
_BARE_YEAR = re.compile(r"(?<![\d.,/])(?<!(?<!\d{4})-)(?:1[5-9]|20)\d{2}(?![\d/]|[.,]\d)")


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


def find_partial_dates(text: str) -> list[FoundDate]:
    """Months ("2022-01"), days of no year ("--01-27") and the days of a range, in their order.

    What `find_dates` finds is not left out.
    """
    found = []
    for match in _PARTIAL.finditer(text):
        start, end = match.span()
        if match["first"]:
            month = _MONTHS[match["first_month"].lower()]
            values = [f"{match['first_year']}-{month:02}-{int(match['first']):02}"]
        elif match["two_month"]:
            month = _MONTHS[match["two_month"].lower()]
            values = [f"{match['two_year']}-{month:02}-{int(match[d]):02}" for d in ("from", "to")]
        elif match["month"]:
            values = [f"{match['year']}-{_MONTHS[match['month'].lower()]:02}"]
        else:
            month = _MONTHS[(match["day_month"] or match["en_month"]).lower()]
            values = [f"--{month:02}-{int(match['day'] or match['en_day']):02}"]
        found += [FoundDate(start, end, value) for value in values]
    return found


def find_told_dates(text: str, years_from: int = 1900) -> list[FoundDate]:
    """All dates as far as they are told (a day, a month, a day of no year, a year), in their order.

    None stands inside another: the year of "3 Mei 2021" is not told again.

    Args:
        text: where to look.
        years_from: the first year that a bare number of four digits may be.
    """
    years = [
        FoundDate(match.start(), match.end(), match.group())
        for match in _BARE_YEAR.finditer(text)
        if int(match.group()) >= years_from
    ]
    found = find_dates(text)
    for at in (*find_partial_dates(text), *years):
        if not any(other.start < at.end and at.start < other.end for other in found):
            found.append(at)
    return sorted(found, key=lambda at: at.start)


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
