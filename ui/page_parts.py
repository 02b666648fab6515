"""What the parts of the page share: the program behind it, who is there, the language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.conversation import Language
from docs_store.errors import BilingualError
from ui.header_html import header_html
from ui.markup import escape
from ui.person_cookie import COOKIE
from ui.visitors import Gate, Visitor

if TYPE_CHECKING:
    from ui.chat_page import ChatServices

QUICK: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "queue": False,
}
"""How an event is bound that is answered at once."""

TELLS: dict[str, Any] = {**QUICK, "queue": True, "concurrency_limit": None}
"""How one is bound that may end in a note (`told_in`): Gradio shows none outside its queue."""


@dataclass(frozen=True, slots=True)
class PageParts:
    """Handed to each part's layout."""

    services: ChatServices
    gate: Gate
    language: Any
    """Kept by the browser."""
    head: Any

    def visitor(self, request: gr.Request) -> Visitor:
        """Who sent a request."""
        return self.gate.visitor(request.username, request.cookies.get(COOKIE, ""))

    def header(self, language: Language, visitor: Visitor | None = None) -> str:
        """The bar at the top."""
        name = visitor.name if visitor and self.gate.users is not None else None
        return header_html(self.services.document_count(), language, name)


@contextmanager
def told_in(language: Language) -> Iterator[None]:
    """A note on the page about what went wrong, instead of a stop."""
    try:
        yield
    except BilingualError as error:
        gr.Warning(escape(error.text(language)))
