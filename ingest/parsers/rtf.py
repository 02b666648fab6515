"""Rich Text Format, through striprtf; hidden text stays out, table cells become rows."""

from __future__ import annotations

import re
from itertools import groupby

from ingest.blocks import Block, ParsedDocument
from ingest.errors import DamagedFile
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.parsers.clean_text import clean_line
from ingest.parsers.plain_text import text_blocks
from ingest.parsers.table_rows import row_blocks

# \v begins hidden text; \v0, \plain or the end of the group ends it.
_HIDDEN = re.compile(r"\\v(?:1)?(?![0-9a-zA-Z])[^{}]*?(?=\\v0(?!\d)|\\plain(?![a-z])|[{}])")
_TITLE = re.compile(r"\{\\title\s([^{}]{1,500})\}")
_CELL_END = "|"


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """An RTF file. Raises DamagedFile where striprtf cannot follow it."""
    from striprtf.striprtf import rtf_to_text

    del name, limits
    source = _HIDDEN.sub("", data.decode("cp1252", errors="replace"))
    try:
        text = str(rtf_to_text(source, errors="replace"))
        title = _TITLE.search(source)
        shown = clean_line(rtf_to_text(r"{\rtf1 " + title.group(1) + "}")) if title else ""
    except (ValueError, LookupError, IndexError, AttributeError, TypeError) as error:
        raise DamagedFile(kind="RTF", why=str(error)[:100]) from error
    return ParsedDocument(TYPES["rtf"].media_type, tuple(_blocks(text)), title=shown or None)


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    for is_table, lines in groupby(
        text.split("\n"), lambda line: line.rstrip().endswith(_CELL_END)
    ):
        if is_table:
            blocks += row_blocks([line.rstrip()[:-1].split(_CELL_END) for line in lines])
        else:
            blocks += text_blocks("\n\n".join(lines))
    return blocks
