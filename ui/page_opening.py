"""What a page shows when it is loaded: the conversation its tab had open, the passage it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ui.kept_conversations import KeptConversations
from ui.passage import PassageAddress, Sources
from ui.passage_link import linked_passage
from ui.turns import Turns

REMEMBERED_CONVERSATION = (
    "(language, _remembered, ...rest) => "
    '[language, sessionStorage.getItem("tanya-conversation") ?? "", ...rest]'
)
"""The browser's side of `ui/assets/history.js`: what a page that is loaded tells the server."""
LOADED = '() => { document.body.dataset.loaded = "yes"; }'
WHEN_LOADED = """async (...inputs) => {
  while (!document.body.dataset.loaded) await new Promise((go) => setTimeout(go, 20));
  return inputs;
}"""
"""A question asked sooner waits: what the loading page draws would be drawn over its answer."""


class _Kept(Sources, Protocol):
    @property
    def kept(self) -> KeptConversations:
        """The conversations kept in the store."""
        ...


@dataclass(frozen=True, slots=True)
class PageOpening:
    """What a page begins with."""

    turns: Turns = ()
    conversation_id: str | None = None
    address: PassageAddress | None = None
    link_broken: bool = False


def page_opening(
    services: _Kept, person: str, remembered: str, query: Mapping[str, str]
) -> PageOpening:
    """The conversation that the tab remembers, if it is this person's, and the linked passage.

    Args:
        services: where both come from.
        person: who opens the page.
        remembered: the id that the browser tells; anything may stand there.
        query: the names and values in the page's address.
    """
    # Ids are plain; what is not may hold lone surrogates, which SQLite refuses.
    turns = services.kept.turns(person, remembered) if remembered.isascii() else ()
    address, broken = None, False
    try:
        address = linked_passage(services, query)
    except ValueError:
        broken = True
    return PageOpening(turns, remembered if turns else None, address, broken)
