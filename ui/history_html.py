"""The list of a person's earlier conversations."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation import Language
from docs_store.conversations import KeptConversation
from ui import texts
from ui.markup import Html, element


def history_html(
    conversations: Sequence[KeptConversation], current: str | None, language: Language
) -> Html:
    """The list, newest first, or a sentence where there are none yet."""
    if conversations:
        items = (_item(one, one.conversation_id == current, language) for one in conversations)
        content = element("ul", *items)
    else:
        content = element("p", texts.NO_CONVERSATIONS(language), class_="no-conversations")
    return element(
        "nav",
        element("h2", texts.CONVERSATIONS(language)),
        content,
        class_="history",
        data_current=current,
        aria_label=texts.CONVERSATIONS(language),
    )


def _item(conversation: KeptConversation, current: bool, language: Language) -> Html:
    title = conversation.title or "…"
    return element(
        "li",
        element(
            "button",
            element("span", title, class_="history-title", dir="auto"),
            element("span", texts.format_date(conversation.changed_at, language)),
            type="button",
            class_="history-open",
            data_action="reopen",
            data_conversation=conversation.conversation_id,
            aria_current="true" if current else None,
        ),
        element(
            "button",
            "×",
            type="button",
            class_="icon-button",
            data_action="forget",
            data_conversation=conversation.conversation_id,
            data_confirm=texts.FORGET_SURE(language, title=title),
            aria_label=texts.FORGET_NAMED(language, title=title),
        ),
    )
