"""Kind, publisher, regions, people and regulation, as documents of each kind show them."""

from __future__ import annotations

import pytest

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.describe import Description, describe
from tests.linear_time import fastest_seconds

RUNNING = (
    "Rapat itu dihadiri oleh para camat dan lurah. Mereka membahas rencana kerja tahun depan "
    "serta anggaran yang akan diajukan kepada dewan."
)


def described(
    *texts: str,
    media_type: str = "text/plain",
    title: str | None = None,
    publisher: str | None = None,
) -> Description:
    """Of a document with these blocks; "# " before a text makes it a heading."""
    blocks = tuple(
        Block(BlockKind.HEADING, text[2:], level=1)
        if text.startswith("# ")
        else Block(BlockKind.PARAGRAPH, text)
        for text in texts
    )
    text = "\n\n".join(block.text for block in blocks)
    return describe(ParsedDocument(media_type, blocks, title, publisher=publisher), text, "berkas")


@pytest.mark.parametrize(
    ("texts", "media_type", "kind"),
    [
        (["# Jembatan Dibuka", f"Jember – {RUNNING}"], "text/plain", "news"),
        (["# Jembatan Dibuka", f"JEMBER, KABARKITA.com - {RUNNING}"], "text/html", "news"),
        (["# Jembatan Dibuka", "3 Mei 2021", RUNNING], "text/markdown", "news"),
        (["# Jembatan Dibuka", "“Kami senang,” kata Ani. “Ini baru,” ujarnya, Senin (3/5/2021)."],
         "text/html", "news"),
        (["# Rencana Strategis 2021-2026", RUNNING], "application/pdf", "plan"),
        (["# PEMERINTAH KABUPATEN JEMBER", "RKPD KABUPATEN JEMBER", RUNNING], "application/pdf",
         "plan"),
        (["# Laporan Kinerja Instansi Pemerintah", RUNNING], "application/pdf", "report"),
        (["# Annual Report 2023", RUNNING], "application/pdf", "report"),
        (["PERATURAN BUPATI JEMBER", "NOMOR 7 TAHUN 2021", "TENTANG", "RENCANA KERJA DAERAH"],
         "application/pdf", "regulation"),
        (["SURAT EDARAN", "NOMOR 3 TAHUN 2021", "TENTANG", "LIBUR"], "application/pdf", "letter"),
        (["Nomor : 005/12", "Sifat : Penting", "Lampiran : -", "Hal : Undangan",
          "Yth. Para Camat", RUNNING], "application/pdf", "letter"),
        (["# Visi dan Misi", RUNNING], "text/html", "web_page"),
        (["# Paket", "Satu", "Dua"], "text/csv", "table"),
        (["# Catatan", RUNNING], "text/plain", "other"),
        # Words alone do not make a plan of a text that speaks of one.
        (["# Catatan", f"Rencana kerja dibahas. {RUNNING}"], "text/plain", "other"),
    ],
)  # fmt: skip
def test_kind(texts: list[str], media_type: str, kind: str) -> None:
    assert described(*texts, media_type=media_type).kind == kind


def test_a_document_of_rows_is_a_table() -> None:
    rows = tuple(Block(BlockKind.TABLE_ROW, f"{at} | Paket") for at in range(20))
    document = ParsedDocument("application/pdf", (Block(BlockKind.HEADING, "Daftar"), *rows))
    assert describe(document, "", "berkas").kind == "table"


@pytest.mark.parametrize(
    ("texts", "declared", "publisher"),
    [
        (["# Judul", RUNNING], {"publisher": "Kabar Kita"}, "Kabar Kita"),
        (["# Jembatan Dibuka", RUNNING], {"title": "Jembatan Dibuka - Kabar Kita"}, "Kabar Kita"),
        (["# Judul", f"JEMBER, KABARKITA.com - {RUNNING}"], {}, "KABARKITA.com"),
        (["# Judul", f"Jember (kabarkita.co.id) – {RUNNING}"], {}, "kabarkita.co.id"),
        (["PERATURAN BUPATI JEMBER", "NOMOR 7 TAHUN 2021", "TENTANG", "PASAR"], {},
         "Bupati Jember"),
        (["PERATURAN DAERAH KOTA MADIUN", "NOMOR 7 TAHUN 2021", "TENTANG", "PASAR"], {},
         "Pemerintah Kota Madiun"),
        (["UNDANG-UNDANG REPUBLIK INDONESIA", "NOMOR 7 TAHUN 2021", "TENTANG", "PASAR"], {},
         "Presiden Republik Indonesia"),
        (["DINAS PASAR DAN NIAGA KABUPATEN JEMBER DAFTAR INFORMASI", RUNNING], {},
         "Dinas Pasar dan Niaga Kabupaten Jember"),
        (["# Judul", "Laporan (BPS) terbit.", RUNNING], {}, None),
        # A site that is only spoken of is not the publisher.
        (["# Judul", "3 Mei 2021", f"Sumber: contoh.com. {RUNNING}"], {}, None),
    ],
)  # fmt: skip
def test_publisher(texts: list[str], declared: dict[str, str], publisher: str | None) -> None:
    assert described(*texts, **declared).publisher == publisher


