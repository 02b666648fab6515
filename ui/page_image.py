"""One page of a PDF, photo or scan as an image, and where on it a quote stands.

Pure functions over the original file's bytes. PDFium is not thread-safe, so one page is drawn at
a time.
"""

from __future__ import annotations

import io
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docs_store.records import TextBox
from docs_store.sentences import CELL_SEPARATOR

IMAGE_PIXELS_MAX = 100_000_000
"""Of a photo or scan that is drawn: unpacked it takes three bytes a pixel."""
PAGE_WIDTH_PX = 1_650
"""200 dots an inch on A4: small print is sharp at three times the panel's width."""
PAGE_HEIGHT_PX_MAX = 3_600
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP")
_JPEG_QUALITY = 82
_LETTER_WIDTH_MIN = 0.2
"""Of its line's height; print has 0.35 to 0.6."""

_one_page_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in fractions of its width and height from the top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageImage:
    """A drawn page (JPEG) and the boxes of the quote on it; no boxes if it is not found there."""

    jpeg: bytes
    width_px: int
    height_px: int
    page: int
    page_count: int
    boxes: tuple[Box, ...]


def draw_page(pdf: bytes, page: int, quote: str = "", occurrence: int = 0) -> PageImage | None:
    """Page ``page`` (from 1) with the boxes of ``quote``, or None if it cannot be drawn.

    ``occurrence`` says which one is meant if the quote stands on the page several times.
    """
    import pypdfium2

    with _one_page_at_a_time:
        try:
            with pypdfium2.PdfDocument(pdf) as document:
                if not 1 <= page <= len(document):
                    return None
                return _draw(document[page - 1], page, len(document), quote, occurrence)
        except pypdfium2.PdfiumError:
            return None


def _draw(page: Any, number: int, page_count: int, quote: str, occurrence: int) -> PageImage | None:
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        return None
    scale = min(PAGE_WIDTH_PX / width, PAGE_HEIGHT_PX_MAX / height)
    image = page.render(scale=scale).to_pil().convert("RGB")
    return _encoded(image, number, page_count, tuple(_quote_boxes(page, quote, occurrence)))


def draw_image(data: bytes, page: int) -> PageImage | None:
    """A photo or scan, upright, without boxes; None if it cannot be drawn.

    ``page`` counts a TIFF's frames from 1; other formats have one.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the check below is our own
    size = PAGE_WIDTH_PX, PAGE_HEIGHT_PX_MAX
    with _one_page_at_a_time:
        try:
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            if not 1 <= page <= count:
                return None
            image.seek(page - 1)
            if image.width * image.height > IMAGE_PIXELS_MAX:
                return None
            upright = ImageOps.exif_transpose(image).convert("RGB")
            upright.thumbnail(size)
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
            return None
    return _encoded(upright, page, count, ())


def _encoded(image: Any, page: int, page_count: int, boxes: tuple[Box, ...]) -> PageImage:
    encoded = io.BytesIO()
    image.save(encoded, format="JPEG", quality=_JPEG_QUALITY)
    return PageImage(encoded.getvalue(), image.width, image.height, page, page_count, boxes)


def recognised_boxes(
    lines: Sequence[TextBox], text: str, start: int, end: int, image: PageImage
) -> tuple[Box, ...]:
    """The stored lines that ``text[start:end]`` stands on, each trimmed to the part of it.

    The trim assumes letters of one width, and leaves half a letter more on each side. A table's
    row, and what is too tall for its letters to stand on one line, is boxed whole.
    """
    found = []
    for line in lines:
        first, last = max(start, line.start), min(end, line.end)
        if first >= last:
            continue
        left, right = line.left, line.right
        count, width = line.end - line.start, right - left
        height_px = (line.bottom - line.top) * image.height_px
        is_one_line = width * image.width_px > _LETTER_WIDTH_MIN * height_px * count
        if is_one_line and CELL_SEPARATOR not in text[line.start : line.end]:
            left += width * max(0, first - line.start - 0.5) / count
            right -= width * max(0, line.end - last - 0.5) / count
        found.append(Box(left, line.top, right - left, line.bottom - line.top))
    return tuple(found)


def _quote_boxes(page: Any, quote: str, occurrence: int) -> list[Box]:
    """One box a line. Only letters and digits are compared: a PDF breaks lines where it likes."""
    text_page = page.get_textpage()
    letters: list[str] = []
    positions: list[int] = []
    for position in range(text_page.count_chars()):
        for letter in _letters(_character(text_page, position)):
            letters.append(letter)
            positions.append(position)
    wanted = "".join(_letters(quote))
    found = _find("".join(letters), wanted, occurrence)
    if found is None:
        return []
    first, last = positions[found], positions[found + len(wanted) - 1]
    return _line_boxes(page, text_page, first, last - first + 1)


def _character(text_page: Any, position: int) -> str:
    import pypdfium2.raw as pdfium

    code = pdfium.FPDFText_GetUnicode(text_page, position)
    return chr(code) if 0 < code < 0x110000 else ""


def _letters(text: str) -> list[str]:
    return [one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum()]


def _find(text: str, wanted: str, occurrence: int) -> int | None:
    """Where the wanted occurrence starts, or the last one before it; None if there is none."""
    found, start = None, -1
    for _ in range(occurrence + 1):
        start = text.find(wanted, start + 1) if wanted else -1
        if start == -1:
            break
        found = start
    return found


def _line_boxes(page: Any, text_page: Any, first: int, count: int) -> list[Box]:
    width, height = page.get_size()
    page_left, page_bottom, _, _ = page.get_bbox()
    boxes = []
    for index in range(text_page.count_rects(first, count)):
        left, bottom, right, top = text_page.get_rect(index)
        boxes.append(
            Box(
                left=(left - page_left) / width,
                top=1 - (top - page_bottom) / height,
                width=(right - left) / width,
                height=(top - bottom) / height,
            )
        )
    return boxes


def occurrence_on_page(page_text: str, quote: str, quote_start: int) -> int:
    """How many times ``quote`` stands on its page before ``page_text[quote_start:]``."""
    before = "".join(_letters(page_text[:quote_start]))
    wanted = "".join(_letters(quote))
    count, start = 0, before.find(wanted) if wanted else -1
    while start != -1:
        count, start = count + 1, before.find(wanted, start + 1)
    return count
