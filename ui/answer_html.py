"""An answer as HTML. Everything that was not made here is escaped.

Markers come only from the markers of its parts: a "[1]" in the words of a document stays text.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation import Answer, Citation, Computed, Inference, Language
from docs_store.records import Hit
from ui import texts
from ui.citation_chip import QUOTE_CHARS_SHOWN, Chips
from ui.comparison_html import comparison_html, timeline_html
from ui.markup import Html, element, join
from ui.passage import PassageAddress
from ui.source_viewer import confidence_text, place_text

NEAREST_PASSAGES_SHOWN = 4


def answer_html(answer: Answer, language: Language, turn_id: str = "") -> Html:
    """The answer with its markers, or the abstention with the nearest passages."""
    chips = Chips(answer, language)
    understood = _understood(answer, turn_id, language)
    if answer.abstained:
        return _abstention(answer, understood, language)
    return element(
        "div",
        understood,
        element(
            "div",
            *_parts(answer, chips),
            comparison_html(answer, turn_id, chips, language),
            timeline_html(answer, turn_id, chips, language),
            *(_computed(figure, chips, language) for figure in answer.computed),
            class_="answer-text",
            lang=answer.language,
        ),
        _questions(texts.OPTIONS(language), answer.options),
        _dropped(answer.dropped, language),
        _source_list(answer.citations, chips, language),
        element("p", _how(answer, language), class_="how"),
        _questions(texts.FOLLOW_UPS(language), answer.follow_ups),
        class_="answer",
    )


def _understood(answer: Answer, turn_id: str, language: Language) -> Html | None:
    """What the question was taken to mean; each inference can be taken away."""
    standalone = None
    if answer.standalone and answer.standalone != answer.question:
        read_as = element("b", answer.standalone, lang=answer.language, dir="auto")
        standalone = element("p", texts.READ_AS(language), " ", read_as, class_="standalone")
    if not answer.understood:
        return standalone
    chips = (_inference(one, turn_id, language) for one in answer.understood)
    inferred = element("ul", *chips, class_="inferences", aria_label=texts.UNDERSTOOD(language))
    return join(standalone, inferred)


def _inference(inference: Inference, turn_id: str, language: Language) -> Html:
    name = texts.WITHOUT(language, label=inference.label)
    remove = element(
        "button",
        "×",
        type="button",
        data_action="without",
        data_turn=turn_id,
        data_key=inference.key,
        aria_label=name,
        title=name,
    )
    return element("li", element("span", inference.label), remove, class_="inference")


def _parts(answer: Answer, chips: Chips) -> list[Html]:
    """Paragraphs and headings, with runs of items gathered into lists.

    Items that the timeline draws are not said twice.
    """
    drawn = {step.text for step in answer.timeline}
    content: list[Html] = []
    items: list[Html] = []
    for part in answer.parts:
        words = join(element("span", part.text, dir="auto"), chips(part.markers))
        if part.kind == "item":
            if part.text not in drawn:
                items.append(element("li", words))
            continue
        if items:
            content.append(element("ul", *items))
            items = []
        tag = "h3" if part.kind == "part" else "p"
        content.append(element(tag, words, class_=f"part-{part.kind}"))
    if items:
        content.append(element("ul", *items))
    return content


def _computed(figure: Computed, chips: Chips, language: Language) -> Html:
    return element(
        "p",
        element("b", texts.COMPUTED(language)),
        f" {figure.expression} = ",
        element("b", figure.value),
        chips(figure.markers),
        class_="computed",
    )


def _questions(heading: str, questions: Sequence[str]) -> Html | None:
    """Questions to ask at a click, under a heading."""
    if not questions:
        return None
    asked = (element("li", ask_button(question)) for question in questions)
    return element("section", element("h3", heading), element("ul", *asked), class_="questions")


def ask_button(question: str) -> Html:
    """A button that asks its question."""
    return element(
        "button",
        question,
        type="button",
        class_="example",
        data_action="ask",
        data_question=question,
    )


def _dropped(count: int, language: Language) -> Html | None:
    if not count:
        return None
    told = texts.DROPPED(language, count=texts.format_number(count, language))
    return element("p", told, class_="dropped")


def _source_list(citations: tuple[Citation, ...], chips: Chips, language: Language) -> Html | None:
    """One line a document: its markers, title, date, and what to know before relying on it."""
    if not citations:
        return None
    by_document: dict[str, list[Citation]] = {}
    for citation in citations:
        by_document.setdefault(citation.document_id, []).append(citation)
    lines = []
    for document_id, cited in by_document.items():
        numbers = ", ".join(str(citation.marker) for citation in cited)
        date = chips.date(document_id)
        lines.append(
            element(
                "li",
                element("span", numbers, class_="source-numbers"),
                element("span", cited[0].title, class_="source-title", dir="auto"),
                element("span", date) if date else None,
                *(element("span", r, class_="source-remark") for r in _remarks(cited, language)),
            )
        )
    heading = element("h3", texts.SOURCES(language))
    return element("footer", heading, element("ul", *lines), class_="sources")


def _remarks(cited: list[Citation], language: Language) -> list[str]:
    """What was done to the document, and how sure the least sure of its recognised quotes is."""
    scores = [citation.confidence for citation in cited if citation.confidence is not None]
    ocr = confidence_text(min(scores, default=None), language)
    return [*dict.fromkeys(notice for one in cited for notice in one.notices), *filter(None, [ocr])]


def _how(answer: Answer, language: Language) -> str:
    told = [texts.QUOTED_ONLY(language) if answer.mode == "quotes" else texts.BY_MODEL(language)]
    if "total" in answer.timings_ms:
        seconds = texts.format_number(answer.timings_ms["total"] / 1000, language, decimals=2)
        told.append(texts.SECONDS(language, seconds=seconds))
    return " · ".join(told)


def _abstention(answer: Answer, understood: Html | None, language: Language) -> Html:
    nearest = answer.passages[:NEAREST_PASSAGES_SHOWN]
    reason = answer.reason or answer.text
    return element(
        "div",
        understood,
        element(
            "div",
            element("h3", texts.ABSTAINED(language)),
            element("p", reason, lang=answer.language, dir="auto") if reason else None,
            class_="abstention-reason",
        ),
        _questions(texts.OPTIONS(language), answer.options),
        _dropped(answer.dropped, language),
        element(
            "section",
            element("h3", texts.NEAREST(language)),
            element("ul", *(_nearest(hit, language) for hit in nearest)),
            class_="nearest",
        )
        if nearest
        else None,
        _questions(texts.FOLLOW_UPS(language), answer.follow_ups),
        class_="answer abstention",
    )


def _nearest(hit: Hit, language: Language) -> Html:
    address = PassageAddress(
        document_id=hit.document_id,
        version=hit.version,
        start=hit.start,
        end=hit.end,
        page=hit.page,
        locator=hit.locator,
        confidence=hit.confidence,
    )
    date = texts.format_date(hit.date, language) if hit.date else ""
    about = [hit.title, date, place_text(hit.page, hit.locator, language)]
    text = texts.clip(hit.text, QUOTE_CHARS_SHOWN)
    return element(
        "li",
        element(
            "button",
            element("span", " · ".join(part for part in about if part), class_="nearest-source"),
            element("span", text, class_="nearest-text", dir="auto"),
            type="button",
            class_="nearest-passage",
            data_action="open",
            **address.attributes(),
        ),
    )
