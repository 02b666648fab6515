"""Works a figure out of quoted ones: difference, sum, growth, ratio; the working is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.comparison import compare
from assistant.conversation import Language
from assistant.drafts import Draft, DraftStatement, Working
from assistant.finder import Evidence, Finder
from assistant.quantities import Quantity, find_quantities
from assistant.understand import Question

_GROWTH = re.compile(
    r"\b(?:persen\w*|percent\w*|growth|pertumbuhan|tumbuh|laju|kenaikan|penurunan)\b", re.IGNORECASE
)
_SUM = re.compile(r"\b(?:total|jumlahkan|dijumlah\w*|gabungan|sum|combined)\b", re.IGNORECASE)
_TIMES = re.compile(r"\b(?:kali lipat|how many times)\b", re.IGNORECASE)
_LEAD: dict[Language, str] = {"id": "Dihitung dari dokumen:", "en": "Worked out of the documents:"}
_INCOMPLETE: dict[Language, str] = {
    "id": "Tidak dihitung: angka untuk {} tidak ditemukan di dokumen.",
    "en": "Not worked out: no figure for {} was found in the documents.",
}
_UNLIKE: dict[Language, str] = {
    "id": "Tidak dihitung: satuannya berbeda ({}).",
    "en": "Not worked out: the units differ ({}).",
}
_SHOWN_UNITS = {"rp": "Rp", "usd": "US$"}


def calculate(finder: Finder, question: Question) -> tuple[Draft, Evidence | None]:
    """The operands as quoted statements, and the figure worked out of them with its working."""
    compared, evidence = compare(finder, question)
    if compared.table is None or not compared.statements:
        return Draft(), evidence
    columns = compared.table.columns
    operands: dict[int, tuple[DraftStatement, Quantity]] = {}
    for statement in compared.statements:
        assert statement.cell is not None
        quantity = _quantity(statement.value)
        if quantity is not None and statement.cell[0] == 0:
            operands[statement.cell[1]] = statement, quantity
    shown = tuple(replace(s, role="item", cell=None, operand=True) for s, _ in operands.values())
    language = question.language
    if not shown:
        return Draft(), evidence
    lacking = [name for at, name in enumerate(columns) if at not in operands]
    if lacking:
        return Draft(note=_INCOMPLETE[language].format(", ".join(lacking))), evidence
    quantities = [quantity for _, quantity in operands.values()]
    units = {quantity.unit for quantity in quantities}
    if len(units) > 1:
        note = _UNLIKE[language].format(", ".join(sorted(unit or "-" for unit in units)))
        return Draft(note=note), evidence
    working = work_out(question.text, [q.value for q in quantities], quantities[0].unit, language)
    return Draft(_LEAD[language], shown, working=working, operands=len(shown)), evidence


def work_out(
    asked: str, values: Sequence[Decimal], unit: str | None, language: Language
) -> Working | None:
    """What is asked of the values, in their order; None where it cannot be (growth from zero).

    >>> work_out("selisih", [Decimal("1500"), Decimal("1200.5")], "rp", "id")
    Working(value='Rp299,5', expression='1.500 − 1.200,5 = 299,5')
    """

    def told(value: Decimal) -> str:
        return format_decimal(value, language)

    if _SUM.search(asked) and not _GROWTH.search(asked):
        total = sum(values, Decimal())
        return Working(
            _with_unit(told(total), unit), f"{' + '.join(map(told, values))} = {told(total)}"
        )
    if len(values) != 2:
        return None
    first, second = values
    if _GROWTH.search(asked):
        if not first:
            return None
        share = _rounded((second - first) / first * 100)
        return Working(
            f"{told(share)}%",
            f"({told(second)} − {told(first)}) ÷ {told(first)} × 100 = {told(share)}",
        )
    high, low = max(values), min(values)
    if _TIMES.search(asked):
        if not low:
            return None
        times = _rounded(high / low)
        word = "kali" if language == "id" else "times"
        return Working(f"{told(times)} {word}", f"{told(high)} ÷ {told(low)} = {told(times)}")
    difference = high - low
    return Working(
        _with_unit(told(difference), unit), f"{told(high)} − {told(low)} = {told(difference)}"
    )


def format_decimal(value: Decimal, language: Language) -> str:
    """A number as it is written in the language: 1.234.567,89 or 1,234,567.89."""
    text = f"{value.normalize():,f}"
    if language == "en":
        return text
    return text.translate(str.maketrans(",.", ".,"))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _with_unit(number: str, unit: str | None) -> str:
    if unit in _SHOWN_UNITS:
        return f"{_SHOWN_UNITS[unit]}{number}"
    if unit == "%":
        return f"{number}%"
    return number if unit is None else f"{number} {unit}"


def _quantity(value: str | None) -> Quantity | None:
    return next(find_quantities(value), None) if value else None
