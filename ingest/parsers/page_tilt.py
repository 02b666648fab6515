"""A scan that lies a few degrees askew: how far, and the page image made straight."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from ingest.parsers.page_text import Box, Frame

Image = NDArray[np.uint8]
"""Rows by columns by 3 colours."""

TILT_MIN = 0.3
"""Degrees; what is less changes no reading."""
TILT_MAX = 6.0
_SIDE = 800
_POINTS_MIN, _POINTS_MAX = 200, 60_000
_GAIN_MIN = 1.1
"""How much sharper the lines must become: on a page of pictures no angle is right."""


def tilt_degrees(image: Image) -> float:
    """How far the lines of text fall to the right, from -6 to 6 degrees; 0 where that is unclear.

    The angle along which the dark points of the page, made small, gather most sharply into rows
    (projection profile).
    """
    import cv2

    scale = _SIDE / max(image.shape[:2])
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12
    )
    found = np.argwhere(dark).astype(np.float64)
    if len(found) < _POINTS_MIN:
        return 0.0
    rows, columns = found[:: -(-len(found) // _POINTS_MAX)].T
    coarse = _sharpest(rows, columns, np.arange(-TILT_MAX, TILT_MAX + 0.01, 0.5))
    fine = _sharpest(rows, columns, np.arange(coarse - 0.4, coarse + 0.41, 0.1))
    straight, tilted = (_sharpness(rows, columns, angle) for angle in (0.0, fine))
    if abs(fine) < TILT_MIN or abs(fine) > TILT_MAX or tilted < _GAIN_MIN * straight:
        return 0.0
    return round(fine, 2)


def straightened(image: Image, degrees: float) -> Image:
    """The page turned back by its tilt, on a canvas that holds all of it; its edge is drawn out."""
    import cv2

    height, width = image.shape[:2]
    new_width, new_height = _canvas(width, height, degrees)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turn[:, 2] += (new_width - width) / 2, (new_height - height) / 2
    turned = cv2.warpAffine(
        image,
        turn,
        (round(new_width), round(new_height)),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(turned, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class TiltedFrame(Frame):
    """The frame of a straightened page: places are told on the page as it lay."""

    tilt: float = 0.0
    """Degrees by which the lines fell to the right."""

    def shares(self, box: Box) -> tuple[float, float, float, float]:
        """As in `Frame`; the box around the tilted one."""
        width, height = self.right - self.left, self.top - self.bottom
        if self.reading in (90, 270):
            width, height = height, width
        canvas_width, canvas_height = _canvas(width, height, self.tilt)
        c, s = cos(radians(self.tilt)), sin(radians(self.tilt))
        corners = [
            (x - canvas_width / 2, y - canvas_height / 2)
            for x in (box.left, box.right)
            for y in (box.top, box.bottom)
        ]
        across = [c * x - s * y + width / 2 for x, y in corners]
        down = [s * x + c * y + height / 2 for x, y in corners]
        return Frame.shares(self, Box(min(across), min(down), max(across), max(down)))


def _canvas(width: float, height: float, degrees: float) -> tuple[float, float]:
    c, s = cos(radians(degrees)), abs(sin(radians(degrees)))
    return width * c + height * s, width * s + height * c


def _sharpest(
    rows: NDArray[np.float64], columns: NDArray[np.float64], angles: NDArray[np.float64]
) -> float:
    return float(max(angles, key=lambda angle: _sharpness(rows, columns, angle)))


def _sharpness(rows: NDArray[np.float64], columns: NDArray[np.float64], angle: float) -> float:
    """How unevenly the points fill the rows along this angle: the sum of the squared steps."""
    moved = rows - np.tan(np.radians(angle)) * columns
    counts = np.bincount((moved - moved.min()).astype(np.intp)).astype(np.float64)
    return float(np.sum(np.diff(counts) ** 2))
