"""The bar at the top of the pages."""

from __future__ import annotations

from assistant.conversation import Language
from ui import texts
from ui.markup import Html, element


def header_html(document_count: int, language: Language, signed_in: str | None = None) -> Html:
    """The bar at the top: name, size of the collection, switches."""
    if document_count == 1:
        count = texts.COLLECTION_OF_ONE(language)
    else:
        number = texts.format_number(document_count, language)
        count = texts.COLLECTION(language, documents=number)
    return element(
        "header",
        element(
            "button",
            "☰",
            type="button",
            class_="icon-button history-switch",
            data_action="history",
            aria_label=texts.CONVERSATIONS_SWITCH(language),
            title=texts.CONVERSATIONS_SWITCH(language),
        ),
        element(
            "div",
            element("h1", "Tanya Daerah"),
            element("p", texts.TAGLINE(language), class_="tagline"),
            class_="brand",
        ),
        element("p", count, class_="collection-size"),
        _signed_in(signed_in, language) if signed_in else None,
        element(
            "nav",
            _view_button("chat", texts.CONVERSATION(language)),
            _view_button("documents", texts.DOCUMENTS(language)),
            class_="view-buttons",
            aria_label=texts.PAGES_SWITCH(language),
        ),
        element(
            "div",
            _language_button("id", "Bahasa Indonesia", "ID", language),
            _language_button("en", "English", "EN", language),
            class_="language-switch",
            role="group",
            aria_label=texts.LANGUAGE_SWITCH(language),
        ),
        element(
            "button",
            element("span", class_="half-moon", aria_hidden="true"),
            type="button",
            class_="icon-button",
            data_action="dark",
            aria_label=texts.DARK_SWITCH(language),
            title=texts.DARK_SWITCH(language),
        ),
        class_="page-head",
        data_language=language,
        data_connection_lost=texts.CONNECTION_LOST(language),
    )


def _signed_in(name: str, language: Language) -> Html:
    sign_out = element("a", texts.SIGN_OUT(language), href="logout")
    return element("p", name, " · ", sign_out, class_="signed-in")


def _view_button(view: str, label: str) -> Html:
    current = "page" if view == "chat" else None
    return element(
        "button", label, type="button", data_action="view", data_view=view, aria_current=current
    )


def _language_button(code: Language, name: str, short: str, current: Language) -> Html:
    return element(
        "button",
        short,
        type="button",
        data_action="language",
        data_language=code,
        lang=code,
        title=name,
        aria_label=f"{short}: {name}",
        aria_pressed="true" if code == current else "false",
    )
