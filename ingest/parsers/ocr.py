"""Text recognised from page images, offline: by the models that rapidocr carries, or tesseract."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ingest.limits import Limits
from ingest.parsers.clean_text import clean_line
from ingest.parsers.page_text import Box, Piece
from ingest.parsers.page_tilt import Image, straightened, tilt_degrees

DPI = 150
"""At 150 dots an inch rapidocr read all rows of a scanned award decree right."""
_SCORE_MIN = 0.5
_SIDE_MAX = 2_000
"""Pixels; rapidocr itself looks at no larger image."""
_PIXELS_MAX = 2_600_000
"""A4 at 165 dots an inch: the search for lines holds about 200 bytes a pixel."""
_LONGER_MAX = 4
"""Times the shorter side: 736 by 2,944 pixels have about as many as `_PIXELS_MAX` allows."""
_SURE, _UNSURE = 0.9, 0.8
"""Mean confidences: of print that stands upright, and from where down it may not."""


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    # Its classifier turns single lines by 180 degrees and errs on faint scans: a line turned
    # wrongly reads as nonsense. `recognise` turns whole pages instead.
    return RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False})


def is_available() -> bool:
    """Whether the recognition can be loaded here."""
    try:
        _engine()
    except Exception:  # noqa: BLE001 -- whatever a missing or broken back end raises
        return False
    return True


Reader = Callable[[Image], list[Piece]]
"""Reads the lines of an upright page image of at most `_PIXELS_MAX`; boxes are in its pixels."""


def reader(limits: Limits) -> Reader | None:
    """What the settings name to read page images; None where rapidocr cannot be loaded.

    Raises:
        NeedsTesseract: it is set, and not installed.
    """
    if limits.ocr_engine == "tesseract":
        from ingest.parsers.ocr_tesseract import tesseract_reader

        return tesseract_reader(limits, rulings)
    return read_lines if is_available() else None


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read on a page image, in pixels of the page turned upright and straightened."""

    pieces: tuple[Piece, ...]
    turn: int
    """0, 90, 180 or 270 degrees clockwise: what stood the page upright."""
    tilt: float
    """Degrees by which the lines of the upright page fell to the right."""
    upright: Image


def recognise(image: Image, read: Reader | None = None) -> Recognised:
    """The text of a page image, however it lies: on its side, on its head, a little askew.

    Text on its head is read as nonsense of low confidence, and lines on their side are found as
    tall boxes (by tesseract perhaps not at all): then the page is read again, turned, and the surer
    reading is kept.
    """
    read = read or read_lines
    page = _read_turned(image, 0, read)
    found = [piece.box for piece in page.pieces]
    if not found and read is not read_lines:
        return max((_read_turned(image, turn, read) for turn in (180, 90, 270)), key=_quality)
    if sum(map(_stands, found)) > 0.5 * len(found):
        page = _read_turned(image, 90, read)
        if _mean(page) < _SURE:
            page = max(page, _read_turned(image, 270, read), key=_quality)
    elif found and _mean(page) < _UNSURE:
        page = max(page, _read_turned(image, 180, read), key=_quality)
    return page


def _stands(box: Box) -> bool:
    """Whether a line of text lies on its side."""
    return box.height > 1.5 * box.width


def _read_turned(image: Image, turn: int, read: Reader) -> Recognised:
    upright = np.ascontiguousarray(np.rot90(image, -turn // 90))
    tilt = tilt_degrees(upright)
    if tilt:
        upright = straightened(upright, tilt)
    small, scale = _small(upright)
    pieces = (piece.scaled(1 / scale) for piece in read(small))
    sure = tuple(piece for piece in pieces if (piece.confidence or 0) >= _SCORE_MIN)
    return Recognised(sure, turn, tilt, upright)


def rulings(image: Image) -> tuple[list[Box], list[Box]]:
    """The long horizontal and vertical lines of a page image, in pixels: a table's rulings.

    What stays of the dark pixels when they are opened with a long thin rectangle.
    """
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    dark = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12
    )
    long = max(3, max(image.shape[:2]) // 45)
    found: list[list[Box]] = []
    for shape in ((long, 1), (1, long)):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        # A scan is never quite straight: thicken first, so that a slanting line stays whole.
        thick = cv2.dilate(dark, np.ones((3, 3), np.uint8))
        opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel)
        _, _, stats, _ = cv2.connectedComponentsWithStats(opened)
        boxes = [Box(float(x), float(y), float(x + w), float(y + h)) for x, y, w, h, _ in stats[1:]]
        found.append(boxes)
    thin = max(12, long // 3)
    return (
        [_level(box) for box in found[0] if box.height <= thin and box.width >= long],
        [_plumb(box) for box in found[1] if box.width <= thin and box.height >= long],
    )


def _level(box: Box) -> Box:
    middle = (box.top + box.bottom) / 2
    return Box(box.left, middle, box.right, middle)


def _plumb(box: Box) -> Box:
    middle = (box.left + box.right) / 2
    return Box(middle, box.top, middle, box.bottom)


def _small(image: Image) -> tuple[Image, float]:
    """The image made small enough to be read, and its scale."""
    import cv2

    height, width = image.shape[:2]
    scale = min(1.0, _SIDE_MAX / max(height, width), (_PIXELS_MAX / (height * width)) ** 0.5)
    if scale == 1:
        return image, scale
    size = max(1, int(width * scale)), max(1, int(height * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8), scale


def read_lines(image: Image) -> list[Piece]:
    """A `Reader`: rapidocr."""
    answer = _engine()(_padded(image))
    if answer.boxes is None:
        return []
    found = []
    for corners, text, score in zip(answer.boxes, answer.txts, answer.scores, strict=True):
        if cleaned := clean_line(text):
            (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
            box = Box(float(left), float(top), float(right), float(bottom))
            found.append(Piece(cleaned, box, box.height, bold=False, confidence=float(score)))
    return found


def _padded(image: Image) -> Image:
    """The image, a narrow one with white at its right or foot.

    rapidocr enlarges until the shorter side has 736 pixels: a strip would take any memory.
    """
    height, width = image.shape[:2]
    least = -(-max(height, width) // _LONGER_MAX)
    missing = ((0, max(0, least - height)), (0, max(0, least - width)), (0, 0))
    return np.pad(image, missing, constant_values=255) if np.any(missing) else image


def _mean(page: Recognised) -> float:
    """The confidence of a character, of all that was read."""
    characters = sum(len(piece.text) for piece in page.pieces)
    return _sure_characters(page.pieces) / max(1, characters)


def _quality(page: Recognised) -> float:
    """Characters read on lines that lie level, each counted by its confidence."""
    return _sure_characters(piece for piece in page.pieces if not _stands(piece.box))


def _sure_characters(pieces: Iterable[Piece]) -> float:
    return sum((piece.confidence or 0.0) * len(piece.text) for piece in pieces)
