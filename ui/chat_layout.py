"""The page as a whole: what it keeps, its head, and the parts below it.

Import it through ``ui.chat_page``, which tells Gradio first that nothing may leave this machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from ui.conversation_layout import lay_out_conversation
from ui.documents_layout import lay_out_documents
from ui.header_html import header_html
from ui.page_parts import PageParts
from ui.theme import script
from ui.visitors import Gate

if TYPE_CHECKING:
    from ui.chat_page import ChatServices

UPLOADS_CUT_OFF_KEPT_S = 3600
"""Files that were sent by a page that was closed before it could say so."""


def lay_out_chat(services: ChatServices, gate: Gate) -> Any:
    """The page as ``gradio.Blocks``."""
    with gr.Blocks(
        title="Tanya Daerah",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(UPLOADS_CUT_OFF_KEPT_S, UPLOADS_CUT_OFF_KEPT_S),
    ) as page:
        # The key keeps a language in the browser, not a secret.
        language = gr.BrowserState("id", storage_key="tanya-language", secret="language")  # noqa: S106
        head = gr.HTML(
            header_html(services.document_count(), "id"),
            js_on_load=script("header.js"),
            elem_id="page-header",
            apply_default_css=False,
        )
        parts = PageParts(services, gate, language, head)
        conversation = lay_out_conversation(page, parts)
        lay_out_documents(page, parts, conversation)
    return page
