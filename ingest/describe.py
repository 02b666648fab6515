"""What a document is: title, kind, date, language, publisher, regions, people, regulation."""

from __future__ import annotations

from dataclasses import dataclass

from docs_store.gazetteer import find_regions
from docs_store.languages import detect_language
from docs_store.records import Person, Region
from docs_store.regulation_keys import title_regulation
from ingest.blocks import ParsedDocument
from ingest.document_date import document_date
from ingest.document_kind import document_kind
from ingest.document_regions import document_regions
from ingest.people import find_people
from ingest.publisher import find_publisher
from ingest.stated_titles import stated_title
from ingest.title import TITLE_CHARS_MAX, regulation_title, shown_title

_READ_CHARS_MAX = 1_000_000
"""How much of a long text is searched for regions and people."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a document says of itself; what it does not show is None or empty."""

    title: str
    date: str | None
    language: str
    kind: str
    """One of ``docs_store.records.KINDS``."""
    publisher: str | None
    regions: tuple[Region, ...]
    """Those it speaks of, the most important first."""
    people: tuple[Person, ...]
    regulation: str | None
    """Its key, where it is a regulation (see ``docs_store.regulation_keys``)."""


def describe(document: ParsedDocument, text: str, source_name: str) -> Description:
    """Read off a document what it is.

    Args:
        document: the parsed document.
        text: its stored text.
        source_name: the file's name, the title where the document shows none.
    """
    of_regulation = regulation_title(document.blocks)
    if of_regulation is None or title_regulation(of_regulation) is None:
        of_regulation = stated_title(text, source_name) or of_regulation
    title = " ".join((of_regulation or shown_title(document) or source_name).split())
    title = title[:TITLE_CHARS_MAX]
    kind = document_kind(document, title, is_regulation=of_regulation is not None)
    named = title_regulation(title) if of_regulation else None
    read = text[:_READ_CHARS_MAX]
    mentions = find_regions(read)
    return Description(
        title=title,
        date=document_date(document, text, of_regulation),
        language=document.language
        if document.language in ("id", "en")
        else detect_language(f"{title}\n{text}"),
        kind=kind,
        publisher=find_publisher(document, title, kind),
        regions=document_regions(mentions, read, title, kind),
        people=find_people(read, mentions, title, kind),
        regulation=named.key if named is not None else None,
    )
