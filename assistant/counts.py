"""What can be counted of a sentence as evidence for a question, without a trained reader.

Which concepts of the question the sentence and its surroundings hold, weighted by how rare they
are in the archive; whether it holds the sort of thing that is asked for; whether it speaks of the
right region, year, office and article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.coverage import covered, covered_by_setting, is_heading_like, spelled_out
from assistant.expected import fits, same_office, tells_a_step
from assistant.question_kinds import Kind
from assistant.ranges import range_fit
from assistant.region_fit import region_fit
from assistant.row_groups import row_mark
from assistant.understand import Concept, Question
from docs_store.analysis import terms
from docs_store.records import Hit, Region
from docs_store.sentences import CELL_SEPARATOR

SURROUNDINGS_CHARS = 500
BORROWED_SHARE = 0.8
"""How much of a concept counts that a sentence does not hold itself, but its document's title, the
headings above it, or what opens its list or table hold for it."""
HEAVY = 0.7
"""Share of the heaviest concept's weight from which a concept is what the question is about."""
REGIONS_OF_ONE_DOCUMENT_MAX = 2
OTHER_RANGE = 0.4
"""What a row for 5 to 10 km counts where 20 km are asked for."""
_REGION_TYPES = frozenset(
    "kabupaten pemkab kota pemkot provinsi pemprov pemda regency city province".split()
)
_GIVES_NAME = re.compile(r"\bselanjutnya (?:disebut|disingkat)\b|\bhereinafter\b", re.IGNORECASE)
_FORMAL_HEAD = re.compile(
    r"\W*(?:menimbang|mengingat|memperhatikan|memutuskan|menetapkan)\W*$", re.IGNORECASE
)
"""Of every regulation: it opens no list that anybody asks for."""
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d{2}(?![\d/])")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what is the same for all sentences that are weighed for it."""

    question: Question
    weights: Mapping[Concept, float]
    shorts: Mapping[str, str]
    """Abbreviations for what it names in full; see `assistant.coverage.short_names`."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of one sentence; shares from 0 to 1."""

    coverage: float
    """Of the question's concepts, by weight, in the sentence and what it belongs to: its list,
    table, headings and title."""
    context: float
    """The same with its surroundings and headings."""
    expected: float
    """Whether it holds the sort of thing that is asked for."""
    nearness: float
    """1 for a sentence of the best passage, 1/2 of the second, and so on."""
    density: float
    """Concepts held by word."""
    lacking: float
    """1 where it holds every concept that it must; less for each that it lacks."""
    in_scope: float
    """1 where it may speak of the region, year, article and office asked for; less where it speaks
    of others."""
    is_row: bool
    is_heading: bool
    opens_list: bool
    follows_order: bool
    gives_name: bool
    """Whether it gives a thing its short name: "yang selanjutnya disebut …"."""


@dataclass(frozen=True, slots=True)
class PassageFound:
    """A passage that was found for a question, and what holds for each of its sentences."""

    hit: Hit
    text: str
    """Its document's."""
    rank: int
    """Its place, from 0."""
    regions: Sequence[Region]
    """Those that its document is about."""
    titled: frozenset[Concept]
    """The concepts that its title and headings hold."""
    of_its_region: frozenset[Concept]
    """The concepts of the region asked for, if its document is about that region."""


def passage_found(
    asked: Asked, hit: Hit, text: str, rank: int, regions: Sequence[Region]
) -> PassageFound:
    """What holds for each sentence of a passage; ``regions`` are those its document is about."""
    concepts = asked.question.concepts
    return PassageFound(
        hit,
        text,
        rank,
        regions,
        titled=frozenset(covered(concepts, f"{hit.title}\n{hit.context}", hit.language)),
        of_its_region=_of_its_region(asked.question, regions),
    )


