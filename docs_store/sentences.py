"""Sentence borders in Indonesian and English text, as exact offsets.

Used on both sides: passages are cut at them, and answers quote whole sentences.
"""

from __future__ import annotations

import re

# Titles and short forms that stand before something: their full stop ends no sentence.
_ABBREVIATIONS = frozenset(
    """
    a.l a.n an bpk cq d.a dr dra drg drs dt gg h hj hlm ir jl jln jkt jend
    kab kec kh kel kep kol kpt ktr let lih max min mr mrs ms n.b no nn nomor ny pasal pd
    perda perbup ph prof psl pt rp sdr sdri sec skm sr st s.d tel telp tgl tn ttd u.b u.p ub
    up v vol vs yth dr.rer.nat sh se mm msi mh mt spd st skep co dept dist est fig gov
    eq e.g eg i.e ie jan feb mar apr jun jul agt ags aug sep sept okt oct nov des dec art
    """.split()
)
# Those that stand after something: a capital letter after them begins a new sentence.
_CLOSING_ABBREVIATIONS = frozenset("al dkk dll dsb dsl dst etc km tbk tsb ltd inc corp".split())
# A sentence end: . ! ? … with closing quotes and brackets, or a line break.
_CANDIDATE = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?=\s|$)|\n+")
CELL_SEPARATOR = " | "
"""What parsers put between the cells of a table row; a row is one sentence."""
WRAPPED_CHARS_MIN = 30
"""A shorter line that ends in a word is a heading or an item of a list, not a wrapped one."""
_NEVER_LAST = frozenset(
    """
    adalah atas atau bahwa berupa dalam dan dari dengan di kepada ke menurut oleh pada per secara
    seperti serta tentang terhadap untuk yang pemerintah peraturan undang-undang perangkat kepala
    menteri badan dinas kabupaten kota provinsi bupati gubernur and at by for from in of on or the
    to with
    """.split()
)
"""Words that no sentence ends with."""
_ITEM_START = re.compile(r"\(?(?:[a-z]|[ivx]{1,5})[.)]\s")
_WORD_BEFORE = re.compile(r"[^\s(\[“\"'‘]+$")
_NUMBERED_ITEM = re.compile(r"^(?:\(?\d{1,3}|\(?[a-z]|[ivxlc]{1,5}|[IVXLC]{1,5}|[A-Z])$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end), without the white space between them.

    Every character that is not white space is in exactly one span. A line break ends a sentence,
    unless the next line goes on in the middle of it.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        if match.group("mark") is None:
            if _goes_on(text, match):
                continue
        elif _in_table_row(text, match.start()) or not _ends_sentence(text, start, match):
            continue
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether a line break stands in the middle of a sentence, as in text that was wrapped.

    The line before ends in a word or a comma, the next begins with a small letter, and neither is
    a row of a table, a list's item or a heading alone on its line.
    """
    if match.group() != "\n":
        return False
    end = text.find("\n", match.end())
    following = text[match.end() : end if end >= 0 else len(text)]
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    is_open = before.rsplit(" ", 1)[-1].lower() in _NEVER_LAST
    return (
        (following[:1].islower() or (is_open and following[:1].isalpha()))
        and not _ITEM_START.match(following)
        and len(before) >= WRAPPED_CHARS_MIN
        and (before[-1].isalnum() or before[-1] == ",")
        and CELL_SEPARATOR not in before
        and CELL_SEPARATOR not in following
    )


def _numbers_inline(sentence: str, word: str) -> bool:
    """Whether the number at its end goes on counting: "pemenangnya: 1. Bogor 2. Sleman"."""
    if not word.isdigit() or not 1 <= int(word) < 100:
        return False
    if word == "1":
        return sentence[:-1].rstrip().endswith(":")
    return re.search(rf"(?:^|[\s:(]){int(word) - 1}[.)]\s", sentence) is not None


def _in_table_row(text: str, at: int) -> bool:
    """Whether the line is a row of a table: its cells make one statement together."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return CELL_SEPARATOR in text[start : end if end >= 0 else len(text)]


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    if stripped:
        spans.append((start + left, start + left + len(stripped)))


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    mark, close = match.group("mark"), match.group("close")
    following = text[match.end() :].lstrip(" \t")[:1]
    if mark != ".":
        # "Apa?" katanya: a lower-case word goes on with the sentence.
        return not following.islower()
    if following.islower():
        return False
    before = _WORD_BEFORE.search(text, start, match.start())
    word = before.group() if before else ""
    bare = word.lower().rstrip(".")
    if close:
        return True
    if bare in _ABBREVIATIONS or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?", word):
        return not following  # it may end the text
    if bare in _CLOSING_ABBREVIATIONS:
        return not following.isdigit()
    if len(word) == 1 and word.isupper():
        return False  # an initial: Delis J. Hehi
    if _numbers_inline(text[start : match.start()], word):
        return False
    # "1." or "a." at the start of a line numbers an item; it does not end a sentence.
    is_first_word = before is not None and not text[start : before.start()].strip()
    return not (is_first_word and _NUMBERED_ITEM.match(word))
