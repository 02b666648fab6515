"""Weighs sentences as evidence: does this sentence answer this question?

Without a trained reader the judgement rests on what can be counted: which concepts of the
question the sentence and its surroundings hold (weighted by how rare they are), whether it holds
the sort of thing that is asked for (a figure, a date, a name), and how near its vector is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from assistant.expected import fits, same_office, speaks_of_order
from assistant.injections import addresses_a_program
from assistant.question_kinds import UNPHRASED_KINDS, Kind
from assistant.reader import Reading
from assistant.region_fit import region_fit
from assistant.understand import Concept, Question
from docs_store.analysis import terms
from docs_store.records import Hit, Region
from docs_store.sentences import CELL_SEPARATOR, sentence_spans
from docs_store.store import DocumentStore

SURROUNDINGS_CHARS = 500
SENTENCES_EMBEDDED_MAX = 10
EVIDENCE_MIN = 0.5
"""Below this score a sentence is no evidence. Chosen on every fourth question of FacQA valid and
IDK-MRC valid: right 72% and 68%, wrong 6% and 6%, answered though unanswerable 17% (before the
reader: 32% and 35%, 3% and 12%, 18%)."""
EXACT_EVIDENCE_MIN = 0.53
"""The same where one figure, date, sum or person is asked for: a wrong one is worse than none."""
OPEN_EVIDENCE_MIN = 0.54
"""The same for sequences, lists and explanations, set by hand."""

SUPPORT_WEIGHT = 1.2
OPEN_SUPPORT_WEIGHT = 0.1
"""The reader was trained on questions that one phrase answers; of others it knows less."""
SUPPORT_MIDDLE = 0.4
DEFINED_SUPPORT = 0.7
"""What a sentence counts at least that is built as a definition of the thing."""
DEFINED_BY_NAME_SUPPORT = 1.2
"""The same where a law gives the thing its name ("selanjutnya disebut")."""
REGIONS_OF_ONE_DOCUMENT_MAX = 2
_REGION_TYPES = frozenset(
    "kabupaten pemkab kota pemkot provinsi pemprov pemda regency city province".split()
)
ROW_COVERAGE_MIN = 0.5
"""From this share of the question's concepts on, a row of a table with its column's head is not
judged by the reader, which was trained on running text."""

TABLE_CHARS_MAX = 6_000
TABLE_HEAD_LINES = 2
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d{2}(?![\d/])")
_GETS_A_NAME = re.compile(r"\bselanjutnya (?:disebut|disingkat)\b|\bhereinafter\b", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z]{3,6}")
_ANAPHOR = re.compile(
    r"\b(?:tersebut|itu|ini|ia|beliau|mereka|keduanya|it|they|he|she|this|these|that)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document version as evidence; ``start`` and ``end`` count in its text."""

    hit: Hit
    start: int
    end: int
    text: str
    score: float
    coverage: float
    """Share of the question's concepts in the sentence itself, by weight."""
    follows_order: bool
    """Whether it speaks of an order of things (first, then, step by step)."""
    span: tuple[int, int] | None = None
    """Where in the sentence the reader sees the answer, if it does."""


TextOf = Callable[[str, int], str]
"""The stored text of (document id, version)."""


def weigh(
    store: DocumentStore,
    text_of: TextOf,
    question: Question,
    hits: Sequence[Hit],
    readings: Mapping[int, Reading],
) -> list[Sentence]:
    """The sentences of the passages found, best evidence first.

    Args:
        store: for how rare each concept is.
        text_of: the stored texts.
        question: what is asked.
        hits: the passages, best first.
        readings: of those of them that the reader has read, by passage id.
    """
    weights = _weights(store, question)
    spans: dict[tuple[str, int, int, int], tuple[Hit, float]] = {}
    for rank, hit in enumerate(hits):
        key = (hit.document_id, hit.version)
        for start, end in _sentences_around(text_of(*key), hit):
            # What tells a program what to say would win, and then fall at the gate.
            if not addresses_a_program(text_of(*key)[start:end]):
                spans.setdefault((*key, start, end), (hit, 1.0 / (1 + rank)))
    weighed = []
    regions_of = cache(lambda document_id: store.document(document_id).regions)
    for (document_id, version, start, end), (hit, nearness) in spans.items():
        text = text_of(document_id, version)
        regions = regions_of(document_id) if question.regions else ()
        sentence = _weigh_one(question, weights, text, hit, start, end, nearness, regions)
        weighed.append(_supported(question, sentence, readings.get(hit.passage_id)))
    return _with_cosines(store, question, _best_first(weighed))


def evidence_min(question: Question) -> float:
    """The score from which a sentence is evidence for this question."""
    if question.kind in UNPHRASED_KINDS:
        return OPEN_EVIDENCE_MIN
    return EXACT_EVIDENCE_MIN if question.is_exact else EVIDENCE_MIN


