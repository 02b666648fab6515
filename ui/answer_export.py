"""An answer to take along: as text with its sources, and its table or sequence as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from assistant.conversation import Answer, Citation, Language
from ui import texts
from ui.source_viewer import confidence_text, place_text, translation_text

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def copy_text(answer: Answer, language: Language) -> str:
    """The answer as plain text for a letter or a briefing: markers, then what they stand for."""
    dates = {hit.document_id: hit.date for hit in answer.passages if hit.date}
    lines = [answer.question, "", answer.text, ""]
    if answer.table is not None:
        lines += [
            f"{row.label}: "
            + "; ".join(
                f"{column}: {cell.text}{_marked(cell.markers)}"
                for column, cell in zip(answer.table.columns, row.cells, strict=False)
            )
            for row in answer.table.rows
        ]
    lines += [
        f"{figure.expression} = {figure.value}{_marked(figure.markers)}"
        for figure in answer.computed
    ]
    lines.append(f"{texts.SOURCES(language)}:")
    for citation in answer.citations:
        date = dates.get(citation.document_id)
        about = [
            citation.title,
            texts.format_date(date, language) if date else "",
            place_text(citation.page, citation.locator, language),
            *citation.notices,
            confidence_text(citation.confidence, language),
            translation_text(citation.translation, language),
            texts.VERSION(language, version=citation.version),
            citation.source,
        ]
        known = ", ".join(part for part in about if part)
        lines.append(f"[{citation.marker}] {known}: “{' '.join(citation.quote.split())}”")
    return "\n".join(lines)


def _marked(markers: Iterable[int]) -> str:
    return "".join(f" [{marker}]" for marker in markers)


def answer_csv(answer: Answer, language: Language) -> str:
    """The answer's sequence, or else its table, with a list of the sources below.

    In Indonesian, ``;`` parts the cells: where the comma is the decimal sign, spreadsheet programs
    expect it. A cell that such a program would run as a formula gets an apostrophe in front.
    """
    rows: list[list[str]] = []
    if answer.timeline:
        rows.append([texts.DATE(language), texts.STEP(language), texts.SOURCES(language)])
        rows += [
            [step.date or step.label, step.text, _marked(step.markers).strip()]
            for step in answer.timeline
        ]
    elif answer.table is not None:
        rows.append([texts.ASPECT(language), *answer.table.columns])
        rows += [
            [row.label, *(f"{cell.text}{_marked(cell.markers)}" for cell in row.cells)]
            for row in answer.table.rows
        ]
    rows += [[], [texts.SOURCES(language)]]
    rows += [_source(citation, language) for citation in answer.citations]
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if language == "id" else ",")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return f"\ufeff{written.getvalue()}"  # spreadsheet programs know UTF-8 by its mark alone


def _source(citation: Citation, language: Language) -> list[str]:
    place = place_text(citation.page, citation.locator, language)
    return [f"[{citation.marker}]", citation.title, place, citation.source, citation.quote]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
