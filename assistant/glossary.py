"""Words for the same thing, in both languages, from ``glossary.tsv``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from docs_store.analysis import terms

TermSequence = tuple[str, ...]


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[TermSequence, ...], ...]:
    lines = files("assistant").joinpath("glossary.tsv").read_text("utf-8").splitlines()
    groups = []
    for line in lines:
        if line and not line.startswith("#"):
            forms = {
                tuple(terms(phrase, language))
                for phrase in line.split("\t")
                for language in ("id", "en")
            }
            groups.append(tuple(sorted(form for form in forms if form)))
    return tuple(groups)


@lru_cache(maxsize=1)
def common_terms() -> frozenset[str]:
    """The terms of all groups: words that are no names, even when capitalised."""
    return frozenset(term for group in _groups() for form in group for term in form)


@lru_cache(maxsize=1)
def _concepts() -> dict[str, str]:
    first: dict[str, str] = {}
    for group in _groups():
        words = [form[0] for form in group if len(form) == 1]
        for word in words:
            first.setdefault(word, words[0])
    return first


def concept(term: str) -> str:
    """One term for all those that the glossary holds for the same thing."""
    return _concepts().get(term, term)


def same_meaning(
    question_terms: Sequence[str],
) -> list[tuple[TermSequence, frozenset[TermSequence]]]:
    """The phrases of a question that the glossary knows, each with all its forms.

    A longer phrase is taken before the shorter ones inside it ("public service mall").
    """
    joined = tuple(question_terms)
    found: list[tuple[int, int, frozenset[TermSequence]]] = []
    for group in _groups():
        for form in group:
            found += [
                (at, at + len(form), frozenset(group))
                for at in range(len(joined) - len(form) + 1)
                if joined[at : at + len(form)] == form
            ]
    found.sort(key=lambda match: (match[0] - match[1], match[0]))
    taken: dict[tuple[int, int], set[TermSequence]] = {}
    for start, end, group_forms in found:
        if (start, end) in taken:
            taken[start, end] |= group_forms
        elif all(end <= begin or start >= stop for begin, stop in taken):
            taken[start, end] = set(group_forms)
    return [(joined[start:end], frozenset(forms)) for (start, end), forms in sorted(taken.items())]
