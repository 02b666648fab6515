"""Keyword and vector results as one ranking, each text once."""

from __future__ import annotations

from assistant.understand import Question
from docs_store.fusion import fuse
from docs_store.records import Hit
from docs_store.store import DocumentStore

CANDIDATES = 50


def retrieve(store: DocumentStore, question: Question, limit: int = 20) -> list[Hit]:
    """The best passages for a question, best first, without repeating the same text."""
    hits = fuse(store.candidates(question.text, CANDIDATES, question.extra_terms))
    seen: set[str] = set()
    kept = []
    for hit in hits:
        text = " ".join(hit.text.lower().split())
        if text not in seen:
            seen.add(text)
            kept.append(hit)
    return kept[:limit]
