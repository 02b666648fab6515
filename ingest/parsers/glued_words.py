"""Words that recognition of page images ran together: "KABUPATENBANYUWANGI".

rapidocr loses the narrow spaces of headings in capitals. A word is parted only where the same
document has its two parts side by side elsewhere, or where they are a region's kind and name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from docs_store.gazetteer import find_regions
from ingest.parsers.page_text import PageText

_WORD = re.compile(r"[A-Za-z]+")
_LONG_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]{9,60}(?![A-Za-z])")
_FIRST_CHARS_MIN, _SECOND_CHARS_MIN = 4, 3
_REGION_KINDS = ("kabupaten", "kota", "provinsi")
_BOTH_WAYS = re.compile("kerjasama|andatangan|anggungjawab|terimakasih", re.I)
"""Often printed as one word, so that the parts elsewhere prove nothing."""


def unglued(pages: Sequence[PageText]) -> list[PageText]:
    """The pages, the words parted in those that OCR read."""
    if all(piece.confidence is None for page in pages for piece in page.pieces):
        return list(pages)
    pairs = {
        (first.lower(), second.lower())
        for page in pages
        for piece in page.pieces
        for first, second in pairwise(_WORD.findall(piece.text))
    }

    def parted(found: re.Match[str]) -> str:
        word = found[0]
        if _BOTH_WAYS.search(word):
            return word
        cuts = [
            at
            for at in range(_FIRST_CHARS_MIN, len(word) - _SECOND_CHARS_MIN + 1)
            if (word.isupper() or (word[at - 1].islower() and word[at].isupper()))
            and ((word[:at].lower(), word[at:].lower()) in pairs or _is_region(word, at))
        ]
        return f"{word[: cuts[0]]} {word[cuts[0] :]}" if len(cuts) == 1 else word

    return [
        replace(
            page,
            pieces=tuple(
                piece
                if piece.confidence is None
                else replace(piece, text=_LONG_WORD.sub(parted, piece.text))
                for piece in page.pieces
            ),
        )
        for page in pages
    ]


def _is_region(word: str, at: int) -> bool:
    if word[:at].lower() not in _REGION_KINDS:
        return False
    name = f"{word[:at]} {word[at:]}".title()
    return any(found.start == 0 and found.end == len(name) for found in find_regions(name))
