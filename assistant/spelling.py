"""Mistyped words of a question: "pengertain" for "pengertian", "Kepuluan" for "Kepulauan".

Only what no document has is looked at, and of that only what the embedding model's vocabulary does
not have as one word: "pesawat" is no mistake where no document speaks of planes. Only words that
the program itself knows are put in its place: those that questions are made of, those of the
glossary, and names of regions. A word of the documents is never guessed, since the nearest name
may be another one's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.glossary import phrases
from assistant.understand import Question
from docs_store.analysis import terms
from docs_store.region_names import all_regions
from docs_store.store import DocumentStore

LENGTH_MIN = 6
TWO_EDITS_FROM = 10
"""Letters from which two may be wrong."""
_QUESTION_WORDS = """
    apakah siapakah berapakah kapankah bagaimana mengapa sebutkan jelaskan bandingkan perbandingan
    perbedaan pengertian definisi kepanjangan persyaratan prosedur tahapan langkah urutan kronologi
    ringkasan ringkas selisih jumlah persen peraturan keputusan menurut berdasarkan kabupaten
    provinsi kecamatan kelurahan pemerintah daerah tanggal tahun anggaran
    seekor seorang sebuah selembar sebatang sebidang sekali sehari semalam seminggu sebulan setahun
""".split()
_WORD = re.compile(r"[^\W\d_]+")


def spelled(store: DocumentStore, question: Question) -> str:
    """The question's text with its mistyped words mended; the text itself where none is.

    Args:
        store: a word that one of its documents has is no mistake.
        question: what is asked.
    """
    words = {
        word: terms(word, question.asks_in)
        for word in _WORD.findall(question.text)
        if len(word) >= LENGTH_MIN
        and word.lower() not in _known()
        # English words are no mistakes for Indonesian ones.
        and (question.asks_in == "id" or word[0].isupper())
    }
    if not words:
        return question.text
    seen, _ = store.term_frequencies(sorted({term for found in words.values() for term in found}))
    text = question.text
    for word, found in words.items():
        if found and not any(term in seen for term in found) and not _is_word(store, word):
            meant = _nearest(word.lower(), is_name=word[0].isupper())
            if meant is not None:
                meant = meant.capitalize() if word[0].isupper() else meant
                text = re.sub(rf"\b{word}\b", meant, text)
    return text


def _nearest(word: str, *, is_name: bool) -> str | None:
    """The one known word that differs in a letter or two; None where there is none, or several."""
    most = 2 if len(word) >= TWO_EDITS_FROM else 1
    found: dict[int, list[str]] = {}
    for known in _names() if is_name else _known():
        if known[0] == word[0] and abs(len(known) - len(word)) <= most:
            found.setdefault(_distance(known, word, most), []).append(known)
    nearest = next((found[edits] for edits in range(1, most + 1) if edits in found), [])
    return nearest[0] if len(nearest) == 1 else None


def _is_word(store: DocumentStore, word: str) -> bool:
    counts = store.model.count_tokens([word, word.lower(), "di"])
    return min(counts[:2]) <= counts[2]


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return _words_of(name for named in all_regions() for name in named.names)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    words = _words_of(phrase for group in phrases() for phrase in group)
    return words | _names() | set(_QUESTION_WORDS)


def _words_of(names: Iterable[str]) -> frozenset[str]:
    """The words of names or phrases that are long enough to be meant, in small letters."""
    return frozenset(
        word.lower()
        for name in names
        for word in _WORD.findall(name)
        if len(word) >= LENGTH_MIN - 1
    )


def _distance(one: str, other: str, most: int) -> int:
    """Letters put in, left out, changed or swapped with the next (Damerau 1964); at most
    ``most`` + 1 is told."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        rows.append(row)
    return rows[-1][-1]
