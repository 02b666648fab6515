"""A summary in a document's own sentences.

The sentences nearest to the document's centre, and unlike one another: centroid summaries (Radev
et al. 2004) with maximal marginal relevance (Carbonell & Goldstein 1998).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.compose_quotes import quoted
from assistant.conversation import Language
from assistant.drafts import Draft
from assistant.evidence import Sentence
from assistant.finder import Evidence, Finder
from assistant.understand import Question
from docs_store.analysis import terms
from docs_store.records import Hit
from docs_store.sentences import CELL_SEPARATOR, sentence_spans

SENTENCES_SHOWN = 5
SENTENCES_WEIGHED_MAX = 40
SENTENCE_CHARS = (60, 420)
DIVERSITY = 0.4
_LEAD: dict[Language, str] = {
    "id": "Pokok-pokok “{}”, dalam kalimatnya sendiri:",
    "en": "The main points of “{}”, in its own sentences:",
}


def summarise(finder: Finder, question: Question) -> tuple[Draft, Evidence]:
    """Five sentences of the document that the question names, in its order."""
    evidence = finder.find(question)
    if evidence.missing or not evidence.hits:
        return Draft(), evidence
    document = evidence.hits[0].document_id
    title = evidence.hits[0].title
    if not _is_named(question, evidence.hits[0]):
        return Draft(), evidence
    passages = finder.store.passages_at("", documents=[document])
    sentences = _candidates(passages)
    if not sentences:
        return Draft(), evidence
    vectors = finder.store.model.embed_sentences([sentence.text for sentence in sentences])
    chosen = sorted(_central(vectors, SENTENCES_SHOWN))
    lead = _LEAD[question.language].format(title)
    return Draft(lead, tuple(quoted(sentences[at], "item") for at in chosen)), evidence


def _is_named(question: Question, hit: Hit) -> bool:
    """Whether the question names the document, rather than a subject that it touches."""
    if "named" in hit.scores or "article" in hit.scores:
        return True
    asked = {term for concept in question.concepts for form in concept.forms for term in form}
    titled = set(terms(hit.title))
    return len(asked & titled) >= min(2, len(titled))


def _candidates(passages: Sequence[Hit]) -> list[Sentence]:
    """The first full sentence of passages all over the document."""
    found = []
    step = max(1, -(-len(passages) // SENTENCES_WEIGHED_MAX))
    for hit in passages[::step]:
        for start, end in sentence_spans(hit.text):
            text = hit.text[start:end]
            low, high = SENTENCE_CHARS
            if low <= len(text) <= high and text[-1] in ".;" and CELL_SEPARATOR not in text:
                found.append(
                    Sentence(
                        hit, hit.start + start, hit.start + end, text, 1.0, 1.0,
                        follows_order=False,
                    )
                )  # fmt: skip
                break
    return found


def _central(vectors: NDArray[np.float32], count: int) -> list[int]:
    centre = vectors.mean(axis=0)
    near = vectors @ (centre / (np.linalg.norm(centre) or 1.0))
    chosen: list[int] = []
    while len(chosen) < min(count, len(vectors)):
        like = (vectors @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(vectors))
        gain = (1 - DIVERSITY) * near - DIVERSITY * like
        gain[chosen] = -np.inf
        chosen.append(int(np.argmax(gain)))
    return chosen
