"""Layout and bindings of the documents page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from assistant.conversation import Language
from docs_store.errors import BilingualError
from ingest.limits import MIB
from ui import texts
from ui.conversation_layout import ConversationParts
from ui.document_details import corrections_in, details_html
from ui.document_filter import TableView
from ui.documents_page import documents_html
from ui.markup import Html, escape
from ui.page_parts import QUICK, TELLS, PageParts, told_in
from ui.saved_file import file_html
from ui.source_viewer import file_name
from ui.theme import asset, script
from ui.turns import Turns
from ui.upload_page import (
    dismissed_jobs,
    documents_taken_in,
    jobs_html,
    received_files,
    upload_form_html,
    without_dismissed,
)
from ui.visitors import Visitor

JOBS_LOOKED_AT_EVERY_S = 5.0
"""How soon a page shows what another page or the command line has begun to add."""

ORIGINAL_BYTES_MAX = 30 * MIB
"""An original goes to the browser in one piece."""


def lay_out_documents(page: Any, parts: PageParts, conversation: ConversationParts) -> None:
    """Put the documents page into the page."""
    services, gate, language_kept, head = parts.services, parts.gate, parts.language, parts.head
    view_kept, jobs_kept, chosen_kept = gr.State(TableView()), gr.State(()), gr.State(None)
    dismissed_kept = gr.BrowserState([], storage_key="tanya-dismissed", secret="dismissed")  # noqa: S106
    tick, quick_tick = gr.Timer(JOBS_LOOKED_AT_EVERY_S), gr.Timer(1.0, active=False)
    with gr.Row(elem_id="documents"):
        with gr.Column(elem_id="documents-column", scale=3, min_width=320):
            form = gr.HTML(
                "", js_on_load=asset("upload.js"), elem_id="upload-frame", apply_default_css=False
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
                "",
                js_on_load=script("documents.js"),
                elem_id="documents-frame",
                apply_default_css=False,
            )
        with gr.Column(elem_id="details-column", scale=2, min_width=320):
            details = gr.HTML(
                "",
                js_on_load=script("details.js"),
                elem_id="details-frame",
                apply_default_css=False,
            )
    file = gr.HTML("", js_on_load=asset("file.js"), elem_id="original", apply_default_css=False)

    def table_html(view: TableView, language: Language, visitor: Visitor) -> Html:
        return documents_html(services.documents(), view, language, may_edit=visitor.may_edit)

    def chosen_html(chosen: str | None, language: Language, visitor: Visitor) -> tuple[Any, Html]:
        """The chosen document, as long as it is there."""
        try:
            found = services.details(chosen, language) if chosen else None
        except BilingualError:
            chosen, found = None, None
        return chosen, details_html(found, language, may_edit=visitor.may_edit)

    def search(words: str, view: TableView, language: Language, request: gr.Request) -> Any:
        view = view.searched(words or "")
        return view, table_html(view, language, parts.visitor(request))

    def sort(event: gr.EventData, view: TableView, language: Language, request: gr.Request) -> Any:
        view = view.sorted_by(str(event.column))
        return view, table_html(view, language, parts.visitor(request))

    def narrow(
        event: gr.EventData, view: TableView, language: Language, request: gr.Request
    ) -> Any:
        view = view.filtered(str(event.field), str(event.value))
        return view, table_html(view, language, parts.visitor(request))

    def turn(event: gr.EventData, view: TableView, language: Language, request: gr.Request) -> Any:
        view = view.at_page(event.page)
        return view, table_html(view, language, parts.visitor(request))

    def show_documents(
        view: TableView, chosen: str | None, language: Language, request: gr.Request
    ) -> Any:
        hint = texts.SEARCH_DOCUMENTS(language)
        visitor = parts.visitor(request)
        bytes_max = services.upload_bytes_max
        return (
            upload_form_html(bytes_max, language) if visitor.may_edit else "",
            gr.update(label=hint, placeholder=hint),
            table_html(view, language, visitor),
            *chosen_html(chosen, language, visitor),
        )

    def show_jobs(
        seen: tuple[Any, ...],
        view: TableView,
        language: Language,
        turns: Turns,
        dismissed: object,
        request: gr.Request,
    ) -> Any:
        views = without_dismissed(services.jobs(), dismissed_jobs(dismissed))
        now = (language, tuple(views))
        if now == seen:
            return {jobs_kept: gr.skip()}
        running = any(not view.job.ended for view in views)
        visitor = parts.visitor(request)
        changes: dict[Any, Any] = {
            jobs_kept: now,
            jobs: jobs_html(views, language),
            quick_tick: gr.Timer(active=running),
        }
        if documents_taken_in(views) != (documents_taken_in(seen[1]) if seen else None):
            changes |= {
                table: table_html(view, language, visitor),
                head: parts.header(language, visitor),
            }
            if seen and not turns:  # a page that is loading draws its conversation itself
                changes[conversation.shown] = conversation.html(parts, (), language)
        return changes

    def add_files(
        event: gr.EventData,
        seen: tuple[Any, ...],
        view: TableView,
        language: Language,
        turns: Turns,
        dismissed: object,
        request: gr.Request,
    ) -> Any:
        received = received_files(event.files, Path(get_upload_folder()))
        visitor = parts.visitor(request)
        try:
            with told_in(language):
                gate.uploads.count(visitor.person, len(received))
                with gate.editing(visitor, "add", files=[upload.name for upload in received]):
                    services.upload(received)
        finally:
            for upload in received:  # what was refused does not stay
                if upload.path is not None:
                    upload.path.unlink(missing_ok=True)
        return show_jobs(seen, view, language, turns, dismissed, request)

    def cancel_job(
        event: gr.EventData,
        seen: tuple[Any, ...],
        view: TableView,
        language: Language,
        turns: Turns,
        dismissed: object,
        request: gr.Request,
    ) -> Any:
        job = str(event.job)
        with told_in(language), gate.editing(parts.visitor(request), "cancel", job=job):
            services.cancel_job(job)
        return show_jobs(seen, view, language, turns, dismissed, request)

    def dismiss_job(
        event: gr.EventData,
        seen: tuple[Any, ...],
        view: TableView,
        language: Language,
        turns: Turns,
        dismissed: object,
        request: gr.Request,
    ) -> Any:
        now = dismissed_jobs(dismissed, str(event.job))
        return {
            dismissed_kept: now,
            **show_jobs(seen, view, language, turns, now, request),
        }

    def changed(
        view: TableView, chosen: str | None, language: Language, visitor: Visitor
    ) -> tuple[Any, ...]:
        return (
            table_html(view, language, visitor),
            parts.header(language, visitor),
            *chosen_html(chosen, language, visitor),
        )

    def editing(action: str, edit: Callable[[str, Language], None]) -> Callable[..., Any]:
        """What is done to one document, named in the audit log as ``action``."""

        def handle(
            event: gr.EventData,
            view: TableView,
            chosen: str | None,
            language: Language,
            request: gr.Request,
        ) -> Any:
            visitor, document = parts.visitor(request), str(event.document)
            with told_in(language), gate.editing(visitor, action, document=document):
                edit(document, language)
            return changed(view, chosen, language, visitor)

        return handle

    def remove(document: str, _language: Language) -> None:
        services.remove(document)

    def uncorrect(document: str, _language: Language) -> None:
        services.correct(document, {})

    def erase(document: str, language: Language) -> None:
        if remaining := services.erase(document):
            sources = ", ".join(file_name(one.source) for one in remaining)
            gr.Warning(escape(texts.ERASED_ELSEWHERE(language, sources=sources)))

    def correct(
        event: gr.EventData,
        view: TableView,
        chosen: str | None,
        language: Language,
        request: gr.Request,
    ) -> Any:
        visitor, document = parts.visitor(request), str(event.document)
        done = False
        with told_in(language):
            values = corrections_in(event._data, services.document(document))
            if values:
                with gate.editing(visitor, "correct", document=document, fields=sorted(values)):
                    services.correct(document, values)
            done = True
        # What was refused stays in the form, to be mended there.
        return changed(view, chosen, language, visitor) if done else (gr.skip(),) * 4

    def read_again(
        event: gr.EventData,
        seen: tuple[Any, ...],
        view: TableView,
        language: Language,
        turns: Turns,
        dismissed: object,
        request: gr.Request,
    ) -> Any:
        document = str(event.document)
        with told_in(language), gate.editing(parts.visitor(request), "again", document=document):
            services.read_again(document)
            gr.Info(escape(texts.READ_AGAIN_QUEUED(language)))
        return show_jobs(seen, view, language, turns, dismissed, request)

    def original(event: gr.EventData, language: Language) -> Any:
        with told_in(language):
            document = services.document(str(event.document))
            content = services.original(document.document_id, document.version)
            if len(content) <= ORIGINAL_BYTES_MAX:
                # Never opened by the browser as what it says it is: it is only saved.
                return file_html(file_name(document.source), "application/octet-stream", content)
            limit = texts.format_number(ORIGINAL_BYTES_MAX / MIB, language)
            gr.Warning(escape(texts.ORIGINAL_TOO_LARGE(language, limit=limit)))
        return gr.skip()

    def inspect(event: gr.EventData, language: Language, request: gr.Request) -> Any:
        return chosen_html(str(event.document), language, parts.visitor(request))

    def shut() -> Any:
        return None, ""

    looked_for = [view_kept, language_kept]
    shows_table = [view_kept, table]
    words.input(search, [words, *looked_for], shows_table, trigger_mode="always_last", **QUICK)
    table.sort(sort, looked_for, shows_table, **QUICK)
    table.filter(narrow, looked_for, shows_table, **QUICK)
    table.turn(turn, looked_for, shows_table, **QUICK)
    table.inspect(inspect, language_kept, [chosen_kept, details], **QUICK)
    details.shut(shut, None, [chosen_kept, details], **QUICK)
    details.original(original, language_kept, file, **TELLS)
    chosen = [view_kept, chosen_kept, language_kept]
    for look in (language_kept.change, page.load):
        look(show_documents, chosen, [form, words, table, chosen_kept, details], **QUICK)
    shows_change = [table, head, chosen_kept, details]
    for remover in (table, details):
        remover.remove(editing("remove", remove), chosen, shows_change, **TELLS)
    details.erase(editing("erase", erase), chosen, shows_change, **TELLS)
    details.correct(correct, chosen, shows_change, **TELLS)
    details.uncorrect(editing("uncorrect", uncorrect), chosen, shows_change, **TELLS)
    work = [jobs_kept, *looked_for, conversation.turns, dismissed_kept]
    shows_work = [jobs_kept, jobs, quick_tick, table, head, conversation.shown]
    for look in (tick.tick, quick_tick.tick, language_kept.change, page.load):
        look(show_jobs, work, shows_work, **QUICK)
    form.added(add_files, work, shows_work, **TELLS)
    jobs.cancel(cancel_job, work, shows_work, **TELLS)
    jobs.dismiss(dismiss_job, work, [dismissed_kept, *shows_work], **QUICK)
    details.again(read_again, work, shows_work, **TELLS)
