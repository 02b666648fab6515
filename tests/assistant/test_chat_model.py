"""Which chat model the settings name, where text goes, and what is said when it cannot be."""

from __future__ import annotations

import sys

import pytest

from assistant.chat_model import host_elsewhere, load_chat_model
from assistant.errors import ChatModelNotInstalled
from assistant.settings import AssistantSettings
from docs_store.errors import SettingsError
from docs_store.settings import load_settings


def settings(model="openai:qwen", url="http://127.0.0.1:11434/v1"):
    return AssistantSettings(chat_model=model, chat_base_url=url)


@pytest.fixture
def no_openai(monkeypatch):
    from langchain.chat_models import base

    base._get_chat_model_creator.cache_clear()
    monkeypatch.setitem(sys.modules, "langchain_openai", None)


def test_without_settings_there_is_no_model(monkeypatch):
    monkeypatch.delenv("ASSISTANT_CHAT_MODEL", raising=False)
    assert load_chat_model(load_settings(AssistantSettings)) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSISTANT_CHAT_MODEL", "qwen2.5"),
        ("ASSISTANT_CHAT_BASE_URL", "localhost:11434"),
        ("ASSISTANT_CHAT_BASE_URL", "http://user:pass@host/v1"),
        ("ASSISTANT_CHAT_TIMEOUT_S", "0"),
        ("ASSISTANT_CHAT_CONTEXT_TOKENS", "512"),
        ("ASSISTANT_CHAT_TEMPERATURE", "-1"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load_settings(AssistantSettings)


def test_a_misspelled_setting_is_refused_with_the_right_name(monkeypatch):
    monkeypatch.setenv("ASSISTANT_CHAT_MODLE", "openai:x")
    with pytest.raises(SettingsError, match="ASSISTANT_CHAT_MODEL"):
        load_settings(AssistantSettings)


def test_the_key_is_not_in_what_the_settings_print(monkeypatch):
    monkeypatch.setenv("ASSISTANT_CHAT_API_KEY", "sk-secret")
    kept = load_settings(AssistantSettings)
    assert "secret" not in repr(kept) + str(kept.model_dump(mode="json"))


def test_a_server_must_be_named(monkeypatch):
    monkeypatch.setenv("OPENAI_API_BASE", "https://api.example.org/v1")
    with pytest.raises(SettingsError, match="ASSISTANT_CHAT_BASE_URL"):
        load_chat_model(settings(url=None))


def test_a_missing_package_is_told_with_its_command(no_openai):
    with pytest.raises(ChatModelNotInstalled, match=r"pip install 'tanya-daerah\[openai\]'"):
        load_chat_model(settings())
    with pytest.raises(ChatModelNotInstalled, match="pip install 'langchain-groq'"):
        load_chat_model(settings("groq:llama"))


def test_an_unknown_provider_is_a_wrong_setting():
    with pytest.raises(SettingsError, match="ASSISTANT_CHAT_MODEL"):
        load_chat_model(settings("tidakada:model"))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://127.0.0.1:8080/v1", None),
        ("http://localhost:11434/v1", None),
        ("http://[::1]:8080", None),
        ("http://127.8.9.1/v1", None),
        ("https://api.example.org/v1", "api.example.org"),
        ("http://192.168.1.7:8000/v1", "192.168.1.7"),
        ("http://0.0.0.0:8000/v1", "0.0.0.0"),
        ("http://localhost.example.org/v1", "localhost.example.org"),
    ],
)
def test_where_text_goes(url, host):
    assert host_elsewhere(settings(url=url)) == host
    assert host_elsewhere(settings(model=None, url=url)) is None


def test_an_empty_setting_is_none(monkeypatch):
    for name in ("MODEL", "BASE_URL", "API_KEY"):
        monkeypatch.setenv(f"ASSISTANT_CHAT_{name}", "")
    kept = load_settings(AssistantSettings)
    assert (kept.chat_model, kept.chat_base_url, kept.chat_api_key) == (None, None, None)
