"""One PDF page as pieces of text and ruling lines, in the upright reading frame.

Points, from the page's left and top, with the page turned so that most of its text stands
upright: landscape tables are often stored lying on their side.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from math import pi

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.parsers.clean_text import clean_line
from ingest.parsers.page_text import HYPHEN_AT_END, Box, Frame, PageText, Piece, Sides, is_parted
from ingest.parsers.pdf_drawings import read_drawings
from ingest.parsers.pdf_hidden import HiddenText

_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"


def read_page(document: pdfium.PdfDocument, index: int) -> PageText:
    """The text of page ``index`` (from 0). Raises pypdfium2.PdfiumError for a broken page."""
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            return _Reader(page, text, index + 1).read()
        finally:
            text.close()
    finally:
        page.close()


class _Reader:
    def __init__(self, page: pdfium.PdfPage, text: pdfium.PdfTextPage, number: int) -> None:
        self._page = page
        self._text = text.raw
        self._number = number
        self._count = max(0, pdfium_c.FPDFText_CountChars(self._text))
        left, bottom, right, top = page.get_bbox()
        if right - left < 1 or top - bottom < 1:
            left, bottom, right, top = 0.0, 0.0, 612.0, 792.0
        shown = int(page.get_rotation()) % 360
        self._frame = Frame(left, bottom, right, top, self._direction(), shown)
        swap = self._frame.reading in (90, 270)
        self._width, self._height = right - left, top - bottom
        if swap:
            self._width, self._height = self._height, self._width
        self._rect = pdfium_c.FS_RECTF()
        self._hidden_text = HiddenText(self._text)
        self._unmapped = self._outside = self._hidden = 0

    def read(self) -> PageText:
        drawings = read_drawings(
            self._page, self._frame, self._width, self._height, self._hidden_text.look_at
        )
        pieces = self._pieces(drawings.vertical)
        return PageText(
            number=self._number,
            width=self._width,
            height=self._height,
            frame=self._frame,
            pieces=tuple(pieces),
            horizontal=tuple(drawings.horizontal),
            vertical=tuple(drawings.vertical),
            characters=self._count,
            unmapped=self._unmapped,
            outside=self._outside,
            hidden=self._hidden,
            images=drawings.images,
            image_share=min(1.0, drawings.image_area / (self._width * self._height)),
            invisible=self._hidden_text.unpainted,
        )

    def _direction(self) -> int:
        """The turn, in clockwise degrees, that makes most of the text stand upright."""
        turns: Counter[int] = Counter()
        step = max(1, self._count // 200)
        for index in range(0, self._count, step):
            if pdfium_c.FPDFText_GetUnicode(self._text, index) > 32:
                turns[self._turn(index)] += 1
        return turns.most_common(1)[0][0] if turns else 0

    def _turn(self, index: int) -> int:
        angle = pdfium_c.FPDFText_GetCharAngle(self._text, index)
        return round(-angle / (pi / 2)) % 4 * 90 if angle >= 0 else 0

    def _sides(self, index: int) -> Sides | None:
        """Where a character stands in the reading frame; None for one that no reader sees."""
        rect = self._rect
        if not pdfium_c.FPDFText_GetLooseCharBox(self._text, index, rect):
            return None
        left, right, low, high = rect.left, rect.right, rect.bottom, rect.top
        if left > right:
            left, right = right, left
        if low > high:
            low, high = high, low
        if self._hidden_text.is_possible and self._hidden_text.holds(
            index, (left, low, right, high)
        ):
            self._hidden += 1
            return None
        sides = self._frame.sides((left, low, right, high), self._frame.reading)
        x, y = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
        if not (-1 <= x <= self._width + 1 and -1 <= y <= self._height + 1):
            self._outside += 1
            return None
        return sides

    def _pieces(self, vertical: list[Box]) -> list[Piece]:
        # The innermost loop of all: plain numbers, since a page has thousands of characters.
        rulings = sorted((line.left, line.top, line.bottom) for line in vertical)
        get_code, raw = pdfium_c.FPDFText_GetUnicode, self._text
        pieces: list[Piece] = []
        text: list[str] = []
        whole: Sides | None = None
        last: Sides = (0.0, 0.0, 0.0, 0.0)
        start = 0

        def finish() -> None:
            nonlocal text, whole
            cleaned = clean_line("".join(text))
            if cleaned and whole is not None and self._turn(start) == self._frame.reading:
                box = Box(*whole)
                pieces.append(Piece(cleaned, box, box.height, self._is_bold(start)))
            text, whole = [], None

        for index in range(self._count):
            code = get_code(raw, index)
            if code in (10, 13):
                finish()
                continue
            if code in (32, 9, 160):
                if text:
                    text.append(" ")
                continue
            character = self._character(code)
            here = self._sides(index)
            if not character or here is None:
                continue
            left, top, right, bottom = here
            if whole is not None:
                height, before = bottom - top, last[3] - last[1]
                low, size = (height, before) if height < before else (before, height)
                gap = left - last[2]
                overlap = min(bottom, last[3]) - max(top, last[1])
                if (
                    not overlap > 0.5 * low
                    or gap > size
                    or gap < -2 * size
                    or (gap > 0.1 * size and is_parted(rulings, last, here))
                ):
                    finish()
            if whole is None:
                whole, start = here, index
            else:
                whole = (
                    left if left < whole[0] else whole[0],
                    top if top < whole[1] else whole[1],
                    right if right > whole[2] else whole[2],
                    bottom if bottom > whole[3] else whole[3],
                )
            if character == _LAM and here == last and text and text[-1] in _ALEFS:
                text.insert(-1, character)  # PDFium gives the two letters of one glyph reversed
            else:
                text.append(character)
            last = here
        finish()
        return pieces

    def _character(self, code: int) -> str:
        if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            self._unmapped += 1
            return ""
        if code in (2, 0xFFFE):
            return HYPHEN_AT_END
        if code == 0xFFFD or 0xE000 <= code <= 0xF8FF:
            self._unmapped += 1
        return chr(code)

    def _is_bold(self, index: int) -> bool:
        if pdfium_c.FPDFText_GetFontWeight(self._text, index) >= 600:
            return True
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        pdfium_c.FPDFText_GetFontInfo(self._text, index, name, 128, flags)
        font = name.value.lower()
        return b"bold" in font or b"black" in font or b"heavy" in font
