"""Files through the child process: what a format can do, and what each bad file is told.

What must come out of one sample of each format stands in tests/flows/test_every_format.py.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from ingest.blocks import BlockKind, ParsedDocument
from ingest.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    IngestError,
    NoText,
    ScannedPdf,
    UnsupportedFormat,
)
from ingest.limits import MIB, Limits
from ingest.sandbox import ParserProcess
from tests.sample_files import samples as s
from tests.sample_files.every_format import DOCX, HTML, LAW_PDF, MAIL, RTF


@pytest.fixture(scope="module")
def process() -> Iterator[ParserProcess]:
    with ParserProcess(Limits(timeout_s=60)) as running:
        yield running


def _one(document: ParsedDocument, text: str) -> int:
    (index,) = [i for i, block in enumerate(document.blocks) if block.text == text]
    return index


def test_html_says_title_date_language_and_headers(process: ParserProcess) -> None:
    document = process.parse_bytes(HTML, "berita.html")
    assert (document.title, document.date, document.language) == (
        "Berita - Situs",
        "2022-01-27",
        "id",
    )
    row = document.blocks[_one(document, "2021 | 12")]
    assert (row.kind, row.header) == (BlockKind.TABLE_ROW, ("Tahun", "Jumlah"))


def test_deeply_nested_html_keeps_its_text(process: ParserProcess) -> None:
    page = b"<html><body>" + b"<div>" * 3000 + b"dasar" + b"</div>" * 3000
    assert process.parse_bytes(page, "dalam.html").blocks[-1].text == "dasar"


def test_pdf_keeps_pages_headings_and_drops_page_numbers(process: ParserProcess) -> None:
    document = process.parse_bytes(LAW_PDF, "aturan.pdf")
    pasal = [block for block in document.blocks if block.text == "Pasal 7"]
    assert [(block.page, block.kind, block.level) for block in pasal] == [
        (1, BlockKind.HEADING, 4),
        (2, BlockKind.HEADING, 4),
        (3, BlockKind.HEADING, 4),
    ]
    assert not [block for block in document.blocks if block.text.isdigit()]
    assert document.page_count == 3


def test_hidden_text_is_left_out_and_counted(process: ParserProcess) -> None:
    document = process.parse_bytes(s.pdf_with_hidden_text(), "tersembunyi.pdf")
    assert [b.text for b in document.blocks] == ["Kalimat yang terlihat.", "Judul di atas biru."]
    hidden = "Putih di atas putih.Tembus pandang.Tidak dilukis.".replace(" ", "")
    assert document.warnings[0].startswith(f"{len(hidden)} karakter tersembunyi")


def test_a_garbled_text_layer_is_told_page_by_page() -> None:
    line = "Pemerintah daerah menyusun rencana kerja tahunan bersama masyarakat desa."
    shifted = "".join(chr(ord(c) + 3) if c.isalpha() else c for c in line)
    pages = [s.lines(72, 100, [text] * 6) for text in (line, shifted)]
    with ParserProcess(Limits(ocr=False)) as process:
        document = process.parse_bytes(s.pdf(pages), "kacau.pdf")
    assert document.page_methods == ("text", "bad text")
    assert "INGEST_OCR=1" in document.warnings[0]
    assert " 2 " in document.warnings[0]


def test_pages_that_are_all_alike_keep_their_text(process: ParserProcess) -> None:
    document = process.parse_bytes(s.pdf([[(72, 60, "Undangan rapat desa")]] * 4), "sama.pdf")
    assert [block.text for block in document.blocks] == ["Undangan rapat desa"] * 4


def test_line_boxes_stand_where_the_text_is(process: ParserProcess) -> None:
    document = process.parse_bytes(s.pdf([[(297.5, 421, "tengah")]]), "satu.pdf")
    (line,) = document.blocks[0].lines
    assert line.left == pytest.approx(0.5, abs=0.01)
    assert line.top < 0.5 < line.bottom + 0.01


def test_pdf_with_some_scanned_pages_is_read_with_a_warning(process: ParserProcess) -> None:
    document = process.parse_bytes(s.scanned_pdf(2, "Halaman dengan teks."), "campur.pdf")
    assert document.blocks[-1].page == 3
    assert document.page_methods == ("none", "none", "text")
    assert "1-2" in document.warnings[0]


def test_scan_says_how_to_read_it_where_ocr_is_off() -> None:
    with (
        ParserProcess(Limits(ocr=False)) as process,
        pytest.raises(ScannedPdf, match=r"INGEST_OCR=1.*INGEST_OCR=1"),
    ):
        process.parse_bytes(s.scanned_pdf(2), "pindai.pdf")


def test_a_scan_without_writing_does_not_ask_for_the_ocr_it_had(process: ParserProcess) -> None:
    with pytest.raises(NoText):
        process.parse_bytes(s.scanned_pdf(2), "kosong.pdf")


def test_a_picture_over_its_pixels_is_refused_by_the_setting_that_raises_it() -> None:
    with (
        ParserProcess(Limits(image_pixels_max=1_000)) as process,
        pytest.raises(FileTooLarge, match="INGEST_IMAGE_PIXELS_MAX"),
    ):
        process.parse_bytes(s.photo("Rapat"), "foto.png")


BOMB = s.zipped({"word/document.xml": b" " * (450 * MIB)})

BAD = [
    ("kosong.txt", b"", EmptyFile),
    ("spasi.txt", b" \n\t\n", EmptyFile),
    ("acak.txt", bytes(range(256)) * 40, UnsupportedFormat),
    ("acak.docx", bytes(range(256)) * 40, DamagedFile),
    ("terpotong.docx", DOCX[: len(DOCX) // 2], DamagedFile),
    ("bukan.pdf", b"<html><body>Halaman tidak ditemukan</body></html>", DamagedFile),
    ("rusak.pdf", b"%PDF-1.7\nrusak sekali", DamagedFile),
    ("kunci.pdf", s.pdf([[(72, 72, "rahasia")]], encrypt="sandi"), EncryptedFile),
    (
        "kunci.ods",
        s.zipped(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>",
                "content.xml": b"\x00\x01",
            }
        ),
        EncryptedFile,
    ),
    ("hampa.docx", s.docx(""), NoText),
    ("bom.docx", BOMB, FileTooLarge),
    ("data.json", b'{"a": [1, 2]}', UnsupportedFormat),
    ("program.txt", b"\x7fELF\x02\x01\x01" + b"\x00" * 100, UnsupportedFormat),
]


@pytest.mark.parametrize(("name", "data", "error"), BAD, ids=[bad[0] for bad in BAD])
def test_bad_file_has_its_own_error(
    process: ParserProcess, name: str, data: bytes, error: type[IngestError]
) -> None:
    with pytest.raises(error) as caught:
        process.parse_bytes(data, name)
    assert "\n" not in str(caught.value)
    assert " / " in str(caught.value)


def test_entities_are_not_expanded(process: ParserProcess, tmp_path: Path) -> None:
    secret = tmp_path / "rahasia"
    secret.write_text("tidak boleh keluar")
    document = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document {s.W}><w:body><w:p><w:r>'
        "<w:t>awal &x; akhir</w:t></w:r></w:p></w:body></w:document>"
    )
    data = s.zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": document.encode()})
    assert "boleh" not in process.parse_bytes(data, "entitas.docx").blocks[0].text


def test_two_hundred_megabytes_are_refused_unread(process: ParserProcess, tmp_path: Path) -> None:
    path = tmp_path / "besar.pdf"
    with path.open("wb") as file:
        file.truncate(200 * MIB)
    with pytest.raises(FileTooLarge, match="INGEST_BYTES_MAX"):
        process.parse(path)


def test_text_over_the_cap_is_cut_with_a_warning() -> None:
    with ParserProcess(Limits(chars_max=1000)) as process:
        document = process.parse_bytes(b"Satu kalimat pendek.\n\n" * 200, "panjang.txt")
    assert sum(len(block.text) for block in document.blocks) <= 1000
    assert "INGEST_CHARS_MAX" in document.warnings[0]


def test_spreadsheet_rows_carry_headers_and_indonesian_figures(process: ParserProcess) -> None:
    sheet = "Daftar Paket\n;;\nKode;Paket;Nilai\n65341484;Air;313500\n7;Jalan;2,5\n"
    document = process.parse_bytes(sheet.encode(), "paket.csv")
    row = document.blocks[_one(document, "65341484 | Air | 313500")]
    assert row.header == ("Kode", "Paket", "Nilai")
    assert document.blocks[0].text == "Daftar Paket"


def test_rtf_says_its_title_and_rows_carry_headers(process: ParserProcess) -> None:
    document = process.parse_bytes(RTF, "surat.txt")  # the name may lie
    assert document.title == "Rencana Desa"
    assert document.blocks[_one(document, "Air | 5")].header == ("Nama", "Nilai")


def test_photo_is_read_with_its_confidence(process: ParserProcess) -> None:
    document = process.parse_bytes(s.photo("Rapat Kerja 2026"), "foto.png")
    (block,) = document.blocks
    assert block.text == "Rapat Kerja 2026"
    assert block.confidence is not None
    assert 0.5 < block.confidence <= 1
    assert block.lines


@pytest.mark.data
def test_award_decree_rows_by_ocr(shared_data: Path) -> None:
    folder = shared_data / "governance" / "scan-iga2025-kepmendagri"
    with ParserProcess() as process:
        document = process.parse(next(folder.glob("*.pdf")))
    rows = [block.text for block in document.blocks if block.kind == BlockKind.TABLE_ROW]
    gold = [line.split(",") for line in (folder / "gold_table.csv").read_text().splitlines()[1:]]
    missing = [
        (region, score)
        for _, _, region, score in gold
        if not any(region in row and score.replace(".", ",") in row for row in rows)
    ]
    assert missing == []


@pytest.mark.data
def test_every_pasal_of_the_perbup_is_a_heading(process: ParserProcess, shared_data: Path) -> None:
    folder = shared_data / "governance" / "banyuwangi-diskominfo"
    document = process.parse(folder / "PERBUP_NO_19_Pedoman_PPID.pdf")
    found = [b.text for b in document.blocks if b.kind == BlockKind.HEADING and b.level == 4]
    assert found == [f"Pasal {number}" for number in range(1, 26)]


def test_email_with_its_attachment(process: ParserProcess) -> None:
    document = process.parse_bytes(MAIL, "undangan.eml")
    texts = [block.text for block in document.blocks]
    assert (document.title, document.date) == ("Undangan rapat", "2026-01-05")
    assert texts[-3:] == ["Rapat dimulai pukul sembilan.", "lampiran.txt", "Isi lampiran."]


def test_archive_holds_documents_and_names_what_it_could_not_read(process: ParserProcess) -> None:
    archive = s.zipped({"a/surat.txt": b"Isi surat.", "rusak.pdf": b"%PDF-1.4 x", "b.docx": DOCX})
    document = process.parse_bytes(archive, "kiriman.zip")
    texts = [block.text for block in document.blocks]
    assert texts[:2] == ["surat.txt", "Isi surat."]
    assert "Rencana Kerja" in texts
    assert [w for w in document.warnings if w.startswith("rusak.pdf: ")]


def test_archives_in_archives_end(process: ParserProcess) -> None:
    data = s.zipped({"isi.txt": b"Paling dalam."})
    for _ in range(6):
        data = s.zipped({"lagi.zip": data})
    with pytest.raises(NoText):
        process.parse_bytes(data, "boneka.zip")


def test_html_says_author_and_publisher(process: ParserProcess) -> None:
    page = (
        '<html lang="id"><head><meta name="author" content="Rina Contoh">'
        '<meta property="og:site_name" content="Warta Rimba"></head><body><p>Isi berita.</p></body>'
    )
    document = process.parse_bytes(page.encode(), "berita.html")
    assert (document.author, document.publisher) == ("Rina Contoh", "Warta Rimba")
    assert document.language == "id"
    profile = page.replace("Rina Contoh", "https://contoh.id/rina")
    assert process.parse_bytes(profile.encode(), "berita.html").author is None


def test_office_files_of_old_zip_programs_are_read(process: ParserProcess) -> None:
    archive = zipfile.ZipFile(io.BytesIO(s.docx(s.paragraph("Rapat desa dibuka."))))
    parts = {name: archive.read(name) for name in archive.namelist()}
    parts["[Content_Types].xml"] = (
        b'<Types><Override PartName="/dokumen.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    backslashes = {name.replace("/", "\\"): part for name, part in parts.items()}
    elsewhere = {
        name.replace("word/", "").replace("document.xml", "dokumen.xml"): part.replace(
            b"word/document.xml", b"dokumen.xml"
        )
        for name, part in parts.items()
    }
    for files in (backslashes, elsewhere):
        document = process.parse_bytes(s.zipped(files), "a.docx")
        assert [block.text for block in document.blocks] == ["Rapat desa dibuka."]


@pytest.mark.parametrize("size", [(1, 1), (4, 4), (1, 600), (2_000, 3)])
def test_a_tiny_picture_has_no_text(process: ParserProcess, size: tuple[int, int]) -> None:
    file = io.BytesIO()
    Image.new("RGB", size, "white").save(file, "PNG")
    with pytest.raises(NoText):
        process.parse_bytes(file.getvalue(), "a.png")
