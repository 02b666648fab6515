"""One file a format; ``parse`` is the chooser."""

from ingest.parsers.choose import parse

__all__ = ["parse"]
