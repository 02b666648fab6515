"""The conversation of one person: questions, each with what came of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias

from assistant.conversation import Answer
from docs_store.errors import BilingualError, Reason
from ui import texts

TURNS_MAX = 200
"""Older turns are dropped, so that a page left open for weeks does not fill the memory."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, and its answer, its problem, or neither while it is being answered."""

    question: str
    answer: Answer | None = None
    problem: Reason | None = None

    @property
    def pending(self) -> bool:
        """Whether the answer is still being made."""
        return self.answer is None and self.problem is None


Turns: TypeAlias = tuple[Turn, ...]


class Answering(Protocol):
    """What answers a question."""

    def answer(self, question: str, language: Literal["id", "en"] | None) -> Answer:
        """The answer, in the question's language where ``language`` is None."""
        ...


def begin(turns: Turns, question: str) -> Turns:
    """The conversation with a new question in it; an empty question is refused at once."""
    asked = bool(question.strip())
    turn = Turn(question) if asked else Turn("", problem=Reason(*texts.QUESTION_EMPTY))
    kept = tuple(turn for turn in turns if turn.question)
    return (*kept, turn)[-TURNS_MAX:]


def finish(turns: Turns, services: Answering) -> Turns:
    """The conversation with its last question answered."""
    *earlier, last = turns
    if not last.pending:
        return turns
    try:
        done = replace(last, answer=services.answer(last.question, None))
    except BilingualError as error:
        done = replace(last, problem=Reason.of(error))
    except Exception:
        logger.exception("A question could not be answered")
        done = replace(last, problem=Reason(*texts.UNEXPECTED))
    return (*earlier, done)


def stop(turns: Turns) -> Turns:
    """The conversation with its unanswered question marked as stopped."""
    if not turns or not turns[-1].pending:
        return turns
    return (*turns[:-1], replace(turns[-1], problem=Reason(*texts.STOPPED)))
