"""How long OCR may go on: every page that it read earns the file more time, up to a cap."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from time import monotonic

from ingest.limits import Limits

SHARE = 0.8
"""Of the time that the reading process has, so that what was read still gets through."""

on_page: ContextVar[Callable[[], None] | None] = ContextVar("on_page", default=None)
"""What is called after each page that OCR read: the child tells its parent, which waits longer."""


class OcrTime:
    """Watches the time of one document."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._start = monotonic()
        self._pages = 0

    def is_left(self) -> bool:
        """Whether another page may be read."""
        allowed = SHARE * self._limits.timeout_s + self._limits.ocr_allowance_s(self._pages)
        return monotonic() - self._start < allowed

    def page_read(self) -> None:
        """Count a page that OCR read."""
        self._pages += 1
        if tell := on_page.get():
            tell()

    @property
    def setting(self) -> str:
        """The setting that would have given more time."""
        earned = self._pages * self._limits.ocr_page_s
        return "INGEST_OCR_TOTAL_S" if earned > self._limits.ocr_total_s else "INGEST_TIMEOUT_S"
