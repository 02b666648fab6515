"""Cuts blocks where articles open, and where ayat or items run together in one block.

No character is lost but the spaces at the cuts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.article_candidates import part_start, reads_as_article
from ingest.blocks import Block, BlockKind
from ingest.parsers.legal_lines import heading_level, item_level

_CLAUSE = re.compile(r"(?<=[.;:”\"]) (?=\((\d{1,2})\)\s?[A-Z])")
_FIRST_CLAUSE = re.compile(r"\((\d{1,2})\)")
_HEADING_TAIL = re.compile(r"[ _^\n]*+[.:]?+[ _^\n]*+")


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block, and the article that begins with it, if one does: ``"Pasal 7"``."""

    block: Block
    opens: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a block is cut; ``end`` ends the heading, or is ``start`` where none is."""

    start: int
    end: int
    opens: str | None


def pieces(block: Block, cuts: Sequence[Cut]) -> Iterator[MarkedBlock]:
    """The block cut where articles open; a heading of a BAB at the end of a piece stands apart."""
    at, opens = 0, None
    first = True
    for index, cut in enumerate(cuts):
        if cut.start < at:
            continue
        for start, end in _without_part(block.text, at, cut.start, is_before=bool(cut.opens)):
            if piece := _piece(block, start, end, first):
                yield MarkedBlock(piece, opens)
                first, opens = False, None
        opens = None
        if cut.end > cut.start:
            tail = _HEADING_TAIL.match(block.text, cut.end)
            end = tail.end() if tail else cut.end
            heading = _piece(block, cut.start, end, first=False)
            if heading is not None:
                level = block.level if block.kind is BlockKind.HEADING else 4
                yield MarkedBlock(
                    replace(heading, kind=BlockKind.HEADING, level=level, continues=False),
                    cut.opens,
                )
            at, first = end, False
        else:
            at, opens = cut.start, cut.opens
            first = first and index == 0 and cut.start == 0
    if piece := _piece(block, at, len(block.text), first):
        yield MarkedBlock(piece, opens)


def by_clause(at: MarkedBlock) -> Iterator[MarkedBlock]:
    """A block that runs "(1) ... (2) ..." or several lines of items together, one by one."""
    if at.block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        yield at
        return
    text = at.block.text
    own = _FIRST_CLAUSE.match(text)
    expected = int(own[1]) + 1 if own else None
    starts = {0}
    for found in _CLAUSE.finditer(text):
        number = int(found[1])
        if number == expected or (expected is None and number > 1):
            starts.add(found.end())
            expected = number + 1
    line_start = text.find("\n") + 1
    while line_start:
        next_start = text.find("\n", line_start) + 1
        line = text[line_start : next_start or len(text)].strip()
        if not reads_as_article(line) and _begins(line):
            starts.add(line_start)
        line_start = next_start
    if len(starts) == 1:
        yield at
        return
    for start, end in pairwise([*sorted(starts), len(text)]):
        piece = _piece(at.block, start, end, first=start == 0)
        if piece is not None:
            yield MarkedBlock(piece, at.opens if start == 0 else None)


def _without_part(text: str, start: int, end: int, is_before: bool) -> list[tuple[int, int]]:
    part = part_start(text[start:end]) if is_before else None
    return [(start, end)] if not part else [(start, start + part), (start + part, end)]


def _piece(block: Block, start: int, end: int, first: bool) -> Block | None:
    """``block.text[start:end]`` as a block, its line boxes with it; None where it is empty."""
    text = block.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return None
    end = start + len(text)
    if start == 0 and end == len(block.text):
        return block
    lines = tuple(
        replace(line, start=max(line.start, start) - start, end=min(line.end, end) - start)
        for line in block.lines
        if line.start < end and line.end > start
    )
    level = 0 if reads_as_article(text) else heading_level(text)  # what opens one is set apart
    if level or part_start(text) == 0:
        kind, level = BlockKind.HEADING, level or 1
    elif item_level(text):
        kind, level = BlockKind.LIST_ITEM, item_level(text)
    elif first and block.kind is not BlockKind.HEADING:
        kind, level = block.kind, block.level
    else:
        kind, level = BlockKind.PARAGRAPH, 0
    continues = block.continues and start == 0 and kind is BlockKind.PARAGRAPH
    return replace(block, text=text, kind=kind, level=level, continues=continues, lines=lines)


def _begins(line: str) -> bool:
    return bool(item_level(line) or heading_level(line) or part_start(line) == 0)
