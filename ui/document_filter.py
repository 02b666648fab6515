"""Which documents the table shows: found by words, filtered, sorted, and cut into pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from docs_store.records import KINDS, Document

ROWS_ON_A_PAGE = 100
STATES = ("warned", "corrected", "duplicate")
FIELDS = ("kind", "region", "year", "state")
"""What can be filtered by."""

_FORMATS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
    "text/html": "HTML",
    "text/markdown": "Markdown",
    "text/plain": "TXT",
    "text/csv": "CSV",
}


@dataclass(frozen=True, slots=True)
class TableOrder:
    """Which column sorts the table, and which way."""

    column: str = "title"
    descending: bool = False

    def after_click(self, column: str) -> TableOrder:
        """The same column turns round, another starts ascending, an unknown one changes nothing."""
        if column not in _SORT_KEYS:
            return self
        return TableOrder(column, column == self.column and not self.descending)


@dataclass(frozen=True, slots=True)
class TableView:
    """What a person looks for, in which order, and on which page (from 1) they are.

    ``filters`` holds a value for each of `FIELDS`; an empty one lets everything through.
    """

    words: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    order: TableOrder = TableOrder()
    page: int = 1

    def searched(self, words: str) -> TableView:
        """The view with other words, from its first page."""
        return replace(self, words=words, page=1)

    def filtered(self, name: str, value: str) -> TableView:
        """The view with one filter set, from its first page; unknown names change nothing."""
        if name not in FIELDS:
            return self
        return replace(self, filters={**self.filters, name: value}, page=1)

    def sorted_by(self, column: str) -> TableView:
        """The view after a click on a column's head."""
        return replace(self, order=self.order.after_click(column), page=1)

    def at_page(self, page: object) -> TableView:
        """The view of another page; what is no number changes nothing."""
        return replace(self, page=int(str(page))) if str(page).isdecimal() else self


@dataclass(frozen=True, slots=True)
class TablePage:
    """One page of the documents that were found."""

    rows: list[Document]
    found: int
    page: int
    pages: int


def format_of(document: Document) -> str:
    """The file format as people call it."""
    kind = document.media_type
    return _FORMATS.get(kind, kind.rsplit("/", 1)[-1].upper())


_SORT_KEYS: dict[str, Callable[[Document], Any]] = {
    "title": lambda document: document.title.casefold(),
    "kind": lambda document: KINDS.index(document.kind) if document.kind in KINDS else len(KINDS),
    "format": format_of,
    "date": lambda document: document.date or "",
    "regions": lambda document: [region.name for region in document.regions],
    "pages": lambda document: document.pages,
    "version": lambda document: document.version,
    "added": lambda document: document.added_at,
}


def choose_documents(documents: Sequence[Document], view: TableView) -> list[Document]:
    """The documents that hold every word and pass every filter, in the order asked for."""
    wanted = view.words.casefold().split()
    filters = [(name, value) for name, value in view.filters.items() if value]

    def passes(document: Document) -> bool:
        if any(value not in values_of(document, name) for name, value in filters):
            return False
        if not wanted:
            return True
        regions = " ".join(region.name for region in document.regions)
        told = f"{document.title} {document.source} {document.date or ''} {regions}".casefold()
        return all(word in told for word in wanted)

    chosen = [document for document in documents if passes(document)]
    return sorted(chosen, key=_SORT_KEYS[view.order.column], reverse=view.order.descending)


def page_of(documents: Sequence[Document], view: TableView) -> TablePage:
    """The page of the view; the last one where there are not so many."""
    chosen = choose_documents(documents, view)
    pages = max(1, -(-len(chosen) // ROWS_ON_A_PAGE))
    page = min(max(view.page, 1), pages)
    start = (page - 1) * ROWS_ON_A_PAGE
    return TablePage(chosen[start : start + ROWS_ON_A_PAGE], len(chosen), page, pages)


def values_of(document: Document, name: str) -> list[str]:
    """What a document has under one of `FIELDS`."""
    if name == "kind":
        return [document.kind]
    if name == "region":
        return [region.code for region in document.regions]
    if name == "year":
        return [document.date[:4]] if document.date else []
    states = (document.warnings, document.corrected, document.duplicate_of)
    return [state for state, has in zip(STATES, states, strict=True) if has]


def count_values(documents: Sequence[Document], name: str) -> Counter[str]:
    """How many documents have each value under one of `FIELDS`."""
    return Counter(value for document in documents for value in values_of(document, name))


def region_names(documents: Sequence[Document]) -> dict[str, str]:
    """The names of all regions that the documents speak of, by code."""
    return {region.code: region.name for document in documents for region in document.regions}
