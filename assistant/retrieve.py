"""Keyword and vector results as one ranking, each text once."""

from __future__ import annotations

import re

from assistant.understand import Question
from docs_store.fusion import fuse
from docs_store.records import Hit
from docs_store.store import DocumentStore

CANDIDATES = 50
BEST_OF_EACH = 2
_NUMBER = re.compile(r"\d+")


def retrieve(store: DocumentStore, question: Question, limit: int = 20) -> list[Hit]:
    """The best passages for a question, best first, without repeating the same text."""
    hits = fuse(store.candidates(question.text, CANDIDATES, question.extra_terms))
    if question.article is not None:
        hits = [*_article(store, question.text, question.article), *hits]
    seen: set[str] = set()
    kept = []
    for hit in hits:
        text = " ".join(hit.text.lower().split())
        if text not in seen:
            seen.add(text)
            kept.append(hit)
    return kept[:limit]


def to_read(hits: list[Hit], count: int) -> list[Hit]:
    """The passages to read sentence by sentence: the best ``count``, and each search's own best.

    What one search alone puts far ahead may stand low in the fused ranking.
    """
    best = hits[:count]
    for stage in ("keyword", "vector"):
        found = sorted((h for h in hits if stage in h.scores), key=lambda h: -h.scores[stage])
        best += [hit for hit in found[:BEST_OF_EACH] if hit not in best]
    return best


def at_article(hit: Hit, article: str) -> bool:
    """Whether the passage stands in the article ("Pasal 7", not "Pasal 71")."""
    return re.match(rf"{re.escape(article)}\b", hit.locator or "") is not None


def _article(store: DocumentStore, question: str, article: str) -> list[Hit]:
    """The passages of the article that the question names, of the regulation that it names.

    A regulation is named by number and year ("Perbup 19/2012"); without them, all that have such
    an article count.
    """
    numbers = set(_NUMBER.findall(question)) - {article.split()[-1]}
    return [
        hit
        for hit in store.passages_at(article)
        if at_article(hit, article) and numbers <= set(_NUMBER.findall(hit.title))
    ]
