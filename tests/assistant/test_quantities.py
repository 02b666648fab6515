"""Numbers as a text means them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quantities import find_quantities, loose_units, without_repeated


def only(text):
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Rp1.234.567,89", "1234567.89", "rp"),
        ("1,234,567.89", "1234567.89", None),
        ("1234567,89", "1234567.89", None),
        ("1,2 juta", "1200000", None),
        ("Rp12 M", "12000000000", "rp"),
        ("12 miliar rupiah", "12000000000", "rp"),
        ("IDR 12 billion", "12000000000", "rp"),
        ("12%", "12", "%"),
        ("12 persen", "12", "%"),
        ("-0,5 persen", "-0.5", "%"),
        ("30 hektare", "30", "ha"),
        ("30 km2", "30", "km2"),
        ("30 kilometer", "30", "km"),
        ("tiga puluh", "30", None),
        ("tiga puluh lima hari kerja", "35", "working day"),
        ("dua ratus lima puluh ribu jiwa", "250000", None),
        ("sebelas", "11", None),
        ("dua belas bulan", "12", "month"),
        ("seratus", "100", None),
        ("thirty-five working days", "35", "working day"),
        ("one hundred and twenty million", "120000000", None),
        ("pukul 21:25", "21.25", None),
    ],
)
def test_value_and_unit(text, value, unit):
    quantity = only(text)
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)


def test_a_number_that_is_repeated_in_words_is_one_number():
    assert without_repeated("paling lambat 10 (sepuluh) hari") == "paling lambat 10 hari"
    assert without_repeated("paling lambat 10 (sebelas) hari") == "paling lambat 10 (sebelas) hari"


@pytest.mark.parametrize(
    ("claimed", "quoted", "is_said"),
    [
        ("1,2 juta", "1.200.000", True),
        ("1,2 juta", "1.234.567", False),
        ("sekitar 1,2 juta", "1.234.567", True),
        ("sekitar 1,3 juta", "1.234.567", False),
        ("kurang lebih 500", "512", True),
        ("sekitar 10", "14", False),
        ("about 1.2 million", "1.234.567", True),
        ("lebih dari 1,2 juta", "1.234.567", True),
        ("lebih dari 1,3 juta", "1.234.567", False),
        ("lebih dari 12", "12", False),
        ("lebih dari 12", "lebih dari 12", True),
        ("hampir 1,3 juta", "1.284.567", True),
        ("hampir 1,2 juta", "1.284.567", False),
        ("kurang dari 12", "lebih dari 12", False),
        ("500", "lebih dari 500", True),
    ],
)
def test_a_rounded_figure_is_said_by_what_it_rounds(claimed, quoted, is_said):
    assert only(claimed).is_said_by(only(quoted)) is is_said


def test_years_of_regulations_are_no_durations():
    assert [q.unit for q in find_quantities("Nomor 23 Tahun 2014 berlaku 5 tahun")] == [
        None, None, "year",
    ]  # fmt: skip


def test_units_in_the_head_of_a_column():
    assert loose_units("Luas (km2) | Anggaran (Rp) | Porsi (%)") == {"km2", "rp", "%"}


@given(st.integers(1, 999_999_999))
def test_a_number_is_the_same_however_it_is_grouped(number):
    spellings = (f"{number:,}".replace(",", "."), f"{number:,}", str(number))
    assert {only(f"sebanyak {spelling} orang").value for spelling in spellings} == {number}


_ONES = "satu dua tiga empat lima enam tujuh delapan sembilan".split()


def spell(number):
    """An independent speller, for numbers up to 999,999."""
    if number >= 1_000:
        thousands, rest = divmod(number, 1_000)
        head = "seribu" if thousands == 1 else f"{spell(thousands)} ribu"
        return f"{head} {spell(rest)}".strip()
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        head = "seratus" if hundreds == 1 else f"{_ONES[hundreds - 1]} ratus"
        return f"{head} {spell(rest)}".strip()
    if number >= 20:
        tens, rest = divmod(number, 10)
        return f"{_ONES[tens - 1]} puluh {spell(rest)}".strip()
    if number >= 12:
        return f"{_ONES[number - 11]} belas"
    if number >= 10:
        return "sepuluh" if number == 10 else "sebelas"
    return ["", *_ONES][number]


@given(st.integers(1, 999_999))
def test_spelled_numbers(number):
    assert only(f"sebanyak {spell(number)} orang").value == number
