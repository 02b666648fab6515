"""Running headers, footers and page numbers: what pages repeat at their edges."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.parsers.legal_lines import heading_level, item_level
from ingest.parsers.page_text import PageText
from ingest.parsers.pdf_layout import Line

_EDGE = 0.15
"""The share of a page's height, at the top and at the bottom, where they stand."""
_NUMBER = re.compile(
    r"(?:hal(?:aman)?\.?|page|hlm\.?|-|–|—|\|)?\s*(\d{1,4})\s*"
    r"(?:-|–|—|\||(?:/|dari|of)\s*\d{1,4})?\.?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[-–\s]*([ivxlc]{1,7})[-–\s]*", re.IGNORECASE)


def drop_running(pages: Sequence[PageText], lines: list[list[Line]]) -> list[list[Line]]:
    """Each page's lines without those that repeat from page to page at its edges.

    Where nothing else stands on any page, what repeats is the document: all stays.
    """
    repeated = _repeated(pages, lines)
    numbers = _page_numbers(pages, lines)
    kept = [
        [
            line
            for line in page_lines
            if id(line) not in numbers and not (_edge(line, page) and _key(line, page) in repeated)
        ]
        for page, page_lines in zip(pages, lines, strict=True)
    ]
    return kept if any(kept) else lines


def _edge(line: Line, page: PageText) -> str:
    if line.table is not None:
        return ""
    if line.box.bottom < page.height * _EDGE:
        return "top"
    return "bottom" if line.box.top > page.height * (1 - _EDGE) else ""


def _key(line: Line, page: PageText) -> tuple[str, str]:
    """What a running line keeps from page to page: its edge, and its text but for figures."""
    return _edge(line, page), re.sub(r"\d+", "#", line.text.lower())


def _repeated(pages: Sequence[PageText], lines: list[list[Line]]) -> set[tuple[str, str]]:
    seen: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    headings = set()  # "Pasal 7" may begin many pages
    for page, page_lines in zip(pages, lines, strict=True):
        for line in page_lines:
            edge = _edge(line, page)
            if heading_level(line.text) or item_level(line.text):
                headings.add(_key(line, page))
            elif edge:
                # Distance from its own edge, since landscape and portrait pages mix.
                distance = line.box.top if edge == "top" else page.height - line.box.bottom
                seen[_key(line, page)].setdefault(page.number, distance)
    needed = max(3, len(pages) * 0.2)
    found = set()
    for key, places in seen.items():
        # Text that is all figures is a page number or data: the sequence decides, below.
        if len(places) < needed or key in headings or not re.search(r"[^\W\d_]", key[1]):
            continue
        near = Counter(round(distance / 6) for distance in places.values())
        rows = near.most_common(1)[0][0]
        level = sum(count for row, count in near.items() if abs(row - rows) <= 1)
        if level >= max(3, len(places) * 0.6):
            found.add(key)
    return found


def _page_numbers(pages: Sequence[PageText], lines: list[list[Line]]) -> set[int]:
    """Lone numbers at an edge that go up with the pages; a lone figure elsewhere is text."""
    candidates: list[tuple[int, int, Line]] = []  # (number minus page index, page, line)
    for page, page_lines in zip(pages, lines, strict=True):
        text_lines = [line for line in page_lines if line.table is None]
        # Not by distance from the edge: on a short last page the number follows the text.
        outer = sorted(text_lines, key=lambda line: line.box.top)
        for line in {id(line): line for line in (*outer[:3], *outer[-3:])}.values():
            number = _number(line.text)
            if number is not None:
                candidates.append((number - page.number, page.number, line))
    offsets = Counter(offset for offset, _ in {(o, p) for o, p, _ in candidates})
    needed = 2 if len(pages) < 6 else 3
    steady = {offset for offset, count in offsets.items() if count >= needed}
    if not steady and len(pages) > 1 and len(candidates) == 1:
        steady = {candidates[0][0]} if candidates[0][0] in (0, -1) else set()
    return {id(line) for offset, _, line in candidates if offset in steady}


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text.strip())
    if match:
        return int(match[1])
    roman = _ROMAN.fullmatch(text.strip())
    return _from_roman(roman[1].lower()) if roman else None


def _from_roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in text]
    return sum(
        -value if value < max(values[index:]) else value for index, value in enumerate(values)
    )
