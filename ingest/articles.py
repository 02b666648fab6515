"""Follows Pasal, ayat, huruf and angka through a regulation, block by block.

The order of parts is that of Indonesian legal drafting (UU 12/2011, Lampiran II): Pasal, ayat
"(1)", huruf "a.", angka "1."; where a Pasal has no ayat, huruf or angka follow it at once.
"""

from __future__ import annotations

import re

from ingest.article_candidates import reads_as_article
from ingest.blocks import Block, BlockKind

_CLAUSE = re.compile(r"^\((\d{1,2}[a-z]?)\)\s")
_LETTER = re.compile(r"^([a-zA-Z])[.)]\s")
_NUMBER = re.compile(r"^(\d{1,3})[.)]\s")
_CHAPTER = re.compile(
    r"^(?:BAB\s+[IVXLCDM]+|Bagian\s+(?:Ke\w+|Pertama)|Paragraf\s+\d+)\b", re.IGNORECASE
)
_ANNEX = re.compile(r"^(?:PENJELASAN|Penjelasan|LAMPIRAN|Lampiran)\b")
_END = re.compile(r"^(?:Ditetapkan|Diundangkan|Disahkan) di\b|^Agar setiap orang")
_LINE_CHARS_MAX = 150
"""A longer block is a sentence that happens to begin with such a word."""

Place = tuple[str, ...]
"""("Pasal 7", "ayat (2)", "huruf b"), from the outside; empty outside of articles."""


class ArticleReader:
    """Give it the blocks in order; it says at which place of a regulation each stands."""

    def __init__(self) -> None:
        self._place: Place = ()
        self._clauses_by_number = False
        self._just_opened = False

    def read(self, block: Block, opens: str | None = None) -> Place:
        """The place of this block; ``opens`` is the article that begins with it, if one does."""
        text = block.text
        if opens is not None:
            self._place = (opens,)
            self._just_opened = block.kind is BlockKind.HEADING
            self._clauses_by_number = False
            return self._place
        if (_END.match(text) or (_ANNEX.match(text) and len(text) <= _LINE_CHARS_MAX)) or (
            _CHAPTER.match(text) and len(text) <= _LINE_CHARS_MAX and not text.endswith(".")
        ):
            self._place = ()
        elif self._place and not block.continues:
            self._place = self._inside_article(block)
        self._just_opened = False
        return self._place

    def _inside_article(self, block: Block) -> Place:
        article, clause = self._place[0], self._clause()
        if found := _CLAUSE.match(block.text):
            return (article, f"ayat ({found.group(1)})")
        if found := _NUMBER.match(block.text):
            # "1." right under the Pasal, with no sentence before it, stands for "(1)".
            self._clauses_by_number |= self._just_opened
            if self._clauses_by_number and block.level <= 1:
                return (article, f"ayat ({found.group(1)})")
            letter = tuple(part for part in self._place if part.startswith("huruf"))
            return (article, *clause, *letter, f"angka {found.group(1)}")
        if found := _LETTER.match(block.text):
            return (article, *clause, f"huruf {found.group(1).lower()}")
        if block.kind is BlockKind.PARAGRAPH:
            return (article, *clause)
        return self._place

    def _clause(self) -> Place:
        return tuple(part for part in self._place if part.startswith("ayat"))


def is_article(block: Block) -> bool:
    """Whether the block is the line that opens an article ("Pasal 7")."""
    return block.kind is BlockKind.HEADING and reads_as_article(block.text)
