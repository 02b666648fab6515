"""Figures worked out of others."""

from decimal import Decimal

import pytest

from assistant.calculation import format_decimal, work_out


@pytest.mark.parametrize(
    ("asked", "values", "unit", "value", "expression"),
    [
        ("Berapa selisih A dan B?", ("1500", "1200.5"), "rp", "Rp299,5",
         "1.500 − 1.200,5 = 299,5"),
        ("Berapa selisih A dan B?", ("7", "12"), None, "5", "12 − 7 = 5"),
        ("Berapa total A dan B?", ("7", "12"), "ha", "19 ha", "7 + 12 = 19"),
        ("Berapa persen kenaikan dari A ke B?", ("80", "100"), "rp", "25%",
         "(100 − 80) ÷ 80 × 100 = 25"),
        ("Berapa persen penurunan dari A ke B?", ("3", "2"), None, "-33,33%",
         "(2 − 3) ÷ 3 × 100 = -33,33"),
        ("B berapa kali lipat A?", ("40", "100"), None, "2,5 kali", "100 ÷ 40 = 2,5"),
    ],
)  # fmt: skip
def test_workings(asked, values, unit, value, expression):
    working = work_out(asked, [Decimal(v) for v in values], unit, "id")
    assert working is not None
    assert (working.value, working.expression) == (value, expression)


def test_growth_from_nothing_is_not_worked_out():
    assert work_out("Berapa persen kenaikan?", [Decimal(0), Decimal(5)], None, "id") is None


def test_numbers_are_written_as_in_the_language():
    assert format_decimal(Decimal("1234567.89"), "id") == "1.234.567,89"
    assert format_decimal(Decimal("1234567.89"), "en") == "1,234,567.89"
    assert format_decimal(Decimal("100"), "id") == "100"
