"""The panel beside the chat: a passage, marked inside the document that it stands in."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from assistant.conversation import Language
from docs_store.errors import DocumentNotFound
from docs_store.records import Document, PageSpan
from ui import texts
from ui.markup import Html, element, join
from ui.page_image import Box, PageImage, draw_page, occurrence_on_page

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
    image_page: int | None = None
    """The page whose image to show instead of the text, in formats that have pages."""

    @property
    def key(self) -> str:
        """The address on one line, to compare."""
        shown = f"@{self.image_page}" if self.image_page else ""
        return f"{self.document_id}/{self.version}/{self.start}-{self.end}{shown}"

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
            "data_image_page": self.image_page,
        }

    @classmethod
    def from_event(cls, data: Mapping[str, Any]) -> PassageAddress:
        """The address in a page's ``data-*`` attributes, which anyone may have changed.

        Raises ValueError if they are none.
        """
        page, marker, image_page = data.get("page"), data.get("marker"), data.get("imagePage")
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
                image_page=int(image_page) if image_page else None,
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

    def pages(self, document_id: str, version: int) -> Sequence[PageSpan]:
        """Where each page stands in that text; none in formats without pages."""
        ...

    def original(self, document_id: str, version: int) -> bytes:
        """The file that the version was read from; raises DocumentNotFound."""
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
    body = _page_body(sources, view, language) if address.image_page else _body(view, language)
    facts = join(_facts(view, language), _view_switch(view, language))
    return _shell(address, view.document, language, facts, body)


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
        (texts.FILE, file_name(document.source)),
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


def _view_switch(view: SourceView, language: Language) -> Html | None:
    """Text or page image, for documents whose pages can be drawn."""
    address = view.address
    if view.document.media_type != "application/pdf" or address.page is None:
        return None
    choices = [
        (texts.AS_TEXT, replace(address, image_page=None)),
        (texts.AS_PAGE, replace(address, image_page=address.page)),
    ]
    return element(
        "div",
        *(
            element(
                "button",
                label(language),
                type="button",
                data_action="open",
                aria_pressed="true" if bool(to.image_page) == bool(address.image_page) else "false",
                **to.attributes(),
            )
            for label, to in choices
        ),
        class_="view-switch",
        role="group",
        aria_label=texts.VIEW_SWITCH(language),
    )


def page_view(sources: Sources, view: SourceView) -> PageImage | None:
    """The page image that the view asks for, with the part of the quote that stands on it."""
    address, number = view.address, view.address.image_page or 1
    spans = {span.number: span for span in sources.pages(address.document_id, address.version)}
    quote, occurrence = "", 0
    if span := spans.get(number):
        text = sources.text(address.document_id, address.version)
        start, end = max(address.start, span.start), min(address.end, span.end)
        quote = text[start:end] if start < end else ""
        occurrence = occurrence_on_page(text[span.start : span.end], quote, start - span.start)
    pdf = sources.original(address.document_id, address.version)
    return draw_page(pdf, number, quote, occurrence)


def _page_body(sources: Sources, view: SourceView, language: Language) -> Html:
    image = page_view(sources, view)
    if image is None:
        return join(_notice(texts.PAGE_NOT_DRAWN(language)), _body(view, language))
    name = texts.PAGE_OF(language, page=image.page, pages=image.page_count)
    data = base64.b64encode(image.jpeg).decode()
    return element(
        "div",
        element(
            "nav",
            _turn_page(texts.PREVIOUS_PAGE, view.address, image.page - 1, image, language),
            element("span", name),
            _turn_page(texts.NEXT_PAGE, view.address, image.page + 1, image, language),
            class_="page-turner",
        ),
        element(
            "div",
            element(
                "img",
                src=f"data:image/jpeg;base64,{data}",
                alt=name,
                width=image.width_px,
                height=image.height_px,
            ),
            *(_box(box) for box in image.boxes),
            class_="page-image",
        ),
        element("h3", texts.QUOTE(language)),
        element("p", element("mark", view.quote, tabindex="-1"), class_="source-text", dir="auto"),
        class_="source-scroll",
        role="region",
        aria_label=name,
        tabindex="0",
    )


def _turn_page(
    label: texts.Text, address: PassageAddress, page: int, image: PageImage, language: Language
) -> Html:
    return element(
        "button",
        label(language),
        type="button",
        class_="quiet-button",
        data_action="open",
        disabled=not 1 <= page <= image.page_count,
        **replace(address, image_page=page).attributes(),
    )


def _box(box: Box) -> Html:
    placed = (("left", box.left), ("top", box.top), ("width", box.width), ("height", box.height))
    style = ";".join(f"{side}:{share:.3%}" for side, share in placed)
    return element("span", class_="quote-box", style=style, aria_hidden="true")


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
