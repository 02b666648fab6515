"""Lines of a PDF into headings, paragraphs, items and table rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.blocks import Block, BlockKind, LineBox
from ingest.parsers.legal_lines import (
    heading_level,
    item_level,
    item_marker,
    stands_alone,
    starts_label,
)
from ingest.parsers.page_text import HYPHEN_AT_END, PageText
from ingest.parsers.pdf_layout import Line
from ingest.parsers.pdf_rows import TableRows, replaced
from ingest.parsers.pdf_table import Table
from ingest.parsers.pdf_unruled import cell_headers, row_lines
from ingest.parsers.table_rows import row_block

_CLOSED = re.compile(r"[.;:!?][)\"”’']*$")
_CLOSED_ITEM = re.compile(r"(?:[.;:,!?][)\"”’']*|\b(?:dan|atau|dan/atau|and|or))$")
_WORD_CHARS_MAX = 80
_SUBTITLED = re.compile(r"(?:BAB\s+[IVXLC]+[A-Z]?|Bagian\s+\S+(?:\s\S+)?|Paragraf\s+\d+)$", re.I)
_KEPT_HYPHEN = re.compile(r"non|anti|pra|pasca|sub|multi|antar|semi|self|e", re.IGNORECASE)


def join_words(text: str, following: str, words: frozenset[str] = frozenset()) -> str:
    """Two lines as one text; a word that a hyphen divides at the line's end is made whole.

    In Indonesian a hyphen at the end mostly belongs there (``undang-undang``), so it goes only
    where the whole word is known from elsewhere in the document, or where PDFium took it for
    typesetting and the two parts do not repeat each other.
    """
    if not text:
        return following
    if text[-1] not in ("-", HYPHEN_AT_END):
        return f"{text} {following}"
    # Only the end: to search a long text for a word at its end takes the square of its length.
    tail = text[-_WORD_CHARS_MAX:]
    match = re.search(r"(\w+)(\W)$", tail)
    after = re.match(r"\w+", following)
    if not match or not after:
        return f"{text} {following}".replace(HYPHEN_AT_END, "-")
    left, right = match[1].lower(), after[0].lower()
    stem = text[:-1]
    repeats = any(left.endswith(right[:length]) for length in range(3, len(right) + 1))
    typed = match[2] == "-" and left + right not in words
    known = f"{left}-{right}" in words
    if (
        repeats
        or known
        or not after[0][0].islower()
        or not left[-1].isalpha()
        or _KEPT_HYPHEN.fullmatch(left)
        or (typed and left + right not in words and left in words and right in words)
    ):
        return f"{stem}-{following}"
    return stem + following


class Paragraphs:
    """Builds the blocks of a document from its pages' lines, in order."""

    def __init__(self, pages: Sequence[PageText], lines: Sequence[Sequence[Line]]) -> None:
        self._pages = {page.number: page for page in pages}
        self._lines = [line for page_lines in lines for line in page_lines]
        texts = [line for line in self._lines if line.table is None]
        sizes: Counter[float] = Counter()
        for line in texts:
            sizes[round(line.size * 2) / 2] += len(line.text)
        self._body = sizes.most_common(1)[0][0] if sizes else 10.0
        larger = sorted({s for s in sizes if s >= self._body * 1.15}, reverse=True)
        self._levels = {size: min(index + 1, 4) for index, size in enumerate(larger)}
        self._words = frozenset(
            word.lower() for line in texts for word in re.findall(r"\w+(?:-\w+)*", line.text)
        )
        self._pitch = _pitch(texts)
        self._blocks: list[Block] = []
        self._open: list[Line] = []
        self._rows = TableRows()

    def blocks(self) -> list[Block]:
        """All blocks, in reading order."""
        rows, headers = row_lines(self._lines)
        for index, line in enumerate(self._lines):
            if line.table is not None:
                self._close()
                self._table_rows(line.table, line.page)
                continue
            if self._open and self._begins(self._open[-1], line):
                self._close()
            if rows[index]:
                self._close()
                self._row(line, self._lines[headers[index]] if index in headers else None)
                continue
            self._open.append(line)
        self._close()
        return self._continued()

    # --- where a paragraph begins -----------------------------------------------------------

    def _begins(self, last: Line, line: Line) -> bool:
        so_far = " ".join(one.text for one in self._open)
        if heading_level(line.text) and (_CLOSED_ITEM.search(so_far) or not _runs_on(last)):
            return True
        if _SUBTITLED.fullmatch(so_far) or (
            len(self._open) < 4 and _SUBTITLED.fullmatch(self._open[0].text)
        ):
            return not self._is_subtitle(line)
        if heading_level(so_far):
            return True
        if starts_label(line.text) or stands_alone(line.text) or stands_alone(last.text):
            return True
        if starts_label(last.text) and last.text.endswith(":"):
            return True
        if self._marker_begins(last, line, so_far):
            return True
        if last.page != line.page or line.box.top < last.box.top:
            return True  # ``_continued`` looks whether the sentence goes on
        if line.text.isupper() != last.text.isupper() and (
            last.text.isupper() and len(last.text) > 8
        ):
            return not _runs_on(last)
        if abs(last.size - line.size) > 0.12 * max(last.size, line.size):
            return True
        step = line.box.bottom - last.box.bottom
        if step > max(1.35 * self._pitch.get(round(line.size), line.size * 1.2), 1.3 * line.size):
            return True
        if last.bold != line.bold and (last.bold or not _runs_on(last)) and not so_far.islower():
            return last.bold or bool(_CLOSED.search(last.text))
        return self._ends_short(last, line)

    def _ends_short(self, last: Line, line: Line) -> bool:
        """Whether the last line left room for the next one's first word, and so meant to end."""
        word = line.text.split(" ", 1)[0]
        width = line.box.width * (len(word) + 1) / max(1, len(line.text))
        room = last.right - last.box.right - width
        if _CLOSED.search(last.text):
            indented = line.box.left > last.box.left + 1.5 * line.size and len(self._open) > 1
            return room > 0.5 * line.size or indented
        return room > 0.3 * (last.right - last.left) and not line.text[:1].islower()

    def _marker_begins(self, last: Line, line: Line, so_far: str) -> bool:
        if not item_level(line.text):
            return False
        marker = item_marker(line.text)
        if not marker[0].isalnum() and marker[0] != "(":
            return True  # a bullet
        if _CLOSED_ITEM.search(so_far):
            return True
        # "pada ayat / (1) dan": a reference goes on; an item stands out to the left, or begins
        # with a capital after a line that ended early.
        outdented = line.box.left < last.box.left - 0.7 * line.size
        rest = line.text[len(marker) :].strip()
        return (outdented or self._ends_short(last, line)) and (
            rest[:1].isupper() or marker[-1] == "." or outdented
        )

    def _is_subtitle(self, line: Line) -> bool:
        """Whether a line goes on a "BAB I" or "Bagian Kesatu" as its title."""
        if heading_level(line.text) or item_level(line.text) or _CLOSED.search(line.text):
            return False
        first = self._open[0]
        step = line.box.top - self._open[-1].box.bottom
        if line.page != first.page or not -1 <= step < 2.2 * line.size:
            return False
        if first.text.isupper():
            return line.text.isupper()
        centred = abs(_centre(line) - _centre(first)) < 3 * line.size
        return centred and len(line.text) < 90

    # --- blocks -----------------------------------------------------------------------------

    def _row(self, line: Line, header: Line | None) -> None:
        block = row_block(line.cells, cell_headers(line, header) if header else ())
        self._blocks.append(
            replace(
                block,
                page=line.page,
                confidence=line.confidence,
                lines=(self._line_box(line, 0, len(block.text)),),
            )
        )

    def _table_rows(self, table: Table, page: int) -> None:
        for placed in self._rows.rows(table):
            if placed.extends and self._blocks and self._blocks[-1].kind is BlockKind.TABLE_ROW:
                self._blocks[-1] = replaced(self._blocks[-1], placed.block)
                continue
            block, box = placed.block, placed.box
            scores = [
                piece.confidence
                for piece in self._pages[page].pieces
                if piece.confidence is not None and box.top <= piece.box.bottom - 2 <= box.bottom
            ]
            line = Line(page, "", box, 0, False, 0, 0, confidence=min(scores, default=None))
            self._blocks.append(
                replace(
                    block,
                    page=page,
                    confidence=line.confidence,
                    lines=(self._line_box(line, 0, len(block.text)),),
                )
            )

    def _close(self) -> None:
        if not self._open:
            return
        lines, self._open = self._open, []
        text = ""
        boxes: list[LineBox] = []
        for line in lines:
            joined = join_words(text, line.text, self._words)
            start = len(joined) - len(line.text)
            if boxes and boxes[-1].end > start:
                boxes[-1] = replace(boxes[-1], end=start)
            text = joined
            boxes.append(self._line_box(line, start, len(text)))
        if text.endswith(HYPHEN_AT_END):
            text = text[:-1] + "-"
        text = text.replace(HYPHEN_AT_END, "-")
        self._rows.interrupt(text)
        kind, level = self._kind(lines, text)
        self._blocks.append(
            Block(
                kind,
                text,
                lines[0].page,
                level,
                confidence=min((n.confidence for n in lines if n.confidence), default=None),
                lines=tuple(boxes),
            )
        )

    def _kind(self, lines: list[Line], text: str) -> tuple[BlockKind, int]:
        level = heading_level(text) or (heading_level(lines[0].text) if len(text) < 200 else 0)
        if level:
            return BlockKind.HEADING, level
        letters = sum(map(str.isalpha, text))
        if len(text) <= 200 and letters >= 3 and not re.search(r"[.;,]$", text):
            size = round(lines[0].size * 2) / 2
            if size in self._levels:
                return BlockKind.HEADING, self._levels[size]
            centred = all(
                abs(_centre(line) - (line.left + line.right) / 2) < 0.05 * (line.right - line.left)
                and line.box.left > line.left + 0.05 * (line.right - line.left)
                for line in lines
            )
            caps = text.isupper() and letters >= len(text) * 0.5
            if caps and centred:
                return BlockKind.HEADING, 1
            if all(line.bold for line in lines) and len(text) <= 150:
                return BlockKind.HEADING, 3
        if item_level(text):
            return BlockKind.LIST_ITEM, item_level(text)
        return BlockKind.PARAGRAPH, 0

    def _line_box(self, line: Line, start: int, end: int) -> LineBox:
        shares = self._pages[line.page].frame.shares(line.box)
        left, top, right, bottom = (round(min(max(side, 0), 1), 4) for side in shares)
        return LineBox(start, end, left, top, right, bottom, line.confidence)

    def _continued(self) -> list[Block]:
        """Paragraphs that were cut by the end of a column are joined, by that of a page marked."""
        found: list[Block] = []
        for block in self._blocks:
            if found and _goes_on(found[-1], block):
                last = found[-1]
                if last.page == block.page:
                    text = join_words(last.text, block.text, self._words)
                    shift = len(text) - len(block.text)
                    moved = tuple(
                        replace(box, start=box.start + shift, end=box.end + shift)
                        for box in block.lines
                    )
                    kept = tuple(replace(box, end=min(box.end, shift)) for box in last.lines)
                    sure = [b.confidence for b in (last, block) if b.confidence is not None]
                    found[-1] = replace(
                        last,
                        text=text,
                        lines=(*kept, *moved),
                        confidence=min(sure, default=None),
                    )
                    continue
                block = replace(block, continues=True)
            found.append(block)
        return found


