"""Layout and bindings of the chat page. What it shows is computed in turns, render, source_viewer.

Import it through ``ui.chat_page``, which tells Gradio first that nothing may leave this machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.utils import get_upload_folder

from assistant.conversation import Language
from docs_store.errors import BilingualError
from ui import texts
from ui.answer_picture import answer_png
from ui.conversation_html import conversation_html
from ui.documents_page import TableOrder, documents_html
from ui.header_html import header_html
from ui.markup import escape
from ui.passage import PassageAddress
from ui.saved_file import file_html
from ui.source_viewer import panel_html
from ui.theme import asset, script
from ui.turns import Turns, begin, begin_without, find_turn, finish, stop
from ui.upload_page import documents_taken_in, jobs_html, received_files, upload_form_html

if TYPE_CHECKING:
    from ui.chat_page import ChatServices

ANSWERS_AT_ONCE = 2
"""An answer keeps a core busy: more of them at once only make all of them slower."""

JOBS_LOOKED_AT_EVERY_S = 5.0
"""How soon a page shows what another page or the command line has begun to add."""

UPLOADS_CUT_OFF_KEPT_S = 3600
"""Files that were sent by a page that was closed before it could say so."""


@contextmanager
def told_in(language: Language) -> Iterator[None]:
    """A note on the page about what went wrong, instead of a stop."""
    try:
        yield
    except BilingualError as error:
        gr.Warning(escape(error.text(language)))


def lay_out_chat(services: ChatServices) -> Any:
    """The page as ``gradio.Blocks``."""

    def header(language: Language) -> str:
        return header_html(services.document_count(), language)

    def conversation(turns: Turns, language: Language) -> str:
        if turns:
            return conversation_html(turns, [], 0, language)
        examples = services.example_questions(language)
        return conversation_html((), examples, services.document_count(), language)

    with gr.Blocks(
        title="Tanya Daerah",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(UPLOADS_CUT_OFF_KEPT_S, UPLOADS_CUT_OFF_KEPT_S),
    ) as page:
        # The key keeps a language in the browser, not a secret.
        language_kept = gr.BrowserState("id", storage_key="tanya-language", secret="language")  # noqa: S106
        turns_kept = gr.State(())
        address_kept = gr.State(None)
        head = gr.HTML(
            header("id"),
            js_on_load=script("header.js"),
            elem_id="page-header",
            apply_default_css=False,
        )
        with gr.Row(elem_id="workplace"):
            with gr.Column(elem_id="chat-column", scale=3, min_width=320):
                shown = gr.HTML(
                    conversation((), "id"),
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
                    fresh = gr.Button(
                        texts.NEW_CONVERSATION("id"), scale=0, elem_id="new-conversation"
                    )
            with gr.Column(elem_id="source-column", scale=2, min_width=320):
                panel = gr.HTML(
                    panel_html(services, None, "id"),
                    js_on_load=script("panel.js"),
                    elem_id="source-panel",
                    apply_default_css=False,
                )

        file = gr.HTML(
            "", js_on_load=asset("file.js"), elem_id="file-frame", apply_default_css=False
        )
        order_kept = gr.State(TableOrder())
        tick, quick_tick = gr.Timer(JOBS_LOOKED_AT_EVERY_S), gr.Timer(1.0, active=False)
        jobs_kept = gr.State(())
        with gr.Column(elem_id="documents"):
            form = gr.HTML(
                upload_form_html(services.upload_bytes_max, "id"),
                js_on_load=asset("upload.js"),
                elem_id="upload-frame",
                apply_default_css=False,
            )
            jobs = gr.HTML(
                "",
                js_on_load=script("jobs.js"),
                elem_id="jobs-frame",
                apply_default_css=False,
            )
            words = gr.Textbox(
                label=texts.SEARCH_DOCUMENTS("id"),
                placeholder=texts.SEARCH_DOCUMENTS("id"),
                show_label=False,
                container=False,
                max_lines=1,
                elem_id="search-documents",
            )
            table = gr.HTML(
                documents_html(services.documents(), "", TableOrder(), "id"),
                js_on_load=asset("actions.js"),
                elem_id="documents-frame",
                apply_default_css=False,
            )

        def show_table(words: str, order: TableOrder, language: Language) -> Any:
            return documents_html(services.documents(), words or "", order, language)

        def sort_table(
            event: gr.EventData, words: str, order: TableOrder, language: Language
        ) -> Any:
            order = order.after_click(str(event.column))
            return order, show_table(words, order, language)

        def show_documents_page(words: str, order: TableOrder, language: Language) -> Any:
            hint = texts.SEARCH_DOCUMENTS(language)
            return (
                upload_form_html(services.upload_bytes_max, language),
                gr.update(label=hint, placeholder=hint),
                show_table(words, order, language),
            )

        def show_jobs(
            seen: tuple[Any, ...],
            words: str,
            order: TableOrder,
            language: Language,
            turns: Turns,
        ) -> Any:
            views = services.jobs()
            now = (language, tuple(views))
            if now == seen:
                return {jobs_kept: gr.skip()}
            running = any(not view.job.ended for view in views)
            changes: dict[Any, Any] = {
                jobs_kept: now,
                jobs: jobs_html(views, language),
                quick_tick: gr.Timer(active=running),
            }
            if documents_taken_in(views) != (documents_taken_in(seen[1]) if seen else None):
                changes |= {table: show_table(words, order, language), head: header(language)}
                if not turns:
                    changes[shown] = conversation((), language)
            return changes

        def add_files(event: gr.EventData, *state: Any) -> Any:
            folder = Path(get_upload_folder())
            with told_in(state[3]):
                services.upload(received_files(event.files, folder))
            return show_jobs(*state)

        def cancel_job(event: gr.EventData, *state: Any) -> Any:
            with told_in(state[3]):
                services.cancel_job(str(event.job))
            return show_jobs(*state)

        def remove_document(
            event: gr.EventData, words: str, order: TableOrder, language: Language
        ) -> Any:
            with told_in(language):
                services.remove(str(event.document))
            return show_table(words, order, language), header(language)

        def buttons(turns: Turns, language: Language) -> dict[str, Any]:
            if turns and turns[-1].pending:
                return {"submit_btn": False, "stop_btn": texts.STOP(language)}
            return {"submit_btn": texts.ASK(language), "stop_btn": False}

        def show_page(language: Language, turns: Turns, address: PassageAddress | None) -> Any:
            return {
                language_kept: language,
                head: header(language),
                shown: conversation(turns, language),
                panel: panel_html(services, address, language),
                question: gr.update(
                    label=texts.QUESTION(language),
                    placeholder=texts.QUESTION_HINT(language),
                    **buttons(turns, language),
                ),
                fresh: gr.update(value=texts.NEW_CONVERSATION(language)),
            }

        def switch_language(
            event: gr.EventData, turns: Turns, address: PassageAddress | None
        ) -> Any:
            return show_page("en" if event.language == "en" else "id", turns, address)

        def show_turns(turns: Turns, language: Language, **box: Any) -> Any:
            return (
                turns,
                conversation(turns, language),
                gr.update(**buttons(turns, language), **box),
            )

        def ask(asked: str, turns: Turns, language: Language) -> Iterator[Any]:
            if turns and turns[-1].pending:
                yield show_turns(turns, language)
                return
            yield from answered(begin(turns, asked or ""), language, value="")

        def answered(turns: Turns, language: Language, **box: Any) -> Iterator[Any]:
            yield show_turns(turns, language, **box)
            for grown in finish(turns, services):
                yield show_turns(grown, language)

        def ask_shown(event: gr.EventData, turns: Turns, language: Language) -> Iterator[Any]:
            yield from ask(str(event.question), turns, language)

        def ask_without(event: gr.EventData, turns: Turns, language: Language) -> Iterator[Any]:
            if not (turns and turns[-1].pending):
                turns = begin_without(turns, str(event.turn), str(event.key))
            yield from answered(turns, language)

        def picture(event: gr.EventData, turns: Turns, language: Language) -> Any:
            turn = find_turn(turns, str(event.turn))
            if turn is None or turn.answer is None:
                return gr.skip()
            png = answer_png(turn.answer, language)
            return file_html(f"{texts.EXPORT_NAME(language)}.png", "image/png", png)

        def stop_asking(turns: Turns, language: Language) -> Any:
            return show_turns(stop(turns), language)

        def start_over(language: Language) -> Any:
            return *show_turns((), language), None, panel_html(services, None, language)

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

        everything = [language_kept, head, shown, panel, question, fresh]
        chat = [turns_kept, shown, question]
        source = [address_kept, panel]
        quick = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
        answering = {**quick, "queue": True, "concurrency_limit": ANSWERS_AT_ONCE}
        answering |= {"concurrency_id": "answer", "trigger_mode": "multiple"}

        looked_for = [words, order_kept, language_kept]
        words.input(show_table, looked_for, table, trigger_mode="always_last", **quick)
        table.sort(sort_table, looked_for, [order_kept, table], **quick)
        table.remove(remove_document, looked_for, [table, head], **quick)
        for changed in (language_kept.change, page.load):
            changed(show_documents_page, looked_for, [form, words, table], **quick)
        work = [jobs_kept, *looked_for, turns_kept]
        shows_work = [jobs_kept, jobs, quick_tick, table, head, shown]
        for look in (tick.tick, quick_tick.tick, language_kept.change, page.load):
            look(show_jobs, work, shows_work, **quick)
        form.added(add_files, work, shows_work, **quick)
        jobs.cancel(cancel_job, work, shows_work, **quick)
        page.load(show_page, [language_kept, turns_kept, address_kept], everything, **quick)
        head.language(switch_language, [turns_kept, address_kept], everything, **quick)
        asking = [
            question.submit(ask, [question, turns_kept, language_kept], chat, **answering),
            shown.ask(ask_shown, [turns_kept, language_kept], chat, **answering),
            shown.without(ask_without, [turns_kept, language_kept], chat, **answering),
        ]
        for asked in asking:  # the language may have been switched while the answer was made
            asked.then(show_turns, [turns_kept, language_kept], chat, **quick)
        question.stop(stop_asking, [turns_kept, language_kept], chat, cancels=asking, **quick)
        fresh.click(start_over, [language_kept], [*chat, *source], cancels=asking, **quick)
        shown.edit(edit, None, question, **quick)
        shown.picture(picture, [turns_kept, language_kept], file, **quick)
        for opener in (shown, panel):
            opener.open(open_source, [language_kept], source, **quick)
        panel.close(close_source, [language_kept], source, **quick)
    return page
