"""Names of regulations as people and texts write them, and the key each has."""

import time

import pytest

from docs_store.regulation_keys import find_regulations, matches, title_regulation


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("UU 23/2014", "uu/23/2014"),
        ("Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah", "uu/23/2014"),
        ("Undang- Undang Republik Indonesia Nomor 23Tahun2014", "uu/23/2014"),
        ("UU Pemerintahan Daerah No.9 Thn 2015", "uu/9/2015"),
        ("Law No. 23 of 2014", "uu/23/2014"),
        ("PP No 12 Tahun 2019", "pp/12/2019"),
        ("Peraturan Pemerintah Pengganti Undang-Undang Nomor 2 Tahun 2014", "perppu/2/2014"),
        ("PERATURAN PEMERIMAH NOMOR 79 TAHUN 2O2I", "pp/79/2021"),
        ("Perpres 95/2018", "perpres/95/2018"),
        ("Inpres No. 3 tahun 2003", "inpres/3/2003"),
        ("Permendagri 77/2020", "permendagri/77/2020"),
        ("Peraturan Menteri Dalam Negeri Nomor 77 Tahun 2020", "permendagri/77/2020"),
        ("Peraturan Menteri Keuangan Nomor 2/PMK.07/2022", "permenkeu/2/2022"),
        ("Keputusan Menteri Dalam Negeri Nomor 100.4-12 Tahun 2025", "kepmendagri/100.4-12/2025"),
        ("Perbup Banyuwangi No. 19 Thn 2012", "perbup/banyuwangi/19/2012"),
        ("Peraturan Daerah Kabupaten Contoh Nomor 8 Tahun 2025", "perda/contoh/8/2025"),
        ("Perda Provinsi Jawa Timur 3/2010", "perda/jawa timur/3/2010"),
        ("Perda Kota Malang 5 tahun 2019", "perda/kota malang/5/2019"),
        ("Peraturan Wali Kota Malang Nomor 05 Tahun 2020", "perwali/kota malang/5/2020"),
        ("Keputusan Bupati Contoh Nomor 188/12/KEP/2016", "kepbup/contoh/188-12-kep/2016"),
        ("SE Mendagri Nomor 12/2020", "se-mendagri/12/2020"),
    ],
)
def test_keys(text: str, key: str) -> None:
    (found,) = find_regulations(f"Menurut {text}, desa melapor.")
    assert found.key == key
    assert found.is_whole


def test_a_name_is_an_exact_slice() -> None:
    text = "Lihat UU Nomor 5 Tahun 1974, lalu PP 6/1988."
    assert [text[at.start : at.end] for at in find_regulations(text)] == [
        "UU Nomor 5 Tahun 1974",
        "PP 6/1988",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Peraturan Pemerintah ini berlaku pada tahun 2014",
        "UU yang berlaku pada 12/2020",
        "Nomor 23 Tahun 2014",
        "keputusan 3/2010",
        "RUU 5/2020",
        "UU 23/14",
    ],
)
def test_what_names_no_regulation(text: str) -> None:
    assert find_regulations(text) == []


def test_a_title_is_the_regulation_before_its_subject() -> None:
    title = "PERATURAN BUPATI CONTOH NOMOR 3 TAHUN 2020 TENTANG PELAKSANAAN UU NOMOR 6 TAHUN 2014"
    named = title_regulation(title)
    assert named is not None
    assert named.key == "perbup/contoh/3/2020"
    assert title_regulation("Berita tentang UU 6/2014") is None
    assert title_regulation("RANCANGAN UNDANG-UNDANG NOMOR 6 TAHUN 2014 TENTANG DESA") is None


def test_a_regional_name_without_its_region_matches_any() -> None:
    (named,) = find_regulations("Perbup 19 tahun 2012 pasal 7")
    assert not named.is_whole
    assert matches("perbup/banyuwangi/19/2012", named)
    assert not matches("perbup/banyuwangi/9/2012", named)
    (whole,) = find_regulations("Perbup Jember 19 tahun 2012")
    assert not matches("perbup/banyuwangi/19/2012", whole)


@pytest.mark.parametrize(
    "text", ["UU " * 100_000, "peraturan menteri " + "a " * 100_000, "UU 1" + "." * 100_000,
             "keputusan 1/1/1/1/1/" * 10_000, "Nomor" + " " * 100_000, "UU" + " " * 100_000 + "1"],
)  # fmt: skip
def test_hostile_texts_take_no_time(text: str) -> None:
    started = time.perf_counter()
    find_regulations(text)
    assert time.perf_counter() - started < 5
