"""Layout and bindings of the conversation: the list of earlier ones, the chat, the source."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import gradio as gr

from assistant.conversation import Language
from docs_store.errors import BilingualError, Reason
from ui import texts
from ui.answer_picture import answer_png
from ui.briefing import MEDIA_TYPES, Form, briefing_file
from ui.conversation_html import conversation_html
from ui.history_html import history_html
from ui.page_opening import LOADED, REMEMBERED_CONVERSATION, WHEN_LOADED, page_opening
from ui.page_parts import QUICK, TELLS, PageParts, told_in
from ui.passage import PassageAddress
from ui.saved_file import file_html
from ui.source_viewer import broken_link_html, panel_html
from ui.theme import asset, script
from ui.turns import (
    Turns,
    begin,
    begin_without,
    find_turn,
    finish,
    judge,
    refuse,
    stop,
)
from ui.visitors import Visitor

ANSWERS_AT_ONCE = 2
"""An answer keeps a core busy: more of them at once only make all of them slower."""


@dataclass(frozen=True, slots=True)
class ConversationParts:
    """What the documents page needs of the conversation."""

    turns: Any
    shown: Any

    @staticmethod
    def html(parts: PageParts, turns: Turns, language: Language) -> str:
        """The conversation, or what to do first."""
        if turns:
            return conversation_html(turns, [], 0, language)
        examples = parts.services.example_questions(language)
        return conversation_html((), examples, parts.services.document_count(), language)


def lay_out_conversation(page: Any, parts: PageParts) -> ConversationParts:
    """Put the conversation into the page."""
    services, language_kept = parts.services, parts.language
    turns_kept, address_kept, talk_kept = gr.State(()), gr.State(None), gr.State(None)
    remembered = gr.Textbox(visible=False)
    with gr.Row(elem_id="workplace"):
        with gr.Column(elem_id="history-column", scale=0, min_width=0):
            history = gr.HTML(
                history_html([], None, "id"),
                js_on_load=script("history.js"),
                elem_id="history-frame",
                apply_default_css=False,
            )
        with gr.Column(elem_id="chat-column", scale=3, min_width=320):
            shown = gr.HTML(
                ConversationParts.html(parts, (), "id"),
                js_on_load=script("conversation.js"),
                elem_id="conversation-frame",
                apply_default_css=False,
            )
            with gr.Row(elem_id="composer"):
                question = gr.Textbox(
                    label=texts.QUESTION("id"),
                    placeholder=texts.QUESTION_HINT("id"),
                    submit_btn=texts.ASK("id"),
                    lines=1,
                    max_lines=6,
                    show_label=False,
                    container=False,
                    autofocus=True,
                    elem_id="question-box",
                )
                fresh = gr.Button(texts.NEW_CONVERSATION("id"), scale=0, elem_id="new-conversation")
        with gr.Column(elem_id="source-column", scale=2, min_width=320):
            panel = gr.HTML(
                panel_html(services, None, "id"),
                js_on_load=script("panel.js"),
                elem_id="source-panel",
                apply_default_css=False,
            )
    file = gr.HTML("", js_on_load=asset("file.js"), elem_id="file-frame", apply_default_css=False)

    def conversation(turns: Turns, language: Language) -> str:
        return ConversationParts.html(parts, turns, language)

    def listed(visitor: Visitor, talk: str | None, language: Language) -> str:
        return history_html(services.kept.conversations(visitor.person), talk, language)

    def buttons(turns: Turns, language: Language) -> dict[str, Any]:
        if turns and turns[-1].pending:
            return {"submit_btn": False, "stop_btn": texts.STOP(language)}
        return {"submit_btn": texts.ASK(language), "stop_btn": False}

    def show_page(
        language: Language,
        turns: Turns,
        address: PassageAddress | None,
        talk: str | None,
        request: gr.Request,
    ) -> Any:
        visitor = parts.visitor(request)
        return {
            language_kept: language,
            parts.head: parts.header(language, visitor),
            shown: conversation(turns, language),
            panel: panel_html(services, address, language),
            question: gr.update(
                label=texts.QUESTION(language),
                placeholder=texts.QUESTION_HINT(language),
                **buttons(turns, language),
            ),
            fresh: gr.update(value=texts.NEW_CONVERSATION(language)),
            history: listed(visitor, talk, language),
        }

    def open_page(
        language: Language,
        remembered: str,
        turns: Turns,
        address: PassageAddress | None,
        talk: str | None,
        request: gr.Request,
    ) -> Any:
        """What the tab had open and what its address names, unless someone was quicker."""
        person = parts.visitor(request).person
        begins = page_opening(services, person, str(remembered), request.query_params)
        kept: dict[Any, Any] = {}
        if not turns and begins.turns:
            turns, talk = begins.turns, begins.conversation_id
            kept = {turns_kept: turns, talk_kept: talk}
        if address is None and begins.address is not None:
            address = begins.address
            kept[address_kept] = address
        shows = show_page(language, turns, address, talk, request)
        if address is None and begins.link_broken:
            shows[panel] = broken_link_html(language)
        return {**shows, **kept}

    def switch_language(
        event: gr.EventData,
        turns: Turns,
        address: PassageAddress | None,
        talk: str | None,
        request: gr.Request,
    ) -> Any:
        language: Language = "en" if event.language == "en" else "id"
        return show_page(language, turns, address, talk, request)

    def show_turns(turns: Turns, language: Language, **box: Any) -> Any:
        return (
            turns,
            conversation(turns, language),
            gr.update(**buttons(turns, language), **box),
        )

    def ask(
        asked: str,
        turns: Turns,
        talk: str | None,
        language: Language,
        request: gr.Request,
    ) -> Iterator[Any]:
        if turns and turns[-1].pending:
            yield *show_turns(turns, language), talk, gr.skip()
            return
        begun = begin(turns, asked or "")
        yield from answered(begun, talk, language, parts.visitor(request), value="")

    def answered(
        turns: Turns, talk: str | None, language: Language, visitor: Visitor, **box: Any
    ) -> Iterator[Any]:
        talk = talk or uuid.uuid4().hex
        try:
            parts.gate.questions.count(visitor.person)
        except BilingualError as error:
            turns = refuse(turns, Reason.of(error))
        keep(visitor, talk, turns)
        yield *show_turns(turns, language, **box), talk, listed(visitor, talk, language)
        grown = turns
        for grown in finish(turns, services):
            yield *show_turns(grown, language), talk, gr.skip()
        keep(visitor, talk, grown)

    def keep(visitor: Visitor, talk: str | None, turns: Turns) -> None:
        if talk and turns and turns[-1].question:
            services.kept.keep(visitor.person, talk, turns[-1])

    def ask_shown(
        event: gr.EventData,
        turns: Turns,
        talk: str | None,
        language: Language,
        request: gr.Request,
    ) -> Iterator[Any]:
        yield from ask(str(event.question), turns, talk, language, request)

    def ask_without(
        event: gr.EventData,
        turns: Turns,
        talk: str | None,
        language: Language,
        request: gr.Request,
    ) -> Iterator[Any]:
        begun = turns
        if not (turns and turns[-1].pending):
            begun = begin_without(turns, str(event.turn), str(event.key))
        if begun is turns:
            yield *show_turns(turns, language), talk, gr.skip()
            return
        yield from answered(begun, talk, language, parts.visitor(request))

    def stop_asking(turns: Turns, talk: str | None, language: Language, request: gr.Request) -> Any:
        stopped = stop(turns)
        keep(parts.visitor(request), talk, stopped)
        return show_turns(stopped, language)

    def start_over(language: Language, request: gr.Request) -> Any:
        visitor = parts.visitor(request)
        return opened((), None, visitor, language)

    def opened(turns: Turns, talk: str | None, visitor: Visitor, language: Language) -> Any:
        closed = None, panel_html(services, None, language)
        return *show_turns(turns, language), talk, listed(visitor, talk, language), *closed

    def reopen(event: gr.EventData, language: Language, request: gr.Request) -> Any:
        visitor = parts.visitor(request)
        talk = str(event.conversation)
        turns = services.kept.turns(visitor.person, talk)
        return opened(turns, talk if turns else None, visitor, language)

    def forget(
        event: gr.EventData,
        talk: str | None,
        language: Language,
        request: gr.Request,
    ) -> Any:
        visitor = parts.visitor(request)
        with told_in(language):
            services.kept.delete(visitor.person, str(event.conversation))
        if event.conversation == talk:
            return opened((), None, visitor, language)
        skipped = (gr.skip(),) * 4
        return *skipped, listed(visitor, talk, language), gr.skip(), gr.skip()

    def give_verdict(
        event: gr.EventData, turns: Turns, language: Language, request: gr.Request
    ) -> Any:
        turn = find_turn(turns, str(event.turn))
        told = event._data.get("reason")
        verdict = event.verdict if event.verdict in ("up", "down") else None
        if turn is None:
            return gr.skip(), gr.skip()
        if told is None and verdict == turn.verdict:
            verdict = None  # pressed again: taken back
        reason = str(told if told is not None else turn.verdict_reason) if verdict else ""
        with told_in(language):
            person = parts.visitor(request).person
            services.kept.judge(person, turn.turn_id, verdict, reason)
            turns = judge(turns, turn.turn_id, verdict, reason)
        return turns, conversation(turns, language)

    def picture(event: gr.EventData, turns: Turns, language: Language) -> Any:
        turn = find_turn(turns, str(event.turn))
        if turn is None or turn.answer is None:
            return gr.skip()
        png = answer_png(turn.answer, language)
        return file_html(f"{texts.EXPORT_NAME(language)}.png", "image/png", png)

    def brief(event: gr.EventData, turns: Turns, language: Language) -> Any:
        turn = find_turn(turns, str(event.turn))
        form: Form = "pdf" if event.form == "pdf" else "docx"
        if turn is None or turn.answer is None:
            return gr.skip()
        content = b""
        with told_in(language):
            content = briefing_file(turn.answer, form, services.document, date.today())
        name = f"{texts.BRIEFING_NAME(language)}.{form}"
        return file_html(name, MEDIA_TYPES[form], content) if content else gr.skip()

    def edit(event: gr.EventData) -> Any:
        return gr.update(value=str(event.question))

    def open_source(event: gr.EventData, language: Language) -> Any:
        try:
            address = PassageAddress.from_event(event._data)
        except ValueError:
            return close_source(language)
        return address, panel_html(services, address, language)

    def close_source(language: Language) -> Any:
        return None, panel_html(services, None, language)

    chat = [turns_kept, shown, question]
    source = [address_kept, panel]
    whole = [*chat, talk_kept, history]
    answering = {**QUICK, "queue": True, "concurrency_limit": ANSWERS_AT_ONCE}
    answering |= {"concurrency_id": "answer", "trigger_mode": "multiple", "js": WHEN_LOADED}
    everything = [language_kept, parts.head, shown, panel, question, fresh, history]
    seen = [turns_kept, address_kept, talk_kept]
    opening = page.load(
        open_page,
        [language_kept, remembered, *seen],
        [*everything, *seen],
        js=REMEMBERED_CONVERSATION,
        **QUICK,
    )
    opening.then(None, js=LOADED, api_visibility="private")
    parts.head.language(switch_language, seen, everything, **QUICK)
    so_far = [turns_kept, talk_kept, language_kept]
    asking = [
        question.submit(ask, [question, *so_far], whole, **answering),
        shown.ask(ask_shown, so_far, whole, **answering),
        shown.without(ask_without, so_far, whole, **answering),
    ]
    for asked in asking:  # the language may have been switched while the answer was made
        asked.then(show_turns, [turns_kept, language_kept], chat, **QUICK)
    question.stop(stop_asking, so_far, chat, cancels=asking, **QUICK)
    fresh.click(start_over, [language_kept], [*whole, *source], cancels=asking, **QUICK)
    history.reopen(reopen, [language_kept], [*whole, *source], cancels=asking, **QUICK)
    history.forget(forget, [talk_kept, language_kept], [*whole, *source], **TELLS)
    shown.judge(give_verdict, [turns_kept, language_kept], [turns_kept, shown], **TELLS)
    shown.edit(edit, None, question, **QUICK)
    shown.picture(picture, [turns_kept, language_kept], file, **QUICK)
    shown.brief(brief, [turns_kept, language_kept], file, **TELLS)
    for opener in (shown, panel):
        opener.open(open_source, [language_kept], source, **QUICK)
    panel.close(close_source, [language_kept], source, **QUICK)
    return ConversationParts(turns_kept, shown)
