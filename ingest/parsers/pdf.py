"""PDF with a text layer, read with PDFium."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.blocks import PageMeasures, ParsedDocument
from ingest.errors import DamagedFile, EncryptedFile, NoText, ScannedPdf
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.ocr_time import OcrTime
from ingest.page_ranges import page_ranges
from ingest.parsers.clean_text import clean_line
from ingest.parsers.glued_words import unglued
from ingest.parsers.page_text import PageText
from ingest.parsers.pdf_layout import reading_order
from ingest.parsers.pdf_margins import drop_running
from ingest.parsers.pdf_page import read_page
from ingest.parsers.pdf_paragraphs import Paragraphs
from ingest.parsers.text_quality import measure, worth

_SIDE_MAX = 4_000
# Titles that a program wrote in for the author.
_NO_TITLE = re.compile(r"(?:microsoft word|untitled|document\d*|layout \d)\b|.*\.\w{3,4}$", re.I)


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A PDF.

    Raises:
        DamagedFile, EncryptedFile, FileTooLarge (pages), ScannedPdf, NoText, NeedsTesseract
    """
    del name
    document = _open(data)
    try:
        count = len(document)
        limits.check_pages(count, "halaman / pages")
        pages: list[PageText] = []
        time = OcrTime(limits)
        broken: list[int] = []
        bad: list[int] = []
        late: list[int] = []
        measures: list[PageMeasures] = []
        for index in range(count):
            try:
                page = read_page(document, index)
                found = measure(page)
                measures.append(found)
                recognised = None
                if found.layer != "good" and limits.ocr:
                    if time.is_left():
                        recognised = _recognised(document, index, found, limits)
                        time.page_read()
                    else:
                        late.append(index + 1)
                pages.append(recognised or page)
                if found.layer == "bad" and recognised is None:
                    bad.append(index + 1)
            except pdfium.PdfiumError:
                broken.append(index + 1)
        labels = tuple(clean_line(document.get_page_label(index) or "") for index in range(count))
        title = clean_line(document.get_metadata_value("Title"))
    finally:
        document.close()
    pages = unglued(pages)
    lines = drop_running(pages, [reading_order(page) for page in pages])
    blocks = Paragraphs(pages, lines).blocks()
    if not blocks:
        if any(page.images for page in pages) and not limits.ocr:
            raise ScannedPdf(pages=count)
        if broken and not pages:
            raise DamagedFile(kind="PDF", why="halamannya tidak terbaca / unreadable pages")
        raise NoText(kind="PDF")
    return ParsedDocument(
        TYPES["pdf"].media_type,
        tuple(blocks),
        title=None if not title or _NO_TITLE.match(title) else title,
        page_count=count,
        page_labels=labels if any(labels) else (),
        page_methods=_methods(pages, count, bad),
        page_measures=tuple(measures),
        warnings=(
            *_unread_warnings(pages, bad, late, time.setting if limits.ocr else None),
            *_warnings(pages, broken),
        ),
    )


def _recognised(
    document: pdfium.PdfDocument, index: int, layer: PageMeasures, limits: Limits
) -> PageText | None:
    """A page by OCR, or None where it is blank, read no better, or OCR is not installed.

    ``layer`` is what the page's own text is worth.
    """
    from ingest.parsers.ocr import DPI, reader

    engine = reader(limits)
    if engine is None:
        return None
    page = document[index]
    try:
        scale = min(DPI / 72, _SIDE_MAX / max(*page.get_size(), 1))
        image = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]
    finally:
        page.close()
    from ingest.parsers.image import ocr_page

    found = ocr_page(image, index + 1, scale * 72, engine)
    if not found.pieces or (layer.layer == "bad" and worth(layer) > worth(measure(found))):
        return None
    return found


def _methods(pages: list[PageText], count: int, bad: list[int]) -> tuple[str, ...]:
    """How each page was read: ``"text"``, ``"bad text"``, ``"ocr"`` or ``"none"``."""
    methods = ["none"] * count
    for page in pages:
        if page.pieces:
            by_ocr = page.pieces[0].confidence is not None
            methods[page.number - 1] = "ocr" if by_ocr else "text"
    for number in bad:
        methods[number - 1] = "bad text"
    return tuple(methods)


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        len(document)
    except pdfium.PdfiumError as error:
        code = pdfium_c.FPDF_GetLastError()
        if code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY) or "assword" in str(
            error
        ):
            raise EncryptedFile from error
        raise DamagedFile(kind="PDF", why=str(error)[:100]) from error
    return document


def _unread_warnings(
    pages: list[PageText], bad: list[int], late: list[int], setting: str | None
) -> list[str]:
    """On pages that OCR did not make readable; ``setting`` gives it time, None: it is off."""
    found = []
    if late:
        listed = page_ranges(late)
        found.append(
            f"Halaman {listed} belum dibaca dengan OCR: waktu habis; naikkan {setting}. / "
            f"Pages {listed} were not read by OCR: out of time; raise {setting}."
        )
    garbled = [number for number in bad if number not in late]
    if garbled:
        listed = page_ranges(garbled)
        mend_id, mend_en = (
            ("setel INGEST_OCR=1 agar dibaca dengan OCR", "set INGEST_OCR=1 to read them by OCR")
            if setting is None
            else ("OCR tidak lebih baik; periksa kutipannya", "OCR was no better; check the quotes")
        )
        found.append(
            f"Lapisan teks halaman {listed} kacau (font tanpa peta huruf); {mend_id}. / "
            f"The text layer of pages {listed} is garbled (fonts without a character map); "
            f"{mend_en}."
        )
    scans = [
        page.number for page in pages if not page.pieces and page.images and page.number not in late
    ]
    if scans:
        listed = page_ranges(scans)
        why_id, why_en = (
            ("; setel INGEST_OCR=1 agar dibaca", "; set INGEST_OCR=1 to read them")
            if setting is None
            else (": OCR tidak menemukan tulisan", ": OCR found no writing")
        )
        found.append(
            f"Halaman {listed} hanya gambar tanpa lapisan teks dan tidak terbaca{why_id}. / "
            f"Pages {listed} are images without a text layer and were not read{why_en}."
        )
    return found


def _warnings(pages: list[PageText], broken: list[int]) -> list[str]:
    found = []
    read = [page.number for page in pages if page.pieces and page.pieces[0].confidence is not None]
    if read:
        listed = page_ranges(read)
        found.append(
            f"Hasil pindai: halaman {listed} dibaca dengan OCR; periksa kutipannya. / "
            f"A scan: pages {listed} were read by OCR; check their quotes."
        )
    if broken:
        listed = page_ranges(broken)
        found.append(f"Halaman {listed} rusak. / Pages {listed} are damaged.")
    hidden = sum(page.hidden for page in pages)
    if hidden:
        found.append(
            f"{hidden} karakter tersembunyi (putih di atas putih, atau tak terlihat) diabaikan. / "
            f"{hidden} hidden characters (white on white, or invisible) were left out."
        )
    outside = sum(page.outside for page in pages)
    if outside:
        found.append(
            f"{outside} karakter di luar tepi halaman diabaikan. / "
            f"{outside} characters beyond the page's edges were left out."
        )
    return found
