"""Numbers as a text means them: value with its magnitude, unit, and whether it is rounded.

``1.234.567,89`` is ``1234567.89``, "1,2 juta" is ``1200000``, "tiga puluh" is ``30``, "12 miliar
rupiah" and "Rp12 billion" are one and the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from docs_store.analysis import normalise_number

Rounding = Literal["about", "above", "below"]


def _values(table: str) -> dict[str, str]:
    """ "name: spelling, other spelling" a line -> {spelling: name}."""
    found: dict[str, str] = {}
    for line in table.strip().splitlines():
        name, spellings = line.split(":", 1)
        found |= {spelling.strip(): name.strip() for spelling in spellings.split(",")}
    return found


_MAGNITUDES = {
    word: Decimal(10) ** int(power)
    for word, power in _values(
        """
        3: ribu, rb, thousand
        6: juta, jt, million
        9: miliar, milyar, billion, bn
        12: triliun, trilyun, trillion
        """
    ).items()
}
_CAPITAL_MAGNITUDES = {"M": Decimal(10) ** 9, "T": Decimal(10) ** 12}
"""Only after a currency: Rp12 M."""
_UNITS = _values(
    """
    %: %, persen, percent, per cent, prosen
    rp: rupiah, idr
    usd: dolar, dollar, dollars, usd
    km2: km2, kilometer persegi, square kilometers, square kilometres, square kilometre
    m2: m2, meter persegi, square meters, square metres
    m3: m3, meter kubik, cubic meters, cubic metres
    km: km, kilometer, kilometers, kilometre, kilometres
    m: m, meter, meters, metre, metres
    cm: cm, sentimeter, centimeter, centimeters
    ha: ha, hektare, hektar, hectare, hectares
    kg: kg, kilogram, kilograms
    t: ton, tons, tonnes, tonne
    l: liter, liters, litre, litres
    working day: hari kerja, working days, working day, business days, business day
    day: hari, day, days
    week: minggu, pekan, week, weeks
    month: bulan, month, months
    year: tahun, year, years
    hour: jam, hour, hours
    minute: menit, minute, minutes
    """
)
_UNIT_RE = (
    "(?P<unit>%|(?:"
    + "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True) if unit != "%")
    + r")(?:nya)?(?!\w)(?!\s+\d{4}\b))"
)
_SMALL = {
    word: at
    for at, words in enumerate(
        "nol zero;satu se one;dua two;tiga three;empat four;lima five;enam six;tujuh seven;"
        "delapan eight;sembilan nine;sepuluh ten;sebelas eleven;twelve;thirteen;fourteen;fifteen;"
        "sixteen;seventeen;eighteen;nineteen".split(";")
    )
    for word in words.split()
    if word != "se"
} | {
    word: 10 * at
    for at, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SPELLED_WORDS = (
    *_SMALL,
    *"belas puluh ratus seratus hundred ribu seribu thousand juta sejuta million miliar milyar "
    "billion triliun trillion".split(),
)
NUMBER_WORDS = frozenset(_SPELLED_WORDS)
"""Of both languages, in small letters: no spelled number is without one of them."""
_SPELLED = (
    rf"(?P<spelled>(?<![\w-])(?:{'|'.join([*_SMALL, 'seratus', 'seribu', 'sejuta'])})"
    rf"(?:(?:[ \u00a0]+(?:and[ ])?|-)(?:{'|'.join(_SPELLED_WORDS)}))*(?![\w-]))"
)
_AFTER_NUMBER = (
    r"(?:,-)?(?P<tens>-?an\b)?"
    rf"(?:\s{{0,2}}(?P<magnitude>{'|'.join(_MAGNITUDES)}|(?-i:[MT]))(?:an)?(?!\w))?"
    rf"(?:\s{{0,2}}{_UNIT_RE})?"
    r"(?P<rate>(?:\s?(?:per\s|/\s?)[a-z]{1,12}[23]?(?![\w-])){1,2})?"
)
_IN_DIGITS = re.compile(
    r"(?P<currency>(?:\brp|\bidr|\busd|us\$|\$)\.?\s{0,2})?"
    rf"(?P<sign>(?:(?<=\s)|(?<=\()|^)-)?(?P<digits>\d+(?:[.,:]\d+)*)(?P<spelled>)?{_AFTER_NUMBER}",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"(?P<currency>)(?P<sign>)(?P<digits>(?!))?{_SPELLED}{_AFTER_NUMBER}", re.IGNORECASE
)
_ROUNDING_WORDS: tuple[tuple[Rounding, str, str], ...] = (
    (
        "about",
        "sekitar|kurang lebih|lebih kurang|kira-kira|kisaran|about|around|approximately|roughly|"
        "some|circa",
        "±|~|≈",
    ),
    (
        "below",
        "hampir|mendekati|kurang dari|lebih (?:kecil|rendah|sedikit) dari|di bawah|nearly|almost|"
        "under|less than|below|fewer than",
        "<",
    ),
    (
        "above",
        "lebih (?:(?:besar|tinggi|banyak) )?dari|di atas|melebihi|lebih|more than|over|above|"
        "exceeding",
        ">",
    ),
)
_ROUNDED = [
    (rounding, re.compile(rf"(?:\b(?:{words})|{signs})\s*$", re.IGNORECASE))
    for rounding, words, signs in _ROUNDING_WORDS
]
_LETTERS = re.compile(r"[^\W\d_]+")
_REPEATED = re.compile(rf"(?P<digits>\d+(?:[.,]\d+)*) ?\((?P<words>{_SPELLED})\)", re.IGNORECASE)
_LEBIH_AFTER = re.compile(r"\s*lebih\b(?!\s+(?:dari|\w+))", re.IGNORECASE)
_LOOSE_UNIT = re.compile(rf"(?<![\w]){_UNIT_RE}|(?P<currency>\brp\b|\bidr\b|us\$)", re.IGNORECASE)
ROUNDED_BY_MAX = Decimal("0.1")
"""How far a rounded figure may be from its own, as a share of it."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number where a text states it."""

    value: Decimal
    unit: str | None
    rounding: Rounding | None
    start: int
    end: int
    """Of the number with its currency, magnitude and unit."""
    step: Decimal
    """The place of its last digit that is not zero: 100 for 1.200, 100000 for "1,2 juta"."""
    rate: frozenset[str] = frozenset()
    """What it is reckoned by: day, month, m2, …"""
    is_lone_one: bool = False
    """Whether it is a lone "satu" or "one", which mostly counts nothing."""

    def is_said_by(self, other: Quantity) -> bool:
        """Whether ``other``, in a quote, has this value, or one of which this is the rounding."""
        if not self.rate <= other.rate:
            return False
        if self.value == other.value:
            # "Lebih dari 12" is not said by "12".
            return self.rounding in (None, "about") or other.rounding == self.rounding
        if self.rounding is None:
            return False
        off = other.value - self.value
        if self.rounding == "about":
            return abs(off) * 2 <= self.step and abs(off) <= ROUNDED_BY_MAX * abs(other.value)
        off = off if self.rounding == "above" else -off
        return 0 < off < self.step


