"""Conversations between the page and the store's folder: turns to JSON and back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant.conversation import Answer, Inference
from docs_store.conversations import Conversations, KeptConversation, KeptTurn, Verdict
from docs_store.errors import Reason, StoreNotWritable
from ui import texts
from ui.answer_html import NEAREST_PASSAGES_SHOWN
from ui.turns import Turn, Turns

CONVERSATIONS_LISTED = 100

_ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)
_WITHOUT: TypeAdapter[tuple[Inference, ...]] = TypeAdapter(tuple[Inference, ...])

logger = logging.getLogger(__name__)


class KeptConversations:
    """What the page keeps of conversations, each under the person whose it is.

    A folder that cannot be written keeps none: answers come all the same.

    Args:
        folder: the store's.
        is_there: whether a document still answers; an answer that shows another is blanked.
    """

    def __init__(self, folder: Path, is_there: Callable[[str], bool]) -> None:
        self._folder, self._is_there = folder, is_there
        self._opened: Conversations | None = None
        self._first = threading.Lock()

    def keep(self, person: str, conversation_id: str, turn: Turn) -> None:
        """Keep a turn as it stands, one that is not finished as stopped; of no one, nothing."""
        if not person:
            return
        shown = None if turn.answer is None else _shown(turn.answer)
        documents = set() if shown is None else _documents(shown)
        stopped = Reason(*texts.STOPPED) if turn.pending else None
        kept = KeptTurn(
            turn_id=turn.turn_id,
            question=turn.question,
            without=_WITHOUT.dump_json(turn.without).decode(),
            answer=None if shown is None else _ANSWER.dump_json(shown).decode(),
            reason=turn.problem or stopped,
        )
        try:
            store = self._store()
            store.keep(person, conversation_id, kept, documents)
            self._blank_gone(store, documents)  # one may have been erased while it was quoted
        except StoreNotWritable as error:
            logger.warning("A conversation could not be kept: %s", error)

    def conversations(self, person: str) -> list[KeptConversation]:
        """A person's conversations, the one last spoken in first."""
        with suppress(StoreNotWritable):
            return self._store().conversations(person, CONVERSATIONS_LISTED)
        return []

    def turns(self, person: str, conversation_id: str) -> Turns:
        """A person's conversation; nothing where it is not theirs."""
        with suppress(StoreNotWritable):
            store = self._store()
            self._blank_gone(store, store.documents(person, conversation_id))
            return tuple(_turn(kept) for kept in store.turns(person, conversation_id))
        return ()

    def delete(self, person: str, conversation_id: str) -> None:
        """Delete a person's conversation; raises StoreNotWritable."""
        self._store().delete(person, conversation_id)

    def judge(self, person: str, turn_id: str, verdict: Verdict | None, reason: str) -> None:
        """Keep what a person thinks of an answer; raises StoreNotWritable."""
        self._store().judge(person, turn_id, verdict, reason)

    def _blank_gone(self, store: Conversations, documents: set[str]) -> None:
        for document_id in documents:
            if not self._is_there(document_id):
                store.forget_document(document_id)

    def _store(self) -> Conversations:
        with self._first:
            if self._opened is None:
                self._opened = Conversations(self._folder)
            return self._opened


def feedback_lines(folder: Path) -> list[dict[str, Any]]:
    """Every verdict with its question and what was answered, oldest first.

    Raises:
        StoreNotWritable
    """
    lines = []
    for verdict in Conversations(folder).feedback():
        kept = verdict.pop("answer")
        answer = None if kept is None else _ANSWER.validate_json(kept).to_json(verdict["turn_id"])
        lines.append({**verdict, "answer": answer})
    return lines


def _shown(answer: Answer) -> Answer:
    """The answer with as many of the passages as the page shows of it."""
    if answer.abstained:
        passages = answer.passages[:NEAREST_PASSAGES_SHOWN]
    else:
        cited = {citation.document_id for citation in answer.citations}
        first = {hit.document_id: hit for hit in reversed(answer.passages)}
        passages = tuple(hit for hit in first.values() if hit.document_id in cited)
    return replace(answer, passages=passages)


def _documents(answer: Answer) -> set[str]:
    cited = {citation.document_id for citation in answer.citations}
    return cited | {hit.document_id for hit in answer.passages}


def _turn(kept: KeptTurn) -> Turn:
    return Turn(
        question=kept.question,
        answer=None if kept.answer is None else _ANSWER.validate_json(kept.answer),
        problem=kept.reason,
        without=_WITHOUT.validate_json(kept.without),
        turn_id=kept.turn_id,
        verdict=kept.verdict,
        verdict_reason=kept.verdict_reason,
    )
