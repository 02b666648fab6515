"""The chat model that the settings name, and where text goes for it.

Any model that LangChain's ``init_chat_model`` reaches.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import ChatModelNotInstalled
from assistant.settings import AssistantSettings
from docs_store.errors import SettingsError
from docs_store.settings import load_settings

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A chat model that may word the answers, and how it is to be used."""

    model: BaseChatModel
    settings: AssistantSettings


def configured_chat_model() -> ChatModel | None:
    """The chat model of the environment's settings; None where it names none.

    Raises as `load_chat_model`, and SettingsError where a setting is out of range.
    """
    settings = load_settings(AssistantSettings)
    model = load_chat_model(settings)
    return None if model is None else ChatModel(model, settings)


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
    # What is meant for this machine must not go through the office's proxy.
    is_here = host_elsewhere(settings) is None
    provider = (settings.chat_model or "").partition(":")[0]
    if provider == "openai":
        # Else the key of another service, in the environment, would be sent to this server.
        arguments.setdefault("api_key", "none")
        if is_here:
            import httpx

            timeout_s = settings.chat_timeout_s
            arguments["http_client"] = httpx.Client(trust_env=False, timeout=timeout_s)
    elif provider == "ollama":
        arguments["num_ctx"] = settings.chat_context_tokens
        arguments["num_predict"] = settings.chat_answer_tokens
        arguments["client_kwargs"] = {"timeout": settings.chat_timeout_s, "trust_env": not is_here}
    return arguments
