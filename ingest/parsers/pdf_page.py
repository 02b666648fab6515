"""One PDF page as pieces of text and ruling lines, in the upright reading frame.

Points, from the page's left and top, with the page turned so that most of its text stands
upright: landscape tables are often stored lying on their side.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from math import pi

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.parsers.clean_text import clean_line
from ingest.parsers.pdf_hidden import HiddenText

HYPHEN_AT_END = "\uf8fe"
"""Stands in a piece for the hyphen at a line's end that PDFium takes for a word division."""
_PATHS_MAX = 50_000
_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"
Sides = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: ``left <= right`` and ``top <= bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.bottom - self.top

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def scaled(self, factor: float) -> Box:
        """The same in other units: pixels to points."""
        return Box(*(side * factor for side in (self.left, self.top, self.right, self.bottom)))

    def same_line(self, other: Box) -> bool:
        """Whether they overlap by half of the lower one's height, as on one line of text."""
        overlap = min(self.bottom, other.bottom) - max(self.top, other.top)
        return overlap > 0.5 * min(self.height, other.height)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters on one line without a wide gap. ``size`` is the height of its font in points."""

    text: str
    box: Box
    size: float
    bold: bool
    confidence: float | None = None
    """0 to 1 where OCR read it."""

    def scaled(self, factor: float) -> Piece:
        """The same in other units: pixels to points."""
        return replace(self, box=self.box.scaled(factor), size=self.size * factor)


@dataclass(frozen=True, slots=True)
class Frame:
    """How the reading frame lies on the page: PDF units of the crop box, and the turns.

    ``reading`` and ``shown`` are clockwise degrees: of the text, and of the page as displayed.
    """

    left: float
    bottom: float
    right: float
    top: float
    reading: int
    shown: int

    def turned(self, box: Sides, degrees: int) -> Box:
        """A box in PDF units (left, bottom, right, top), seen with the page turned."""
        return Box(*self.sides(box, degrees))

    def sides(self, box: Sides, degrees: int) -> Sides:
        """As `turned`, as plain numbers: left, top, right, bottom."""
        x0, y0, x1, y1 = box
        left, right = x0 - self.left, x1 - self.left
        low, high = y0 - self.bottom, y1 - self.bottom
        if degrees == 90:
            return low, left, high, right
        width, height = self.right - self.left, self.top - self.bottom
        if degrees == 180:
            return width - right, low, width - left, high
        if degrees == 270:
            return height - high, width - right, height - low, width - left
        return left, height - high, right, height - low

    def shares(self, box: Box) -> tuple[float, float, float, float]:
        """A box of the reading frame as shares of the displayed page: left, top, right, bottom."""
        # Back to PDF units, then as shown. Turning back by the opposite angle needs the frame
        # of the turned page, which is the crop box with its sides swapped.
        width, height = self.right - self.left, self.top - self.bottom
        w, h = (height, width) if self.reading in (90, 270) else (width, height)
        turned = Frame(0, 0, w, h, 0, 0)
        flat = turned.turned(
            (box.left, h - box.bottom, box.right, h - box.top), (self.shown - self.reading) % 360
        )
        w, h = (height, width) if self.shown in (90, 270) else (width, height)
        return flat.left / w, flat.top / h, flat.right / w, flat.bottom / h


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on a page. ``outside`` counts characters beyond the page's edges."""

    number: int
    width: float
    height: float
    frame: Frame
    pieces: tuple[Piece, ...]
    horizontal: tuple[Box, ...] = ()
    vertical: tuple[Box, ...] = ()
    characters: int = 0
    unmapped: int = 0
    """Characters for which the font names no Unicode that others know."""
    outside: int = 0
    hidden: int = 0
    """Characters that no reader sees."""
    images: int = 0
    image_share: float = 0.0
    """0 to 1: how much of the page images cover."""
    invisible: int = 0
    """Characters laid unpainted over an image, as OCR programs do."""


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
        horizontal, vertical, images, image_area = self._rulings()
        pieces = self._pieces(vertical)
        return PageText(
            self._number,
            self._width,
            self._height,
            self._frame,
            tuple(pieces),
            tuple(horizontal),
            tuple(vertical),
            self._count,
            self._unmapped,
            self._outside,
            self._hidden,
            images,
            min(1.0, image_area / (self._width * self._height)),
            self._hidden_text.unpainted,
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

    def _rulings(self) -> tuple[list[Box], list[Box], int, float]:
        """Horizontal and vertical lines, drawn as lines or thin boxes; images and their area."""
        horizontal: list[Box] = []
        vertical: list[Box] = []
        images = paths = 0
        area = 0.0
        for item in self._page.get_objects(max_depth=4):
            self._hidden_text.look_at(item)
            if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                images += 1
                area += self._area(item)
            if item.type != pdfium_c.FPDF_PAGEOBJ_PATH:
                continue
            paths += 1
            if paths > _PATHS_MAX:
                break
            try:
                bounds = item.get_bounds()
            except pdfium.PdfiumError:
                continue
            box = self._frame.turned(bounds, self._frame.reading)
            if box.height <= 3 and box.width > 8:
                horizontal.append(box)
            elif box.width <= 3 and box.height > 5:
                vertical.append(box)
            elif box.width > 0.97 * self._width or box.height > 0.97 * self._height:
                continue  # a ground or band from edge to edge
            elif 4 <= pdfium_c.FPDFPath_CountSegments(item.raw) <= 6 and box.width > 8:
                horizontal += [
                    Box(box.left, box.top, box.right, box.top),
                    Box(box.left, box.bottom, box.right, box.bottom),
                ]
                vertical += [
                    Box(box.left, box.top, box.left, box.bottom),
                    Box(box.right, box.top, box.right, box.bottom),
                ]
        return horizontal, vertical, images, area

    def _area(self, item: pdfium.PdfObject) -> float:
        """Square points of the page that an object covers."""
        try:
            box = self._frame.turned(item.get_bounds(), self._frame.reading)
        except pdfium.PdfiumError:
            return 0.0
        width: float = min(box.right, self._width) - max(box.left, 0.0)
        height: float = min(box.bottom, self._height) - max(box.top, 0.0)
        return max(width, 0.0) * max(height, 0.0)


def is_parted(rulings: list[tuple[float, float, float]], last: Sides, here: Sides) -> bool:
    """Whether a vertical ruling (left, top, bottom; sorted) stands between two neighbours."""
    middle = (here[1] + here[3]) / 2
    for at in range(bisect_left(rulings, (last[2] - 2,)), len(rulings)):
        left, top, bottom = rulings[at]
        if left > here[0] + 2:
            return False
        if top <= middle <= bottom:
            return True
    return False
