"""Regions are found under all their names, told apart, and not where a name is only a word."""

from __future__ import annotations

import pytest

from docs_store.gazetteer import find_regions, regions_in_question, resolve
from docs_store.region_names import RegionKind, all_regions, bare_name
from tests.linear_time import fastest_seconds


def found(text: str) -> list[str]:
    """Codes of the regions, in order; "?" after those of which another could be meant."""
    return [at.region.code + "?" * at.ambiguous for at in find_regions(text)]


def test_the_list_is_whole() -> None:
    kinds = [named.kind for named in all_regions()]
    assert [kinds.count(kind) for kind in RegionKind] == [38, 416, 98]
    assert len({named.region.code for named in all_regions()}) == 552


def test_every_region_is_found_by_its_full_name() -> None:
    for named in all_regions():
        for text in (f"Pemerintah {named.region.name} hadir.", named.region.name.upper()):
            mentions = find_regions(text)
            assert [at.region for at in mentions] == [named.region], text
            assert not mentions[0].ambiguous, text
        assert resolve(named.region.name) == (named.region,)
        assert named.region in resolve(bare_name(named.region).lower())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Bupati Morowali Utara (Morut) ke Banyuwangi", ["72.12", "72.12", "35.10"]),
        ("Kabupaten Morowali dimekarkan", ["72.06"]),
        ("Pemprov Jabar, NTB, DIY dan Kukar", ["32", "52", "34", "64.02"]),
        ("Kab.Bandung dan Kab. Kuningan", ["32.04", "32.08"]),
        ("PEMERINTAH KABUPATENBANYUWANGI PROVINSI JAWATIMUR", ["35.10", "35"]),
        ("Banyuwangi Regency and the City of Malang in East Java", ["35.10", "35.73", "35"]),
        ("Pemerintah Kabupaten (Pemkab) Banyuwangi", ["35.10"]),
        ("Kota Tanjung Pinang, Kabupaten Tojo Una Una", ["21.72", "72.09"]),
        ("Nanggroe Aceh Darussalam", ["11"]),
        ("Kabupaten Lima Puluh Kota", ["13.07"]),
        ("Provinsi Maluku Utara", ["82"]),
    ],
)  # fmt: skip
def test_names_and_short_forms(text: str, codes: list[str]) -> None:
    assert found(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Bupati Kediri bertemu Wali Kota Kediri", ["35.06", "35.71"]),
        ("Wakil Wali Kota Madiun", ["35.77"]),
        ("Bupati dan Wakil Bupati Madiun", ["35.19"]),
        ("Malang City and Malang Regency", ["35.73", "35.07"]),
        ("Kabupaten Bogor, Bekasi, dan Karawang", ["32.01", "32.16", "32.15"]),
        ("Rapat di Malang", ["35.73?"]),
        ("Kabupaten/Kota Bogor", ["32.71?"]),
        # One of the two is named in full elsewhere.
        ("Malang berbenah. Kabupaten Malang menang.", ["35.07", "35.07"]),
        # Both are: the bare name stays open.
        ("Malang berbenah. Kabupaten Malang dan Kota Malang.", ["35.73?", "35.07", "35.73"]),
        ("Gorontalo", ["75?"]),
        ("Gubernur Gorontalo", ["75"]),
    ],
)
def test_same_name(text: str, codes: list[str]) -> None:
    assert found(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "Batu itu keras. Batu besar di sungai.",
        "Serang musuh dari kiri. Medan itu berat.",
        "Kisah Bandung Bondowoso dan Tan Malaka",
        "Kapal lewat Selat Malaka; ia mendaki Gunung Kerinci",
        "Kecamatan Banyuwangi, Jalan Surabaya, Desa Malang",
        "Bima Arya hadir bersama Metro Wijaya",
        "Buru pelakunya! Padang itu luas. Kudus dan mulia.",
        "Pati jagung; Batu bara; BATU; Sigi",
        "kota batu bata, banyuwangi",
        "Kabupaten Daerah Tingkat II Maluku Utara",
    ],
)
def test_not_a_region(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("di Batu, Jawa Timur", ["35.79", "35"]),
        ("Bupati Buru", ["81.04"]),
        ("warga Pati", ["33.18"]),
        ("Kota Metro", ["18.72"]),
    ],
)
def test_a_common_word_is_a_region_where_the_text_says_so(text: str, codes: list[str]) -> None:
    assert found(text) == codes


def test_a_mention_is_an_exact_slice_with_its_type_word() -> None:
    text = "Kata Bupati Jember: Kabupaten Jember dan Jember Regency maju."
    assert [text[at.start : at.end] for at in find_regions(text)] == [
        "Jember",
        "Kabupaten Jember",
        "Jember Regency",
    ]


def test_question() -> None:
    asked = regions_in_question("siapa bupati banyuwangi dan wali kota batu? banyuwangi itu apa")
    assert [at.region.code for at in asked] == ["35.10", "35.79"]
    both = regions_in_question("berapa apbd malang")[0]
    assert both.ambiguous
    assert {region.code for region in both.candidates} == {"35.07", "35.73"}
    assert regions_in_question("apa arti batu dan serang?") == ()


def test_resolve() -> None:
    def codes(name: str) -> set[str]:
        return {region.code for region in resolve(name)}

    assert codes("Kab. Bandung") == {"32.04"}
    assert codes("bandung") == {"32.04", "32.73"}
    assert codes("Malang Regency") == {"35.07"}
    assert codes("morut") == {"72.12"}
    assert codes("Morowali") == {"72.06"}
    assert codes("Negeri Dongeng") == codes("") == codes("rapat di Malang besok") == set()


@pytest.mark.parametrize(
    "unit",
    [
        "Pemerintah daerah itu menyampaikan laporan kepada Kabupaten Banyuwangi kemarin. ",
        "Kota ",
        "Aceh ",
        "Bupati dan ",
        "Kepulauan Siau Tagulandang ",
        "a\n",
        "(" * 40,
    ],
)
def test_a_long_text_takes_linear_time(unit: str) -> None:
    def seconds(characters: int) -> float:
        text = unit * (characters // len(unit))
        return fastest_seconds(lambda: find_regions(text))

    seconds(1_000)
    assert seconds(400_000) < 12 * seconds(100_000) + 0.2