def test_signatories_of_a_regulation() -> None:
    about = described(
        "PERATURAN BUPATI JEMBER",
        "NOMOR 7 TAHUN 2021",
        "TENTANG",
        "PASAR",
        "Bupati Lumajang Bersama Dewan menyetujui.",
        "Ditetapkan di Jember\npada tanggal 3 Mei 2O21\nBUPATI JEMBER,\nttd\nANI BUDIMAN, SH",
        "Diundangkan di Jember\nSEKRETARIS DAERAH KABUPATEN JEMBER,\nttd.\nCITRA DEWI, S.H.",
        "MENTERI PASAR,\nttd.\nPENJELASAN ATAS PERATURAN",
    )
    assert [(person.name, person.office) for person in about.people] == [
        ("Ani Budiman, SH", "Bupati Jember"),
        ("Citra Dewi, S.H.", "Sekretaris Daerah Kabupaten Jember"),
    ]
    assert about.date == "2021-05-03"
    assert about.regulation == "perbup/jember/7/2021"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Rapat dibuka Bupati Jember Ani Budiman di aula.", [("Ani Budiman", "Bupati Jember")]),
        ("Rapat dibuka Wakil Wali Kota Madiun, dr. Ani B. Utami, kemarin.",
         [("dr. Ani B. Utami", "Wakil Wali Kota Madiun")]),
        ("Bupati Morowali Utara (Morut) Sulawesi Tengah, Ani Budiman, datang.",
         [("Ani Budiman", "Bupati Morowali Utara")]),
        ("Ani Budiman, Bupati Jember, datang.", [("Ani Budiman", "Bupati Jember")]),
        ("Kepala Dinas Pasar dan Niaga Kabupaten Jember, Ani Budiman, datang.",
         [("Ani Budiman", "Kepala Dinas Pasar dan Niaga Kabupaten Jember")]),
        # The longer form of a name stands for the shorter.
        ("Bupati Jember Ani datang. Bupati Jember Ani Budiman bicara.",
         [("Ani Budiman", "Bupati Jember")]),
        ("Bupati Jember Senin (3/5) datang ke Kabupaten Lumajang.", []),
        ("Bupati Jember meresmikan pasar.", []),
    ],
)  # fmt: skip
def test_people(text: str, people: list[tuple[str, str]]) -> None:
    about = described("# Judul", text)
    assert [(person.name, person.office) for person in about.people] == people


def test_regions_are_ranked_and_few() -> None:
    about = described(
        "# Jember Belajar ke Kota Madiun",
        "SURABAYA - Rombongan Pemkab Jember datang.",
        *["Kabupaten Jember maju."] * 20,
        "Kabupaten Ngawi pernah datang.",
    )
    assert [region.name for region in about.regions] == ["Kabupaten Jember", "Kota Madiun"]


def test_a_list_of_all_regions_speaks_of_none() -> None:
    from docs_store.region_names import all_regions

    names = [f"{named.region.name} 10" for named in all_regions()]
    assert described("# Rincian Dana", RUNNING * 20, *names).regions == ()
    about = described("# Rincian Dana untuk Kabupaten Jember", RUNNING * 20, *names)
    assert [region.code for region in about.regions] == ["35.09"]


def test_a_regulation_speaks_of_the_regions_in_its_title() -> None:
    law = ["UNDANG-UNDANG REPUBLIK INDONESIA", "NOMOR 7 TAHUN 2021", "TENTANG"]
    assert described(*law, "PASAR", "DENGAN RAHMAT", "Kabupaten Jember").regions == ()
    about = described(*law, "PEMBENTUKAN KABUPATEN SIGI DI PROVINSI SULAWESI TENGAH")
    assert [region.code for region in about.regions] == ["72.10", "72"]


def test_two_of_one_name() -> None:
    about = described("# Malang Berbenah", "Pemkab Malang bekerja.", "Kabupaten Malang maju.")
    assert [region.code for region in about.regions] == ["35.07"]


@pytest.mark.parametrize(
    "unit",
    [
        "Bupati Jember, ",
        "KEPALA DINAS ",
        "dr. ",
        "A ",
        "Presiden ",
        "kata ",
        "BUPATI\n",
        "Jember – ",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def seconds(characters: int) -> float:
        text = unit * (characters // len(unit))
        return fastest_seconds(lambda: described(text))

    seconds(1_000)
    assert seconds(160_000) < 10 * seconds(40_000) + 0.2
