"""Abbreviations as the documents themselves define them, both ways.

"Mal Pelayanan Publik yang selanjutnya disingkat MPP" and "Mal Pelayanan Publik (MPP)" let a
question about the one find what is written of the other. A long form fits when the abbreviation's
letters stand in it in their order, the first at a word's start: Schwartz & Hearst 2003, "A Simple
Algorithm for Identifying Abbreviation Definitions in Biomedical Text".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docs_store.analysis import terms
from docs_store.store import DocumentStore

PASSAGES_SEARCHED = 20
FORM_CHARS_MAX = 120
NAMES_MAX = 4
_ABBREVIATION = re.compile(r"\b[A-Z][A-Za-z]{0,8}[A-Z]\b")
_DEFINED = re.compile(
    r"(?:\(|\bdisingkat (?:dengan |menjadi )?|\bdisebut (?:dengan |sebagai )?)"
    r"[\"“']?([A-Z][A-Za-z]{0,8}[A-Z])\b"
)
_LINK = re.compile(r"[\s,(]*(?:yang )?(?:untuk )?(?:selanjutnya)?[\s,(]*$")
_NAME = re.compile(r"\b[A-Z][a-z]+(?: (?:dan |atau )?[A-Z][a-z]+){1,7}")
_BORDER = re.compile(r"[.;:\n|()]")


def other_forms(store: DocumentStore, question: str) -> tuple[str, ...]:
    """Long forms of the abbreviations in a question, and abbreviations of its long names."""
    found: dict[str, None] = {}
    for short in list(dict.fromkeys(_ABBREVIATION.findall(question)))[:NAMES_MAX]:
        for defined, form in _definitions_near(store, short):
            if defined == short:
                found[form] = None
    asked = f" {' '.join(terms(question))} "
    for name in list(dict.fromkeys(_NAME.findall(question)))[:NAMES_MAX]:
        for short, form in _definitions_near(store, name):
            if f" {' '.join(terms(form))} " in asked:
                found[short] = None
    return tuple(found)


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Each (abbreviation, long form) that a text defines."""
    for match in _DEFINED.finditer(text):
        before = text[max(0, match.start() - FORM_CHARS_MAX) : match.start()]
        form = _long_form(_LINK.sub("", before), match[1])
        if form is not None:
            yield match[1], form


def _definitions_near(store: DocumentStore, name: str) -> Iterator[tuple[str, str]]:
    for hit in store.passages_with(terms(name), PASSAGES_SEARCHED):
        yield from definitions(hit.text)


def _long_form(before: str, short: str) -> str | None:
    """The words at the end of a text that the abbreviation stands for."""
    borders = [border.end() for border in _BORDER.finditer(before)]
    before = before[borders[-1] :] if borders else before
    at = len(before)
    for place in range(len(short) - 1, -1, -1):
        at -= 1
        while at >= 0 and not _fits(before, at, short[place], is_first=place == 0):
            at -= 1
        if at < 0:
            return None
    form = before[at:].strip()
    words = len(form.split())
    return form if 2 <= words <= min(len(short) + 5, 2 * len(short)) else None


def _fits(text: str, at: int, letter: str, *, is_first: bool) -> bool:
    starts_word = at == 0 or not text[at - 1].isalnum()
    return text[at].lower() == letter.lower() and (starts_word or not is_first)
