"""Where a quote stands: its page, and its article or heading."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation import Citation
from assistant.evidence import TextOf
from docs_store.store import DocumentStore

LOCATOR_CHARS_MAX = 120


def placed(store: DocumentStore, text_of: TextOf, citation: Citation) -> Citation:
    """The citation with the page on which its quote starts and the heading above it.

    An article ("Pasal 7 ayat (2)") that its passage stands in stays; a heading that only repeats
    the title tells nothing and is left out.
    """
    document, version, start = citation.document_id, citation.version, citation.start
    page = next(
        (p.number for p in store.pages(document, version) if p.start <= start < p.end),
        citation.page,
    )
    if citation.locator and "Pasal " in citation.locator:
        return replace(citation, page=page)
    above = [(begin, end) for begin, end, _ in store.headings(document, version) if begin <= start]
    if not above:
        return replace(citation, page=page, locator=None)
    begin, end = above[-1]
    heading = " ".join(text_of(document, version)[begin:end].split())
    is_title = heading.casefold() == citation.title.casefold()
    return replace(citation, page=page, locator=None if is_title else heading[:LOCATOR_CHARS_MAX])
