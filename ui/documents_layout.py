"""Layout and bindings of the documents page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from assistant.conversation import Language
from ui import texts
from ui.conversation_layout import ConversationParts
from ui.documents_page import TableOrder, documents_html
from ui.page_parts import QUICK, PageParts, told_in
from ui.theme import asset, script
from ui.turns import Turns
from ui.upload_page import documents_taken_in, jobs_html, received_files, upload_form_html

JOBS_LOOKED_AT_EVERY_S = 5.0
"""How soon a page shows what another page or the command line has begun to add."""


def lay_out_documents(page: Any, parts: PageParts, conversation: ConversationParts) -> None:
    """Put the documents page into the page."""
    services, language_kept, head = parts.services, parts.language, parts.head
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
            "", js_on_load=script("jobs.js"), elem_id="jobs-frame", apply_default_css=False
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

    def sort_table(event: gr.EventData, words: str, order: TableOrder, language: Language) -> Any:
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
            changes |= {table: show_table(words, order, language), head: parts.header(language)}
            if not turns:
                changes[conversation.shown] = conversation.html(parts, (), language)
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
        return show_table(words, order, language), parts.header(language)

    looked_for = [words, order_kept, language_kept]
    words.input(show_table, looked_for, table, trigger_mode="always_last", **QUICK)
    table.sort(sort_table, looked_for, [order_kept, table], **QUICK)
    table.remove(remove_document, looked_for, [table, head], **QUICK)
    for changed in (language_kept.change, page.load):
        changed(show_documents_page, looked_for, [form, words, table], **QUICK)
    work = [jobs_kept, *looked_for, conversation.turns]
    shows_work = [jobs_kept, jobs, quick_tick, table, head, conversation.shown]
    for look in (tick.tick, quick_tick.tick, language_kept.change, page.load):
        look(show_jobs, work, shows_work, **QUICK)
    form.added(add_files, work, shows_work, **QUICK)
    jobs.cancel(cancel_job, work, shows_work, **QUICK)
