"""Years and spans of years that a question names."""

from __future__ import annotations

import re
from dataclasses import dataclass

_Y = r"((?:19|20)\d{2})"
_SPAN = re.compile(
    rf"\b(?:antara\s+(?:tahun\s+)?|dari\s+(?:tahun\s+)?|between\s+|from\s+)?{_Y}\s*"
    rf"(?:-|–|—|s\.?d\.?|sampai(?:\s+dengan)?|hingga|to|until|through)\s*(?:tahun\s+)?{_Y}\b|"
    rf"\b(?:antara|between)\s+(?:tahun\s+)?{_Y}\s+(?:dan|and)\s+{_Y}\b",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\b(?:sejak|mulai|setelah|since|after)\s+(?:tahun\s+)?{_Y}\b", re.IGNORECASE)
_UNTIL = re.compile(
    rf"\b(?:sampai|hingga|sebelum|until|before)\s+(?:tahun\s+)?{_Y}\b", re.IGNORECASE
)
_YEAR = re.compile(rf"(?<![\w/.,-]){_Y}(?![\w/]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Period:
    """From one year to another, both included; None where a side is open."""

    first: int | None
    last: int | None

    @property
    def is_one_year(self) -> bool:
        """Whether it is a single year."""
        return self.first is not None and self.first == self.last

    @property
    def key(self) -> str:
        """``"2023"``, ``"2010-2015"``, ``"2010-"`` or ``"-2015"``."""
        if self.is_one_year:
            return str(self.first)
        return f"{self.first or ''}-{self.last or ''}"

    def holds(self, year: int) -> bool:
        """Whether the year lies in it."""
        return (self.first or 0) <= year <= (self.last or 9_999)


def find_periods(text: str) -> tuple[Period, ...]:
    """The periods that a question names, each once, in its order; numbers of laws are none."""
    found: list[tuple[int, Period]] = []
    taken: list[tuple[int, int]] = []

    def add(match: re.Match[str], first: int | None, last: int | None) -> None:
        if all(match.end() <= start or match.start() >= end for start, end in taken):
            taken.append(match.span())
            found.append((match.start(), Period(first, last)))

    for match in _SPAN.finditer(text):
        years = sorted(int(year) for year in match.groups() if year)
        add(match, years[0], years[1])
    for match in _FROM.finditer(text):
        add(match, int(match[1]), None)
    for match in _UNTIL.finditer(text):
        add(match, None, int(match[1]))
    for match in _YEAR.finditer(text):
        add(match, int(match[1]), int(match[1]))
    return tuple(dict.fromkeys(period for _, period in sorted(found, key=lambda at: at[0])))
