"""Dates as Indonesian and English documents write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs_store.dates import find_dates, find_partial_dates, find_told_dates

MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Kamis (27/1/2022)", "2022-01-27"),
        ("27 Januari 2022", "2022-01-27"),
        ("27 JANUARI 2022", "2022-01-27"),
        ("pada 5 Pebruari 2012", "2012-02-05"),
        ("1 Nopember 2003", "2003-11-01"),
        ("July 25, 2025", "2025-07-25"),
        ("21 December 2022", "2022-12-21"),
        ("3rd of nothing, 3rd March 2020", "2020-03-03"),
        ("2024-05-01", "2024-05-01"),
        ("03/04/2021", "2021-04-03"),  # day first
        ("3-4-2021", "2021-04-03"),
        ("3.4.2021", "2021-04-03"),
        ("12 Agt. 2019", "2019-08-12"),
    ],
)
def test_found(text: str, iso: str) -> None:
    assert [found.iso for found in find_dates(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "31 Februari 2022",
        "12/25/2022",  # never month first
        "Nomor 14/2008",
        "188/11/KEP/429.116/2020",
        "1.500.000 pada 2022",
        "32 Januari 2022",
        "10.10.11-6098",
        "5 Mei 1850",
        "Mei 2022",
    ],
)
def test_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_several_in_their_order_with_their_places() -> None:
    text = "Dari 1 Mei 2020 sampai 2020-06-02, lalu 3/7/2020."
    found = find_dates(text)
    assert [at.iso for at in found] == ["2020-05-01", "2020-06-02", "2020-07-03"]
    assert [text[at.start : at.end] for at in found] == ["1 Mei 2020", "2020-06-02", "3/7/2020"]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    for text in (
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
    ):
        assert [found.iso for found in find_dates(f"x {text}.")] == [day.isoformat()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sejak Januari 2022", ["2022-01"]),
        ("in May 2023", ["2023-05"]),
        ("pada 17 Agustus", ["--08-17"]),
        ("on August 17", ["--08-17"]),
        ("27-29 Januari 2022", ["2022-01-27", "--01-29"]),
        ("27 s.d. 29 Januari 2022", ["2022-01-27", "--01-29"]),
        ("January 27-29, 2022", ["2022-01-27", "2022-01-29"]),
        ("may 5 desa", []),
        ("Maret", []),
    ],
)
def test_months_days_and_ranges(text: str, found: list[str]) -> None:
    assert [at.iso for at in find_partial_dates(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dibuka 3 Mei 2021", [("2021-05-03", "3 Mei 2021")]),
        ("sejak Okt. 2017 dan 2019", [("2017-10", "Okt. 2017"), ("2019", "2019")]),
        ("27-29 Januari 2022", [("2022-01-27", "27"), ("2022-01-29", "29 Januari 2022")]),
        ("tiap 17 Agustus, mulai 2020", [("--08-17", "17 Agustus"), ("2020", "2020")]),
        ("masa 2019-2021", [("2019", "2019"), ("2021", "2021")]),
        ("surat SK-2021, 12/2021, 2021/44, Rp2.021, 2021,5", []),
        ("hari jadi sejak 1771", []),
    ],
)
def test_each_date_as_far_as_it_is_told(text: str, found: list[tuple[str, str]]) -> None:
    assert [(at.iso, text[at.start : at.end]) for at in find_told_dates(text)] == found


def test_old_years_are_told_where_they_are_asked_for() -> None:
    assert [at.iso for at in find_told_dates("sejak 1771 atau 1412", 1500)] == ["1771"]
