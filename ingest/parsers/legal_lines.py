"""Lines of Indonesian legal drafting, as UU 12/2011 lays it down in its Lampiran II.

BAB, Bagian, Paragraf and Pasal are headings; ayat ``(1)``, huruf ``a.`` and angka ``1.`` or
``1)`` begin an item.
"""

from __future__ import annotations

import re

_ORDINAL = (
    r"(?:ke)?(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)"
    r"(?:\s*(?:belas|puluh))?(?:\s*\w+)?|pertama"
)
_HEADINGS = (
    (1, re.compile(r"BAB\s+[IVXLC]+[A-Z]?\b\.?")),
    (1, re.compile(r"(?:LAMPIRAN|PENJELASAN)(?:\s+[IVXLC]+)?$")),
    (2, re.compile(rf"Bagian\s+(?:{_ORDINAL})$", re.IGNORECASE)),
    (3, re.compile(r"Paragraf\s+\d+$", re.IGNORECASE)),
    (4, re.compile(r"Pasal\s+(?:\d+\s?[A-Z]{0,2}|[IVX]+)\s?[:.]?$", re.IGNORECASE)),
)
_ITEM = re.compile(
    r"(?P<ayat>\(\d{1,3}[a-z]?\))\s+\S"
    r"|(?P<angka>\d{1,3}[.)])\s+\S"
    r"|(?P<huruf>[a-zA-Z][.)])\s+\S"
    r"|(?P<numeral>[ivxIVX]{1,5}[.)])\s+\S"
    r"|(?P<dalam>\((?:[a-z]|\d{1,2})\))\s+\S"
    r"|(?P<bullet>[•●▪■◦‣⁃✓➢\uf0b7\uf0a7\uf0d8\uf0fc\uf0b0][ \t]*|[-–*][ \t]+)\S"
)
_LABEL = re.compile(
    r"(?:Menimbang|Mengingat|Memperhatikan|Membaca|Mendengar|Menetapkan|MEMUTUSKAN|Memutuskan"
    r"|(?:PERTAMA|KESATU|KEDUA|KETIGA|KEEMPAT|KELIMA|KEENAM|KETUJUH|KEDELAPAN|KESEMBILAN"
    r"|KESEPULUH|KESEBELAS))\s*:"
)


_ALONE = re.compile(
    r"(?:TENTANG|SALINAN|(?:DENGAN RAHMAT )?TUHAN YANG MAHA ESA|DENGAN RAHMAT TUHAN YANG MAHA ESA"
    r"|MEMUTUSKAN\s*:?|Memutuskan\s*:|(?:PERATURAN|KEPUTUSAN|INSTRUKSI|UNDANG-UNDANG)\b[A-Z ,.-]*"
    r"|NOMOR\s*:?\s*[\w./ -]+TAHUN\s+\d{4})"
)


def stands_alone(line: str) -> bool:
    """Whether a line of a regulation's head is a line of its own: TENTANG, NOMOR 8 TAHUN 2025."""
    return bool(_ALONE.fullmatch(line))


def heading_level(line: str) -> int:
    """1 for BAB, 2 Bagian, 3 Paragraf, 4 Pasal, where the line is nothing else; else 0."""
    for level, pattern in _HEADINGS:
        if pattern.match(line) and (level > 1 or len(line) < 120):
            return level
    return 0


def item_level(line: str) -> int:
    """Nesting from 1 where the line begins a list item (ayat, huruf, angka, bullet), else 0."""
    match = _ITEM.match(line)
    if match is None:
        return 0
    return {"ayat": 1, "huruf": 2, "angka": 1}.get(match.lastgroup or "", 2)


def item_marker(line: str) -> str:
    """``"(1)"``, ``"a."``, ``"2)"``, ``"•"``: the marker that the line begins with, or ``""``."""
    match = _ITEM.match(line)
    return match.group(match.lastgroup or 0).strip() if match else ""


def starts_label(line: str) -> bool:
    """Whether the line begins a labelled part: Menimbang, Mengingat, Menetapkan, KESATU."""
    return bool(_LABEL.match(line))
