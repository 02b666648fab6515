"""An answer from a chat model: statements, each with the words of a passage that prove it.

Claims come in as a stream, are judged one by one (`assistant.claim_proof`), and those that do not
pass are asked for once more.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage

from assistant.chat_stream import stream_text
from assistant.claim_proof import CLAIM_CHARS_MAX, Asked, Passes, proved
from assistant.drafts import DraftStatement
from assistant.errors import ChatModelFailed
from assistant.evidence import TextOf
from assistant.model_claims import CLAIMS_SCHEMA, ClaimReader, ModelClaim
from assistant.prompts import CLAIMS_MAX, claim_messages, passages_that_fit, tokens_most
from assistant.settings import AssistantSettings
from assistant.understand import Question
from docs_store.records import Hit

RETRY_TOKENS = 120
"""What asking again says beside the claims themselves."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A statement that the gate lets pass."""

    statement: DraftStatement
    order: int
    """Its place in the answer: what was asked for again comes last but may belong before others."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim that was refused twice, or not made better when asked for again."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class _Refused:
    """A claim that did not pass, and its place among the others."""

    order: int
    text: str
    why: str


def compose(
    question: Question,
    hits: Sequence[Hit],
    model: BaseChatModel,
    settings: AssistantSettings,
    passes: Passes,
    text_of: TextOf,
) -> Iterator[Passed | Dropped]:
    """The statements that pass, as they come, and at the end the claims that did not.

    Nothing at all means that the model finds no answer.

    Args:
        question: what is asked; ``text`` must stand alone.
        hits: the passages, best first; the last ones are left out where the window is small.
        model: see `assistant.chat_model.load_chat_model`.
        settings: its window and time.
        passes: the gate.
        text_of: the stored texts, where the beginning of a list may stand before a passage.

    Raises:
        ChatModelFailed: there is no response, or it cannot be read; raised after some statements
            if it stopped in the middle, and these are good.
    """
    room = settings.chat_context_tokens - settings.chat_answer_tokens
    shown = passages_that_fit(hits, question.text, room)
    if not shown:
        return
    asked = Asked(question, passes, text_of)
    said: set[str] = set()
    refused: list[_Refused] = []
    stopped: ChatModelFailed | None = None
    order = 0
    try:
        messages = claim_messages(question.text, question.language, shown)
        for claim in _claims(model, messages, settings):
            result = proved(claim, asked, shown)
            if isinstance(result, str):
                refused.append(_Refused(order, claim.text, result))
            elif _is_new(result, said):
                yield Passed(result, order)
            order += 1
    except ChatModelFailed as error:
        if order == 0:
            raise
        stopped = error
    if refused and stopped is None:
        refused = yield from _again(asked, hits, model, settings, refused, said)
    yield from (Dropped(one.text, one.why) for one in refused)
    if stopped is not None:
        raise stopped


def _again(
    asked: Asked,
    hits: Sequence[Hit],
    model: BaseChatModel,
    settings: AssistantSettings,
    refused: list[_Refused],
    said: set[str],
) -> Generator[Passed, None, list[_Refused]]:
    """Ask once more for what was refused; returns what still is."""
    question = asked.question
    told = [(one.text[:CLAIM_CHARS_MAX], one.why) for one in refused]
    room = settings.chat_context_tokens - settings.chat_answer_tokens
    room -= sum(tokens_most(text) + tokens_most(why) + 8 for text, why in told) + RETRY_TOKENS
    left = dict(enumerate(refused))
    try:
        shown = passages_that_fit(hits, question.text, room)
        messages = claim_messages(question.text, question.language, shown, told)
        for number, claim in enumerate(_claims(model, messages, settings)):
            result = proved(claim, asked, shown)
            if number in left and isinstance(result, DraftStatement) and _is_new(result, said):
                yield Passed(result, left.pop(number).order)
    except ChatModelFailed:
        pass  # what passed at first is an answer all the same
    return list(left.values())


def _claims(
    model: BaseChatModel, messages: list[BaseMessage], settings: AssistantSettings
) -> Iterator[ModelClaim]:
    reader = ClaimReader()
    count = 0
    for piece in stream_text(model, messages, CLAIMS_SCHEMA, settings):
        for claim in reader.feed(piece):
            yield claim
            count += 1
            if count == CLAIMS_MAX:
                return
        if reader.closed:
            break
    if reader.is_whole and not (reader.spoilt and not count):
        return
    if count:
        raise ChatModelFailed(
            why_id="jawabannya terputus di tengah; yang sudah lengkap ditampilkan",
            why_en="its response broke off; what is complete is shown",
        )
    raise ChatModelFailed(
        why_id="jawabannya bukan daftar pernyataan dengan kutipan",
        why_en="its response is no list of statements with quotes",
    )


def _is_new(statement: DraftStatement, said: set[str]) -> bool:
    """Whether this was not yet said; it is from now on."""
    key = " ".join(re.findall(r"\w+", statement.text.casefold()))
    if key in said:
        return False
    said.add(key)
    return True
