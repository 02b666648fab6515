"""Abbreviations as the documents themselves define them, both ways.

"Mal Pelayanan Publik yang selanjutnya disingkat MPP", "mal pelayanan publik (MPP)" and "MPP (Mal
Pelayanan Publik)" let a question about the one find what is written of the other, whichever way
either is capitalised.

What stands beside an abbreviation is its long form if its words begin with the abbreviation's
letters. Of a longer abbreviation, letters inside the words may count too. Where the text says that
it is one ("disingkat", "disebut"), a whole item of a law's definitions is the long form whatever
its letters ("Perizinan Berusaha Terintegrasi Secara Elektronik yang selanjutnya disingkat OSS"),
and elsewhere it is enough that the letters stand in it in their order, the first at a word's
start: Schwartz & Hearst 2003, "A Simple Algorithm for Identifying Abbreviation Definitions in
Biomedical Text".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docs_store.analysis import terms
from docs_store.store import DocumentStore

PASSAGES_SEARCHED = 20
FORM_CHARS_MAX = 160
FORM_WORDS_MAX = 8
"""Of a long form that only its place tells."""
NAMES_MAX = 4
FOUND_MAX = 12
LONG_SHORT = 5
"""An abbreviation of so many letters does not agree with a text by chance."""
SKIPPED_MAX = 2
"""Words of a long form that the abbreviation passes over, where the text says that it is one."""
REPEATED_MAX = 4
"""Of a digit that repeats a letter: "B3" is "Bahan Berbahaya dan Beracun"."""

_LETTERS = r"[A-Z][A-Za-z0-9]{0,8}[A-Z0-9](?:[-/][A-Za-z0-9]{1,4}){0,2}"
_SHORT = rf"(?:[A-Z][a-z]{{1,20}} ){{0,2}}{_LETTERS}(?: {_LETTERS}){{0,2}}"
_AS = r"\s+(?:(?:dengan|menjadi|sebagai|juga)\s+)?[\"“']?"
_DEFINED = re.compile(
    rf"\([\"“']?(?P<beside>{_SHORT})[\"”']?\s*[),;]"
    rf"|\bdis(?:ingkat|ebut){_AS}(?P<stated>{_SHORT})(?![\w/-]|\s[A-Z])"
    rf"|\bdisingkat{_AS}(?P<syllables>[A-Z][a-z]{{3,14}})(?![\w-]|\s[A-Z])"
)
_IN_FULL = re.compile(rf"(?<![\w-])({_LETTERS})\s\(([^\W\d_][^()\n;:]{{4,110}})\)")
_LINK = re.compile(
    r"[\s,(]*(?:(?:dan|atau)\s+)?(?:yang\s+)?(?:dapat\s+|untuk\s+)?(?P<said>selanjutnya)?"
    r"(?:\s+dalam [^.;:()]{3,60} ini)?[\s,(]*$"
)
_BORDER = re.compile(r"[.;:|()]|\n\s*\n|\n\s*(?=(?:\d{1,3}|[a-z])[.)]\s)")
_ASKED = re.compile(rf"\b{_LETTERS}\b|\b[bcdfghjklmnpqrstvwxyz]{{3,8}}\b(?:-\w\d)?")
_NAME = re.compile(r"\b[A-Z][a-z]+(?: (?:dan |atau )?[A-Z][a-z]+){1,7}")
_WORD = re.compile(r"\w+")
_PIECE = re.compile(r"[A-Z][a-z]*|[a-z]+|\d")
_SMALL = frozenset(
    "dan atau di ke yang atas untuk dengan bagi dari pada dalam oleh and of the for in".split()
)


def other_forms(store: DocumentStore, question: str) -> tuple[str, ...]:
    """Long forms of the abbreviations in a question, and abbreviations of its long names."""
    asked = _as_asked(question)
    found: dict[str, str] = {}
    for short in list(dict.fromkeys(_ASKED.findall(question)))[:NAMES_MAX]:
        for hit in store.passages_with(terms(short), PASSAGES_SEARCHED):
            for defined, form in definitions(hit.text):
                if short.lower() in defined.lower() and _as_asked(defined) in asked:
                    found.setdefault(_as_asked(form), form)
    names = list(dict.fromkeys(_NAME.findall(question)))[:NAMES_MAX]
    near = [store.passages_with(terms(name), PASSAGES_SEARCHED) for name in names]
    near.append(store.passages_defining(terms(question), PASSAGES_SEARCHED))
    for hits in near:
        for hit in hits:
            for defined, form in definitions(hit.text):
                if _as_asked(form) in asked and _as_asked(defined) not in asked:
                    found.setdefault(_as_asked(defined), defined)
    return tuple(found.values())[:FOUND_MAX]


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Each (abbreviation, long form) that a text defines."""
    for match in _DEFINED.finditer(text):
        before = text[max(0, match.start() - FORM_CHARS_MAX) : match.start()]
        short = " ".join(match[match.lastgroup or 0].split())
        form = _long_form(before, short, is_stated=match["beside"] is None)
        if form is not None:
            yield short, form
    for short, form in _IN_FULL.findall(text):
        words = list(_WORD.finditer(form))
        if len(words) > 1 and _by_initials(words, _pieces(short), skipped_max=0) == 0:
            yield short, " ".join(form.split())


