"""The panel beside the chat: a passage, marked inside the document that it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from assistant.conversation import Language
from docs_store.errors import DocumentNotFound
from docs_store.records import Document
from ui import texts
from ui.markup import Html, element, join

SURROUNDINGS_CHARS = 1_500
SURROUNDINGS_CHARS_MAX = 60_000
_BORDER_SEARCH_CHARS = 300


@dataclass(frozen=True, slots=True)
class PassageAddress:
    """Where a passage stands: all that a link needs to open it again.

    ``marker``, ``page`` and ``locator`` only describe it. ``surroundings_chars`` is how much text
    to show on each side.
    """

    document_id: str
    version: int
    start: int
    end: int
    page: int | None = None
    locator: str | None = None
    marker: int | None = None
    surroundings_chars: int = SURROUNDINGS_CHARS

    @property
    def key(self) -> str:
        """The address on one line, to compare."""
        return f"{self.document_id}/{self.version}/{self.start}-{self.end}"

    def attributes(self) -> dict[str, str | int | None]:
        """As attributes of the element that opens it; ``from_event`` reads them back."""
        return {
            "data_document": self.document_id,
            "data_version": self.version,
            "data_start": self.start,
            "data_end": self.end,
            "data_page": self.page,
            "data_locator": self.locator,
            "data_marker": self.marker,
            "data_surroundings": self.surroundings_chars,
        }

    @classmethod
    def from_event(cls, data: Mapping[str, Any]) -> PassageAddress:
        """The address in a page's ``data-*`` attributes, which anyone may have changed.

        Raises ValueError if they are none.
        """
        page, marker = data.get("page"), data.get("marker")
        try:
            return cls(
                document_id=str(data["document"]),
                version=int(data["version"]),
                start=int(data["start"]),
                end=int(data["end"]),
                page=int(page) if page else None,
                locator=str(data["locator"]) if data.get("locator") else None,
                marker=int(marker) if marker else None,
                surroundings_chars=int(data.get("surroundings") or SURROUNDINGS_CHARS),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("not the address of a passage") from error


class Sources(Protocol):
    """Where documents and their texts come from."""

    def document(self, document_id: str) -> Document:
        """The document; raises DocumentNotFound."""
        ...

    def text(self, document_id: str, version: int) -> str:
        """The stored text of one version; raises DocumentNotFound."""
        ...


@dataclass(frozen=True, slots=True)
class SourceView:
    """A passage within its surroundings: ``before + quote + after`` is a slice of the text."""

    address: PassageAddress
    document: Document
    before: str
    quote: str
    after: str
    starts_text: bool
    ends_text: bool


def open_passage(sources: Sources, address: PassageAddress) -> SourceView | None:
    """What the panel shows, or None if the version holds no such passage.

    Raises DocumentNotFound if the document was removed.
    """
    document = sources.document(address.document_id)
    text = sources.text(address.document_id, address.version)
    if not 0 <= address.start < address.end <= len(text):
        return None
    around = max(0, min(address.surroundings_chars, SURROUNDINGS_CHARS_MAX))
    start = _border_before(text, address.start - around)
    end = _border_after(text, address.end + around)
    return SourceView(
        address=replace(address, surroundings_chars=around),
        document=document,
        before=text[start : address.start],
        quote=text[address.start : address.end],
        after=text[address.end : end],
        starts_text=start == 0,
        ends_text=end == len(text),
    )


def _border_before(text: str, offset: int) -> int:
    """``offset`` moved back to the start of its line, or of its word where lines are long."""
    if offset <= 0:
        return 0
    low = max(0, offset - _BORDER_SEARCH_CHARS)
    found = max(text.rfind("\n", low, offset), low if low == 0 else -1)
    if found == -1:
        found = text.rfind(" ", low, offset)
    return 0 if found <= 0 else found + 1


def _border_after(text: str, offset: int) -> int:
    """``offset`` moved on to the end of its line, or of its word where lines are long."""
    if offset >= len(text):
        return len(text)
    high = min(len(text), offset + _BORDER_SEARCH_CHARS)
    found = text.find("\n", offset, high)
    if found == -1:
        found = len(text) if high == len(text) else text.find(" ", offset, high)
    return offset if found == -1 else found


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
    return _shell(address, view.document, language, _facts(view, language), _body(view, language))


def _shell(
    address: PassageAddress, document: Document | None, language: Language, *children: Html
) -> Html:
    title = document.title if document else texts.SOURCE_PANEL(language)
    number = str(address.marker) if address.marker else None
    return element(
        "article",
        element(
            "header",
            element("span", number, class_="source-number", aria_hidden="true") if number else None,
            element("h2", title, tabindex="-1", dir="auto"),
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
        data_address=address.key,
    )


def _facts(view: SourceView, language: Language) -> Html:
    document, address = view.document, view.address
    place = place_text(address.page, address.locator, language)
    date = texts.format_date(document.date, language) if document.date else texts.NO_DATE(language)
    rows = [
        (texts.DATE, date),
        (texts.PLACE, place),
        (texts.FILE, document.source),
        (texts.VERSION_LABEL, str(address.version)),
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
    if document.version == address.version:
        return facts
    replaced = texts.REPLACED(language, current=document.version, version=address.version)
    return join(facts, _notice(replaced))


def _body(view: SourceView, language: Language) -> Html:
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


def place_text(page: int | None, locator: str | None, language: Language) -> str:
    """ "halaman 2 · Pasal 5", or as much of it as is known."""
    known = [texts.PAGE(language, page=page) if page else "", locator or ""]
    return " · ".join(part for part in known if part)
