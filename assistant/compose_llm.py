"""An answer from a chat model: statements, each with the words of a passage that prove it.

The model is believed in nothing. A claim counts only if its quote stands in the passage that it
names, to the character; what is cited is the whole sentence there, so that a "tidak" before the
words that a model picked is not lost; and the gate judges the claim by that sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage

from assistant.chat_model import stream_text
from assistant.conversation import Citation
from assistant.drafts import DraftStatement
from assistant.errors import ChatModelFailed
from assistant.model_claims import CLAIMS_SCHEMA, ClaimReader, ModelClaim
from assistant.prompts import CLAIMS_MAX, claim_messages, passages_that_fit, tokens_most
from assistant.settings import AssistantSettings
from assistant.understand import Question, clean
from docs_store.languages import detect_language
from docs_store.records import Hit
from docs_store.sentences import sentence_spans

QUOTE_CHARS_MAX = 1_500
PLACES_TRIED_MAX = 4
"""Of words that a passage has several times, how many places are looked at."""
CLAIM_CHARS_MAX = 500
LANGUAGE_CHARS_MIN = 40
"""Below that a text may be a name and a figure, which are in no language."""
RETRY_TOKENS = 120
"""What asking again says beside the claims themselves."""
_MARKER = re.compile(r"\s*\[\d{1,3}\]")

Passes = Callable[[DraftStatement], str | None]
"""The gate: why a statement is not shown, or None if it is."""


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
) -> Iterator[Passed | Dropped]:
    """The statements that pass, as they come, and at the end the claims that did not.

    Nothing at all means that the model finds no answer.

    Args:
        question: what is asked; ``text`` must stand alone.
        hits: the passages, best first; the last ones are left out where the window is small.
        model: see `assistant.chat_model.load_chat_model`.
        settings: its window and time.
        passes: the gate.

    Raises:
        ChatModelFailed: there is no response, or it cannot be read; raised after some statements
            if it stopped in the middle, and these are good.
    """
    room = settings.chat_context_tokens - settings.chat_answer_tokens
    shown = passages_that_fit(hits, question.text, room)
    if not shown:
        return
    said: set[str] = set()
    refused: list[_Refused] = []
    stopped: ChatModelFailed | None = None
    order = 0
    try:
        messages = claim_messages(question.text, question.language, shown)
        for claim in _claims(model, messages, settings):
            result = _judged(claim, question, shown, passes)
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
        refused = yield from _again(question, hits, model, settings, passes, refused, said)
    yield from (Dropped(one.text, one.why) for one in refused)
    if stopped is not None:
        raise stopped


def _again(
    question: Question,
    hits: Sequence[Hit],
    model: BaseChatModel,
    settings: AssistantSettings,
    passes: Passes,
    refused: list[_Refused],
    said: set[str],
) -> Generator[Passed, None, list[_Refused]]:
    """Ask once more for what was refused; returns what still is."""
    told = [(one.text[:CLAIM_CHARS_MAX], one.why) for one in refused]
    room = settings.chat_context_tokens - settings.chat_answer_tokens
    room -= sum(tokens_most(text) + tokens_most(why) + 8 for text, why in told) + RETRY_TOKENS
    left = dict(enumerate(refused))
    try:
        shown = passages_that_fit(hits, question.text, room)
        messages = claim_messages(question.text, question.language, shown, told)
        for number, claim in enumerate(_claims(model, messages, settings)):
            result = _judged(claim, question, shown, passes)
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


def _judged(
    claim: ModelClaim, question: Question, shown: Sequence[Hit], passes: Passes
) -> DraftStatement | str:
    """The claim as a statement with its proof, or why it is refused, in words for the model."""
    text = _MARKER.sub("", clean(claim.text))
    if not 1 <= claim.passage <= len(shown):
        return f"there is no passage {claim.passage}"
    if len(text) > CLAIM_CHARS_MAX or len(claim.quote) > QUOTE_CHARS_MAX:
        return "too long: one statement, and the one sentence that proves it"
    if len(text) >= LANGUAGE_CHARS_MIN and detect_language(text) not in (question.language, "und"):
        return f"not written in {'English' if question.language == 'en' else 'Indonesian'}"
    hit = shown[claim.passage - 1]
    why = f"the quote does not stand in passage {claim.passage}, character by character"
    for start, end in _places(claim.quote, hit.text):
        statement = DraftStatement(text, (_citation(hit, *_sentences(hit.text, start, end)),))
        refusal = passes(statement)
        if refusal is None:
            return _translated(statement, claim, question, passes)
        why = refusal
    return why


def _places(quote: str, text: str) -> list[tuple[int, int]]:
    """Where the words of a quote stand; only white space may differ, which line breaks change."""
    words = re.compile(r"\s+".join(map(re.escape, quote.split())))
    return [match.span() for match in islice(words.finditer(text), PLACES_TRIED_MAX)]


def _sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentences in which a slice stands."""
    spans = [span for span in sentence_spans(text) if span[0] < end and span[1] > start]
    return (spans[0][0], spans[-1][1]) if spans else (start, end)


def _citation(hit: Hit, start: int, end: int) -> Citation:
    return Citation(
        marker=0,  # the gate numbers those that pass
        document_id=hit.document_id,
        title=hit.title,
        source=hit.source,
        version=hit.version,
        page=hit.page,
        locator=hit.locator,
        start=hit.start + start,
        end=hit.start + end,
        quote=hit.text[start:end],
        confidence=hit.confidence,
    )


def _translated(
    statement: DraftStatement, claim: ModelClaim, question: Question, passes: Passes
) -> DraftStatement:
    """With the translation of the quote, if it is of the whole quote and the gate lets it pass."""
    (citation,) = statement.citations
    translation = clean(claim.translation or "")
    if (
        not translation
        or claim.quote.split() != citation.quote.split()
        or detect_language(citation.quote) == question.language
        or detect_language(translation) != question.language
        or passes(DraftStatement(translation, (citation,))) is not None
    ):
        return statement
    return replace(statement, citations=(replace(citation, translation=translation),))


def _is_new(statement: DraftStatement, said: set[str]) -> bool:
    """Whether this was not yet said; it is from now on."""
    key = " ".join(re.findall(r"\w+", statement.text.casefold()))
    if key in said:
        return False
    said.add(key)
    return True
