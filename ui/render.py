"""From a conversation to the HTML that shows it. Everything that was not made here is escaped.

Markers come only from ``AnswerPart.markers``: a "[1]" in the words of a document stays text.
"""

from __future__ import annotations

from assistant.conversation import Answer, AnswerPart, Citation, Computed, Language
from docs_store.records import Hit
from ui import texts
from ui.markup import Html, element, join
from ui.passage import PassageAddress
from ui.source_viewer import confidence_text, place_text
from ui.turns import Turn, Turns

QUESTION_CHARS_SHOWN = 600
PASSAGE_CHARS_SHOWN = 320
NEAREST_PASSAGES_SHOWN = 4


def header_html(document_count: int, language: Language) -> Html:
    """The bar at the top: name, size of the collection, switches."""
    if document_count == 1:
        count = texts.COLLECTION_OF_ONE(language)
    else:
        number = texts.format_number(document_count, language)
        count = texts.COLLECTION(language, documents=number)
    return element(
        "header",
        element(
            "div",
            element("h1", "Tanya Daerah"),
            element("p", texts.TAGLINE(language), class_="tagline"),
            class_="brand",
        ),
        element("p", count, class_="collection-size"),
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
            "◐",
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


def conversation_html(
    turns: Turns, examples: list[str], document_count: int, language: Language
) -> Html:
    """The conversation, or what to do first where there is none."""
    if turns:
        content = join(*(turn_html(turn, language) for turn in turns))
    elif document_count == 0:
        content = _empty_store(language)
    else:
        content = _welcome(examples, language)
    return element(
        "section",
        content,
        class_="conversation",
        role="log",
        aria_live="polite",
        aria_label=texts.CONVERSATION(language),
        data_turns=len(turns),
    )


def _welcome(examples: list[str], language: Language) -> Html:
    return element(
        "div",
        element("h2", texts.WELCOME(language)),
        element("p", texts.WELCOME_MORE(language)),
        _examples(examples, language) if examples else None,
        class_="welcome",
    )


def _examples(examples: list[str], language: Language) -> Html:
    buttons = (
        element(
            "li",
            element(
                "button",
                question,
                type="button",
                class_="example",
                data_action="ask",
                data_question=question,
            ),
        )
        for question in examples
    )
    return join(element("h3", texts.EXAMPLES(language)), element("ul", *buttons, class_="examples"))


def _empty_store(language: Language) -> Html:
    return element(
        "div",
        element("h2", texts.EMPTY_STORE(language)),
        element("p", texts.EMPTY_STORE_MORE(language)),
        element(
            "dl",
            element("dt", element("code", "tanya ingest FOLDER")),
            element("dd", texts.EMPTY_STORE_FOLDER(language)),
            element("dt", element("code", "make chat")),
            element("dd", texts.EMPTY_STORE_SAMPLES(language)),
            class_="commands",
        ),
        class_="welcome empty-store",
    )


def turn_html(turn: Turn, language: Language) -> Html:
    """A question and what came of it."""
    if turn.answer is not None:
        outcome = answer_html(turn.answer, language)
    elif turn.problem is not None:
        outcome = element("p", turn.problem.text(language), class_="problem", role="alert")
    else:
        outcome = element("p", texts.SEARCHING(language), class_="searching", role="status")
    question = clip(turn.question, QUESTION_CHARS_SHOWN)
    return element(
        "article",
        element("h2", question, class_="question", dir="auto") if question else None,
        outcome,
        _tools(turn, language) if turn.question and not turn.pending else None,
        class_="turn",
        aria_busy="true" if turn.pending else None,
    )


def _tools(turn: Turn, language: Language) -> Html:
    copy = None
    if turn.answer is not None and not turn.answer.abstained:
        label = texts.COPY(language)
        copied = texts.COPIED(language)
        text = copy_text(turn.answer, language)
        copy = _tool("copy", label, data_copy=text, data_label=label, data_copied=copied)
    return element(
        "div",
        copy,
        _tool("ask", texts.RETRY(language), data_question=turn.question),
        _tool("edit", texts.EDIT(language), data_question=turn.question),
        class_="tools",
    )


def _tool(action: str, label: str, **attributes: str) -> Html:
    return element(
        "button",
        label,
        type="button",
        class_="quiet-button",
        data_action=action,
        **attributes,
    )


def answer_html(answer: Answer, language: Language) -> Html:
    """The answer with its markers, or the abstention with the nearest passages."""
    dates = {hit.document_id: hit.date for hit in answer.passages if hit.date}
    if answer.abstained:
        return _abstention(answer, language)
    citations = {citation.marker: citation for citation in answer.citations}
    content = _parts(answer.parts, citations, dates, language)
    computed = [_computed(figure, citations, dates, language) for figure in answer.computed]
    return element(
        "div",
        element("div", *content, *computed, class_="answer-text", lang=answer.language),
        _source_list(answer.citations, dates, language),
        element("p", _how(answer, language), class_="how"),
        class_="answer",
    )


def _parts(
    parts: tuple[AnswerPart, ...],
    citations: dict[int, Citation],
    dates: dict[str, str],
    language: Language,
) -> list[Html]:
    """Paragraphs, with runs of items gathered into lists."""
    content: list[Html] = []
    items: list[Html] = []
    for part in parts:
        chips = [_chip(citations[m], dates, language) for m in part.markers if m in citations]
        words = join(element("span", part.text, dir="auto"), chips)
        if part.kind == "item":
            items.append(element("li", words))
            continue
        if items:
            content.append(element("ul", *items))
            items = []
        content.append(element("p", words, class_=f"part-{part.kind}"))
    if items:
        content.append(element("ul", *items))
    return content


def _chip(citation: Citation, dates: dict[str, str], language: Language) -> Html:
    """The small numbered button that opens a source; its tooltip is made from its data."""
    date = dates.get(citation.document_id)
    place = place_text(citation.page, citation.locator, language)
    name = texts.SOURCE_NUMBER(language, marker=citation.marker)
    told = ", ".join(part for part in (citation.title, place) if part)
    about = [
        texts.format_date(date, language) if date else "",
        place,
        confidence_text(citation.confidence, language),
    ]
    return element(
        "button",
        str(citation.marker),
        type="button",
        class_="citation",
        data_action="open",
        aria_label=f"{name}: {told}",
        data_quote=clip(citation.quote, PASSAGE_CHARS_SHOWN),
        data_title=citation.title,
        data_about=" · ".join(part for part in about if part),
        **_address(citation).attributes(),
    )


def _address(citation: Citation) -> PassageAddress:
    return PassageAddress(
        document_id=citation.document_id,
        version=citation.version,
        start=citation.start,
        end=citation.end,
        page=citation.page,
        locator=citation.locator,
        marker=citation.marker,
        confidence=citation.confidence,
    )


def _computed(
    figure: Computed, citations: dict[int, Citation], dates: dict[str, str], language: Language
) -> Html:
    chips = [_chip(citations[m], dates, language) for m in figure.markers if m in citations]
    return element(
        "p",
        element("b", texts.COMPUTED(language)),
        f" {figure.expression} = ",
        element("b", figure.value),
        chips,
        class_="computed",
    )


def _source_list(
    citations: tuple[Citation, ...], dates: dict[str, str], language: Language
) -> Html | None:
    """One line a document: its markers, title, date, and what to know before relying on it."""
    if not citations:
        return None
    by_document: dict[str, list[Citation]] = {}
    for citation in citations:
        by_document.setdefault(citation.document_id, []).append(citation)
    lines = []
    for document_id, cited in by_document.items():
        numbers = ", ".join(str(citation.marker) for citation in cited)
        date = dates.get(document_id)
        lines.append(
            element(
                "li",
                element("span", numbers, class_="source-numbers"),
                element("span", cited[0].title, class_="source-title", dir="auto"),
                element("span", texts.format_date(date, language)) if date else None,
                *(element("span", r, class_="source-remark") for r in _remarks(cited, language)),
            )
        )
    return element(
        "footer",
        element("h3", texts.SOURCES(language)),
        element("ul", *lines),
        class_="sources",
    )


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


def _abstention(answer: Answer, language: Language) -> Html:
    nearest = answer.passages[:NEAREST_PASSAGES_SHOWN]
    reason = answer.reason or answer.text
    return element(
        "div",
        element(
            "div",
            element("h3", texts.ABSTAINED(language)),
            element("p", reason, lang=answer.language, dir="auto") if reason else None,
            class_="abstention-reason",
        ),
        element(
            "section",
            element("h3", texts.NEAREST(language)),
            element("ul", *(_nearest(hit, language) for hit in nearest)),
            class_="nearest",
        )
        if nearest
        else None,
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
    return element(
        "li",
        element(
            "button",
            element("span", " · ".join(part for part in about if part), class_="nearest-source"),
            element("span", clip(hit.text, PASSAGE_CHARS_SHOWN), class_="nearest-text", dir="auto"),
            type="button",
            class_="nearest-passage",
            data_action="open",
            **address.attributes(),
        ),
    )


def copy_text(answer: Answer, language: Language) -> str:
    """The answer as plain text for a letter or a briefing: markers, then what they stand for."""
    dates = {hit.document_id: hit.date for hit in answer.passages if hit.date}
    lines = [answer.question, "", answer.text, ""]
    lines += [
        f"{figure.expression} = {figure.value} "
        + " ".join(f"[{marker}]" for marker in figure.markers)
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
            texts.VERSION(language, version=citation.version),
            citation.source,
        ]
        known = ", ".join(part for part in about if part)
        lines.append(f"[{citation.marker}] {known}: “{' '.join(citation.quote.split())}”")
    return "\n".join(lines)


def clip(text: str, chars_max: int) -> str:
    """``text`` if it is short enough, else its beginning up to a space, and "…"."""
    if len(text) <= chars_max:
        return text
    kept = text[:chars_max]
    return kept[: kept.rfind(" ")] + "…" if " " in kept[chars_max // 2 :] else kept + "…"
