"""The chat model of the settings, and its responses as a stream of text.

Any model that LangChain's ``init_chat_model`` reaches. Errors of providers differ by package; they
are told apart here, once, and become `ChatModelFailed`.
"""

from __future__ import annotations

import ipaddress
import json
import re
import time
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable, RunnableSequence

from assistant.errors import ChatModelFailed, ChatModelNotInstalled
from assistant.settings import AssistantSettings
from docs_store.errors import SettingsError

CHARS_A_TOKEN_MAX = 12
"""No model's tokens are longer on average; a response beyond that does not end."""
_NO_SCHEMA_STATUS = frozenset({400, 404, 405, 415, 422, 501})
"""What servers answer to a response schema that they cannot keep to."""


def load_chat_model(settings: AssistantSettings) -> BaseChatModel | None:
    """The chat model that the settings name; None where they name none. Nothing is sent.

    Raises:
        SettingsError: its server is not named, or its provider is unknown.
        ChatModelNotInstalled: its provider's package is missing.
    """
    if settings.chat_model is None:
        return None
    if settings.chat_base_url is None:
        raise SettingsError(
            name="ASSISTANT_CHAT_BASE_URL",
            why_id="belum diisi. Sebut alamat server modelnya, misalnya http://127.0.0.1:11434/v1; "
            "tanpa itu tidak ada teks yang dikirim.",
            why_en="not set. Name the address of the model's server, as "
            "http://127.0.0.1:11434/v1; without it no text is sent anywhere.",
        )
    from langchain.chat_models import init_chat_model

    provider = settings.chat_model.partition(":")[0]
    try:
        model: BaseChatModel = init_chat_model(settings.chat_model, **_arguments(settings))
    except ImportError as error:
        named = re.search(r"pip install ([\w.-]+)", str(error))
        package = named[1] if named else f"langchain-{provider}"
        if provider == "openai":
            package = "tanya-daerah[openai]"
        raise ChatModelNotInstalled(model=settings.chat_model, package=package) from error
    except ValueError as error:
        raise SettingsError(
            name="ASSISTANT_CHAT_MODEL",
            why_id=f"{settings.chat_model!r} tidak dapat dipakai. Tulis penyedia:model, misalnya "
            "openai:qwen2.5-7b-instruct.",
            why_en=f"{settings.chat_model!r} cannot be used. Write provider:model, as "
            "openai:qwen2.5-7b-instruct.",
        ) from error
    return model


def host_elsewhere(settings: AssistantSettings) -> str | None:
    """The host that questions and passages are sent to, where it is not this machine."""
    if settings.chat_model is None or settings.chat_base_url is None:
        return None
    host = urlsplit(settings.chat_base_url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return None
    try:
        return None if ipaddress.ip_address(host).is_loopback else host
    except ValueError:
        return host


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


def _arguments(settings: AssistantSettings) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "base_url": settings.chat_base_url,
        "temperature": settings.chat_temperature,
        "timeout": settings.chat_timeout_s,
        "max_tokens": settings.chat_answer_tokens,
        "max_retries": 0,  # quotes answer at once where the model does not
    }
    if settings.chat_api_key is not None:
        arguments["api_key"] = settings.chat_api_key
    if settings.chat_model and settings.chat_model.startswith("openai:"):
        # Else the key of another service, in the environment, would be sent to this server.
        arguments.setdefault("api_key", "none")
        if host_elsewhere(settings) is None:
            import httpx

            # What is meant for this machine must not go through the office's proxy.
            arguments["http_client"] = httpx.Client(
                trust_env=False, timeout=settings.chat_timeout_s
            )
    return arguments


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
    for chunk in model.stream(list(messages)):
        if time.monotonic() > deadline:
            raise TimeoutError
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
