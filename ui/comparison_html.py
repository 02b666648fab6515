"""A comparison as a table with markers in its cells, and a sequence as a line with dots."""

from __future__ import annotations

from assistant.conversation import Answer, Language, Table, TimelineStep
from ui import texts
from ui.answer_export import answer_csv
from ui.citation_chip import Chips
from ui.markup import Html, element


def comparison_html(answer: Answer, turn_id: str, chips: Chips, language: Language) -> Html | None:
    """The answer's table; None where it has none."""
    if answer.table is None:
        return None
    return element(
        "section",
        element(
            "div",
            _table(answer.table, chips, language),
            class_="comparison-scroll",
            role="region",
            aria_label=texts.COMPARISON(language),
            tabindex="0",
        ),
        _export(answer, turn_id, language),
        class_="comparison",
    )


def _table(table: Table, chips: Chips, language: Language) -> Html:
    heading = element("span", texts.ASPECT(language), class_="visually-hidden")
    rows = (
        element(
            "tr",
            element("th", row.label, scope="row", dir="auto"),
            *(
                element(
                    "td",
                    element("span", cell.text, dir="auto"),
                    chips(cell.markers),
                    class_=None if cell.markers else "nothing-found",
                )
                for cell in row.cells
            ),
        )
        for row in table.rows
    )
    return element(
        "table",
        element(
            "thead",
            element(
                "tr",
                element("th", heading, scope="col"),
                *(element("th", column, scope="col", dir="auto") for column in table.columns),
            ),
        ),
        element("tbody", *rows),
    )


def timeline_html(answer: Answer, turn_id: str, chips: Chips, language: Language) -> Html | None:
    """The answer's sequence; None where it has none."""
    if not answer.timeline:
        return None
    dated = any(step.date for step in answer.timeline)
    return element(
        "section",
        element("h3", (texts.TIMELINE if dated else texts.SEQUENCE)(language)),
        element("ol", *(_step(step, chips, language) for step in answer.timeline)),
        _export(answer, turn_id, language),
        class_="timeline",
    )


def _step(step: TimelineStep, chips: Chips, language: Language) -> Html:
    when = step_label(step, language)
    return element(
        "li",
        element("time", when, datetime=step.date) if step.date else element("b", when),
        element("p", element("span", step.text, dir="auto"), chips(step.markers)),
    )


def step_label(step: TimelineStep, language: Language) -> str:
    """When a step was, as people write it; its place in the order where no date is told."""
    return texts.format_date(step.date, language) if step.date else step.label


def _export(answer: Answer, turn_id: str, language: Language) -> Html:
    return element(
        "div",
        element(
            "button",
            texts.EXPORT_CSV(language),
            type="button",
            class_="quiet-button",
            data_action="save",
            data_name=f"{texts.EXPORT_NAME(language)}.csv",
            data_text=answer_csv(answer, language),
        ),
        element(
            "button",
            texts.EXPORT_PNG(language),
            type="button",
            class_="quiet-button",
            data_action="picture",
            data_turn=turn_id,
        ),
        class_="export",
    )
