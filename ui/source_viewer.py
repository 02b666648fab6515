"""The panel beside the chat: a passage, marked inside the document that it stands in."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation import Language
from docs_store.errors import DocumentNotFound
from docs_store.records import Document
from ingest.confidence import LOW_CONFIDENCE
from ui import texts, texts_source
from ui.markup import Html, element, join
from ui.passage import SURROUNDINGS_CHARS_MAX, PassageAddress, Sources, SourceView, open_passage
from ui.passage_link import link_to
from ui.sheet_html import sheet_html, sheet_view
from ui.source_page import page_html, page_view, view_switch


def panel_html(sources: Sources, address: PassageAddress | None, language: Language) -> Html:
    """The whole panel: the passage, or a sentence that says why there is none."""
    if address is None:
        return _message(texts.NO_SOURCE_YET(language))
    try:
        view = open_passage(sources, address)
    except DocumentNotFound:
        return _shell(address, None, language, _notice(texts.SOURCE_REMOVED(language)))
    if view is None:
        return _shell(address, None, language, _notice(texts.SOURCE_MOVED(language)))
    facts = join(_facts(view, language), view_switch(view, language))
    return _shell(address, view.document, language, facts, _body(sources, view, language))


def broken_link_html(language: Language) -> Html:
    """The panel of a page that was opened by a link that names no passage."""
    return _shell(None, None, language, _notice(texts_source.LINK_BROKEN(language)))


def _shell(
    address: PassageAddress | None, document: Document | None, language: Language, *children: Html
) -> Html:
    title = document.title if document else texts.SOURCE_PANEL(language)
    number = str(address.marker) if address and address.marker else None
    link = link_to(address) if address and document else None
    return element(
        "article",
        element(
            "header",
            element("span", number, class_="source-number", aria_hidden="true") if number else None,
            element("h2", title, tabindex="-1", dir="auto"),
            _copy_link(link, language) if link else None,
            element(
                "button",
                "×",
                type="button",
                class_="icon-button",
                data_action="close",
                aria_label=texts.CLOSE(language),
            ),
            class_="source-head",
        ),
        *children,
        class_="source-view",
        data_address=address.key if address else "?",
        data_link=link,
    )


def _copy_link(link: str, language: Language) -> Html:
    return element(
        "button",
        texts_source.COPY_LINK(language),
        type="button",
        class_="quiet-button copy-link",
        data_action="link",
        data_link=link,
        data_label=texts_source.COPY_LINK(language),
        data_copied=texts.COPIED(language),
    )


def _facts(view: SourceView, language: Language) -> Html:
    document, address = view.document, view.address
    place = place_text(address.page, address.locator, language)
    date = texts.format_date(document.date, language) if document.date else texts.NO_DATE(language)
    rows = [
        (texts.DATE, date),
        (texts.PLACE, place),
        (texts.FILE, file_name(document.source)),
        (texts.VERSION_LABEL, str(address.version)),
        (texts.READING, confidence_text(address.confidence, language)),
    ]
    facts = element(
        "dl",
        *(
            element("div", element("dt", label(language)), element("dd", value, dir="auto"))
            for label, value in rows
            if value
        ),
        class_="source-facts",
    )
    notices = []
    if address.confidence is not None and address.confidence < LOW_CONFIDENCE:
        notices.append(texts.OCR_UNSURE(language))
    if document.version != address.version:
        notices.append(texts.REPLACED(language, current=document.version, version=address.version))
    return join(facts, *map(_notice, notices))


def _body(sources: Sources, view: SourceView, language: Language) -> Html:
    if not view.address.image_page:
        if sheet := sheet_view(sources, view):
            return sheet_html(*sheet, view, language)
        return _text_body(view, language)
    if image := page_view(sources, view):
        return page_html(image, view, language)
    return join(_notice(texts.PAGE_NOT_DRAWN(language)), _text_body(view, language))


def _text_body(view: SourceView, language: Language) -> Html:
    wider = replace(view.address, surroundings_chars=view.address.surroundings_chars * 4)
    can_grow = wider.surroundings_chars <= SURROUNDINGS_CHARS_MAX
    text_language = view.document.language if view.document.language in ("id", "en") else None
    return element(
        "div",
        None if view.starts_text else _more(texts.MORE_BEFORE, wider, language, can_grow),
        element(
            "div",
            view.before,
            element("mark", view.quote, tabindex="-1"),
            view.after,
            class_="source-text",
            lang=text_language,
            dir="auto",
        ),
        None if view.ends_text else _more(texts.MORE_AFTER, wider, language, can_grow),
        class_="source-scroll",
        role="region",
        aria_label=texts.QUOTE_IN_CONTEXT(language),
        tabindex="0",
    )


def _more(label: texts.Text, wider: PassageAddress, language: Language, can_grow: bool) -> Html:
    if not can_grow:
        return element("p", "…", class_="source-cut")
    return element(
        "button",
        label(language),
        type="button",
        class_="quiet-button source-more",
        data_action="open",
        **wider.attributes(),
    )


def _notice(message: str) -> Html:
    return element("p", message, class_="source-notice", role="status")


def _message(message: str) -> Html:
    return element("div", element("p", message), class_="source-empty")


def file_name(source: str) -> str:
    """The last part of a path: folders tell a reader little, and an onlooker too much."""
    named = source.removeprefix("upload:")
    return named if "://" in named else named.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def place_text(page: int | None, locator: str | None, language: Language) -> str:
    """ "halaman 2 · Pasal 5", or as much of it as is known."""
    known = [texts.PAGE(language, page=page) if page else "", locator or ""]
    return " · ".join(part for part in known if part)


def confidence_text(confidence: float | None, language: Language) -> str:
    """ "dibaca dengan OCR, keyakinan 83%", rounded down; empty for text that is no OCR's."""
    if confidence is None:
        return ""
    return texts.READ_BY_OCR(language, percent=int(100 * confidence + 1e-9))


def translation_text(translation: str | None, language: Language) -> str:
    """A model's translation of a quote, told as a machine's; empty where there is none."""
    told = " ".join((translation or "").split())
    return texts.BRIEFING_TRANSLATION(language, text=told) if told else ""
