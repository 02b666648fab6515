"""The gate: nothing is shown that its own quotes do not hold (laws 1 to 3 of the design)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from assistant.checks import CHECKS
from assistant.claim_reading import read_claims
from assistant.claims import plain, visible
from assistant.conversation import Citation
from assistant.drafts import DraftStatement
from assistant.injections import addresses_a_program
from assistant.reader import Judgement
from docs_store.sentences import sentence_spans

CONTRADICTED_MIN = 0.77
"""From this probability on, a claim that its quotes contradict falls.

97% of the entailed claims of IndoNLI's training file stay under it with the shipped reader;
``python -m assistant.evaluation.gate DATA`` finds it anew for another one."""
_MARKER = re.compile(r"\[(\s*\d+(?:\s*,\s*\d+)*\s*)\]")


@runtime_checkable
class Judge(Protocol):
    """Tells whether a quote entails or contradicts a claim."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """For each (claim, quote), how the claim stands to the quote."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A statement that did not pass, and why."""

    statement: DraftStatement
    why: str


def ground(
    statements: Sequence[DraftStatement],
    text_of: Callable[[str, int], str],
    judge: Judge | None = None,
) -> tuple[list[DraftStatement], list[Dropped]]:
    """The statements that pass, their markers numbered from 1.

    What a passed statement says is freed of characters that do not show, and of anything that
    looks like a marker but is not ours; its quotes stay as they are.

    Args:
        statements: what a composer drafted.
        text_of: the stored text of (document id, version).
        judge: for the claims that are not verbatim, after all other checks; none if None.
    """
    reasons = [why_not(statement, text_of) for statement in statements]
    if judge is not None:
        free = [
            at
            for at, statement in enumerate(statements)
            if reasons[at] is None and not is_verbatim(statement)
        ]
        pairs = [(statements[at].text, _quotes(statements[at])) for at in free]
        for at, judgement in zip(free, judge.judge(pairs) if pairs else (), strict=True):
            if judgement.contradicted >= CONTRADICTED_MIN:
                reasons[at] = f"contradicted by its quotes ({judgement.contradicted:.2f})"
    passed: list[DraftStatement] = []
    dropped: list[Dropped] = []
    marker = 0
    for statement, why in zip(statements, reasons, strict=True):
        if why is not None:
            dropped.append(Dropped(statement, why))
            continue
        citations = []
        for citation in statement.citations:
            marker += 1
            citations.append(replace(citation, marker=marker))
        shown = _MARKER.sub(r"［\1］", visible(statement.text))
        passed.append(replace(statement, text=shown, citations=tuple(citations)))
    return passed, dropped


def why_not(statement: DraftStatement, text_of: Callable[[str, int], str]) -> str | None:
    """Why a statement does not pass the checks that need no judge; None where it passes."""
    if not statement.text.strip():
        return "nothing is stated"
    if not statement.citations:
        return "no citation"
    for citation in statement.citations:
        if not _is_exact(citation, text_of):
            return "the quote is not an exact slice of the stored text"
    if any(addresses_a_program(citation.quote) for citation in statement.citations):
        return "the quote tells a program what to do, and proves nothing"
    if is_verbatim(statement):
        return None
    claim, quotes = read_claims(statement.text), read_claims(_quotes(statement))
    for check in CHECKS:
        if why := check(claim, quotes):
            return why
    return None


def is_verbatim(statement: DraftStatement) -> bool:
    """Whether a statement is one of its quotes, or whole sentences of it."""
    said = _spaced(statement.text)
    for citation in statement.citations:
        if said == _spaced(citation.quote):
            return True
        if said and said in _spaced(citation.quote):
            spans = sentence_spans(citation.quote)
            starts = [_spaced(citation.quote[start:]) for start, _ in spans]
            ends = [_spaced(citation.quote[:end]) for _, end in spans]
            if any(text.startswith(said) for text in starts) and any(
                text.endswith(said) for text in ends
            ):
                return True
    return False


def _is_exact(citation: Citation, text_of: Callable[[str, int], str]) -> bool:
    text = text_of(citation.document_id, citation.version)
    return (
        0 <= citation.start < citation.end <= len(text)
        and text[citation.start : citation.end] == citation.quote
    )


def _quotes(statement: DraftStatement) -> str:
    return "\n".join(citation.quote for citation in statement.citations)


def _spaced(text: str) -> str:
    return " ".join(plain(text).split())
