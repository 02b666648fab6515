"""Weighs sentences as evidence: does this sentence answer this question?

Without a trained reader the judgement rests on what can be counted: which concepts of the
question the sentence and its surroundings hold (weighted by how rare they are), whether it holds
the sort of thing that is asked for (a figure, a date, a name), and how near its vector is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.glossary import common_terms
from assistant.understand import Concept, Kind, Question
from docs_store.analysis import terms
from docs_store.dates import find_dates
from docs_store.records import Hit
from docs_store.sentences import sentence_spans
from docs_store.store import DocumentStore

SURROUNDINGS_CHARS = 500
SENTENCES_EMBEDDED_MAX = 10
EVIDENCE_MIN = 0.58
"""Below this score a sentence is no evidence."""

_NUMBER = re.compile(r"\d[\d.,]*")
_MONEY = re.compile(
    r"\bRp\.?\s?\d|\brupiah\b|\b(?:juta|miliar|milyar|triliun|million|billion|trillion)\b",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh|ratus|"
    r"ribu|one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)\b",
    re.IGNORECASE,
)
_ITEM_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|\d+(?:\.\d+)+\s|\(?[a-zA-Z][.)])\s*")
_ASKED_UNIT = re.compile(r"\b(?:berapa|berapakah|how many)\s+([\w-]+)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d{2}\b")
_NAME = re.compile(r"\b[A-Z][\w'’]+(?:\s+[A-Z][\w'’.]*)*")
_ORDER = re.compile(
    r"\b(?:bertahap|tahap\w*|mula-mula|awalnya|dulu|dahulu|terlebih|pertama|kedua|ketiga|lalu|"
    r"kemudian|selanjutnya|setelah|berikutnya|akhirnya|prioritas|bersamaan|first|second|then|next|"
    r"after|later|finally|gradual\w*|step|priority|phase\w*|stage\w*)\b",
    re.IGNORECASE,
)


_OFFICE = re.compile(
    r"\b(?P<office>[Ss]ekda|[Ss]ekretaris [Dd]aerah|"
    r"(?:[Ww]akil )?(?:[Bb]upati|[Gg]ubernur|[Ww]ali ?[Kk]ota)|"
    r"[Kk]etua DPRD|[Kk]epala (?:[Dd]inas|[Bb]adan)(?: [A-Z]\w+)*)\s+"
    r"(?:(?:Kabupaten|Kota|Provinsi|Pemkab|Pemkot)\s+)?(?P<of>[A-Z]\w+(?:\s+[A-Z]\w+)?)"
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


def weigh(store: DocumentStore, question: Question, hits: Sequence[Hit]) -> list[Sentence]:
    """The sentences of the passages found, best evidence first."""
    weights = _weights(store, question)
    texts: dict[tuple[str, int], str] = {}
    spans: dict[tuple[str, int, int, int], tuple[Hit, float]] = {}
    for rank, hit in enumerate(hits):
        key = (hit.document_id, hit.version)
        if key not in texts:
            texts[key] = store.text(*key)
        for start, end in _sentences_around(texts[key], hit):
            spans.setdefault((*key, start, end), (hit, 1.0 / (1 + rank)))
    weighed = []
    for (document_id, version, start, end), (hit, nearness) in spans.items():
        text = texts[document_id, version]
        weighed.append(_weigh_one(question, weights, text, hit, start, end, nearness))
    weighed.sort(key=lambda sentence: (-sentence.score, sentence.hit.document_id, sentence.start))
    return _with_cosines(store, question, weighed)


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
) -> Sentence:
    sentence = text[start:end]
    around = text[max(0, start - SURROUNDINGS_CHARS) : end + SURROUNDINGS_CHARS // 2]
    own = _covered(question.concepts, sentence, hit.language)
    near = own | _covered(question.concepts, f"{hit.context}\n{around}", hit.language)
    total = sum(weights.values()) or 1.0
    coverage = sum(weights[concept] for concept in own) / total
    context = sum(weights[concept] for concept in near) / total
    fits = _fits(question, sentence)
    score = 0.5 * coverage + 0.25 * context + 0.25 * fits + 0.04 * nearness
    if fits == 0:
        score *= 0.75  # a sentence without a date does not say when
    heaviest = max(weights.values(), default=0.0)
    for concept in question.concepts:
        # What is rare in the archive is what the question is about: it may not be missing.
        if concept not in near and weights[concept] >= 0.7 * heaviest:
            score *= 0.7
    score *= _same_office(question, sentence, own)
    if question.years and not _year_stands(question, sentence, around, hit):
        score *= 0.5  # evidence of another year is none
    if _is_heading_like(sentence):
        score *= 0.6
    return Sentence(hit, start, end, sentence, score, coverage, _ORDER.search(sentence) is not None)


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
        ranked.append(
            Sentence(
                sentence.hit,
                sentence.start,
                sentence.end,
                sentence.text,
                sentence.score + lift,
                sentence.coverage,
                sentence.follows_order,
            )
        )
    ranked.sort(key=lambda sentence: (-sentence.score, sentence.hit.document_id, sentence.start))
    return ranked


def _weights(store: DocumentStore, question: Question) -> dict[Concept, float]:
    """Inverse document frequency of each concept, by its most frequent form."""
    concepts = question.concepts
    forms = {term for concept in concepts for form in concept.forms for term in form}
    frequency, total = store.term_frequencies(sorted(forms))
    weights = {}
    for concept in concepts:
        seen = max(min(frequency.get(term, 0) for term in form) for form in concept.forms)
        weights[concept] = math.log(1 + (total + 1) / (1 + seen))
        if seen == 0 and question.asks_in == "en" and len(concept.forms) <= 2:
            weights[concept] *= 0.25  # an English word that no glossary translates
    return weights


def _covered(concepts: Sequence[Concept], text: str, language: str) -> set[Concept]:
    found = terms(text, language)
    if language != "id":
        found += terms(text, "id")
    joined = f" {' '.join(found)} "
    return {
        concept
        for concept in concepts
        if any(f" {' '.join(form)} " in joined for form in concept.forms)
    }


def _fits(question: Question, sentence: str) -> float:
    """1 where the sentence holds the sort of thing that is asked for, 0 where it does not."""
    body = _ITEM_NUMBER.sub("", sentence)
    asked = set(_NUMBER.findall(question.text))
    numbers = [number for number in _NUMBER.findall(body) if number.rstrip(".,") not in asked]
    match question.kind:
        case Kind.MONEY:
            return float(bool(_MONEY.search(body) and numbers))
        case Kind.FIGURE:
            if not numbers and not _SPELLED.search(body):
                return 0.0
            return _unit_stands(question.text, body)
        case Kind.DATE:
            years = [year for year in _YEAR.findall(body) if year not in asked]
            return float(bool(years or find_dates(body)))
        case Kind.PERSON:
            return float(_names_somebody(question, body))
        case Kind.SEQUENCE:
            return float(_ORDER.search(body) is not None)
        case _:
            return 0.6


def _unit_stands(question: str, body: str) -> float:
    """1 where the unit that is asked for ("berapa hari kerja") stands by a number, else 0.5."""
    asked = _ASKED_UNIT.search(question)
    if asked is None:
        return 1.0
    unit = re.escape(asked.group(1))
    counted = rf"(?:\d|{_SPELLED.pattern})[^.;]{{0,40}}\b{unit}|\b{unit}\b[^.;]{{0,20}}\d"
    return 1.0 if re.search(counted, body, re.IGNORECASE) else 0.5


def _names_somebody(question: Question, body: str) -> bool:
    """Whether a capitalised word stands there that is neither an office nor in the question."""
    known = common_terms() | {term for c in question.concepts for form in c.forms for term in form}
    for run in _NAME.findall(body):
        words = [word.strip(".") for word in run.split()]
        if any(
            not word.isupper() and terms(word) and not set(terms(word)) & known for word in words
        ):
            return True
    return False


def _same_office(question: Question, sentence: str, covered: set[Concept]) -> float:
    """Less than 1 where the sentence is not about the office that is asked for.

    "Siapa Sekda Morowali Utara?" is not answered by "Sekda Banyuwangi, Mujiono", nor by a
    sentence about Morowali Utara that names no Sekda.
    """
    asked = _OFFICE.search(question.text)
    if question.kind is not Kind.PERSON or asked is None:
        return 1.0
    office = set(terms(asked.group("office")))
    if not any(office & set(" ".join(" ".join(f) for f in c.forms).split()) for c in covered):
        return 0.5
    wanted = set(asked.group("of").lower().split())
    holders = [set(found.group("of").lower().split()) for found in _OFFICE.finditer(sentence)]
    return 0.5 if holders and not any(wanted & holder for holder in holders) else 1.0


def _year_stands(question: Question, sentence: str, around: str, hit: Hit) -> bool:
    shown = f"{sentence}\n{around}\n{hit.context}\n{hit.date or ''}"
    return all(year in shown for year in question.years)


def _is_heading_like(sentence: str) -> bool:
    return len(sentence) < 40 and not sentence.rstrip("”\"')").endswith((".", "!", ";"))