def _as_asked(text: str) -> str:
    return f" {' '.join(terms(text))} "


def _long_form(before: str, short: str, *, is_stated: bool) -> str | None:
    """The words at the end of a text that the abbreviation stands for."""
    link = _LINK.search(before)
    before = before if link is None else before[: link.start()]
    borders = [border.end() for border in _BORDER.finditer(before)]
    tail = " ".join((before[borders[-1] :] if borders else before).split())
    pieces = _pieces(short)
    words = list(_WORD.finditer(tail))
    start = _by_initials(words, pieces, skipped_max=int(len(pieces) > 2))
    if start is None and is_stated:
        start = _stated(tail, words, pieces, is_item=bool(borders and link and link["said"]))
    elif start is None:
        start = _beside(tail, words, pieces)
    if start is None:
        return None
    form = tail[start:]
    return form if len(form.split()) > 1 and short not in form else None


def _stated(
    tail: str, words: Sequence[re.Match[str]], pieces: Sequence[str], *, is_item: bool
) -> int | None:
    """Where the long form begins that the text says to be one, though its initials disagree.

    "Dewan Perwakilan Daerah Republik Indonesia yang selanjutnya disingkat DPD".
    """
    for ending in range(SKIPPED_MAX + 1):
        start = _by_initials(words[: len(words) - ending], pieces, SKIPPED_MAX)
        if start is not None:
            return start
    is_whole = is_item and tail[:1].isupper() and len(words) <= FORM_WORDS_MAX
    if is_whole and (len(pieces) > 1 or pieces[0][:1] == tail[:1].lower()):
        return 0
    return _by_letters(tail, "".join(pieces))


def _beside(tail: str, words: Sequence[re.Match[str]], pieces: Sequence[str]) -> int | None:
    """Where the long form of what stands in brackets begins, though not each word agrees.

    "Surat Tanda Nomor Kendaraan Bermotor (STNK)", "analisis mengenai dampak lingkungan (AMDAL)".
    """
    start = _by_initials(words[:-1], pieces, skipped_max=0) if len(pieces) > 2 else None
    letters = "".join(pieces)
    if start is None and len(letters) >= LONG_SHORT:
        start = _by_letters(tail, letters)
        if start is not None and not _initials_stand(tail[start:], letters):
            return None
    return start


def _initials_stand(form: str, letters: str) -> bool:
    """Whether the words' initials stand among the letters, in their order."""
    left = iter(letters)
    initials = [word[0].lower() for word in _WORD.findall(form) if word.lower() not in _SMALL]
    return all(initial in left for initial in initials)


def _pieces(short: str) -> list[str]:
    """What the words of a long form begin with: a letter each, or more where it has them.

    "BUMDes" is b, u, m, des; "PBB-P2" is p, b, b, p, p; "Pajak MBLB" is pajak, m, b, l, b.
    """
    pieces: list[str] = []
    for piece in _PIECE.findall(short):
        if not piece.isdigit():
            pieces.append(piece.lower())
        elif pieces and 1 < int(piece) <= REPEATED_MAX:
            pieces += pieces[-1:] * (int(piece) - 1)
    return pieces


def _by_initials(
    words: Sequence[re.Match[str]], pieces: Sequence[str], skipped_max: int
) -> int | None:
    """Where the last words begin with the pieces, one each; small words between them do not count.

    A word in capitals is itself an abbreviation, and stands for as many pieces as it has letters.
    """
    left, skipped = len(pieces), 0
    for word in reversed(words):
        text = word[0].lower()
        is_small = text in _SMALL
        if word[0].isupper() and len(text) > 1 and "".join(pieces[:left]).endswith(text):
            left -= len(text)
        elif text.startswith(pieces[left - 1]) and not (is_small and left == 1):
            left -= 1
        elif not is_small:
            skipped += 1
            if skipped > skipped_max or left == len(pieces):
                return None
        if left <= 0:
            return word.start()
    return None


def _by_letters(text: str, letters: str) -> int | None:
    """Where the letters begin to stand in the text in their order."""
    at = len(text)
    for place in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and not _fits(text, at, letters[place], is_first=place == 0):
            at -= 1
        if at < 0:
            return None
    words = len(text[at:].split())
    return at if 2 <= words <= min(len(letters) + 5, 2 * len(letters)) else None


def _fits(text: str, at: int, letter: str, *, is_first: bool) -> bool:
    starts_word = at == 0 or not text[at - 1].isalnum()
    return text[at].lower() == letter and (starts_word or not is_first)
