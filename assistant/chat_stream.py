"""A chat model's response as a stream of text that ends in time.

Errors of providers differ by package; they are told apart here, once, and become
`ChatModelFailed`.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable, RunnableSequence

from assistant.errors import ChatModelFailed
from assistant.settings import AssistantSettings

_Value = TypeVar("_Value")

CHARS_A_TOKEN_MAX = 12
"""No model's tokens are longer on average; a response beyond that does not end."""
_NO_SCHEMA_STATUS = frozenset({400, 404, 405, 415, 422, 500, 501})
"""What servers answer to a response schema that they cannot keep to; llama-cpp-python's, 500."""


def stream_text(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    schema: dict[str, Any],
    settings: AssistantSettings,
) -> Iterator[str]:
    """The model's response, piece by piece: JSON in the schema where the model can keep to one.

    Raises:
        ChatModelFailed: it cannot be reached, takes too long, refuses, or does not end.
    """
    deadline = time.monotonic() + settings.chat_timeout_s
    keeping = _keeping_to(model, schema)
    begun = False
    if keeping is not None:
        try:
            for piece in _pieces(keeping, messages, settings, deadline):
                begun = True
                yield piece
            return
        except ChatModelFailed:
            raise
        except Exception as error:
            if begun and _is_of_the_end(error):
                return
            if begun or getattr(error, "status_code", None) not in _NO_SCHEMA_STATUS:
                raise _failure(error, settings) from error
    try:
        yield from _pieces(model, messages, settings, deadline)
    except ChatModelFailed:
        raise
    except Exception as error:
        raise _failure(error, settings) from error


def _keeping_to(model: BaseChatModel, schema: dict[str, Any]) -> Runnable[Any, Any] | None:
    """The model bound to the schema, without LangChain's parser, which closes half a string."""
    try:
        structured = model.with_structured_output(schema)
    except (NotImplementedError, ValueError):
        return None
    return structured.first if isinstance(structured, RunnableSequence) else None


def _pieces(
    model: Runnable[Any, Any],
    messages: Sequence[BaseMessage],
    settings: AssistantSettings,
    deadline: float,
) -> Iterator[str]:
    room = settings.chat_answer_tokens * CHARS_A_TOKEN_MAX
    for chunk in _until(deadline, model.stream(list(messages))):
        if chunk.additional_kwargs.get("refusal"):
            raise _refused()
        text = _text(chunk)
        room -= len(text)
        if room < 0:
            raise ChatModelFailed(
                why_id="jawabannya tidak berakhir", why_en="its response does not end"
            )
        if text:
            yield text
        if chunk.response_metadata.get("finish_reason") == "content_filter":
            raise _refused()


def _until(deadline: float, stream: Iterator[_Value]) -> Iterator[_Value]:
    """The stream's values; TimeoutError at the deadline, which not every client keeps itself."""
    values: queue.Queue[tuple[_Value | None, Exception | None]] = queue.Queue()
    left = threading.Event()

    def read() -> None:
        try:
            for value in stream:
                values.put((value, None))
                if left.is_set():
                    return
            values.put((None, None))
        except Exception as error:  # noqa: BLE001  (raised where it is waited for)
            values.put((None, error))

    threading.Thread(target=read, daemon=True, name="chat-model").start()
    try:
        while True:
            try:
                value, error = values.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError from None
            if error is not None:
                raise error
            if value is None:
                return
            yield value
    finally:
        left.set()


def _text(message: BaseMessage) -> str:
    text = str(message.text)
    chunks = getattr(message, "tool_call_chunks", None)
    if chunks:
        return text + "".join(chunk["args"] or "" for chunk in chunks)
    calls = getattr(message, "tool_calls", None) or ()
    return text + "".join(json.dumps(call["args"], ensure_ascii=False) for call in calls)


def _refused() -> ChatModelFailed:
    return ChatModelFailed(why_id="model menolak menjawab", why_en="the model refused")


def _is_of_the_end(error: Exception) -> bool:
    """Whether a client only could not parse what has stopped: who reads the pieces sees that."""
    return isinstance(error, (ValueError, AssertionError)) or "Length" in type(error).__name__


def _failure(error: Exception, settings: AssistantSettings) -> ChatModelFailed:
    """What went wrong, without the provider's own words, which may hold the key or the text."""
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    status = getattr(error, "status_code", None)
    if "Timeout" in names:
        limit = f"{settings.chat_timeout_s:g}"
        return ChatModelFailed(
            why_id=f"tidak selesai dalam {limit} detik (ASSISTANT_CHAT_TIMEOUT_S)",
            why_en=f"not done within {limit} seconds (ASSISTANT_CHAT_TIMEOUT_S)",
        )
    if "Refusal" in names or "ContentFilter" in names:
        return _refused()
    if status is not None:
        return ChatModelFailed(
            why_id=f"servernya menolak (HTTP {status}); periksa ASSISTANT_CHAT_MODEL, "
            "ASSISTANT_CHAT_API_KEY dan ASSISTANT_CHAT_CONTEXT_TOKENS",
            why_en=f"its server declined (HTTP {status}); check ASSISTANT_CHAT_MODEL, "
            "ASSISTANT_CHAT_API_KEY and ASSISTANT_CHAT_CONTEXT_TOKENS",
        )
    if "Connect" in names or "Protocol" in names or isinstance(error, OSError):
        return ChatModelFailed(
            why_id="servernya tidak dapat dihubungi; periksa apakah sudah berjalan di "
            f"{settings.chat_base_url}",
            why_en=f"its server cannot be reached; check that it runs at {settings.chat_base_url}",
        )
    if isinstance(error, (ValueError, AssertionError)):
        return ChatModelFailed(
            why_id="jawaban servernya kosong atau tidak dapat dibaca",
            why_en="its server's response is empty or cannot be read",
        )
    kind = type(error).__name__
    return ChatModelFailed(why_id=f"galat {kind}", why_en=f"an error, {kind}")