def count(asked: Asked, passage: PassageFound, start: int, end: int) -> Counts:
    """Count the sentence that stands in the document's text from ``start`` to ``end``."""
    question, weights = asked.question, asked.weights
    text, hit = passage.text, passage.hit
    sentence = text[start:end]
    around = text[max(0, start - SURROUNDINGS_CHARS) : end + SURROUNDINGS_CHARS // 2]
    said = spelled_out(sentence, asked.shorts)
    own = covered(question.concepts, said, hit.language) | passage.of_its_region
    is_row = CELL_SEPARATOR in sentence
    in_range = _range_fit(question, sentence) if is_row or row_mark(sentence) else None
    own |= {concept for concept in question.concepts if concept.name in (in_range or ())}
    setting = covered_by_setting(question.concepts, text, start, end, hit.language) - own
    held = own | setting
    near = held | covered(question.concepts, f"{hit.context}\n{around}", hit.language)
    # What the document is about need not be said in each of its sentences.
    scope = passage.titled - held
    total = sum(weights.values()) or 1.0

    def share(concepts: set[Concept]) -> float:
        # In the question's order: a set's own changes the last digits from run to run.
        return sum(weight for concept, weight in weights.items() if concept in concepts) / total

    expected = fits(question, said)
    follows_order = tells_a_step(question, sentence)
    opens_steps = question.kind is Kind.SEQUENCE and follows_order
    return Counts(
        coverage=share(own) + BORROWED_SHARE * share(setting | scope),
        context=share(near),
        expected=expected,
        nearness=1.0 / (1 + passage.rank),
        density=len(held) / max(1, len(terms(sentence))),
        lacking=_lacking(asked, held, near),
        in_scope=(
            same_office(question, sentence)
            * _setting_fit(question, sentence, around, hit)
            * region_fit(question.regions, sentence, hit.context, passage.regions)
            * (1.0 if in_range is None or in_range else OTHER_RANGE)
        ),
        is_row=is_row,
        is_heading=is_heading_like(sentence),
        opens_list=(
            sentence.endswith(":")
            and (question.asks_openly or opens_steps)
            and not _FORMAL_HEAD.match(sentence)
        ),
        follows_order=follows_order,
        gives_name=_GIVES_NAME.search(sentence) is not None,
    )


def counted_score(question: Question, counts: Counts) -> float:
    """One score of the counts, about 0 to 1; weights and factors set by hand."""
    score = (
        0.5 * counts.coverage
        + 0.25 * counts.context
        + 0.25 * counts.expected
        + 0.04 * counts.nearness
        + 0.06 * min(1.0, 2 * counts.density)  # of two that say it, the one that says little else
    )
    if counts.expected == 0:
        score *= 0.75  # a sentence without a date does not say when
    score *= counts.lacking * counts.in_scope
    if counts.opens_list:
        score += 0.08  # what opens a list is what such a question looks for
    if counts.is_row and not (question.is_exact or question.kind is Kind.PREMISE):
        score *= 0.85  # a row states less than a sentence does
    if counts.is_heading:
        score *= 0.6
    return score


def _range_fit(question: Question, row: str) -> tuple[str, ...] | None:
    """As `range_fit`; a premise's own figure is what is in question, and chooses no row."""
    return None if question.kind is Kind.PREMISE else range_fit(question.text, row)


def _lacking(asked: Asked, held: set[Concept], near: set[Concept]) -> float:
    """A factor for each concept that a sentence does not hold."""
    question, weights = asked.question, asked.weights
    factor = 1.0 if near else 0.3
    heaviest = max(weights.values(), default=0.0)
    for concept in question.concepts:
        if concept not in near and weights[concept] >= HEAVY * heaviest:
            factor *= 0.7  # what is rare in the archive is what the question is about
        elif concept not in held and question.must_state(concept):
            factor *= 0.8  # signed is not in force: the sentence itself must say what is asked
        elif concept not in held and question.is_exact and not question.is_untranslated(concept):
            factor *= 0.92  # a name may stand in the title or the sentence before, but better here
    return factor


def _setting_fit(question: Question, sentence: str, around: str, hit: Hit) -> float:
    """Less than 1 for another article's or another year's sentence: it is no evidence."""
    factor = 1.0
    if question.article and question.article.lower() not in f"{hit.locator} {sentence}".lower():
        factor *= 0.6
    if not _year_stands(question, sentence, around, hit):
        factor *= 0.5
    return factor


def _of_its_region(question: Question, regions: Sequence[Region]) -> frozenset[Concept]:
    """The concepts of the region asked for, which all of a document about that region speaks of."""
    codes = {region.code for region in regions}
    if not codes or len(codes) > REGIONS_OF_ONE_DOCUMENT_MAX:
        return frozenset()
    names = {
        word.lower()
        for mention in question.regions
        if mention.region.code in codes
        for word in question.text[mention.start : mention.end].split()
    }
    if not names:
        return frozenset()
    return frozenset(c for c in question.concepts if c.name.lower() in names | _REGION_TYPES)


def _year_stands(question: Question, sentence: str, around: str, hit: Hit) -> bool:
    shown = f"{sentence}\n{around}\n{hit.context}\n{hit.date or ''}"
    if not all(year in shown for year in question.years):
        return False
    if not question.periods:
        return True
    named = _YEAR.findall(sentence) or _YEAR.findall(hit.context) or _YEAR.findall(hit.date or "")
    return not named or any(p.holds(int(year)) for p in question.periods for year in named)
