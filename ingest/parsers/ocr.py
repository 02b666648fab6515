"""Text recognised from page images, offline, with the models that rapidocr carries."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.parsers.clean_text import clean_line
from ingest.parsers.pdf_page import Box, Piece

DPI = 150
"""At 150 dots an inch rapidocr read all rows of a scanned award decree right."""
_SCORE_MIN = 0.5

Image = NDArray[np.uint8]
"""Rows by columns by 3 colours."""


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


def recognise(image: Image) -> tuple[list[Piece], int]:
    """Pieces of text with their confidence, in pixels, and the turn that made them upright.

    A page that lies on its side, or on its head, is turned by 90, 180 or 270 degrees clockwise,
    and the places are those of the turned page.
    """
    found = _read(image)
    if not found:
        return [], 0
    turn = 0
    if sum(box.height > 1.5 * box.width for box, _, _ in found) > 0.5 * len(found):
        turn, found = max(
            ((turn, _read(np.rot90(image, -turn // 90))) for turn in (90, 270)), key=_quality
        )
    elif _mean(found) < 0.8:
        turn, found = max(((0, found), (180, _read(np.rot90(image, 2)))), key=_quality)
    return [
        Piece(text, box, box.height, bold=False, confidence=score) for box, text, score in found
    ], turn


def rulings(image: Image) -> tuple[list[Box], list[Box]]:
    """The long horizontal and vertical lines of a page image, in pixels: a table's rulings.

    What stays of the dark pixels when they are opened with a long thin rectangle.
    """
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    dark = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12
    )
    long = max(image.shape[:2]) // 45
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


_Found = list[tuple[Box, str, float]]


def _read(image: Image) -> _Found:
    answer = _engine()(np.ascontiguousarray(image))
    if answer.boxes is None:
        return []
    found: _Found = []
    for corners, text, score in zip(answer.boxes, answer.txts, answer.scores, strict=True):
        cleaned = clean_line(text)
        if cleaned and score >= _SCORE_MIN:
            (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
            box = Box(float(left), float(top), float(right), float(bottom))
            found.append((box, cleaned, float(score)))
    return found


def _mean(found: _Found) -> float:
    characters = sum(len(text) for _, text, _ in found)
    return sum(score * len(text) for _, text, score in found) / max(1, characters)


def _quality(turned: tuple[int, _Found]) -> float:
    return _mean(turned[1]) * sum(len(text) for _, text, _ in turned[1])
