"""Weighs sentences as evidence: does this sentence answer this question?

What can be counted (see `assistant.counts`) ranks the sentences of the passages found. Of questions
that one phrase answers, a logistic regression then joins the counts with what the reader says, and
the score is the probability that the sentence answers (see `assistant.evidence_model`). Of others
the reader knows less, and the counts decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.counts import (
    SURROUNDINGS_CHARS,
    Asked,
    Counts,
    count,
    counted_score,
    passage_found,
)
from assistant.coverage import concept_weights, short_names
from assistant.evidence_model import (
    OPEN_EVIDENCE_MIN,
    Signals,
    evidence_model,
    scaled_margin,
    signals,
)
from assistant.injections import addresses_a_program
from assistant.question_kinds import UNPHRASED_KINDS, Kind
from assistant.reader import Reading
from assistant.understand import Question
from docs_store.records import Hit
from docs_store.sentences import sentence_spans
from docs_store.store import DocumentStore

SENTENCES_JUDGED_MAX = 10
"""Of those that the counts put first, so many are embedded and judged."""
OPEN_SUPPORT_WEIGHT = 0.1
OPENS_LIST = 0.08
"""What opens a list or the steps of something is right more often than its words tell: of the 20
development questions whose best sentence did, 18 were answered by it, whatever its score."""
CROSSES = 0.12
"""Fewer words of an English question can be expected in an Indonesian sentence, and the reverse."""
SUPPORT_MIDDLE = 0.4
COSINE_WEIGHT = 0.12
MISFIT = 0.35
"""What a sentence without a figure counts where a figure is asked for: too little for evidence,
however well it fits."""
MISFITS = {Kind.DEFINITION: 0.5}
"""A meaning is told in other ways than "X adalah …" too."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document version as evidence; ``start`` and ``end`` count in its text."""

    hit: Hit
    start: int
    end: int
    text: str
    score: float
    """Of questions that one phrase answers, the probability (0 to 1) that it does."""
    coverage: float
    """Share of the question's concepts in the sentence itself, by weight."""
    follows_order: bool
    """Whether it tells a step (first, then, step by step; a date where a history is asked for)."""
    span: tuple[int, int] | None = None
    """Where in the sentence the reader sees the answer, if it does."""


TextOf = Callable[[str, int], str]
"""The stored text of (document id, version)."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence of the passages found, what was counted of it, and the reading of its passage."""

    hit: Hit
    start: int
    end: int
    text: str
    counts: Counts
    score: float
    reading: Reading | None
    """None where its passage was not read."""

    @property
    def span(self) -> tuple[int, int] | None:
        """Where the reader's best span stands in it; None where that stands elsewhere."""
        if self.reading is None:
            return None
        offset = self.start - self.hit.start
        start, end = self.reading.start - offset, self.reading.end - offset
        return (start, end) if 0 <= start < end <= self.end - self.start else None

    @property
    def support(self) -> float:
        """The probability that its passage answers, where the reader sees the answer in it."""
        return self.reading.probability if self.reading and self.span else 0.0

    @property
    def margin(self) -> float | None:
        """By how much the best span in it outdoes "does not say"; None where it was not read."""
        if self.reading is None:
            return None
        if self.span is not None:
            return self.reading.span_score - self.reading.null_score
        offset = self.start - self.hit.start
        best = self.reading.best_within(offset, offset + self.end - self.start)
        return None if best is None else best - self.reading.null_score


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with all that is known of it as evidence."""

    counted: Counted
    signals: Signals


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
    sentences = []
    for judged in judge(store, text_of, question, hits, readings):
        counted = judged.counted
        if question.kind in UNPHRASED_KINDS:
            score = _open_score(judged)
        else:
            # That another office's holder is named well is no evidence of the one asked for.
            score = evidence_model().probability(judged.signals) * counted.counts.in_scope
            if question.is_exact and counted.counts.expected == 0:
                score *= MISFITS.get(question.kind, MISFIT)
        sentences.append(
            Sentence(
                hit=counted.hit,
                start=counted.start,
                end=counted.end,
                text=counted.text,
                score=score,
                coverage=counted.counts.coverage,
                follows_order=counted.counts.follows_order,
                span=counted.span,
            )
        )
    return sorted(sentences, key=lambda s: (-s.score, s.hit.document_id, s.start))


def evidence_min(question: Question) -> float:
    """The score from which a sentence is evidence for this question."""
    if question.kind in UNPHRASED_KINDS:
        return OPEN_EVIDENCE_MIN
    model = evidence_model()
    return model.least_exact if question.is_exact else model.least_other


def judge(
    store: DocumentStore,
    text_of: TextOf,
    question: Question,
    hits: Sequence[Hit],
    readings: Mapping[int, Reading],
) -> list[Judged]:
    """The sentences that the counts put first, with what the reader and their vectors say.

    Args as of `weigh`.
    """
    head = _counted(store, text_of, question, hits, readings)[:SENTENCES_JUDGED_MAX]
    if not head:
        return []
    vectors = store.model.embed_sentences([counted.text for counted in head])
    cosines = vectors @ store.model.embed_questions([question.text])[0]
    # Cosines of this model lie close together: only their order within the set tells.
    spread = float(cosines.max() - cosines.min()) or 1.0
    margins = [counted.margin for counted in head]
    scaled = [scaled_margin(margin) for margin in margins]
    judged = []
    for at, counted in enumerate(head):
        own = signals(
            question,
            counted.counts,
            counted.hit.language,
            ahead=counted.score - max((o.score for o in head if o is not counted), default=0.0),
            margin=margins[at],
            others=max([*scaled[:at], *scaled[at + 1 :]], default=scaled_margin(None)),
            lift=(float(cosines[at]) - float(cosines.max())) / spread,
        )
        judged.append(Judged(counted, own))
    return judged


def _counted(
    store: DocumentStore,
    text_of: TextOf,
    question: Question,
    hits: Sequence[Hit],
    readings: Mapping[int, Reading],
) -> list[Counted]:
    """All sentences of the passages, those first that the counts or the reader find best."""
    asked = Asked(question, concept_weights(store, question), short_names(question, hits))
    regions_of = cache(lambda document_id: store.document(document_id).regions)
    known: set[tuple[str, int, int, int]] = set()
    found: list[Counted] = []
    for rank, hit in enumerate(hits):
        text = text_of(hit.document_id, hit.version)
        regions = regions_of(hit.document_id) if question.regions else ()
        passage = passage_found(asked, hit, text, rank, regions)
        for start, end in _sentences_around(text, hit):
            key = (hit.document_id, hit.version, start, end)
            sentence = text[start:end]
            # What tells a program what to say would win, and then fall at the gate.
            if key in known or addresses_a_program(sentence):
                continue
            known.add(key)
            counts = count(asked, passage, start, end)
            score = counted_score(question, counts)
            reading = readings.get(hit.passage_id)
            found.append(Counted(hit, start, end, sentence, counts, score, reading))
    return sorted(found, key=lambda c: (-(c.score + c.support), c.hit.document_id, c.start))


def _open_score(judged: Judged) -> float:
    """By the counts; the reader was trained on questions that one phrase answers."""
    score = judged.counted.score + COSINE_WEIGHT * judged.signals.lift
    score += OPENS_LIST * judged.counted.counts.opens_list + CROSSES * judged.signals.crosses
    if judged.signals.is_read:
        score += OPEN_SUPPORT_WEIGHT * (judged.counted.support - SUPPORT_MIDDLE)
    return score


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
