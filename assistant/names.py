"""Names in a claim that its quotes do not have.

A capitalised word is a name unless it opens a sentence and is an ordinary word. Which words are
ordinary is told by the reader's vocabulary: it holds common words in small letters as whole
pieces, and persons' names only in parts or capitalised.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from functools import lru_cache

from assistant.claims import Claims
from assistant.glossary import common_terms, same_meaning
from assistant.reader import MODEL_FOLDER
from docs_store.analysis import (
    ENGLISH_STOP_WORDS,
    INDONESIAN_STOP_WORDS,
    stem,
    terms,
)

_NAME = re.compile(r"\b[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*|\b[A-Z]{2,}\b|\b[^\W\d_a-zA-ZÀ-ÿ][^\W\d_]+")
_ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")
_WORD = re.compile(r"[^\W_]+")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:;•\n]|\(\w{1,2}\)|\d\.)[\s\"“‘'(\[*-]*$")
_INFLECTED = re.compile(r"^(?:me|ber|di|ter|pe|ke|se)\w{3,}|\w{3,}(?:an|kan|nya|ed|ing|es|s)$")
_SAME_NAME = {
    "indonesian": "indonesia", "indonesians": "indonesia", "javanese": "jawa",
    "monday": "senin", "tuesday": "selasa", "wednesday": "rabu", "thursday": "kamis",
    "friday": "jumat", "saturday": "sabtu", "sunday": "minggu",
    "republic": "republik", "law": "undang", "act": "undang", "uu": "undang", "number": "nomor",
}  # fmt: skip


def names_not_in(claim: Claims, quotes: Claims) -> list[str]:
    """The names of a claim that its quotes hold neither as written nor as the glossary knows."""
    words = {word.lower() for word in _WORD.findall(quotes.text)}
    compared = [*claim.named, *((named.start, named.end) for named in claim.regulations)]
    missing = []
    for match in _NAME.finditer(claim.text):
        if any(start <= match.start() < end for start, end in compared):
            continue
        parts = [part.lower() for part in _WORD.findall(match.group())]
        if all(part in words or _SAME_NAME.get(part) in words for part in parts):
            continue
        if _opens_sentence(claim.text, match) and all(map(is_ordinary, parts)):
            continue
        missing.append(match.group())
    if not missing:
        return []
    known = _translated(claim.text, quotes.text)
    return [name for name in missing if not all(map(known, _terms(name)))]


def _terms(name: str) -> list[str]:
    return [term for language in ("id", "en") for term in terms(name, language)]


def _opens_sentence(text: str, match: re.Match[str]) -> bool:
    if not _OPENS_SENTENCE.search(text[max(0, match.start() - 12) : match.start()]):
        return False
    word = match.group().lower()
    # "Budi Santoso …" is a person, though "budi" is a word.
    return (
        re.match(r"\s+[A-ZÀ-Þ][a-zß-ÿ]+", text[match.end() :]) is None
        or word in _stop_words()
        or _INFLECTED.match(word) is not None
        or stem(word, "id") in common_terms()
    )


def _translated(claim: str, quotes: str) -> Callable[[str], bool]:
    """Which terms of a claim stand in the quotes in another form or language.

    An abbreviation is known by its long form alone: APBN and APBD are both budgets.
    """
    known: set[str] = set()
    abbreviations = {term for name in _ABBREVIATION.findall(claim) for term in _terms(name)}
    held = f" {' '.join(terms(quotes, 'id'))} {' '.join(terms(quotes, 'en'))} "
    for language in ("id", "en"):
        for phrase, forms in same_meaning(terms(claim, language)):
            is_short = not abbreviations.isdisjoint(phrase)
            if any(f" {' '.join(form)} " in held for form in forms if len(form) > is_short):
                known |= set(phrase)
        known |= {
            term
            for term in terms(claim, language)
            if f" {term} " in held and term not in abbreviations
        }
    return known.__contains__


@lru_cache(maxsize=4_096)
def is_ordinary(word: str) -> bool:
    """Whether a word in small letters is a common one of either language."""
    if word in _stop_words() or word in _small_words():
        return True
    stems = {stem(word, "id"), stem(word, "en")}
    if stems & common_terms():
        return True
    return bool(_INFLECTED.match(word)) and any(
        found != word and found in _small_words() for found in stems
    )


def _stop_words() -> frozenset[str]:
    return INDONESIAN_STOP_WORDS | ENGLISH_STOP_WORDS


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    content = gzip.decompress((MODEL_FOLDER / "reader-vocabulary.json.gz").read_bytes())
    return frozenset(
        piece[1:]
        for piece, _ in json.loads(content)["pieces"]
        if len(piece) > 3 and piece[0] == "▁" and piece[1:].islower()
    )
