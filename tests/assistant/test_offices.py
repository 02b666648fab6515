"""Offices, one name for all their spellings."""

import pytest

from assistant.offices import find_offices


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bupati Ipuk dan Wakil Bupati Sugirah", ["bupati", "deputy bupati"]),
        ("the Regent and the Deputy Regent", ["bupati", "deputy bupati"]),
        ("Wabup serta Plt. Gubernur", ["deputy bupati", "acting gubernur"]),
        ("Mantan Wali Kota, sekarang Menteri", ["former wali kota", "menteri"]),
        ("Walikota dan Sekretaris Daerah", ["wali kota", "sekda"]),
        ("Peraturan Bupati Nomor 19 dan Keputusan Menteri", []),
        ("kepala dinas, camat, lurah", ["kepala dinas", "camat", "lurah"]),
        ("kebupatian", []),
    ],
)
def test_offices(text, names):
    assert [office.name for office in find_offices(text)] == names
