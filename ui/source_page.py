"""The image of a page with the quote drawn on it, in the panel beside the chat."""

from __future__ import annotations

import base64
from dataclasses import replace

from assistant.conversation import Language
from ui import texts, texts_source
from ui.markup import Html, element
from ui.page_image import (
    Box,
    PageImage,
    draw_image,
    draw_page,
    occurrence_on_page,
    recognised_boxes,
)
from ui.passage import PassageAddress, Sources, SourceView


def view_switch(view: SourceView, language: Language) -> Html | None:
    """Text or page image, for documents whose pages can be drawn."""
    address = view.address
    if address.page is None or not _has_pages(view):
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


def _has_pages(view: SourceView) -> bool:
    return view.document.media_type == "application/pdf" or _is_image(view)


def _is_image(view: SourceView) -> bool:
    return view.document.media_type.startswith("image/")


def page_view(sources: Sources, view: SourceView) -> PageImage | None:
    """The page image that the view asks for, with the part of the quote that stands on it.

    Recognised text stands where its recognition found it; that of a text layer is looked up.
    """
    address, number = view.address, view.address.image_page or 1
    version = address.document_id, address.version
    original = sources.original(*version)
    if boxes := sources.boxes(*version, number):
        drawn = draw_image(original, number) if _is_image(view) else draw_page(original, number)
        if drawn is None:
            return None
        text = sources.text(*version)
        found = recognised_boxes(boxes, text, address.start, address.end, drawn)
        return replace(drawn, boxes=found)
    if _is_image(view):
        return draw_image(original, number)
    spans = {span.number: span for span in sources.pages(*version)}
    quote, occurrence = "", 0
    if span := spans.get(number):
        text = sources.text(*version)
        start, end = max(address.start, span.start), min(address.end, span.end)
        quote = text[start:end] if start < end else ""
        occurrence = occurrence_on_page(text[span.start : span.end], quote, start - span.start)
    return draw_page(original, number, quote, occurrence)


def page_html(image: PageImage, view: SourceView, language: Language) -> Html:
    """The page image, the quote's boxes on it, and the buttons that turn the page and zoom."""
    name = texts.PAGE_OF(language, page=image.page, pages=image.page_count)
    data = base64.b64encode(image.jpeg).decode()
    return element(
        "div",
        element(
            "div",
            element(
                "nav",
                _turn_page(texts.PREVIOUS_PAGE, view.address, image.page - 1, image, language),
                element("span", name),
                _turn_page(texts.NEXT_PAGE, view.address, image.page + 1, image, language),
                class_="page-turner",
                aria_label=texts.PAGES_SWITCH(language),
            ),
            _zoom(language),
            class_="page-tools",
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


def _zoom(language: Language) -> Html:
    """The page's script does it; the boxes are placed in shares of the image, and grow with it."""

    def button(sign: str, step: str, label: texts.Text, key: str) -> Html:
        return element(
            "button",
            sign,
            type="button",
            class_="icon-button",
            data_action="zoom",
            data_step=step,
            aria_label=label(language),
            title=f"{label(language)} ({key})",
            aria_keyshortcuts=key,
        )

    return element(
        "div",
        button("−", "out", texts_source.ZOOM_OUT, "-"),
        element("output", "100%", class_="zoom-level"),
        button("+", "in", texts_source.ZOOM_IN, "+"),
        button("↔", "fit", texts_source.ZOOM_FIT, "0"),
        class_="page-zoom",
        role="group",
        aria_label=texts_source.ZOOM(language),
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