def _goes_on(last: Block, block: Block) -> bool:
    running = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    if last.kind not in running or block.kind not in running or not last.lines or not block.lines:
        return False
    if _CLOSED.search(last.text) or starts_label(block.text):
        return False
    if block.page == last.page and block.lines[0].top > last.lines[-1].top:
        return False  # parted by something other than the end of a column
    if block.page is not None and last.page is not None and block.page > last.page + 1:
        return False
    if block.text[:1].islower() and not item_level(block.text):
        return True
    if item_level(block.text):
        # "pada ayat / (2), ..." goes on, "(2) Setiap" does not.
        marker = item_marker(block.text)
        return (
            not _CLOSED_ITEM.search(last.text) and block.text[len(marker) :].strip()[:1].islower()
        )
    return bool(re.search(r"[\w,(/-]$", last.text)) and not last.text.isupper()


def _centre(line: Line) -> float:
    left, right = float(line.box.left), float(line.box.right)
    return (left + right) / 2


def _runs_on(line: Line) -> bool:
    """Whether a line is full, so that its sentence may go on in the next."""
    return float(line.box.right) > line.right - 0.1 * (line.right - line.left)


def _pitch(lines: Sequence[Line]) -> dict[int, float]:
    """The usual distance from line to line, by font size."""
    steps: dict[int, list[float]] = {}
    for last, line in pairwise(lines):
        step = line.box.bottom - last.box.bottom
        if last.page == line.page and 0.5 * line.size < step < 3 * line.size:
            steps.setdefault(round(line.size), []).append(step)
    return {size: median(found) for size, found in steps.items() if len(found) > 3}
