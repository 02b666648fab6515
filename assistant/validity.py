"""Is a regulation still in force? What the kept texts say became of it."""

from __future__ import annotations

from assistant.conversation import Citation, Language
from assistant.drafts import Draft, DraftStatement
from assistant.notices import validity
from assistant.regulations import documents_named
from assistant.understand import Question
from docs_store.records import Notice
from docs_store.regulation_keys import RegulationName, find_regulations, regulation_name
from docs_store.store import DocumentStore

NOTICES_MAX = 5
_REVOKED: dict[Language, str] = {
    "id": "{} sudah dicabut. Teks yang menyatakannya:",
    "en": "{} has been revoked. The words that say so:",
}
_AMENDED: dict[Language, str] = {
    "id": "{} sudah diubah; tidak ada dokumen di sini yang menyatakannya dicabut. Teksnya:",
    "en": "{} has been amended; no document here says that it was revoked. The words:",
}


def in_force(store: DocumentStore, question: Question) -> Draft:
    """The words that revoke or amend the regulation asked for; an empty draft if none do.

    That no kept text says anything is no proof that it is in force, so nothing is said then.
    """
    for name in find_regulations(question.text):
        notices = [notice for key in _keys(store, name) for notice in validity(store, key)]
        if notices:
            revoked = [notice for notice in notices if notice.relation == "revoked_by"]
            lead = (_REVOKED if revoked else _AMENDED)[question.language]
            return Draft(
                lead.format(regulation_name(name.key)),
                tuple(_statement(store, notice) for notice in (revoked or notices)[:NOTICES_MAX]),
            )
    return Draft()


def _keys(store: DocumentStore, name: RegulationName) -> list[str]:
    if name.is_whole:
        return [name.key]
    return [d.regulation for d in documents_named(store, name) if d.regulation]


def _statement(store: DocumentStore, notice: Notice) -> DraftStatement:
    document = store.document(notice.stated_in)
    return DraftStatement(
        notice.quote,
        (
            Citation(
                marker=0,
                document_id=notice.stated_in,
                title=document.title,
                source=document.source,
                version=notice.version,
                page=None,
                locator=None,
                start=notice.start,
                end=notice.end,
                quote=notice.quote,
            ),
        ),
    )
