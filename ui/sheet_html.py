"""The rows around a quote as an HTML table, in the panel beside the chat."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation import Language
from ui import texts, texts_source
from ui.markup import Html, element
from ui.passage import SURROUNDINGS_CHARS, SURROUNDINGS_CHARS_MAX, Sources, SourceView
from ui.sheet_table import ROWS_AROUND, SheetTable, Span, TableRow, sheet_table

CELL_CHARS_SHOWN = 300
"""Of a cell that is not quoted; what is quoted is never cut."""


def sheet_view(sources: Sources, view: SourceView) -> tuple[SheetTable, str] | None:
    """The table that the view's quote stands in and the text that it slices; None if in none."""
    address = view.address
    version = address.document_id, address.version
    rows = sources.rows(*version)
    if not rows:
        return None
    text = sources.text(*version)
    around = ROWS_AROUND * address.surroundings_chars // SURROUNDINGS_CHARS
    table = sheet_table(rows, text, address.start, address.end, around)
    return None if table is None else (table, text)


def sheet_html(table: SheetTable, text: str, view: SourceView, language: Language) -> Html:
    """The table with the quote marked in its cells, and the quote itself below it."""
    name = texts_source.ROWS_IN_CONTEXT(language)
    text_language = view.document.language if view.document.language in ("id", "en") else None
    return element(
        "div",
        None if table.starts_table else _more(texts_source.MORE_ROWS_BEFORE, view, language),
        _columns_shown(table, language),
        element(
            "table",
            _head(table),
            element("tbody", *(_row(row, table, text, view, language) for row in table.rows)),
            class_="sheet",
            aria_label=name,
            lang=text_language,
            dir="auto",
        ),
        None if table.ends_table else _more(texts_source.MORE_ROWS_AFTER, view, language),
        element("h3", texts.QUOTE(language)),
        element("p", element("mark", view.quote), class_="source-text", dir="auto"),
        class_="source-scroll",
        role="region",
        aria_label=name,
        tabindex="0",
    )


def _columns_shown(table: SheetTable, language: Language) -> Html | None:
    if table.width == table.column_count:
        return None
    first, last = table.first_column + 1, table.first_column + table.width
    told = texts_source.COLUMNS_SHOWN(language, first=first, last=last, all=table.column_count)
    return element("p", told, class_="sheet-note")


def _head(table: SheetTable) -> Html | None:
    if not table.headers:
        return None
    cells = (
        element("th", texts.clip(header, CELL_CHARS_SHOWN), scope="col", dir="auto")
        if header
        else element("td")
        for header in table.headers
    )
    return element("thead", element("tr", *cells))


def _row(row: TableRow, table: SheetTable, text: str, view: SourceView, language: Language) -> Html:
    if row.whole is not None:
        why = texts_source.NOT_IN_COLUMNS(language)
        content = _cell(row.whole, text, view)
        cells = [element("td", content, colspan=table.width, title=why, dir="auto")]
    else:
        cells = [
            element("td") if span is None else element("td", _cell(span, text, view), dir="auto")
            for span in row.cells
        ]
    return element("tr", *cells, class_="quoted-row" if row.quoted else None)


def _cell(span: Span, text: str, view: SourceView) -> list[Html | str]:
    """The cell's text, whole and marked as far as it is quoted."""
    start, end = max(span[0], view.address.start), min(span[1], view.address.end)
    if start >= end:
        return [texts.clip(text[span[0] : span[1]], CELL_CHARS_SHOWN)]
    marked = element("mark", text[start:end], tabindex="-1")
    return [text[span[0] : start], marked, text[end : span[1]]]


def _more(label: texts.Text, view: SourceView, language: Language) -> Html:
    address = view.address
    wider = replace(address, surroundings_chars=address.surroundings_chars * 4)
    if wider.surroundings_chars > SURROUNDINGS_CHARS_MAX:
        return element("p", "…", class_="source-cut")
    return element(
        "button",
        label(language),
        type="button",
        class_="quiet-button source-more",
        data_action="open",
        **wider.attributes(),
    )