def table_head(text: str, row_start: int) -> str:
    """The first lines of the table that a row stands in, and the line above it."""
    line_start = text.rfind("\n", 0, row_start) + 1
    low = max(0, line_start - TABLE_CHARS_MAX)
    lines = text[low:line_start].split("\n")[:-1]
    first = len(lines)
    while first > 0 and CELL_SEPARATOR in lines[first - 1]:
        first -= 1
    heads = lines[first : first + TABLE_HEAD_LINES]
    above = next((line for line in reversed(lines[:first]) if line.strip()), "")
    return "\n".join([above, *heads])


def _sentences_around(text: str, hit: Hit) -> list[tuple[int, int]]:
    """The passage's sentences and the one before and after it, whole."""
    low, high = max(0, hit.start - SURROUNDINGS_CHARS), hit.end + SURROUNDINGS_CHARS
    low = text.rfind("\n\n", 0, low) + 2 if low and text.rfind("\n\n", 0, low) >= 0 else low
    around = [(low + start, low + end) for start, end in sentence_spans(text[low:high])]
    inside = [at for at, (start, end) in enumerate(around) if start < hit.end and end > hit.start]
    if not inside:
        return []
    kept = around[max(0, inside[0] - 1) : inside[-1] + 2]
    # What the window itself has cut is not a whole sentence.
    return [
        (start, end)
        for start, end in kept
        if (start > low or low == 0 or text[low - 1 : low] == "\n")
        and (end < high or high >= len(text))
    ]


