"""A passage's address as the query string of a link, which opens the page at that passage.

A link only says which characters of which version are meant. What the panel tells of them (page,
certainty of the reading) comes from the store, so that a link cannot put words into the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode

from docs_store.errors import DocumentNotFound
from ui.passage import PassageAddress, Sources


def link_to(address: PassageAddress) -> str:
    """``?document=…&version=1&start=10&end=20``, with ``image`` where a page image is shown."""
    named = {
        "document": address.document_id,
        "version": address.version,
        "start": address.start,
        "end": address.end,
    }
    if address.image_page is not None:
        named["image"] = address.image_page
    return f"?{urlencode(named)}"


def linked_passage(sources: Sources, query: Mapping[str, str]) -> PassageAddress | None:
    """The passage that a page was opened at; None where its address names none.

    Raises ValueError if the link was cut off or changed.
    """
    if "document" not in query:
        return None
    named = {name: query.get(name) for name in ("document", "version", "start", "end")}
    address = PassageAddress.from_event({**named, "imagePage": query.get("image")})
    with suppress(DocumentNotFound):  # the panel says so when it opens the passage
        return _described(sources, address)
    return address


def _described(sources: Sources, address: PassageAddress) -> PassageAddress:
    version = address.document_id, address.version
    pages = sources.pages(*version)
    page = next((at.number for at in pages if at.start <= address.start < at.end), None)
    lines = sources.boxes(*version, page) if page is not None else ()
    sure = [
        line.confidence
        for line in lines
        if line.confidence is not None and line.start < address.end and address.start < line.end
    ]
    return replace(address, page=page, confidence=min(sure, default=None))
