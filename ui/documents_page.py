"""The table of documents: what is kept, found by words and sorted by a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.conversation import Language
from docs_store.records import Document
from ui import texts
from ui.markup import Html, element
from ui.source_viewer import file_name

ROWS_SHOWN_MAX = 300

_KINDS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
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


_SORT_KEYS: dict[str, Callable[[Document], Any]] = {
    "title": lambda document: document.title.casefold(),
    "kind": lambda document: kind_of(document),
    "date": lambda document: document.date or "",
    "pages": lambda document: document.pages,
    "version": lambda document: document.version,
    "added": lambda document: document.added_at,
}
_LABELS = {
    "title": texts.COLUMN_TITLE,
    "kind": texts.COLUMN_KIND,
    "date": texts.DATE,
    "pages": texts.COLUMN_PAGES,
    "version": texts.VERSION_LABEL,
    "added": texts.COLUMN_ADDED,
}


def kind_of(document: Document) -> str:
    """The format as people call it."""
    return _KINDS.get(document.media_type, document.media_type.rsplit("/", 1)[-1].upper())


def choose_documents(
    documents: Sequence[Document], words: str, order: TableOrder
) -> list[Document]:
    """The documents whose title, file or date holds every word, in the order asked for."""
    wanted = words.casefold().split()

    def holds_all(document: Document) -> bool:
        told = f"{document.title} {document.source} {document.date or ''}".casefold()
        return all(word in told for word in wanted)

    chosen = [document for document in documents if holds_all(document)]
    return sorted(chosen, key=_SORT_KEYS[order.column], reverse=order.descending)


def documents_html(
    documents: Sequence[Document], words: str, order: TableOrder, language: Language
) -> Html:
    """The table, at most ``ROWS_SHOWN_MAX`` rows, or a sentence that says why there is none."""
    chosen = choose_documents(documents, words, order)
    if not chosen:
        reason = texts.NO_MATCH if documents else texts.EMPTY_STORE
        return element("p", reason(language), class_="no-documents", role="status")
    shown = chosen[:ROWS_SHOWN_MAX]
    count = texts.ROWS_SHOWN(
        language,
        shown=texts.format_number(len(shown), language),
        all=texts.format_number(len(chosen), language),
    )
    return element(
        "div",
        element("p", count, class_="row-count", role="status"),
        element(
            "table",
            element(
                "thead",
                element(
                    "tr",
                    *(_heading(column, order, language) for column in _LABELS),
                    element(
                        "th",
                        element("span", texts.COLUMN_ACTIONS(language), class_="visually-hidden"),
                        scope="col",
                    ),
                ),
            ),
            element("tbody", *(_row(document, language) for document in shown)),
        ),
        class_="documents-table",
        role="region",
        aria_label=texts.DOCUMENTS(language),
        tabindex="0",
    )


def _heading(column: str, order: TableOrder, language: Language) -> Html:
    sorts = column == order.column
    direction = "descending" if order.descending else "ascending"
    arrow = (" ↓" if order.descending else " ↑") if sorts else ""
    return element(
        "th",
        element(
            "button",
            _LABELS[column](language),
            element("span", arrow, aria_hidden="true"),
            type="button",
            data_action="sort",
            data_column=column,
        ),
        scope="col",
        aria_sort=direction if sorts else None,
    )


def _row(document: Document, language: Language) -> Html:
    warnings = [element("span", warning, class_="row-warning") for warning in document.warnings]
    pages = texts.format_number(document.pages, language) if document.pages else "–"
    return element(
        "tr",
        element(
            "th",
            element("span", document.title, class_="row-title", dir="auto"),
            element("span", file_name(document.source), class_="row-source", dir="auto"),
            warnings,
            scope="row",
        ),
        element("td", kind_of(document)),
        element("td", texts.format_date(document.date, language) if document.date else "–"),
        element("td", pages, class_="number"),
        element("td", str(document.version), class_="number"),
        element("td", texts.format_date(document.added_at, language)),
        element("td", _remove_button(document, language)),
    )


def _remove_button(document: Document, language: Language) -> Html:
    return element(
        "button",
        texts.REMOVE(language),
        type="button",
        class_="quiet-button",
        data_action="remove",
        data_document=document.document_id,
        data_confirm=texts.REMOVE_SURE(language, title=document.title),
        aria_label=texts.REMOVE_NAMED(language, title=document.title),
    )
