"""Title, date and language as documents of each kind show them."""

from __future__ import annotations

import pytest

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.describe import describe
from ingest.sandbox import ParserProcess


def blocks(*texts: str) -> tuple[Block, ...]:
    """A text with "# " before it is a heading of level 1, "## " of level 2."""
    return tuple(
        Block(BlockKind.HEADING, text.lstrip("# "), level=text.count("#"))
        if text.startswith("#")
        else Block(BlockKind.PARAGRAPH, text)
        for text in texts
    )


def described(*texts: str, title: str | None = None, date: str | None = None):
    document = ParsedDocument("text/plain", blocks(*texts), title=title, date=date)
    return describe(document, "\n\n".join(texts), "nama-berkas")


PARAGRAPH = (
    "Rapat itu dihadiri oleh para camat dan lurah. Mereka membahas rencana kerja tahun depan "
    "serta anggaran yang akan diajukan kepada dewan pada bulan berikutnya."
)


@pytest.mark.parametrize(
    ("texts", "declared", "title"),
    [
        (["# Kunjungan Kerja Bupati", PARAGRAPH], "Situs Resmi", "Kunjungan Kerja Bupati"),
        ([PARAGRAPH], "Laporan Triwulan", "Laporan Triwulan"),
        ([PARAGRAPH], "Microsoft Word - Rencana Kerja", "Rencana Kerja"),
        ([PARAGRAPH], "Microsoft Word - rencana.docx", "nama-berkas"),
        ([PARAGRAPH], "Document1", "nama-berkas"),
        ([PARAGRAPH], None, "nama-berkas"),
        (["oleh", "Warga Belajar Membatik", PARAGRAPH], None, "Warga Belajar Membatik"),
        (["Oleh: Ani", "Warga Belajar", PARAGRAPH], None, "Warga Belajar"),
        (["# BAB I KETENTUAN UMUM", PARAGRAPH], None, "nama-berkas"),
        ([f"# {PARAGRAPH}", PARAGRAPH], None, "nama-berkas"),
        (["## Tujuan dan Sasaran", "# Tujuan", "Puas.", "# Sasaran"], None, "Tujuan dan Sasaran"),
        (["# SALINAN", "# Laporan Desa"], None, "Laporan Desa"),
    ],
)
def test_title(texts: list[str], declared: str | None, title: str) -> None:
    assert described(*texts, title=declared).title == title


def test_regulation_title_is_put_together_from_its_lines() -> None:
    about = described(
        "BUPATI CONTOH",
        "PERATURAN BUPATI CONTOH",
        "NOMOR 7 TAHUN 2021",
        "TENTANG",
        "TATA CARA\nPEMBERIAN IZIN",
        "DENGAN RAHMAT TUHAN YANG MAHA ESA",
        "BUPATI CONTOH,",
    )
    assert about.title == (
        "PERATURAN BUPATI CONTOH NOMOR 7 TAHUN 2021 TENTANG TATA CARA PEMBERIAN IZIN"
    )
    assert about.date == "2021"


def test_regulation_title_where_the_preamble_is_one_line() -> None:
    about = described(
        "PERATURAN PEMERINTAH CONTOH PERATURAN PEMERINTAH CONTOH NOMOR 3 TAHUN 2009 TENTANG "
        "PERUBAHAN ATAS PERATURAN PEMERINTAH NOMOR 1 TAHUN 2001 TENTANG PASAR Menimbang : a. bahwa "
        "pasar perlu diatur;",
    )
    assert about.title == (
        "PERATURAN PEMERINTAH CONTOH NOMOR 3 TAHUN 2009 TENTANG PERUBAHAN ATAS PERATURAN "
        "PEMERINTAH NOMOR 1 TAHUN 2001 TENTANG PASAR"
    )


def test_spaced_letters_of_a_decree_are_closed_up() -> None:
    about = described("# SALINAN", "# K E P U T U S A N", "# CAMAT CONTOH", "# TENTANG", "# TIM")
    assert about.title == "KEPUTUSAN CAMAT CONTOH TENTANG TIM"


def test_a_sentence_about_a_regulation_is_no_title() -> None:
    line = "Peraturan Bupati ini mulai berlaku pada tanggal diundangkan tentang apa pun."
    assert described("# Ringkasan", line).title == "Ringkasan"


@pytest.mark.parametrize(
    ("texts", "date"),
    [
        (["# Judul", "Kamis, 27 Januari 2022", PARAGRAPH], "2022-01-27"),
        (["# Judul", f"Desa Contoh, 3 Mei 2021 – {PARAGRAPH}"], "2021-05-03"),
        (["# Judul", "Kami senang sekali atas semua itu dan akan kembali lagi, begitu katanya "
          "kepada wartawan, Kamis (27/1/2022)."], "2022-01-27"),
        (["# Judul", "Filing Date: July 25, 2025"], "2025-07-25"),
        # A date that a sentence speaks of is not the document's.
        (["# Sejarah", "Setelah bertahun-tahun menunggu, kantor itu akhirnya dibentuk pada tanggal "
          "30 Oktober 2016 dan bekerja sejak itu."], None),
        (["Keputusan", "Ditetapkan di Contoh\npada tanggal 8 Juni 2020"], "2020-06-08"),
    ],
)  # fmt: skip
def test_date(texts: list[str], date: str | None) -> None:
    assert described(*texts).date == date


def test_declared_date_and_language_count_first() -> None:
    assert described("# Judul", "3 Mei 2021", date="2020-01-02").date == "2020-01-02"
    document = ParsedDocument("text/html", blocks(PARAGRAPH), language="en")
    assert describe(document, PARAGRAPH, "x").language == "en"
    assert described(PARAGRAPH).language == "id"
    assert described("The report was sent to the council by the mayor.").language == "en"


@pytest.mark.data
def test_real_documents(shared_data) -> None:
    folder = shared_data / "governance" / "banyuwangi-diskominfo"
    expected = {
        "SK_PPID.pdf": ("KEPUTUSAN KEPALA DINAS", "2020-06-08"),
        "PERBUP_NO_19_Pedoman_PPID.pdf": ("PERATURAN BUPATI BANYUWANGI NOMOR 19", "2012-06-25"),
        "blade/sejarah.blade.php": ("Sejarah Dinas Kominfo Banyuwangi", None),
        "text/sejarah.txt": ("Sejarah Dinas Kominfo Banyuwangi", None),
        "blade/tujuan-sasaran.blade.php": ("Tujuan dan Sasaran", None),
    }
    with ParserProcess() as process:
        for name, (title, date) in expected.items():
            parsed = process.parse(folder / name)
            text = "\n\n".join(block.text for block in parsed.blocks)
            about = describe(parsed, text, name)
            assert about.title.startswith(title), name
            assert about.date == date, name
