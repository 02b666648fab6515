"""The documents page: filters, the table with its pages, and the collection as bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.conversation import Language
from docs_store.records import KINDS, Document
from ui import texts
from ui.document_filter import (
    STATES,
    TableOrder,
    TablePage,
    TableView,
    count_values,
    format_of,
    page_of,
    region_names,
)
from ui.markup import Html, element
from ui.source_viewer import file_name

REGIONS_DRAWN = 12
YEARS_DRAWN = 20
REGIONS_NAMED = 2

_LABELS = {
    "title": texts.COLUMN_TITLE,
    "kind": texts.COLUMN_KIND,
    "date": texts.DATE,
    "regions": texts.COLUMN_REGIONS,
    "format": texts.COLUMN_FORMAT,
    "pages": texts.COLUMN_PAGES,
    "version": texts.VERSION_LABEL,
    "added": texts.COLUMN_ADDED,
}


def documents_html(
    documents: Sequence[Document], view: TableView, language: Language, *, may_edit: bool = True
) -> Html:
    """Filters, one page of the table, or a sentence that says why there is none."""
    if not documents:
        return element("p", texts.EMPTY_STORE(language), class_="no-documents", role="status")
    page = page_of(documents, view)
    return element(
        "div",
        _filters(documents, view, language),
        _collection(documents, language),
        _table(page, view.order, language, may_edit)
        if page.rows
        else element("p", texts.NO_MATCH(language), class_="no-documents", role="status"),
        class_="documents-table",
    )


def _filters(documents: Sequence[Document], view: TableView, language: Language) -> Html:
    names = region_names(documents)
    choices = {
        "kind": [(kind, texts.KINDS[kind](language)) for kind in KINDS],
        "region": sorted(names.items(), key=lambda named: named[1]),
        "year": [(year, year) for year in sorted(count_values(documents, "year"), reverse=True)],
        "state": [(state, texts.STATES[state](language)) for state in STATES],
    }
    return element(
        "div",
        *(
            _filter(name, values, view, count_values(documents, name), language)
            for name, values in choices.items()
        ),
        class_="filters",
        role="group",
        aria_label=texts.FILTERS(language),
    )


def _filter(
    name: str,
    values: Iterable[tuple[str, str]],
    view: TableView,
    counts: dict[str, int],
    language: Language,
) -> Html:
    chosen = view.filters.get(name, "")
    options = [
        element(
            "option",
            f"{label} ({texts.format_number(counts[value], language)})",
            value=value,
            selected=value == chosen,
        )
        for value, label in values
        if counts.get(value)
    ]
    label = texts.FILTER_NAMES[name](language)
    every = element("option", texts.FILTER_ALL(language), value="")
    return element(
        "label",
        element("span", label),
        element("select", every, *options, data_change="filter", data_field=name),
    )


def _table(page: TablePage, order: TableOrder, language: Language, may_edit: bool) -> Html:
    count = texts.ROWS_SHOWN(
        language,
        shown=texts.format_number(len(page.rows), language),
        all=texts.format_number(page.found, language),
    )
    return element(
        "div",
        element("p", count, class_="row-count", role="status"),
        element(
            "div",
            element(
                "table",
                element(
                    "thead",
                    element(
                        "tr",
                        *(_heading(column, order, language) for column in _LABELS),
                        _actions_heading(language) if may_edit else None,
                    ),
                ),
                element("tbody", *(_row(document, language, may_edit) for document in page.rows)),
            ),
            class_="table-scroll",
            role="region",
            aria_label=texts.DOCUMENTS(language),
            tabindex="0",
        ),
        _pager(page, language) if page.pages > 1 else None,
    )


def _actions_heading(language: Language) -> Html:
    name = element("span", texts.COLUMN_ACTIONS(language), class_="visually-hidden")
    return element("th", name, scope="col")


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


def _row(document: Document, language: Language, may_edit: bool) -> Html:
    warnings = [element("span", warning, class_="row-warning") for warning in document.warnings]
    pages = texts.format_number(document.pages, language) if document.pages else "–"
    return element(
        "tr",
        element(
            "th",
            element(
                "button",
                document.title,
                type="button",
                class_="row-title",
                data_action="inspect",
                data_document=document.document_id,
                dir="auto",
            ),
            element("span", file_name(document.source), class_="row-source", dir="auto"),
            warnings,
            scope="row",
        ),
        element("td", texts.kind_name(document.kind, language)),
        element("td", texts.format_date(document.date, language) if document.date else "–"),
        element("td", _regions(document), class_="row-regions"),
        element("td", format_of(document)),
        element("td", pages, class_="number"),
        element("td", str(document.version), class_="number"),
        element("td", texts.format_date(document.added_at, language)),
        element("td", remove_button(document, language)) if may_edit else None,
    )


def _regions(document: Document) -> str:
    named = ", ".join(region.name for region in document.regions[:REGIONS_NAMED])
    more = len(document.regions) - REGIONS_NAMED
    return f"{named} +{more}" if more > 0 else named or "–"


def remove_button(document: Document, language: Language) -> Html:
    """The button that takes a document out of all answers, once one is sure."""
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


def _pager(page: TablePage, language: Language) -> Html:
    def turn(label: texts.Text, to: int) -> Html:
        return element(
            "button",
            label(language),
            type="button",
            class_="quiet-button",
            data_action="turn",
            data_page=to,
            disabled=not 1 <= to <= page.pages,
        )

    number = texts.format_number
    at = texts.PAGE_OF(
        language, page=number(page.page, language), pages=number(page.pages, language)
    )
    return element(
        "nav",
        turn(texts.PREVIOUS_PAGE, page.page - 1),
        element("span", at, role="status"),
        turn(texts.NEXT_PAGE, page.page + 1),
        class_="pager",
        aria_label=texts.PAGES_OF_TABLE(language),
    )


def _collection(documents: Sequence[Document], language: Language) -> Html:
    """The collection as bars; a bar filters the table."""
    names = region_names(documents)
    kinds = count_values(documents, "kind").most_common()
    regions = count_values(documents, "region").most_common(REGIONS_DRAWN)
    years = sorted(count_values(documents, "year").items())[-YEARS_DRAWN:]
    groups = (
        ("kind", [(kind, texts.kind_name(kind, language), count) for kind, count in kinds]),
        ("region", [(code, names[code], count) for code, count in regions]),
        ("year", [(year, year, count) for year, count in years]),
    )
    return element(
        "details",
        element("summary", texts.COLLECTION_DRAWN(language)),
        element("div", *(_bars(name, bars, language) for name, bars in groups), class_="bars"),
        class_="collection",
    )


def _bars(name: str, bars: Sequence[tuple[str, str, int]], language: Language) -> Html | None:
    if not bars:
        return None
    most = max(count for _, _, count in bars)
    lines = (
        element(
            "li",
            element(
                "button",
                element("span", label, class_="bar-label"),
                element("span", class_="bar", style=f"width:{count / most:.1%}"),
                element("span", texts.format_number(count, language), class_="bar-count"),
                type="button",
                data_action="filter",
                data_field=name,
                data_value=value,
            ),
        )
        for value, label, count in bars
    )
    heading = element("h3", texts.FILTER_NAMES[name](language))
    return element("section", heading, element("ul", *lines))
