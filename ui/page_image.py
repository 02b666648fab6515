"""One page of a PDF as an image, and where on it a quote stands.

Pure functions over the original file's bytes. PDFium is not thread-safe, so one page is drawn at
a time.
"""

from __future__ import annotations

import io
import threading
import unicodedata
from dataclasses import dataclass
from typing import Any

PAGE_WIDTH_PX = 1_100
PAGE_HEIGHT_PX_MAX = 2_400
_JPEG_QUALITY = 82

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


def draw_page(pdf: bytes, page: int, quote: str, occurrence: int = 0) -> PageImage | None:
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
    encoded = io.BytesIO()
    image.save(encoded, format="JPEG", quality=_JPEG_QUALITY)
    return PageImage(
        jpeg=encoded.getvalue(),
        width_px=image.width,
        height_px=image.height,
        page=number,
        page_count=page_count,
        boxes=tuple(_quote_boxes(page, quote, occurrence)),
    )


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
