"""An answer from quotes alone: the best sentences, verbatim, in an order that reads well."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.conversation import Citation, Language
from assistant.drafts import DraftStatement
from assistant.evidence import Sentence, evidence_min
from assistant.understand import Kind, Question

_SEVERAL = (Kind.SEQUENCE, Kind.LIST, Kind.EXPLANATION)
STATEMENTS_MAX = 4
ARTICLE_SENTENCES_MAX = 15
_GOES_ON = re.compile(
    r"^[“\"]?(?:lalu|kemudian|selanjutnya|setelah itu|berikutnya|then|next|after that)\b",
    re.IGNORECASE,
)

LEADS: dict[Kind, dict[Language, str]] = {
    Kind.SEQUENCE: {
        "id": "Urutannya menurut dokumen:",
        "en": "The order, in the words of the documents:",
    },
    Kind.LIST: {
        "id": "Yang disebut dalam dokumen:",
        "en": "What the documents name, in their words:",
    },
}
LEAD: dict[Language, str] = {
    "id": "Menurut dokumen:",
    "en": "In the words of the documents:",
}


def compose(
    question: Question,
    sentences: Sequence[Sentence],
    items_of: Callable[[Sentence], list[Sentence]],
) -> list[DraftStatement]:
    """The statements of an answer, in order; none where the evidence is too weak.

    Args:
        question: what is asked.
        sentences: the evidence, best first.
        items_of: the items of the list that a sentence ending in a colon opens.
    """
    for best in sentences:
        if best.score < evidence_min(question):
            break
        if not best.text.endswith(":"):
            return _quoted(_in_order(question, _choose(question, best, sentences)))
        items = items_of(best)
        if items:
            return _quoted([best, *items])
    return []


def whole_article(sentences: Sequence[Sentence]) -> list[DraftStatement]:
    """An article of a regulation as its own sentences."""
    return _quoted(sentences[:ARTICLE_SENTENCES_MAX])


def _in_order(question: Question, chosen: list[Sentence]) -> list[Sentence]:
    """As the documents tell it, the best document first; facts with the best sentence first."""
    if question.kind not in _SEVERAL:
        return chosen
    documents = list(dict.fromkeys(sentence.hit.document_id for sentence in chosen))
    return sorted(chosen, key=lambda s: (documents.index(s.hit.document_id), s.start))


def _quoted(sentences: Sequence[Sentence]) -> list[DraftStatement]:
    return [DraftStatement(sentence.text, (_citation(sentence),)) for sentence in sentences]


def _choose(question: Question, best: Sentence, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The best sentence, and those of the others that belong to it."""
    chosen = [best]
    others = [other for other in sentences if other is not best and not other.text.endswith(":")]
    if question.kind in _SEVERAL:
        for sentence in others:
            if len(chosen) < STATEMENTS_MAX and _belongs(question, best, sentence, chosen):
                chosen.append(sentence)
        return chosen
    for sentence in others:
        # A second source that says it as well, or a second sentence that is as good.
        as_good = sentence.score >= 0.93 * best.score
        if as_good and not _repeats(sentence, chosen):
            return [best, sentence]
    return chosen


def _belongs(
    question: Question, best: Sentence, sentence: Sentence, chosen: Sequence[Sentence]
) -> bool:
    if _repeats(sentence, chosen):
        return False
    same_place = sentence.hit.document_id == best.hit.document_id and (
        abs(sentence.start - best.start) < 900
    )
    if question.kind is Kind.SEQUENCE and same_place:
        goes_on = _GOES_ON.match(sentence.text) is not None
        return sentence.follows_order and (goes_on or sentence.score >= 0.6 * best.score)
    if same_place:
        return sentence.score >= 0.75 * best.score
    return sentence.score >= 0.9 * best.score


def _repeats(sentence: Sentence, chosen: Sequence[Sentence]) -> bool:
    def plain(text: str) -> str:
        return " ".join(re.findall(r"\w+", text.lower()))

    return any(
        plain(sentence.text) in plain(other.text) or plain(other.text) in plain(sentence.text)
        for other in chosen
    )


def _citation(sentence: Sentence) -> Citation:
    hit = sentence.hit
    return Citation(
        marker=0,  # the gate numbers those that pass
        document_id=hit.document_id,
        title=hit.title,
        source=hit.source,
        version=hit.version,
        page=hit.page,
        locator=hit.locator,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
        confidence=hit.confidence,
    )
