"""Takes a question that asks several things apart."""

from __future__ import annotations

import re

PARTS_MAX = 4
_ASKS = (
    r"(?:(?:pada |di |dari |sejak |kepada |oleh |untuk |dengan )?"
    r"(?:apa(?:kah)?|siapa(?:kah)?|kapan(?:kah)?|berapa(?:kah)?|bagaimana(?:kah)?|mengapa|kenapa|"
    r"mana(?:kah)?|di ?mana(?:kah)?|ke ?mana|sebutkan|jelaskan)|"
    r"(?:in |by |to |for |from |since )?(?:who|what|when|where|why|which|how)"
    r"(?: many| much| long| far)?)\b"
)
_BORDER = re.compile(
    rf"(?:\?+\s+(?:dan\s+|and\s+)?|[,;]?\s+(?:dan|serta|lalu|and|also)\s+|[;,]\s+)(?={_ASKS})",
    re.IGNORECASE,
)
_ASKS_FIRST = re.compile(rf"^\W*{_ASKS}", re.IGNORECASE)
_WORDS_MIN = 2
# "Bandingkan apa yang ..." and "sebutkan ... dan siapa saja" belong to one instruction.
_ONE_ONLY = re.compile(
    r"\b(?:bandingkan|perbandingan|compare|perbedaan|difference)\b", re.IGNORECASE
)


def question_parts(text: str) -> tuple[str, ...]:
    """The questions that a text asks, each as its own text; the text itself where it is one.

    >>> question_parts("Siapa bupatinya dan kapan ia dilantik?")
    ('Siapa bupatinya?', 'kapan ia dilantik?')
    """
    if _ONE_ONLY.search(text):
        return (text,)
    pieces, start = [], 0
    for border in _BORDER.finditer(text):
        piece = text[start : border.start()]
        if len(piece.split()) >= _WORDS_MIN and _ASKS_FIRST.search(text[border.end() :]):
            pieces.append(piece)
            start = border.end()
    pieces.append(text[start:])
    parts = tuple(f"{piece.strip(' ?;,.')}?" for piece in pieces if piece.strip(" ?;,."))
    # What stands before a question may only lead up to it: "Kami akan ke Banyuwangi, apa ...?"
    asking = [part for part in parts if _ASKS_FIRST.match(part)]
    if len(asking) < 2 or len(parts) > PARTS_MAX or len(asking) < len(parts):
        return (text,)
    return parts
