"""Plain text: paragraphs by blank lines, or by lines where each line is a paragraph."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.limits import Limits
from ingest.parsers.clean_text import clean_line, decode
from ingest.parsers.legal_lines import heading_level, item_level, starts_label

_CLOSED = (".", "!", "?", ":", ";", "”", '"', ")")


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A text file. Pages are what form feeds part; headings are short lines of their own."""
    del name, limits
    pages = re.sub(r"\r\n?", "\n", decode(data)).split("\f")
    blocks = tuple(
        block
        for number, page in enumerate(pages, 1)
        for block in text_blocks(page, number if len(pages) > 1 else None)
    )
    return ParsedDocument("text/plain", blocks, page_count=len(pages) if len(pages) > 1 else None)


def text_blocks(text: str, page: int | None = None) -> list[Block]:
    """The paragraphs, items and headings of a plain text."""
    groups = [
        [line for line in group.split("\n") if line.strip()]
        for group in re.split(r"\n[^\S\n]*\n", text)
    ]
    groups = [group for group in groups if group]
    wrapped = _is_wrapped([line for group in groups for line in group])
    paragraphs = [clean_line(p) for group in groups for p in _paragraphs(group, wrapped)]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    return [
        _block(paragraph, following, page) for paragraph, following in pairwise([*paragraphs, ""])
    ]


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines were broken at a fixed width: most end near the longest, none beyond."""
    widths = sorted(len(line.rstrip()) for line in lines)
    if len(widths) < 6:
        return False
    longest = widths[-1 - len(widths) // 50]
    full = sum(width >= longest * 0.8 for width in widths)
    return 40 <= longest <= 120 and full >= len(widths) * 0.4


def _paragraphs(lines: list[str], wrapped: bool) -> list[str]:
    if not wrapped:
        return lines
    paragraphs: list[str] = []
    for line in lines:
        stripped = line.strip()
        begins = (
            not paragraphs
            or heading_level(stripped)
            or heading_level(paragraphs[-1].strip())
            or starts_label(stripped)
            or (
                item_level(stripped)
                and paragraphs[-1].rstrip().endswith((*_CLOSED, ",", "dan", "atau"))
            )
        )
        if begins:
            paragraphs.append(line)
        else:
            paragraphs[-1] += "\n" + line
    return paragraphs


def _block(paragraph: str, following: str, page: int | None) -> Block:
    level = heading_level(paragraph)
    if level:
        return Block(BlockKind.HEADING, paragraph, page, level)
    level = item_level(paragraph)
    if level:
        return Block(BlockKind.LIST_ITEM, paragraph, page, level)
    if _is_title(paragraph, following):
        return Block(BlockKind.HEADING, paragraph, page, 1 if paragraph.isupper() else 2)
    return Block(BlockKind.PARAGRAPH, paragraph, page)


def _is_title(paragraph: str, following: str) -> bool:
    """A short line without a full stop, in capitals or title case, before a longer paragraph."""
    words = [word for word in paragraph.split() if word[0].isalpha()]
    if not 2 <= len(words) <= 16 or paragraph.endswith((*_CLOSED, ",")) or not following:
        return False
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= len(words) * 0.6 and len(following) > len(paragraph)
