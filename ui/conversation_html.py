"""A conversation as HTML, or what to do first where there is none."""

from __future__ import annotations

from assistant.conversation import Language
from docs_store.conversations import REASON_CHARS_MAX
from ui import texts
from ui.answer_export import copy_text
from ui.answer_html import answer_html, ask_button
from ui.markup import Html, element, join
from ui.turns import Turn, Turns

QUESTION_CHARS_SHOWN = 600


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
    asked = (element("li", ask_button(question)) for question in examples)
    return join(element("h3", texts.EXAMPLES(language)), element("ul", *asked, class_="examples"))


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
    """A question and what came of it, as far as it has come."""
    question = texts.clip(turn.question, QUESTION_CHARS_SHOWN)
    without = ", ".join(inference.label for inference in turn.without)
    return element(
        "article",
        element("h2", question, class_="question", dir="auto") if question else None,
        element("p", texts.ASKED_WITHOUT(language, labels=without), class_="asked-without")
        if without
        else None,
        None if turn.answer is None else answer_html(turn.answer, language, turn.turn_id),
        None
        if turn.problem is None
        else element("p", turn.problem.text(language), class_="problem", role="alert"),
        element("p", texts.SEARCHING(language), class_="searching", role="status")
        if turn.pending
        else None,
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
        _briefings(turn, language),
        _tool("ask", texts.RETRY(language), data_question=turn.question),
        _tool("edit", texts.EDIT(language), data_question=turn.question),
        None if turn.answer is None else _verdict(turn, language),
        class_="tools",
    )


def _briefings(turn: Turn, language: Language) -> list[Html]:
    """An answer, and an abstention too, goes along as a file."""
    if turn.answer is None:
        return []
    forms = (("docx", texts.BRIEFING_DOCX), ("pdf", texts.BRIEFING_PDF))
    return [
        _tool("brief", label(language), data_turn=turn.turn_id, data_form=form)
        for form, label in forms
    ]


def _verdict(turn: Turn, language: Language) -> Html:
    """Two buttons, and where one is pressed a line for the reason."""
    choices = (("up", texts.VERDICT_UP), ("down", texts.VERDICT_DOWN))
    buttons = (
        element(
            "button",
            label(language),
            type="button",
            class_="quiet-button",
            data_action="judge",
            data_turn=turn.turn_id,
            data_verdict=value,
            aria_pressed="true" if turn.verdict == value else "false",
        )
        for value, label in choices
    )
    return element(
        "div",
        element("div", *buttons, role="group", aria_label=texts.VERDICTS(language)),
        _verdict_reason(turn, language) if turn.verdict else None,
        class_="verdict",
    )


def _verdict_reason(turn: Turn, language: Language) -> Html:
    name = texts.VERDICT_REASON(language)
    return element(
        "form",
        element(
            "input",
            name="reason",
            value=turn.verdict_reason,
            maxlength=REASON_CHARS_MAX,
            placeholder=name,
            aria_label=name,
            autocomplete="off",
        ),
        element("button", texts.VERDICT_SAVE(language), type="submit", class_="quiet-button"),
        element("p", texts.VERDICT_SAVED(language), role="status") if turn.verdict_reason else None,
        data_submit="judge",
        data_turn=turn.turn_id,
        data_verdict=turn.verdict,
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
