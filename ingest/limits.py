"""What one file may cost before its reading is refused or stopped."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.errors import FileTooLarge

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps for one file. A message about a cap names the setting ``INGEST_<FIELD>``."""

    bytes_max: int = 100 * MIB
    """Size of the file itself."""
    unpacked_bytes_max: int = 400 * MIB
    """Declared size of everything inside a ZIP container (DOCX, XLSX, EPUB, ZIP)."""
    pages_max: int = 3_000
    """Pages of a PDF, slides, or sheets of a workbook."""
    rows_max: int = 200_000
    """Rows of a table or workbook; what is over is cut, with a warning."""
    chars_max: int = 20_000_000
    """Characters of text; what is over is cut, with a warning."""
    nesting_max: int = 2
    """How deep documents inside documents (ZIP, e-mail) are followed."""
    ocr: bool = True
    """Whether page images without text are read by OCR (slow: seconds a page)."""
    ocr_engine: str = "rapidocr"
    """What reads page images: ``"rapidocr"``, or ``"tesseract"`` where it is installed."""
    tesseract: str = ""
    """Tesseract's program; empty: looked for on PATH."""
    tesseract_languages: str = ""
    """What it reads, as ``"ind+eng"``; found out by `ingest.tesseract.with_tesseract`."""
    ocr_page_s: float = 20.0
    """What each page that OCR read adds to ``timeout_s``."""
    ocr_total_s: float = 3_600.0
    """The most that OCR adds to ``timeout_s``."""
    image_pixels_max: int = 60_000_000
    """Pixels of a photo or scan, before it is unpacked."""
    allow_private_urls: bool = False
    """Whether pages of the own network (``http://intranet``) are fetched."""
    soffice: str = ""
    """LibreOffice's program, for .doc and .ppt; empty: looked for on PATH."""
    timeout_s: float = 300.0
    memory_mb: int = 1_024
    """Resident memory of the reading process."""

    def ocr_allowance_s(self, pages: int) -> float:
        """What OCR of so many pages adds to ``timeout_s``."""
        return min(pages * self.ocr_page_s, self.ocr_total_s)

    def check_bytes(self, size: int) -> None:
        """Refuse a file of more bytes than it may have.

        Raises:
            FileTooLarge
        """
        if size > self.bytes_max:
            raise FileTooLarge(
                what="MB",
                found=f"{size / MIB:.0f}",
                limit=f"{self.bytes_max / MIB:.0f}",
                setting="INGEST_BYTES_MAX",
            )

    def check_pages(self, count: int, what: str) -> None:
        """Refuse a document of more pages (slides, sheets) than it may have.

        Raises:
            FileTooLarge
        """
        if count > self.pages_max:
            raise FileTooLarge(
                what=what, found=count, limit=self.pages_max, setting="INGEST_PAGES_MAX"
            )
