"""Tells Indonesian from English by their small words."""

from __future__ import annotations

import re
from typing import Literal

_INDONESIAN = frozenset(
    """
    yang dan di dari untuk dengan pada ini itu dalam adalah tidak akan oleh sebagai atau ke karena
    juga telah dapat para ada kepada bahwa serta tersebut secara tentang lebih apa siapa kapan
    berapa bagaimana mengapa mana apakah sejak antara hingga saat setelah belum sudah bukan
    menurut terhadap seperti jika kota kabupaten daerah tahun nomor pasal jelaskan sebutkan dimana
    kenapa itu kah ya saja nya
    """.split()
)
_ENGLISH = frozenset(
    """
    the of and to in is that for it as was with be by on are at from this have or an had not but
    which were their has been its they will would there who what when where why how did does do
    about into than more can should after before between during under regency city year you your
    i we
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> Literal["id", "en", "und"]:
    """``"id"``, ``"en"``, or ``"und"`` where the text shows neither or both alike."""
    words = [word.lower() for word in _WORD.findall(text[:20_000])]
    indonesian = sum(word in _INDONESIAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    if indonesian == english:
        return "und"
    return "id" if indonesian > english else "en"