def _weigh_one(
    question: Question,
    weights: dict[Concept, float],
    text: str,
    hit: Hit,
    start: int,
    end: int,
    nearness: float,
    regions: Sequence[Region],
) -> Sentence:
    sentence = text[start:end]
    around = text[max(0, start - SURROUNDINGS_CHARS) : end + SURROUNDINGS_CHARS // 2]
    own = covered(question.concepts, sentence, hit.language)
    if own and CELL_SEPARATOR in sentence:  # a row says what its column's head and heading say
        own |= covered(question.concepts, table_head(text, start), hit.language)
    if _ANAPHOR.search(sentence):  # "Peraturan tersebut mulai berlaku …" speaks of what is before
        before = covered(question.concepts, _sentence_before(text, start), hit.language)
        own |= {concept for concept in before if not concept.is_predicate}
    own |= _of_its_region(question, regions)
    near = own | covered(question.concepts, f"{hit.context}\n{around}", hit.language)
    total = sum(weights.values()) or 1.0
    coverage = sum(weights[concept] for concept in own) / total
    context = sum(weights[concept] for concept in near) / total
    expected = fits(question, sentence)
    density = len(own) / max(1, len(terms(sentence)))
    score = (
        0.5 * coverage
        + 0.25 * context
        + 0.25 * expected
        + 0.04 * nearness
        + 0.06 * min(1.0, 2 * density)  # of two that say it, the one that says little else
    )
    if expected == 0:
        score *= 0.75  # a sentence without a date does not say when
    heaviest = max(weights.values(), default=0.0)
    for concept in question.concepts:
        if concept not in near and weights[concept] >= 0.7 * heaviest:
            score *= 0.7  # what is rare in the archive is what the question is about
        elif concept not in own and question.must_state(concept):
            score *= 0.8  # signed is not in force: the sentence itself must say what is asked
        elif concept not in own and question.is_exact and not question.is_untranslated(concept):
            score *= 0.92  # a name may stand in the title or the sentence before, but better here
    opens_steps = question.kind is Kind.SEQUENCE and speaks_of_order(sentence)
    if sentence.endswith(":") and (question.asks_openly or opens_steps):
        score += 0.08  # what opens a list is what such a question looks for
    score *= same_office(question, sentence)
    if not near:
        score *= 0.3
    if CELL_SEPARATOR in sentence and not (question.is_exact or question.kind is Kind.PREMISE):
        score *= 0.85  # a row states less than a sentence does
    if question.article and question.article.lower() not in f"{hit.locator} {sentence}".lower():
        score *= 0.6  # what another article says is no answer
    if not _year_stands(question, sentence, around, hit):
        score *= 0.5  # evidence of another year is none
    score *= region_fit(question.regions, sentence, hit.context, regions)
    if is_heading_like(sentence):
        score *= 0.6
    return Sentence(hit, start, end, sentence, score, coverage, speaks_of_order(sentence))


def _of_its_region(question: Question, regions: Sequence[Region]) -> set[Concept]:
    """The concepts of the region asked for, which all of a document about that region speaks of."""
    codes = {region.code for region in regions}
    if not codes or len(codes) > REGIONS_OF_ONE_DOCUMENT_MAX:
        return set()
    names = {
        word.lower()
        for mention in question.regions
        if mention.region.code in codes
        for word in question.text[mention.start : mention.end].split()
    }
    if not names:
        return set()
    return {c for c in question.concepts if c.name.lower() in names | _REGION_TYPES}


def _supported(question: Question, sentence: Sentence, reading: Reading | None) -> Sentence:
    """With what the reader says: a sentence that it sees the answer in is better evidence."""
    if reading is None:
        return sentence
    start, end = sentence.hit.start + reading.start, sentence.hit.start + reading.end
    holds = sentence.start <= start and end <= sentence.end and start < end
    span = (start - sentence.start, end - sentence.start) if holds else None
    # What it sees the answer in may still speak of another office than the one asked for.
    support = reading.probability * same_office(question, sentence.text) if holds else 0.0
    is_row = (
        CELL_SEPARATOR in sentence.text
        and sentence.coverage >= ROW_COVERAGE_MIN
        and question.is_exact
        and fits(question, sentence.text) > 0
    )
    little_read = question.kind in UNPHRASED_KINDS or (is_row and support < SUPPORT_MIDDLE)
    weight = OPEN_SUPPORT_WEIGHT if little_read else SUPPORT_WEIGHT
    if question.kind is Kind.DEFINITION and fits(question, sentence.text):
        named = DEFINED_BY_NAME_SUPPORT if _GETS_A_NAME.search(sentence.text) else DEFINED_SUPPORT
        support = max(support, named)
    misfits = question.is_exact and fits(question, sentence.text) == 0
    if is_heading_like(sentence.text) or sentence.coverage == 0 or misfits:
        support *= 0.5  # a heading names what the text below states; a greeting asks nothing
    score = sentence.score + weight * (support - SUPPORT_MIDDLE)
    return replace(sentence, score=score, span=span)


def _sentence_before(text: str, start: int) -> str:
    before = text[max(0, start - SURROUNDINGS_CHARS) : start]
    spans = sentence_spans(before)
    return before[spans[-1][0] : spans[-1][1]] if spans else ""


def _with_cosines(
    store: DocumentStore, question: Question, sentences: list[Sentence]
) -> list[Sentence]:
    """The best sentences ranked anew, with how near each is to the question's vector."""
    head = sentences[:SENTENCES_EMBEDDED_MAX]
    if not head:
        return []
    vectors = store.model.embed_sentences([sentence.text for sentence in head])
    cosines = vectors @ store.model.embed_questions([question.text])[0]
    spread = float(np.max(cosines) - np.min(cosines)) or 1.0
    ranked = []
    for sentence, cosine in zip(head, cosines, strict=True):
        # Cosines of this model lie close together: only their order within the set tells.
        lift = 0.12 * (float(cosine) - float(np.max(cosines))) / spread
        ranked.append(replace(sentence, score=sentence.score + lift))
    return _best_first(ranked)


def _best_first(sentences: list[Sentence]) -> list[Sentence]:
    return sorted(sentences, key=lambda s: (-s.score, s.hit.document_id, s.start))


def _weights(store: DocumentStore, question: Question) -> dict[Concept, float]:
    """Inverse document frequency of each concept, by its most frequent form."""
    concepts = question.concepts
    forms = {term for concept in concepts for form in concept.forms for term in form}
    frequency, total = store.term_frequencies(sorted(forms))
    weights = {}
    for concept in concepts:
        seen = max(min(frequency.get(term, 0) for term in form) for form in concept.forms)
        weights[concept] = math.log(1 + (total + 1) / (1 + seen))
        if seen == 0 and question.is_untranslated(concept):
            weights[concept] *= 0.25
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
        or (_INITIALS.fullmatch(concept.name) and _spelled_out(concept.name, text))
    }


def _spelled_out(initials: str, text: str) -> bool:
    """Whether words that begin with these letters stand one after the other."""
    words = r"\w+\W+".join(initials)
    return re.search(rf"\b{words}\w+", text, re.IGNORECASE) is not None


def _year_stands(question: Question, sentence: str, around: str, hit: Hit) -> bool:
    shown = f"{sentence}\n{around}\n{hit.context}\n{hit.date or ''}"
    if not all(year in shown for year in question.years):
        return False
    if not question.periods:
        return True
    named = _YEAR.findall(sentence) or _YEAR.findall(hit.context) or _YEAR.findall(hit.date or "")
    return not named or any(p.holds(int(year)) for p in question.periods for year in named)


def is_heading_like(sentence: str) -> bool:
    """Whether it is short and ends like no sentence."""
    return (
        len(sentence) < 40
        and CELL_SEPARATOR not in sentence
        and not sentence.endswith(":")
        and not sentence.rstrip("”\"')").endswith((".", "!", ";"))
    )
