"""Regions that a question leaves open, and names that are no regions."""

from __future__ import annotations

import re

from assistant.understand import Question
from docs_store.analysis import terms
from docs_store.gazetteer import RegionMention
from docs_store.records import Region
from docs_store.region_names import bare_name
from docs_store.store import DocumentStore

_TYPED_NAME = re.compile(
    r"(?<![Ii]bu )\b(?:[Kk]abupaten|[Kk]ab\.|[Kk]ota|[Pp]rovinsi|[Rr]egency of|[Cc]ity of)\s+"
    r"(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)"
)


def ask_back(store: DocumentStore, question: Question) -> tuple[str, ...]:
    """The question once for each region that it may mean; nothing where it means one.

    "Malang" is Kota or Kabupaten Malang. Where the documents speak of one of them only, that one
    is meant.
    """
    open_ = next((mention for mention in question.regions if mention.ambiguous), None)
    if open_ is None:
        return ()
    known = _spoken_of(store, open_)
    if len(known) == 1:
        return ()
    return tuple(_named(question.text, open_, region.name) for region in known or open_.candidates)


def settled(store: DocumentStore, question: Question) -> str:
    """The question's text with its regions by their names.

    A short form ("Morut") becomes the name; one of two of a name becomes the one that the
    documents speak of, where they speak of one only.
    """
    text = question.text
    for mention in reversed(question.regions):
        written = text[mention.start : mention.end]
        if not mention.ambiguous and written.isalpha() and not _is_part(written, mention):
            text = _named(text, mention, bare_name(mention.region))
        if mention.ambiguous:
            known = _spoken_of(store, mention)
            if len(known) == 1:
                text = _named(text, mention, known[0].name)
    return text


def unknown_region(question: Question) -> str | None:
    """A name that is written as a region's and is none in the official list."""
    for match in _TYPED_NAME.finditer(question.text):
        inside = any(m.start < match.end() and match.start() < m.end for m in question.regions)
        if not inside:
            return match.group()
    return None


def _spoken_of(store: DocumentStore, mention: RegionMention) -> list[Region]:
    """Those of the regions of one name that the documents name in full."""
    about = {region.code for document in store.documents() for region in document.regions}
    return [
        region
        for region in mention.candidates
        if region.code in about or store.passages_with(terms(region.name), 1)
    ]


def _is_part(written: str, mention: RegionMention) -> bool:
    return written.lower() in mention.region.name.lower()


def _named(text: str, mention: RegionMention, name: str) -> str:
    return f"{text[: mention.start]}{name}{text[mention.end :]}"
