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


def meant(store: DocumentStore, question: Question) -> tuple[str, tuple[str, ...]]:
    """The question's text with its regions by their names, and the question asked back.

    A short form ("Morut") becomes the name. "Malang" is Kota or Kabupaten Malang: where the
    documents speak of one of them only, that one is meant; else the question is given once for
    each that may be meant, for the first such name.
    """
    text, options = question.text, tuple[str, ...]()
    for mention in reversed(question.regions):
        written = question.text[mention.start : mention.end]
        if mention.ambiguous:
            known = _spoken_of(store, mention)
            if len(known) == 1:
                text = _named(text, mention, known[0].name)
            else:
                options = tuple(
                    _named(question.text, mention, region.name)
                    for region in known or mention.candidates
                )
        elif written.isalpha() and written.lower() not in mention.region.name.lower():
            text = _named(text, mention, bare_name(mention.region))
    return text, options


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


def _named(text: str, mention: RegionMention, name: str) -> str:
    return f"{text[: mention.start]}{name}{text[mention.end :]}"
