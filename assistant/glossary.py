"""Words for the same thing, in both languages, from ``glossary.tsv``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from docs_store.analysis import terms

TermSequence = tuple[str, ...]
_Group = tuple[TermSequence, ...]

# The English stemmer takes the last letters off these, and what is left is another thing (APBD,
# BUMD).
_NOT_ENGLISH = frozenset(("apbdes", "bumdes"))


@lru_cache(maxsize=1)
def phrases() -> tuple[tuple[str, ...], ...]:
    """The groups as they are written."""
    lines = files("assistant").joinpath("glossary.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _groups() -> tuple[_Group, ...]:
    groups = []
    for group in phrases():
        forms = {
            tuple(terms(phrase, language))
            for phrase in group
            for language in (("id",) if phrase in _NOT_ENGLISH else ("id", "en"))
        }
        groups.append(tuple(sorted(form for form in forms if form)))
    return tuple(groups)


@lru_cache(maxsize=1)
def _forms_by_first_term() -> dict[str, list[tuple[TermSequence, _Group]]]:
    """Every form with its group, by the term that it begins with."""
    found: dict[str, list[tuple[TermSequence, _Group]]] = {}
    for group in _groups():
        for form in group:
            found.setdefault(form[0], []).append((form, group))
    return found


@lru_cache(maxsize=1)
def common_terms() -> frozenset[str]:
    """The terms of all groups: words that are no names, even when capitalised."""
    return frozenset(term for group in _groups() for form in group for term in form)


@lru_cache(maxsize=1)
def _concepts() -> dict[str, str]:
    """Each single word with the word that stands for its first group, and for no other."""
    first: dict[str, str] = {}
    for group in _groups():
        words = [form[0] for form in group if len(form) == 1 and form[0] not in first]
        first.update((word, words[0]) for word in words)
    return first


def concept(term: str) -> str:
    """One term for all those that the glossary holds for the same thing.

    A term of several groups ("rate") counts with the first of them alone, so that what it has in
    common with two things does not make one of them.
    """
    return _concepts().get(term, term)


def same_meaning(
    question_terms: Sequence[str],
) -> list[tuple[TermSequence, frozenset[TermSequence]]]:
    """The phrases of a question that the glossary knows, each with all its forms.

    A longer phrase is taken before the shorter ones inside it ("public service mall").
    """
    joined = tuple(question_terms)
    found = [
        (at, at + len(form), group)
        for at, term in enumerate(joined)
        for form, group in _forms_by_first_term().get(term, ())
        if joined[at : at + len(form)] == form
    ]
    found.sort(key=lambda match: (match[0] - match[1], match[0]))
    taken: dict[tuple[int, int], set[TermSequence]] = {}
    for start, end, group in found:
        if (start, end) in taken:
            taken[start, end] |= set(group)
        elif all(end <= begin or start >= stop for begin, stop in taken):
            taken[start, end] = set(group)
    return [(joined[start:end], frozenset(forms)) for (start, end), forms in sorted(taken.items())]
