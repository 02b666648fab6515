"""Whether a chat model's claim is proved by the words that it names.

The model is believed in nothing. The words must stand in the passage, to the character; what is
cited is the whole sentence there, so that a "tidak" before the words that a model picked is not
lost, and with it what opens the list that it stands in, so that a "dilarang:" is not; and the gate
judges the claim by these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from assistant.directions import is_negated
from assistant.drafts import DraftStatement, cited
from assistant.evidence import TextOf
from assistant.list_leads import list_leads
from assistant.model_claims import ModelClaim
from assistant.understand import Question, clean
from docs_store.languages import detect_language
from docs_store.records import Hit
from docs_store.sentences import sentence_spans

QUOTE_CHARS_MAX = 1_500
PLACES_TRIED_MAX = 4
"""Of words that a passage has several times, how many places are looked at."""
CLAIM_CHARS_MAX = 500
LANGUAGE_CHARS_MIN = 40
"""Below that a text may be a name and a figure, which are in no language."""
_MARKER = re.compile(r"\s*\[\d{1,3}\]")
_HEADING = re.compile(r"(?:pasal|bab|bagian|article|chapter|section)\s+\S+", re.IGNORECASE)
Passes = Callable[[DraftStatement], str | None]
"""The gate: why a statement is not shown, or None if it is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What claims are judged with."""

    question: Question
    passes: Passes
    text_of: TextOf


def proved(claim: ModelClaim, asked: Asked, shown: Sequence[Hit]) -> DraftStatement | str:
    """The claim as a statement with its proof, or why it is refused, in words for the model."""
    text = _MARKER.sub("", clean(claim.text))
    language = asked.question.language
    if not 1 <= claim.passage <= len(shown):
        return f"there is no passage {claim.passage}"
    if text.endswith(":") or _HEADING.fullmatch(text):
        return "it states nothing by itself"
    if len(text) > CLAIM_CHARS_MAX or len(claim.quote) > QUOTE_CHARS_MAX:
        return "too long: one statement, and the one sentence that proves it"
    if len(text) >= LANGUAGE_CHARS_MIN and detect_language(text) not in (language, "und"):
        return f"not written in {'English' if language == 'en' else 'Indonesian'}"
    hit = shown[claim.passage - 1]
    why = f"the quote does not stand in passage {claim.passage}, character by character"
    for start, end in _places(claim.quote, hit.text):
        result = _at_place(text, _sentences(hit.text, start, end), hit, asked)
        if isinstance(result, DraftStatement):
            return _translated(result, claim, asked)
        why = result
    return why


def _at_place(text: str, place: tuple[int, int], hit: Hit, asked: Asked) -> DraftStatement | str:
    """The claim with the sentence there, and with what opens the list if it is an item of one."""
    stored = asked.text_of(hit.document_id, hit.version)
    start, end = hit.start + place[0], hit.start + place[1]
    leads = list_leads(stored, start)
    for lead in leads:
        if is_negated(stored[slice(*lead)]) and not is_negated(text):
            return f"it is one of a list that begins “{stored[slice(*lead)]}”: say that too"
    citations = [cited(hit, stored[slice(*span)], *span) for span in (*leads, (start, end))]
    statement = DraftStatement(text, tuple(citations))
    return asked.passes(statement) or statement


def _places(quote: str, text: str) -> list[tuple[int, int]]:
    """Where the words of a quote stand; only white space may differ, which line breaks change."""
    words = re.compile(r"\s+".join(map(re.escape, quote.split())))
    return [match.span() for match in islice(words.finditer(text), PLACES_TRIED_MAX)]


def _sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentences in which a slice stands."""
    spans = [span for span in sentence_spans(text) if span[0] < end and span[1] > start]
    return (spans[0][0], spans[-1][1]) if spans else (start, end)


def _translated(statement: DraftStatement, claim: ModelClaim, asked: Asked) -> DraftStatement:
    """With the translation of the quote, if it is of the whole quote and the gate lets it pass."""
    *leads, citation = statement.citations
    translation = clean(claim.translation or "")
    if (
        not translation
        or claim.quote.split() != citation.quote.split()
        or detect_language(citation.quote) == asked.question.language
        or detect_language(translation) != asked.question.language
        or asked.passes(DraftStatement(translation, (citation,))) is not None
    ):
        return statement
    return replace(statement, citations=(*leads, replace(citation, translation=translation)))