def find_quantities(text: str) -> Iterator[Quantity]:
    """The numbers of a text: those in digits, then those in words."""
    matches = list(_IN_DIGITS.finditer(text))
    if not NUMBER_WORDS.isdisjoint(_LETTERS.findall(text.lower())):
        matches += _IN_WORDS.finditer(text)
    for match in matches:
        value, step = _value(match)
        named = match["magnitude"]
        if named:
            capital = _CAPITAL_MAGNITUDES.get(named)
            if capital and not match["currency"]:
                named = None
            times = capital if capital and named else _MAGNITUDES.get((named or "").lower())
            value, step = value * (times or 1), step * (times or 1)
        currency = (match["currency"] or "").strip(" .").lower()
        unit = _unit(match["unit"])
        if currency:
            unit = "rp" if currency in ("rp", "idr") else "usd"
        yield Quantity(
            value,
            unit,
            _rounding(text, match),
            match.start(),
            match.end(),
            step,
            _rate(match["rate"]),
            match.group().lower() in ("satu", "one"),
        )


def without_repeated(text: str) -> str:
    """ "10 (sepuluh) hari" as "10 hari", where both are the same number."""

    def kept(match: re.Match[str]) -> str:
        same = _decimal(normalise_number(match["digits"])) == _spelled(_parts(match["words"]))
        return match["digits"] if same else match.group()

    return _REPEATED.sub(kept, text) if "(" in text else text


def loose_units(text: str) -> frozenset[str]:
    """The units that a text names anywhere, as in the head of a column."""
    return frozenset(
        "rp"
        if (match["currency"] or "").lower() in ("rp", "idr")
        else _unit(match["unit"]) or "usd"
        for match in _LOOSE_UNIT.finditer(text)
    )


def _unit(found: str | None) -> str | None:
    if found is None:
        return None
    return _UNITS.get(found.lower()) or _UNITS[found.lower().removesuffix("nya")]


def _rate(found: str | None) -> frozenset[str]:
    words = re.split(r"\s*(?:\bper\s|/)\s*", (found or "").lower())
    return frozenset(_UNITS.get(word.strip(), word.strip()) for word in words if word.strip())


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    if match["spelled"]:
        value = Decimal(_spelled(_parts(match["spelled"])))
    else:
        value = _decimal(normalise_number(match["digits"].replace(":", ".")))
    digits = value.normalize().as_tuple()
    step = Decimal(10) ** int(digits.exponent)
    return (-value if match["sign"] else value), step


def _decimal(number: str) -> Decimal:
    whole, *fraction = number.split(",")
    if len(fraction) > 1:  # 1.2.3 counts the parts of something, and no number is spelled so
        return Decimal(f"{whole}.{'0'.join(fraction)}")
    return Decimal(".".join([whole, *fraction]))


def _parts(spelled: str) -> list[str]:
    return re.split(r"[\s-]+", spelled.lower())


def _spelled(words: list[str]) -> int:
    total = below_thousand = small = 0
    for word in words:
        if word in _SMALL:
            if _SMALL[word] >= 20:
                below_thousand += _SMALL[word]
            else:
                small += _SMALL[word]
        elif word == "belas":
            small += 10
        elif word == "puluh":
            below_thousand, small = below_thousand + 10 * small, 0
        elif word in ("ratus", "seratus", "hundred"):
            below_thousand, small = below_thousand + 100 * (small or 1), 0
        elif word != "and":
            times = int(_MAGNITUDES[word.removeprefix("se")])
            total += ((below_thousand + small) or 1) * times
            below_thousand = small = 0
    return total + below_thousand + small


def _rounding(text: str, match: re.Match[str]) -> Rounding | None:
    if match["tens"]:
        return "about"
    before = text[max(0, match.start() - 24) : match.start()]
    for rounding, pattern in _ROUNDED:
        if pattern.search(before):
            return rounding
    return "above" if _LEBIH_AFTER.match(text, match.end()) else None
