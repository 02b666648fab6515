"""What is drawn on a PDF page: ruling lines, as lines or thin boxes, and images."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.parsers.page_text import Box, Frame

_PATHS_MAX = 50_000
_NESTING_MAX = 4
_THICKNESS_MAX = 3
"""Points: what is thicker is a box."""
_WIDTH_MIN, _HEIGHT_MIN = 8, 5
_GROUND_SHARE_MIN = 0.97
"""Of the page's side: a ground or band from edge to edge rules no table."""


@dataclass(slots=True)
class Drawings:
    """In points of the reading frame; a rectangle counts as its four sides."""

    horizontal: list[Box] = field(default_factory=list)
    vertical: list[Box] = field(default_factory=list)
    images: int = 0
    image_area: float = 0.0
    """Square points of the page that they cover, together."""


def read_drawings(
    page: pdfium.PdfPage,
    frame: Frame,
    width: float,
    height: float,
    look_at: Callable[[pdfium.PdfObject], None],
) -> Drawings:
    """The lines and images of a page of this size; ``look_at`` is shown each object on the way."""
    found = Drawings()
    paths = 0
    for item in page.get_objects(max_depth=_NESTING_MAX):
        look_at(item)
        is_image = item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE
        found.images += is_image
        if item.type == pdfium_c.FPDF_PAGEOBJ_PATH:
            paths += 1
            if paths > _PATHS_MAX:
                break
        elif not is_image:
            continue
        try:
            box = frame.turned(item.get_bounds(), frame.reading)
        except pdfium.PdfiumError:
            continue
        if is_image:
            found.image_area += _covered(box, width, height)
        elif box.height <= _THICKNESS_MAX and box.width > _WIDTH_MIN:
            found.horizontal.append(box)
        elif box.width <= _THICKNESS_MAX and box.height > _HEIGHT_MIN:
            found.vertical.append(box)
        elif box.width > _GROUND_SHARE_MIN * width or box.height > _GROUND_SHARE_MIN * height:
            continue
        elif 4 <= pdfium_c.FPDFPath_CountSegments(item.raw) <= 6 and box.width > _WIDTH_MIN:
            found.horizontal += [
                Box(box.left, box.top, box.right, box.top),
                Box(box.left, box.bottom, box.right, box.bottom),
            ]
            found.vertical += [
                Box(box.left, box.top, box.left, box.bottom),
                Box(box.right, box.top, box.right, box.bottom),
            ]
    return found


def _covered(box: Box, width: float, height: float) -> float:
    across: float = min(box.right, width) - max(box.left, 0.0)
    down: float = min(box.bottom, height) - max(box.top, 0.0)
    return max(across, 0.0) * max(down, 0.0)
