"""Which of a question's concepts a text holds, in the question's words or in others for them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.abbreviations import definitions
from assistant.list_leads import list_leads
from assistant.question_kinds import Kind
from assistant.row_groups import row_groups, row_mark
from assistant.understand import Concept, Question
from docs_store.analysis import terms
from docs_store.records import Hit
from docs_store.sentences import CELL_SEPARATOR, sentence_spans
from docs_store.store import DocumentStore

TABLE_CHARS_MAX = 6_000
TABLE_HEAD_LINES = 2
BEFORE_CHARS = 500
UNTRANSLATED_SHARE = 0.25
"""What a word counts that no document has and the glossary has no Indonesian for."""
WAY_SHARE = 0.25
"""What "tata cara" counts of a procedure asked for: paragraphs that tell the way do not say so."""
_WAYS = {tuple(terms(way)) for way in ("tata cara", "prosedur", "mekanisme", "alur")}
HEADING_CHARS_BEFORE = 1_200
HEADING_CHARS_MAX = 160
ITEM = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-zA-Z])[.)]\s|[-•–*]\s)")
"""What marks an item at the beginning of its line."""
_INITIALS = re.compile(r"[A-Z]{3,6}")
_ANAPHOR = re.compile(
    r"\b(?:tersebut|itu|ini|ia|beliau|mereka|keduanya|it|they|he|she|this|these|that)\b",
    re.IGNORECASE,
)


def concept_weights(store: DocumentStore, question: Question) -> dict[Concept, float]:
    """Inverse document frequency of each concept, by its most frequent form."""
    forms = {term for concept in question.concepts for form in concept.forms for term in form}
    frequency, total = store.term_frequencies(sorted(forms))
    weights = {}
    for concept in question.concepts:
        seen = max(min(frequency.get(term, 0) for term in form) for form in concept.forms)
        weights[concept] = math.log(1 + (total + 1) / (1 + seen))
        if seen == 0 and question.is_untranslated(concept):
            weights[concept] *= UNTRANSLATED_SHARE
        if question.kind is Kind.PROCEDURE and concept.forms & _WAYS:
            weights[concept] *= WAY_SHARE
    return weights


def covered(concepts: Sequence[Concept], text: str, language: str) -> set[Concept]:
    """The concepts that a text holds in one of their forms."""
    found = terms(text, language)
    if language != "id":
        found += terms(text, "id")
    joined = f" {' '.join(found)} "
    return {
        concept
        for concept in concepts
        if any(f" {' '.join(form)} " in joined for form in concept.forms)
        or (_INITIALS.fullmatch(concept.name) and _initials_stand(concept.name, text))
    }


def covered_by_setting(
    concepts: Sequence[Concept], text: str, start: int, end: int, language: str
) -> set[Concept]:
    """The concepts that are said of a sentence by what it belongs to.

    A row of a table says what its column's head, the heading and the row of its group say; an item
    of a list, what opens the list; any sentence, what the heading above it says; "Peraturan
    tersebut mulai berlaku …" speaks of what the sentence before names.
    """
    sentence = text[start:end]
    found = covered(concepts, heading_above(text, start), language)
    if CELL_SEPARATOR in sentence:
        groups = "\n".join(text[slice(*span)] for span in row_groups(text, start))
        found |= covered(concepts, groups, language)
        if found or covered(concepts, sentence, language):
            found |= covered(concepts, table_head(text, start), language)
    else:
        for lead in list_leads(text, start):
            found |= covered(concepts, text[slice(*lead)], language)
    if _ANAPHOR.search(sentence):
        before = covered(concepts, _sentence_before(text, start), language)
        found |= {concept for concept in before if not concept.is_predicate}
    return found


def short_names(question: Question, hits: Iterable[Hit]) -> dict[str, str]:
    """Abbreviations that the passages define for what the question names in full.

    "Pasar Online Lamongan (POL)" lets "POL merupakan inovasi …" answer what that market is.
    """
    asked = {term for concept in question.concepts for form in concept.forms for term in form}
    return {
        short: form
        for hit in hits
        for short, form in definitions(hit.text)
        if (words := set(terms(form))) and words <= asked
    }


def spelled_out(text: str, shorts: Mapping[str, str]) -> str:
    """The text with abbreviations in full; one that stands beside its long form is dropped."""
    for short, form in shorts.items():
        text = text.replace(f"({short})", " ")
        text = re.sub(rf"\b{re.escape(short)}\b", lambda _, full=form: full, text)  # type: ignore[misc]
    return text


def table_head(text: str, row_start: int) -> str:
    """The first lines of the table that a row stands in, and the line above it."""
    line_start = text.rfind("\n", 0, row_start) + 1
    low = max(0, line_start - TABLE_CHARS_MAX)
    lines = text[low:line_start].split("\n")[:-1]
    first = len(lines)
    # A row of one cell has no separator, but its mark: "a. Dalam kabupaten".
    while first > 0 and (CELL_SEPARATOR in lines[first - 1] or row_mark(lines[first - 1])):
        first -= 1
    heads = lines[first : first + TABLE_HEAD_LINES]
    above = next((line for line in reversed(lines[:first]) if line.strip()), "")
    return "\n".join([above, *heads])


def heading_above(text: str, start: int) -> str:
    """The nearest line above that is a heading, or a question as lists of questions have them."""
    low = max(0, start - HEADING_CHARS_BEFORE)
    for line in reversed(text[low:start].split("\n")[:-1]):
        line = line.strip()
        asks = line.endswith("?") and len(line) < HEADING_CHARS_MAX
        if line and (asks or is_heading_like(line)) and not ITEM.match(line):
            return line
    return ""


def is_heading_like(sentence: str) -> bool:
    """Whether it is short and ends like no sentence."""
    return (
        len(sentence) < 40
        and CELL_SEPARATOR not in sentence
        and not sentence.endswith(":")
        and not sentence.rstrip("”\"')").endswith((".", "!", ";"))
    )


def _initials_stand(initials: str, text: str) -> bool:
    """Whether words that begin with these letters stand one after the other."""
    words = r"\w+\W+".join(initials)
    return re.search(rf"\b{words}\w+", text, re.IGNORECASE) is not None


def _sentence_before(text: str, start: int) -> str:
    before = text[max(0, start - BEFORE_CHARS) : start]
    spans = sentence_spans(before)
    return before[spans[-1][0] : spans[-1][1]] if spans else ""
