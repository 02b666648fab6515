"""Markdown (CommonMark with tables), with HTML inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.limits import Limits
from ingest.parsers.clean_text import clean, clean_line, decode
from ingest.parsers.html import element_blocks, page_tree
from ingest.parsers.html_noise import drop_noise
from ingest.parsers.legal_lines import heading_level, item_level
from ingest.parsers.plain_text import text_blocks
from ingest.parsers.table_rows import row_blocks

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|lang|language)[ \t]*+:(.+)$", re.I | re.M)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A Markdown file; title and date come from its YAML front matter."""
    del name, limits
    text = re.sub(r"\r\n?", "\n", decode(data)).lstrip("\ufeff")
    front = _FRONT_MATTER.match(text)
    fields = {}
    if front:
        text = text[front.end() :]
        found = _FIELD.findall(front[1])
        fields = {key.lower(): value.strip().strip("\"'") for key, value in found}
    date = _DATE.match(fields.get("date", ""))
    return ParsedDocument(
        "text/markdown",
        tuple(markdown_blocks(text)),
        title=clean_line(fields.get("title", "")) or None,
        date=date[0] if date else None,
        language=(fields.get("lang") or fields.get("language") or "")[:2] or None,
    )


def markdown_blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    lists: list[int | None] = []  # per open list: its next number, None for bullets
    typed: list[bool] = []  # per open list: whether its numbers hold as they stand
    item: str | None = None
    index = 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.type == "ordered_list_open":
            lists.append(int(token.attrs.get("start", 1)))
            typed.append(_is_numbered_as_typed(tokens, index))
        elif token.type == "bullet_list_open":
            lists.append(None)
            typed.append(False)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            lists.pop()
            typed.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            if number is not None and typed[-1]:
                number = int(token.info)
            item = "" if number is None else f"{number}{token.markup or '.'} "
            if number is not None:
                lists[-1] = number + 1
        elif token.type == "heading_open":
            heading = clean_line(_plain(tokens[index]))
            if heading:
                yield Block(BlockKind.HEADING, heading, level=int(token.tag[1]))
            index += 2
        elif token.type == "inline":
            for block in _paragraph(_plain(token), item, len(lists)):
                item = None
                yield block
        elif token.type in {"fence", "code_block"}:
            yield from _code(token.content)
        elif token.type == "html_block":
            root = page_tree(f"<div>{token.content}</div>")
            drop_noise(root)
            yield from element_blocks(root)
        elif token.type == "table_open":
            rows, index = _table(tokens, index)
            yield from row_blocks(rows, header_rows=1 if len(rows) > 1 and any(rows[0]) else None)


def _is_numbered_as_typed(tokens: Sequence[Token], index: int) -> bool:
    """Whether a list's numbers were written out, rather than "1." each time.

    Converters from PDF run several lists into one: its second "1." begins anew.
    """
    level = tokens[index].level
    for at in range(index, len(tokens)):
        token = tokens[at]
        if token.level < level:
            return False
        if token.type == "list_item_open" and token.level == level and token.info not in ("", "1"):
            return True
    return False


def _paragraph(text: str, item: str | None, depth: int) -> Iterator[Block]:
    if item is not None:
        if clean(text):
            yield Block(BlockKind.LIST_ITEM, item + clean(text), level=max(1, depth))
        return
    # Converters from PDF leave one line a paragraph line; what begins an item begins a block.
    for paragraph in _split_items(text):
        cleaned = clean(paragraph)
        if not cleaned:
            continue
        level = heading_level(cleaned)
        if level:
            yield Block(BlockKind.HEADING, cleaned, level=level)
        elif item_level(cleaned):
            yield Block(BlockKind.LIST_ITEM, clean_line(cleaned), level=item_level(cleaned))
        else:
            yield Block(BlockKind.PARAGRAPH, cleaned)


def _split_items(text: str) -> Iterator[str]:
    """A paragraph's parts: soft line breaks join lines, but headings and items stand alone."""
    part: list[str] = []
    for line in text.split("\n"):
        bare = line.strip()
        if part and (heading_level(bare) or item_level(bare) or heading_level(part[-1].strip())):
            yield " ".join(part)
            part = []
        part.append(line.replace("\v", "\n"))
    yield " ".join(part)


def _code(text: str) -> Iterator[Block]:
    yield from text_blocks(text)


def _plain(token: Token) -> str:
    """An inline token's text: emphasis and links without their marks; hard breaks as \\v."""
    parts = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append("\n")
        elif child.type == "hardbreak" or _LINE_BREAK.match(child.content):
            parts.append("\v")
    return "".join(parts)


def _table(tokens: list[Token], index: int) -> tuple[list[list[str]], int]:
    rows: list[list[str]] = []
    while tokens[index].type != "table_close":
        token = tokens[index]
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_plain(token).replace("\v", " "))
        index += 1
    return rows, index + 1
