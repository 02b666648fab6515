"""What a reader must know of a cited regulation: that another one revoked or amended it."""

from __future__ import annotations

from assistant.conversation import Language
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
