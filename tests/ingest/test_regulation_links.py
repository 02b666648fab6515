"""What a regulation says it does to others, and what was done to itself."""

import time

import pytest

from ingest.regulation_links import find_links

OWN = "perbup/contoh/9/2020"
HEAD = "PERATURAN BUPATI CONTOH NOMOR 9 TAHUN 2020 TENTANG PASAR\n\nMenimbang: bahwa perlu.\n\n"
ENACTED = HEAD + "MEMUTUSKAN: Menetapkan: PERATURAN BUPATI TENTANG PASAR.\n\nPasal 1\n\n"


def links(text: str, own: str = OWN) -> list[tuple[str, str]]:
    found = find_links(text, own)
    assert all(0 <= link.start < link.end <= len(text) for link in found)
    return [(link.relation, link.target) for link in found]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Pada saat Peraturan Bupati ini mulai berlaku, Peraturan Bupati Contoh Nomor 3 Tahun "
         "2010 tentang Kios (Berita Daerah Tahun 2010 Nomor 3), dicabut dan dinyatakan tidak "
         "berlaku.", [("revokes", "perbup/contoh/3/2010")]),
        ("Pada saat Peraturan ini mulai berlaku:\n\na. Peraturan Bupati Nomor 3 Tahun 2010; "
         "dan\n\nb. Peraturan Bupati Nomor 4 Tahun 2011,\n\ndicabut.",
         [("revokes", "perbup/contoh/3/2010"), ("revokes", "perbup/contoh/4/2011")]),
        ("Dengan berlakunya Perbup ini, PP 6/1988 dinyatakan tidak berlaku lagi.",
         [("revokes", "pp/6/1988")]),
        ("Mencabut Keputusan Bupati Contoh Nomor 12 Tahun 2015 tentang Tim.",
         [("revokes", "kepbup/contoh/12/2015")]),
        ("Pasal 5 Peraturan Bupati Contoh Nomor 3 Tahun 2010 dicabut.",
         [("amends", "perbup/contoh/3/2010")]),
        ("Ketentuan dalam PP Nomor 6 Tahun 1988 sepanjang mengatur pasar dinyatakan tidak berlaku.",
         [("amends", "pp/6/1988")]),
        ("Beberapa ketentuan dalam Peraturan Bupati Contoh Nomor 3 Tahun 2010 diubah sebagai "
         "berikut:", [("amends", "perbup/contoh/3/2010")]),
        ("UU 5/1974 sebagaimana telah diubah dengan UU 6/1980, dicabut.",
         [("revokes", "uu/5/1974")]),
        ("UU 5/1974 tentang Penetapan UU 6/1970 menjadi tetap, dicabut.",
         [("revokes", "uu/5/1974")]),
        ("Pada saat ini:\n\na. UU 5/1974 (LN 1);\n\nb. Pasal 7 UU 6/1980; dan\n\nc. UU 8/1990 "
         "sepanjang mengatur pasar,\n\ndicabut.",
         [("revokes", "uu/5/1974"), ("amends", "uu/6/1980"), ("amends", "uu/8/1990")]),
        ("Pada saat ini, ketentuan yang mengatur pasar dalam:\n\na. UU 5/1974 (LN 1); dan\n\n"
         "b. UU 6/1980 (LN 2),\n\ndicabut.", [("amends", "uu/5/1974"), ("amends", "uu/6/1980")]),
        ("Peraturan Bupati Nomor 3 Tahun 2010 tentang Perubahan atas Peraturan Bupati Nomor 2 "
         "Tahun 2009 tentang Kios (BD 3), dicabut.", [("revokes", "perbup/contoh/3/2010")]),
    ],
)  # fmt: skip
def test_what_is_done_to_others(clause: str, expected: list[tuple[str, str]]) -> None:
    assert links(ENACTED + clause) == expected


