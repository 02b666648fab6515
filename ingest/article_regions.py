"""What a regulation's text is made of: the body, the Penjelasan, the Lampiran.

In each the numbers of the articles rise anew. The body ends at "Agar setiap orang mengetahuinya".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block, BlockKind

_BOUNDARY = re.compile(
    r"(?P<closing>\bAgar\s+setiap\s+orang\b|\b(?:Ditetapkan|Disahkan)\s+di\b)"
    r"|(?P<explained>\bPENJELASAN(?=\s+ATAS\b)|^PENJELASAN$|^P E N J E L A S A N\b|"
    r"\bPASAL\s?DEMI\s?PASAL\b|\bPasal\s+[Dd]emi\s+[Pp]asal\b)"
    r"|(?P<annex>^(?:LAMPIRAN|Lampiran)\b)"
    r"|(?P<enacted>\bMEMUTUSKAN\b)"
)
_ANNEX_CHARS_MAX = 150
_CUKUP_JELAS = re.compile(r"\b[Cc]uk\w{1,3}\s?\W?\s?jel")


@dataclass(frozen=True, slots=True)
class Region:
    """A run of blocks from (block, place in its text) to another, not including it."""

    prefix: str
    """Before the names of its articles: "", "Penjelasan " or "Lampiran "."""
    start: tuple[int, int]
    end: tuple[int, int]


def regions_of(blocks: Sequence[Block]) -> list[Region]:
    """The regions of a document, in their order."""
    starts: list[tuple[tuple[int, int], str]] = [((0, 0), "")]
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE_ROW:
            continue
        for found in _BOUNDARY.finditer(block.text):
            kind = found.lastgroup
            if kind == "annex" and len(block.text) > _ANNEX_CHARS_MAX:
                continue
            prefix = {"closing": "?", "explained": "Penjelasan ", "annex": "Lampiran "}.get(
                str(kind), ""
            )
            last = starts[-1][1]
            if prefix != last and not (prefix == "?" and last != ""):
                starts.append(((index, found.start()), prefix))
    ends = [start for start, _ in starts[1:]] + [(len(blocks), 0)]
    regions = []
    for (start, prefix), end in zip(starts, ends, strict=True):
        if prefix == "?":
            explained = any(_CUKUP_JELAS.search(b.text) for b in blocks[start[0] : end[0] + 1])
            prefix = "Penjelasan " if explained else "Lampiran "
        regions.append(Region(prefix, start, end))
    return regions
