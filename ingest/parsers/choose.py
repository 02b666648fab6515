"""Chooses the parser for a file's bytes and sees that its document keeps the limits."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace

from ingest.blocks import Block, ParsedDocument
from ingest.errors import NoText
from ingest.identify import identify
from ingest.limits import Limits

# Imported when the first file of the kind comes, so that a heavy library costs only its users.
_MODULES = {
    "text": "ingest.parsers.plain_text",
    "markdown": "ingest.parsers.markdown",
    "html": "ingest.parsers.html",
    "docx": "ingest.parsers.docx",
    "spreadsheet": "ingest.parsers.spreadsheet",
    "csv": "ingest.parsers.csv_text",
    "pptx": "ingest.parsers.pptx",
    "rtf": "ingest.parsers.rtf",
    "odt": "ingest.parsers.opendocument",
    "zip": "ingest.parsers.containers",
    "email": "ingest.parsers.containers:parse_email",
    "epub": "ingest.parsers.containers:parse_epub",
    "image": "ingest.parsers.image",
    "pdf": "ingest.parsers.pdf",
    "msg": "ingest.parsers.outlook",
    "doc": "ingest.parsers.old_office",
    "ppt": "ingest.parsers.old_office",
}


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """The document in these bytes. Raises IngestError; NoText where no block came out."""
    file_type = identify(data, name)
    parser: Callable[[bytes, str, Limits], ParsedDocument]
    module, _, function = _MODULES[file_type.format].partition(":")
    parser = getattr(importlib.import_module(module), function or "parse")
    document = parser(data, name, limits)
    if not document.blocks:
        raise NoText(kind=file_type.format.upper())
    return _cut(document, limits)


def _cut(document: ParsedDocument, limits: Limits) -> ParsedDocument:
    """The document without the blocks that are over ``chars_max``, and a warning that says so."""
    kept: list[Block] = []
    left = limits.chars_max
    for block in document.blocks:
        left -= len(block.text)
        if left < 0:
            break
        kept.append(block)
    if len(kept) == len(document.blocks):
        return document
    warning = (
        f"Teks dipotong pada {limits.chars_max} karakter; pecah berkasnya atau naikkan "
        f"INGEST_CHARS_MAX. / Text cut at {limits.chars_max} characters; split the file or raise "
        "INGEST_CHARS_MAX."
    )
    return replace(document, blocks=tuple(kept), warnings=(*document.warnings, warning))
