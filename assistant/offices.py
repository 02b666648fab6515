"""Offices that a text names, and the persons named as their holders.

"Wakil Bupati" is another office than "Bupati"; "Regent" is the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OFFICES = (
    ("bupati", "bupati|regent"),
    ("wali kota", "wali ?kota|mayor"),
    ("gubernur", "gubernur|governor"),
    ("presiden", "presiden|president"),
    ("menteri", "menteri|minister"),
    ("sekda", "sekda|sekretaris daerah|regional secretary"),
    ("sekretaris dprd", "sekretaris dprd|sekwan"),
    ("sekretaris", "sekretaris|secretary"),
    ("ketua dprd", "ketua dprd|(?:dprd )?(?:council )?speaker"),
    ("ketua", "ketua|chair(?:man|woman|person)?"),
    ("kepala dinas", "kepala dinas|kadis"),
    ("kepala badan", "kepala badan|kaban"),
    ("kepala bagian", "kepala bagian|kabag"),
    ("kepala bidang", "kepala bidang|kabid"),
    ("kepala desa", "kepala desa|kades|village head"),
    ("camat", "camat|(?:sub-?)?district head"),
    ("lurah", "lurah"),
    ("direktur", "direktur|director"),
)
OFFICE_WORDS = frozenset(
    "bupati regent wali walikota mayor gubernur governor presiden president menteri minister sekda "
    "sekretaris secretary sekwan ketua speaker chair chairman chairwoman chairperson kepala kadis "
    "kaban kabag kabid kades head camat lurah direktur director wabup wagub wawali wapres".split()
)
"""In small letters: no office is without one of them."""
_RANK = (
    r"(?:(?P<deputy>wakil|wabup|deputy|vice|asisten|assistant)|"
    r"(?P<acting>plt|pjs?|plh|pelaksana tugas|penjabat|acting)|"
    r"(?P<former>mantan|eks|former|ex-|then-)|(?P<candidate>calon|candidate for))\.?[ ]?"
)
_OFFICE = re.compile(
    rf"\b(?:{_RANK})?(?:"
    + "|".join(rf"(?P<{name.replace(' ', '_')}>{words})" for name, words in _OFFICES)
    + r")(?!\w)|\b(?P<short>wabup|wagub|wawali|wapres)\b",
    re.IGNORECASE,
)
_SHORT = {
    "wabup": "deputy bupati",
    "wagub": "deputy gubernur",
    "wawali": "deputy wali kota",
    "wapres": "deputy presiden",
}
_REGULATION = re.compile(
    r"\b(?:peraturan|keputusan|instruksi|surat edaran|rancangan)\s+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office where a text names it; ``name`` is one for all its spellings."""

    name: str
    start: int
    end: int


def find_offices(text: str) -> Iterator[Office]:
    """The offices that a text names; "Peraturan Bupati" is a regulation and names none."""
    for match in _OFFICE.finditer(text):
        if _REGULATION.search(text, max(0, match.start() - 20), match.start()):
            continue
        if match["short"]:
            yield Office(_SHORT[match["short"].lower()], match.start(), match.end())
            continue
        ranks = [rank for rank in ("deputy", "acting", "former", "candidate") if match[rank]]
        office = next(n for n, _ in _OFFICES if match[n.replace(" ", "_")])
        yield Office(" ".join([*ranks, office]), match.start(), match.end())
