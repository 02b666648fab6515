"""What stands on a page, however it was read: pieces of text and ruling lines, with their boxes.

Points (or pixels, before they are scaled), from the page's left and top, in the upright reading
frame.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

HYPHEN_AT_END = "\uf8fe"
"""Stands in a piece for the hyphen at a line's end that PDFium takes for a word division."""
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
