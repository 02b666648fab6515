"""The conversation of one person: questions, each with what came of it."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, TypeAlias

from assistant.conversation import Answer, Inference
from docs_store.conversations import Verdict
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
    without: tuple[Inference, ...] = ()
    """What the question was not to be taken to mean."""
    growing: bool = False
    """The answer is not whole yet."""
    verdict: Verdict | None = None
    """What the person thinks of the answer, with their reason."""
    verdict_reason: str = ""
    turn_id: str = field(default_factory=lambda: uuid.uuid4().hex, compare=False)

    @property
    def pending(self) -> bool:
        """Whether the answer is still being made."""
        return self.problem is None and (self.answer is None or self.growing)


Turns: TypeAlias = tuple[Turn, ...]


class Answering(Protocol):
    """What answers a question."""

    def stream_answer(
        self,
        question: str,
        language: Literal["id", "en"] | None,
        history: Sequence[Answer] = (),
        without: Collection[str] = (),
    ) -> Iterator[Answer]:
        """The answer as it grows, the last one whole.

        Args:
            question: as typed.
            language: of the framing; the question's own if None.
            history: earlier answers of the conversation, newest last.
            without: keys of inferences (`assistant.conversation.Inference`) to leave out.

        Raises BilingualError if the question cannot be asked.
        """
        ...


def begin(turns: Turns, question: str, without: tuple[Inference, ...] = ()) -> Turns:
    """The conversation with a new question in it; an empty question is refused at once."""
    asked = bool(question.strip())
    refused = None if asked else Reason(*texts.QUESTION_EMPTY)
    turn = Turn(question if asked else "", problem=refused, without=without)
    kept = tuple(turn for turn in turns if turn.question)
    return (*kept, turn)[-TURNS_MAX:]


def begin_without(turns: Turns, turn_id: str, key: str) -> Turns:
    """An earlier question asked again with one inference fewer; unknown ones change nothing."""
    turn = find_turn(turns, turn_id)
    if turn is None or turn.answer is None:
        return turns
    left_out = tuple(one for one in turn.answer.understood if one.key == key)
    return begin(turns, turn.question, (*turn.without, *left_out)) if left_out else turns


def find_turn(turns: Turns, turn_id: str) -> Turn | None:
    """The turn with this id."""
    return next((turn for turn in turns if turn.turn_id == turn_id), None)


def finish(turns: Turns, services: Answering) -> Iterator[Turns]:
    """The conversation as the answer to its last question grows; the last one has it whole."""
    *earlier, last = turns
    if not last.pending:
        yield turns
        return
    history = [turn.answer for turn in earlier if turn.answer is not None]
    without = [inference.key for inference in last.without]
    try:
        for answer in services.stream_answer(last.question, None, history, without):
            last = replace(last, answer=answer, growing=True)
            yield (*earlier, last)
        if last.answer is None:
            raise RuntimeError("no answer came")
        done = replace(last, growing=False)
    except BilingualError as error:
        done = replace(last, problem=Reason.of(error))
    except Exception:
        logger.exception("A question could not be answered")
        done = replace(last, problem=Reason(*texts.UNEXPECTED))
    yield (*earlier, done)


def refuse(turns: Turns, reason: Reason) -> Turns:
    """The conversation with its last question refused, unless it was already."""
    *earlier, last = turns
    return (*earlier, replace(last, problem=reason)) if last.pending else turns


def stop(turns: Turns) -> Turns:
    """The conversation with its unanswered question marked as stopped."""
    if not turns or not turns[-1].pending:
        return turns
    return (*turns[:-1], replace(turns[-1], growing=False, problem=Reason(*texts.STOPPED)))


def judge(turns: Turns, turn_id: str, verdict: Verdict | None, reason: str) -> Turns:
    """The conversation with a person's verdict on one of its answers."""
    return tuple(
        replace(turn, verdict=verdict, verdict_reason=reason) if turn.turn_id == turn_id else turn
        for turn in turns
    )
