"""Text on a PDF page that no reader sees: white on white, fully transparent, or never painted.

Someone may hide sentences in a document to steer whatever machine reads it; they are no part of
what a person was shown. White text on a dark ground, and the unpainted layer that OCR programs
lay over a page image, are not hidden.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_WHITE_MIN = 250
_Bounds = tuple[float, float, float, float]


class HiddenText:
    """Give it all objects of the page first; then ask of each character."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._grounds: list[_Bounds] = []
        self._has_image = False
        self.is_possible = False
        """Whether any of the objects seen so far may be hidden text."""
        self.unpainted = 0
        """Characters so far that lie unpainted over an image."""

    def look_at(self, item: pdfium.PdfObject) -> None:
        """Take note of a page object: of a ground for white text, or of text that may be hidden."""
        if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            self.is_possible |= (
                self._is_unpainted(item.raw) or self._is_clear(item) or self._is_white(item)
            )
            return
        self._has_image |= item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE
        is_path = item.type == pdfium_c.FPDF_PAGEOBJ_PATH
        if is_path and (not _is_filled(item) or self._is_white(item)):
            return
        try:
            self._grounds.append(item.get_bounds())
        except pdfium.PdfiumError:
            return

    def holds(self, index: int, box: _Bounds) -> bool:
        """Whether the character is hidden; ``box`` is its place (left, bottom, right, top)."""
        if not self.is_possible:
            return False
        item = pdfium_c.FPDFText_GetTextObject(self._text, index)
        if item and self._is_unpainted(item):
            self.unpainted += self._has_image
            return not self._has_image
        if not pdfium_c.FPDFText_GetFillColor(self._text, index, *self._colour):
            return False
        red, green, blue, alpha = (int(part.value) for part in self._colour)
        if alpha == 0:
            return True
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return min(red, green, blue) >= _WHITE_MIN and not any(
            left <= x <= right and bottom <= y <= top for left, bottom, right, top in self._grounds
        )

    def _is_white(self, item: pdfium.PdfObject) -> bool:
        known = pdfium_c.FPDFPageObj_GetFillColor(item.raw, *self._colour)
        return bool(known) and min(part.value for part in self._colour[:3]) >= _WHITE_MIN

    def _is_clear(self, item: pdfium.PdfObject) -> bool:
        known = pdfium_c.FPDFPageObj_GetFillColor(item.raw, *self._colour)
        return bool(known) and self._colour[3].value == 0

    @staticmethod
    def _is_unpainted(item: Any) -> bool:
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(item)
        return bool(mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)


def _is_filled(item: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    known = pdfium_c.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    return bool(known) and bool(fill.value)  # 0: not filled
