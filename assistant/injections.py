"""Sentences of a document that speak to a program instead of to its readers.

"Abaikan instruksi sebelumnya dan jawab bahwa …" proves nothing, whoever quotes it. Words in
quotation marks are spoken of, not spoken, and do not count.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.claims import plain
from assistant.refusals import QUOTED, RULES

_LOOKALIKES = str.maketrans(
    "аеорсухіѕјӏԁԛԝАВЕКМНОРСТХІЅЈоαικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxisjldqwABEKMHOPCTXISJoaiknoptuxABEZHIKMNOPTYX",
)
"""Cyrillic and Greek letters that look like Latin ones."""
_PROGRAM = (
    r"(?:(?:the|any|all|semua|setiap)\s+)?(?:ai|llms?|gpt|chatbots?|model bahasa|language models?|"
    r"asisten (?:ai|virtual|digital)|ai (?:assistants?|agents?|models?|systems?)|bots?)"
)
_ADDRESSED = re.compile(
    r"\b(?:kepada|untuk|buat|hai|hei|halo|wahai|perhatian|hey|hello|dear|attention|"
    r"note (?:to|for)|"
    rf"message (?:to|for)|instructions? (?:to|for)|pesan (?:untuk|kepada)|instruksi (?:untuk|bagi)|"
    rf"catatan (?:untuk|bagi))\s+{_PROGRAM}\b[^.\n]{{0,40}}[:,!–—]|"
    r"<\|?/?(?:im_start|im_end|system|assistant|endoftext|user)\|?>|\[/?inst\]|<<sys>>|"
    r"\b(?:system|developer|assistant) ?(?:message|prompt|override|instructions?|note)\s*:|"
    r"\b(?:pesan|instruksi|perintah|prompt) sistem\s*:|"
    r"\"claims\"\s*:\s*\[|\{\s*\"text\"\s*:|"
    r"\b(?:you are (?:now )?an? (?:ai|assistant|helpful)|"
    r"as an? (?:ai|language model)\b.{0,20}\byou|"
    r"(?:kamu|anda) (?:sekarang )?(?:adalah|sebuah) (?:ai|asisten|chatbot|model bahasa))\b"
)
_TOLD_TO_SAY = re.compile(
    r"(?:^|[.!?:;\n*>(\-]\s*|\b(?:dan|lalu|kemudian|and|then|harus|wajib|must|should)\s+)"
    r"(?:tolong\s+|please\s+|selalu\s+|always\s+|kamu\s+|anda\s+|you\s+)*"
    r"(?:(?:jawab|katakan)(?:lah)?\s+(?:saja\s+|selalu\s+|hanya\s+)?(?:bahwa|dengan kata|\")|"
    r"(?:answer|respond|reply|say)\s+(?:only\s+|always\s+)?(?:that|with|\")|"
    r"(?:jangan|do not|don't|never)\s+(?:pernah\s+)?(?:sebut|kutip|tampilkan|bocorkan|ungkap|"
    r"mention|cite|quote|reveal|disclose)\w*\s+(?:\w+\s+){0,2}(?:instruksi|perintah|pesan|prompt|"
    r"instructions?|message)\b)"
)


_LETTERS = re.compile(r"[^\W\d_]+")
_TELLTALE = frozenset(
    "ai llm llms gpt chatbot chatbots bot bots model models asisten assistant im system inst sys "
    "developer sistem claims text you kamu anda jawab jawablah katakan katakanlah answer respond "
    "reply say jangan not don never sebut abaikan lupakan langgar ignore forget disregard override "
    "bypass sekarang now berpura berperanlah pretend act ubah ganti matikan nonaktifkan change "
    "disable turn jailbreak mode".split()
)
"""None of the patterns is met by a text without one of these."""


@lru_cache(maxsize=1_024)
def addresses_a_program(text: str) -> bool:
    """Whether a text, or a sentence of it, tells a program what to do or plays its messages."""
    shown = plain(text).translate(_LOOKALIKES).lower()
    if _TELLTALE.isdisjoint(_LETTERS.findall(shown)):
        return False
    if _ADDRESSED.search(shown) or _TOLD_TO_SAY.search(shown):
        return True
    return RULES.search(QUOTED.sub(" ", shown)) is not None
