"""The gate: nothing is shown that its own quotes do not hold (laws 1 to 3 of the design)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.conversation import Citation
from assistant.drafts import DraftStatement
from docs_store.analysis import normalise_number
from docs_store.dates import find_dates

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ARTICLE = re.compile(
    r"\b(?:pasal|ayat|article|huruf|bab)\s+\(?(\d+[a-z]?|[a-z]|[ivxlc]+)\)?(?!\w)", re.IGNORECASE
)
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*\b|\b[A-Z]{2,}\b")
_NEGATION = re.compile(
    r"\b(?:tidak|bukan|belum|tanpa|jangan|dilarang|not|never|no|without)\b|n't\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement that did not pass, and why."""

    statement: DraftStatement
    why: str


def ground(
    statements: Sequence[DraftStatement],
    text_of: Callable[[str, int], str],
) -> tuple[list[DraftStatement], list[Refusal]]:
    """The statements that pass, their markers numbered from 1.

    Args:
        statements: what a composer drafted.
        text_of: the stored text of (document id, version).
    """
    passed: list[DraftStatement] = []
    refused: list[Refusal] = []
    marker = 0
    for statement in statements:
        why = _wrong(statement, text_of)
        if why is not None:
            refused.append(Refusal(statement, why))
            continue
        citations = []
        for citation in statement.citations:
            marker += 1
            citations.append(replace(citation, marker=marker))
        passed.append(replace(statement, citations=tuple(citations)))
    return passed, refused


def _wrong(statement: DraftStatement, text_of: Callable[[str, int], str]) -> str | None:
    if not statement.citations:
        return "no citation"
    for citation in statement.citations:
        if not _is_exact(citation, text_of):
            return "the quote is not an exact slice of the stored text"
    quotes = "\n".join(citation.quote for citation in statement.citations)
    if loose := _numbers(_without_dates(statement.text)) - _numbers(quotes):
        return f"number not in the quotes: {', '.join(sorted(loose))}"
    for what, extract in (
        ("date", _dates),
        ("article", _articles),
        ("name", _names),
    ):
        missing = extract(statement.text) - extract(quotes)
        if missing:
            return f"{what} not in the quotes: {', '.join(sorted(missing))}"
    if bool(_NEGATION.search(statement.text)) != bool(_NEGATION.search(quotes)):
        return "a negation that stands only in the statement or only in the quotes"
    return None


def _is_exact(citation: Citation, text_of: Callable[[str, int], str]) -> bool:
    text = text_of(citation.document_id, citation.version)
    return (
        0 <= citation.start < citation.end <= len(text)
        and text[citation.start : citation.end] == citation.quote
    )


def _numbers(text: str) -> set[str]:
    return {normalise_number(number) for number in _NUMBER.findall(text)}


def _without_dates(text: str) -> str:
    """The text without its full dates, which are compared as dates, however they are written."""
    for found in reversed(find_dates(text)):
        text = f"{text[: found.start]} {text[found.end :]}"
    return text


def _dates(text: str) -> set[str]:
    return {found.iso for found in find_dates(text)}


def _articles(text: str) -> set[str]:
    return {" ".join(match.group().lower().split()) for match in _ARTICLE.finditer(text)}


def _names(text: str) -> set[str]:
    """Capitalised words, lower-cased; the first word of the text may be an ordinary one."""
    words = [match.group() for match in _NAME.finditer(text)]
    first = re.match(r"\W*(\w[\w'’-]*)", text)
    if first and words and words[0] == first.group(1):
        words = words[1:]
    return {word.lower() for word in words}
