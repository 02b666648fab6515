"""What a reader must know of a cited regulation: that another one revoked or amended it."""

from __future__ import annotations

from assistant.conversation import Language
from docs_store.records import Notice
from docs_store.regulation_keys import regulation_name
from docs_store.store import DocumentStore

_SAID: dict[Language, dict[str, str]] = {
    "id": {"revoked_by": "Dicabut dengan", "amended_by": "Diubah dengan"},
    "en": {"revoked_by": "Revoked by", "amended_by": "Amended by"},
}


def notice_texts(store: DocumentStore, document_id: str, language: Language) -> tuple[str, ...]:
    """Short texts as "Dicabut dengan UU 23/2014", one for each regulation that did something."""
    return tuple(
        f"{_SAID[language][notice.relation]} {regulation_name(notice.target)}"
        for notice in store.notices(document_id)
    )


def validity(store: DocumentStore, key_or_document: str) -> list[Notice]:
    """What the kept texts say became of a regulation: who revoked it first, then who amended it.

    Each notice carries the words that prove it: ``quote`` is ``text[start:end]`` of ``version`` of
    the document ``stated_in``. The latest comes first of each kind. An empty list means that no
    kept text says anything, not that the regulation is in force: it may be unknown here.

    Args:
        store: the documents.
        key_or_document: a regulation's key (``"pp/58/2005"``, also of one that is not kept
            itself), or the id of a document.
    """
    is_key = "/" in key_or_document
    found = (store.notices_of_regulation if is_key else store.notices)(key_or_document)
    latest = sorted(found, key=lambda notice: notice.target.split("/")[-1], reverse=True)
    return sorted(latest, key=lambda notice: notice.relation != "revoked_by")
