"""Word and PowerPoint 97-2003 where LibreOffice did not turn them into their successors."""

from __future__ import annotations

from typing import NoReturn

from ingest.errors import NeedsLibreOffice
from ingest.identify import identify
from ingest.limits import Limits

_PACKAGES = {"doc": "libreoffice-writer", "ppt": "libreoffice-impress"}


def parse(data: bytes, name: str, limits: Limits) -> NoReturn:
    """Raises NeedsLibreOffice, which names the package."""
    del limits
    old = identify(data, name).format
    raise NeedsLibreOffice(kind=f".{old}", package=_PACKAGES[old])
