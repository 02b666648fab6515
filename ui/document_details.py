"""All that is known of one document, beside the table: facts, correction, history, actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.conversation import Language
from docs_store.records import KINDS, Document, VersionSummary
from ui import texts
from ui.docs_correct import regions_named
from ui.document_filter import format_of
from ui.documents_page import remove_button
from ui.markup import Html, element
from ui.source_viewer import file_name

VERSIONS_SHOWN = 20
REGION_SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """A document, its versions (oldest first), and the quotes that say it was changed."""

    document: Document
    history: tuple[VersionSummary, ...]
    notices: tuple[str, ...] = ()
    confidence_min: float | None = None
    """0 to 1, of the least sure page that was recognised from an image."""


def details_html(
    details: DocumentDetails | None, language: Language, *, may_edit: bool = True
) -> Html:
    """The panel; empty where no document is chosen."""
    if details is None:
        return Html("")
    document = details.document
    return element(
        "article",
        element(
            "header",
            element("h2", document.title, tabindex="-1", dir="auto"),
            element(
                "button",
                "×",
                type="button",
                class_="icon-button",
                data_action="shut",
                aria_label=texts.CLOSE_DETAILS(language),
            ),
            class_="source-head",
        ),
        element(
            "div",
            *(element("p", notice, class_="source-notice") for notice in details.notices),
            _facts(details, language),
            *(element("p", warning, class_="row-warning") for warning in document.warnings),
            _actions(document, language, may_edit),
            _form(document, language) if may_edit else None,
            _history(details.history, language),
            class_="details-body",
        ),
        class_="document-details",
        data_document=document.document_id,
    )


def _facts(details: DocumentDetails, language: Language) -> Html:
    document = details.document
    number = texts.format_number
    confidence = details.confidence_min
    rows = [
        (texts.FILE, file_name(document.source)),
        (texts.COLUMN_FORMAT, format_of(document)),
        (texts.COLUMN_KIND, texts.kind_name(document.kind, language)),
        (texts.DATE, texts.format_date(document.date, language) if document.date else ""),
        (texts.PUBLISHER, document.publisher or ""),
        (texts.COLUMN_REGIONS, ", ".join(region.name for region in document.regions)),
        (
            texts.PEOPLE,
            "; ".join(", ".join(filter(None, (p.name, p.office))) for p in document.people),
        ),
        (texts.COLUMN_PAGES, number(document.pages, language) if document.pages else ""),
        (texts.PASSAGES, number(document.passages, language)),
        (
            texts.READING,
            ""
            if confidence is None
            else texts.READ_BY_OCR(language, percent=int(100 * confidence)),
        ),
        (texts.COLUMN_ADDED, texts.format_date(document.added_at, language)),
    ]
    shown = (
        element("div", element("dt", label(language)), element("dd", value, dir="auto"))
        for label, value in rows
        if value
    )
    return element("dl", *shown, class_="details-facts")


def _actions(document: Document, language: Language, may_edit: bool) -> Html:
    def act(action: str, label: texts.Text, confirm: texts.Text | None = None) -> Html:
        return element(
            "button",
            label(language),
            type="button",
            class_="quiet-button",
            data_action=action,
            data_document=document.document_id,
            data_confirm=confirm and confirm(language, title=document.title),
        )

    editing = (
        act("again", texts.READ_AGAIN),
        remove_button(document, language),
        act("erase", texts.ERASE, texts.ERASE_SURE),
    )
    return element(
        "div", act("original", texts.ORIGINAL), editing if may_edit else None, class_="tools"
    )


def _form(document: Document, language: Language) -> Html:
    regions = f"{REGION_SEPARATOR} ".join(region.name for region in document.regions)
    kinds = (
        element(
            "option", texts.kind_name(kind, language), value=kind, selected=kind == document.kind
        )
        for kind in KINDS
    )
    undo = element(
        "button",
        texts.CORRECTION_UNDO(language),
        type="button",
        class_="quiet-button",
        data_action="uncorrect",
        data_document=document.document_id,
    )
    return element(
        "details",
        element("summary", texts.CORRECT(language)),
        element(
            "form",
            _input("title", texts.COLUMN_TITLE(language), document.title),
            _input("date", texts.DATE_FORM(language), document.date or ""),
            element(
                "label",
                element("span", texts.COLUMN_KIND(language)),
                element("select", *kinds, name="kind"),
            ),
            _input("publisher", texts.PUBLISHER(language), document.publisher or ""),
            _input("regions", texts.REGIONS_FORM(language), regions),
            element("button", texts.CORRECTION_SAVE(language), type="submit", class_="save-button"),
            undo if document.corrected else None,
            data_submit="correct",
            data_document=document.document_id,
        ),
        class_="correction",
    )


def _input(name: str, label: str, value: str) -> Html:
    field = element("input", name=name, value=value, autocomplete="off", dir="auto")
    return element("label", element("span", label), field)


def _history(history: Sequence[VersionSummary], language: Language) -> Html:
    newest = list(reversed(history))
    lines = [_version(version, language) for version in newest[:VERSIONS_SHOWN]]
    if len(newest) > VERSIONS_SHOWN:
        more = texts.format_number(len(newest) - VERSIONS_SHOWN, language)
        lines.append(element("li", texts.MORE_LINES(language, more=more)))
    return element(
        "section",
        element("h3", texts.HISTORY(language)),
        element("ol", *lines),
        class_="details-history",
    )


def _version(version: VersionSummary, language: Language) -> Html:
    number = texts.format_number
    changed = texts.VERSION_CHANGES(
        language,
        added=number(version.passages_added, language),
        removed=number(version.passages_removed, language),
        kept=number(version.passages_kept, language),
    )
    ended = None
    if version.retired_at and version.retired_why in texts.RETIRED_WHY:
        when = texts.format_date(version.retired_at, language)
        ended = element("span", f"{texts.RETIRED_WHY[version.retired_why](language)} {when}")
    label = texts.VERSION(language, version=version.version)
    return element(
        "li",
        element("b", f"{label} · {texts.format_date(version.added_at, language)}"),
        element("span", version.title, dir="auto"),
        element("span", changed),
        ended,
    )


def corrections_in(data: Mapping[str, Any], document: Document) -> dict[str, Any]:
    """What a person changed in the form, as `DocumentStore.correct` takes it.

    Raises:
        CorrectionRefused: a region is not known.
    """
    values: dict[str, Any] = {}
    for name in ("title", "date", "kind", "publisher"):
        given = " ".join(str(data.get(name, "")).split())
        if name in data and given != (getattr(document, name) or ""):
            values[name] = given
    if "regions" in data:
        named = [name.strip() for name in str(data["regions"]).split(REGION_SEPARATOR)]
        now = [region.name for region in document.regions]
        if [name for name in named if name] != now:
            values["regions"] = regions_named(named)
    return values
