"""Questions to ask next, each of which the cited documents answer by how it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conversation import Citation, Language
from assistant.evidence import TextOf
from docs_store.regulation_keys import regulation_name
from docs_store.store import DocumentStore

SUGGESTIONS_MAX = 3
TITLE_CHARS_MAX = 90
_REFERENCE = re.compile(r"\b(Pasal \d+[A-Z]?)\b(?! (?:Undang|Peraturan|UU|PP))")
_DEFINED = re.compile(
    r"^\s*(?:\(?\d{1,3}[.)]|[a-z][.)])?\s*(?P<term>[A-Z][\w /-]{2,60}?)"
    r"(?:,? yang selanjutnya (?:disebut|disingkat) (?P<short>[\w -]{2,30}?),?)? adalah\b",
    re.MULTILINE,
)
_ARTICLE: dict[Language, str] = {
    "id": "Apa isi {article} {name}?",
    "en": "What does {article} of {name} say?",
}
_MEANING: dict[Language, str] = {"id": "Apa itu {term}?", "en": "What is the meaning of {term}?"}
_SUMMARY: dict[Language, str] = {"id": "Ringkas {title}", "en": "Summarise {title}"}


def suggestions(
    store: DocumentStore,
    text_of: TextOf,
    question: str,
    citations: Sequence[Citation],
    language: Language,
) -> tuple[str, ...]:
    """At most three questions that belong to an answer.

    Articles that its quotes point to, names in them that the document defines, and a summary of
    the document: all of them stand there.
    """
    found = dict.fromkeys(_all(store, text_of, question, citations, language))
    return tuple(list(found)[:SUGGESTIONS_MAX])


def _all(
    store: DocumentStore,
    text_of: TextOf,
    question: str,
    citations: Sequence[Citation],
    language: Language,
) -> Iterator[str]:
    if not citations:
        return
    cited = citations[0]
    document = store.document(cited.document_id)
    own = [c for c in citations if c.document_id == cited.document_id]
    quotes = "\n".join(citation.quote for citation in own)
    if document.regulation:
        name = regulation_name(document.regulation)
        here = cited.locator or ""
        for article in dict.fromkeys(_REFERENCE.findall(quotes)):
            kept = f"{article} " not in f"{here} " and article not in question
            if kept and store.passages_at(article, limit=1, documents=[document.document_id]):
                yield _ARTICLE[language].format(article=article, name=name)
                break
        for match in _DEFINED.finditer(text_of(cited.document_id, cited.version)):
            term = (match["short"] or match["term"]).strip()
            if (
                re.search(rf"\b{re.escape(term)}\b", quotes)
                and term.lower() not in question.lower()
            ):
                yield _MEANING[language].format(term=term)
                break
    title = regulation_name(document.regulation) if document.regulation else document.title
    if len(title) <= TITLE_CHARS_MAX and title.lower() not in question.lower():
        yield _SUMMARY[language].format(title=title)
