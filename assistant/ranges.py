"""Whether a range that a text states holds a number that a question names: 20 km, "10 - 25 km"."""

from __future__ import annotations

import math
import re
from decimal import Decimal

_NUMBER = r"\d+(?:\.\d{3})*(?:,\d+)?"
_UNIT = (
    r"(?:km|kilometer|m2|m²|m3|m³|meter|cm|mm|ton|kg|kilogram|gram|liter|gt|cc|ha|hektare?|hari|"
    r"jam|menit|bulan|tahun|orang|jiwa|unit|ekor|lembar|kali|watt|kva|juta|miliar|jt|persen|%)"
)
_MORE = r"(?:lebih (?:dari|besar dari)|di ?atas|minimal|paling sedikit|>=?|≥|more than|over|above)"
_LESS = (
    r"(?:sampai dengan|s\.?/?d\.?|sd|hingga|kurang dari|di ?bawah|maksimal|paling banyak|<=?|≤|"
    r"up to|less than|under)"
)
_RANGE = re.compile(
    rf"(?:(?P<more>{_MORE})\s*)?(?<![\d.,])(?P<low>{_NUMBER})\s*(?:{_UNIT}\b)?\s*"
    rf"(?:-|–|{_LESS}|dan {_LESS})\s*(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})(?!\w)|"
    rf"(?P<from>{_MORE})\s*(?P<least>{_NUMBER})\s*(?P<unit_least>{_UNIT})(?!\w)|"
    rf"(?P<to>{_LESS})\s*(?P<most>{_NUMBER})\s*(?P<unit_most>{_UNIT})(?!\w)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?<![\d.,])(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})(?!\w)", re.IGNORECASE)
_SAME_UNIT = {
    "kilometer": "km", "m²": "m2", "m³": "m3", "kilogram": "kg", "jt": "juta", "hektar": "ha",
    "hektare": "ha", "%": "persen",
}  # fmt: skip


def range_fit(question: str, text: str) -> tuple[str, ...] | None:
    """The numbers of the question, as typed, that a range in the text holds.

    None where the text states no range in a unit of the question's; an empty tuple where it states
    ranges that hold none of them: a row for other distances.

    >>> range_fit("tarif untuk jarak 20 km", "3) Lebih Dari 10 Km Sampai Dengan 25 Km")
    ('20',)
    """
    named = [
        (m["number"], _value(m["number"]), _unit(m["unit"])) for m in _NAMED.finditer(question)
    ]
    if not named:
        return None
    units = {unit for _, _, unit in named}
    ranges = [found for found in _ranges(text) if found[2] in units]
    if not ranges:
        return None
    return tuple(
        written
        for written, value, unit in named
        if any(low <= value <= high for low, high, own in ranges if own == unit)
    )


def range_spans(text: str) -> list[tuple[int, int]]:
    """Where the text states ranges: their numbers bound a row's thing and are no figure of it."""
    return [match.span() for match in _RANGE.finditer(text)]


def _ranges(text: str) -> list[tuple[Decimal, Decimal, str]]:
    found = []
    for match in _RANGE.finditer(text):
        if match["high"]:
            low, high, unit = _value(match["low"]), _value(match["high"]), match["unit"]
            if match["more"]:
                low = low.next_plus()
        elif match["least"]:
            low, high = _value(match["least"]).next_plus(), Decimal(math.inf)
            unit = match["unit_least"]
        else:
            low, high, unit = Decimal(-math.inf), _value(match["most"]), match["unit_most"]
            if re.match(r"kurang|di ?bawah|<(?!=)|less|under", match["to"], re.IGNORECASE):
                high = high.next_minus()
        found.append((low, high, _unit(unit)))
    return found


def _value(number: str) -> Decimal:
    return Decimal(number.replace(".", "").replace(",", "."))


def _unit(word: str) -> str:
    return _SAME_UNIT.get(word.lower(), word.lower())
