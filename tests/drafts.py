"""Documents for tests, published without a file."""

from __future__ import annotations

import hashlib

from docs_store.records import PassageDraft, VersionDraft
from docs_store.store import DocumentStore, Published


def draft_text(text: str, source: str, title: str = "Catatan") -> VersionDraft:
    """A version whose paragraphs are its passages."""
    passages = []
    at = 0
    for paragraph in text.split("\n\n"):
        start = text.index(paragraph, at)
        at = start + len(paragraph)
        passages.append(PassageDraft(start, at, None, None, title))
    return VersionDraft(
        source=source,
        content_sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        title=title,
        date=None,
        language="id",
        text=text,
        pages=(),
        passages=tuple(passages),
    )


def publish_text(store: DocumentStore, text: str, source: str, title: str = "Catatan") -> Published:
    """Publish a text as it stands."""
    return store.publish(draft_text(text, source, title), text.encode())