@pytest.mark.parametrize(
    "clause",
    [
        "Izin berdasarkan PP 6/1988 dapat dicabut.",
        "Hak pedagang dicabut berdasarkan Peraturan Bupati Nomor 3 Tahun 2010.",
        "PP Nomor 6 Tahun 1988 tetap berlaku sampai dicabut.",
        "PP Nomor 6 Tahun 1988 tidak dicabut.",
        "PP Nomor 6 Tahun 1988 yang telah dicabut dengan UU 5/1999 tidak dipakai.",
        "Dalam hal PP Nomor 6 Tahun 1988 dicabut, Bupati melapor.",
        "Ketentuan ini tidak berlaku bagi pasar menurut PP 6/1988.",
        "Semua peraturan pelaksanaan UU 5/1974 dinyatakan tetap berlaku.",
        "Bupati dapat mencabut Keputusan Bupati Nomor 12 Tahun 2015.",
        "Tarif sebagaimana dimaksud dalam UU 28/2009 sebagaimana telah diubah dengan UU 1/2022.",
    ],
)
def test_what_is_not_done(clause: str) -> None:
    assert links(ENACTED + clause) == []


def test_the_title_says_what_it_amends_or_revokes() -> None:
    title = "PERATURAN BUPATI CONTOH NOMOR 9 TAHUN 2020 TENTANG {} PERATURAN BUPATI CONTOH NOMOR 3 "
    title += "TAHUN 2010 TENTANG KIOS\n\nMenimbang: bahwa perlu.\n\n"
    target = "perbup/contoh/3/2010"
    assert links(title.format("PERUBAHAN KEDUA ATAS")) == [("amends", target)]
    assert links(title.format("PENCABUTAN")) == [("revokes", target)]
    text = title.format("PERUBAHAN ATAS")
    (link,) = find_links(text, OWN)
    assert text[link.start : link.end].startswith("PERUBAHAN ATAS PERATURAN BUPATI")


def test_a_title_that_names_the_title_of_another_amends_nothing() -> None:
    title = "PERATURAN BUPATI CONTOH NOMOR 9 TAHUN 2020 TENTANG PELAKSANAAN PERATURAN BUPATI "
    title += "CONTOH NOMOR 3 TAHUN 2010 TENTANG PERUBAHAN ATAS PERATURAN BUPATI CONTOH NOMOR 2 "
    assert links(title + "TAHUN 2009\n\nMenimbang: bahwa perlu.") == []


def test_what_the_preamble_says_of_others_is_no_link() -> None:
    text = HEAD + "Mengingat: UU 23/2014 sebagaimana telah beberapa kali diubah terakhir dengan "
    assert links(text + "UU 9/2015;\n\nMEMUTUSKAN:\n\nPasal 1\n\nPasar buka.") == []
    assert links(HEAD + "bahwa PP 6/1988 dicabut;\n\nMEMUTUSKAN:\n\nPasal 1\n\nPasar buka.") == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Peraturan Bupati ini telah dicabut dengan Perbup Contoh 2/2024.", "revoked_by"),
        ("Status: Diubah dengan Perbup Contoh 2/2024", "amended_by"),
        ("Dicabut dengan Perbup Contoh Nomor 2 Tahun 2024", "revoked_by"),
    ],
)
def test_what_was_done_to_itself(line: str, expected: str) -> None:
    assert links(ENACTED + "Pasar buka.\n\n" + line) == [(expected, "perbup/contoh/2/2024")]


def test_only_a_regulation_links() -> None:
    assert find_links("Pada saat berlaku, PP 6/1988 dicabut.", None) == ()


@pytest.mark.parametrize(
    "text",
    ["PP 6/1988 dicabut " * 8_000, "Pada saat " * 40_000 + "dicabut", "mencabut " * 40_000,
     "MEMUTUSKAN " + "PP 6/1988, " * 15_000, "ini telah " * 40_000, "dicabut" + " " * 200_000,
     "MEMUTUSKAN " + ("PP 6/1988 tentang " + "a " * 50) * 1_000 + "dicabut"],
)  # fmt: skip
def test_hostile_texts_take_no_time(text: str) -> None:
    started = time.perf_counter()
    find_links(text, OWN)
    assert time.perf_counter() - started < 6


def test_a_quote_from_a_long_list_holds_the_verb() -> None:
    items = "".join(
        f"{letter}. Peraturan Bupati Contoh Nomor {n} Tahun 2010 tentang Kios dan Los di Pasar "
        f"Desa serta Tata Cara Pemungutannya (Berita Daerah Tahun 2010 Nomor {n});\n"
        for n, letter in enumerate("abcdefgh", 20)
    )
    text = f"{ENACTED}Pada saat Peraturan Bupati ini mulai berlaku:\n{items}dicabut."
    found = find_links(text, OWN)
    assert len(found) == 8
    assert {text[link.start : link.end][-8:] for link in found} == {"\ndicabut"}
