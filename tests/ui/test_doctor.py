"""The doctor says which programs outside of Python were found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.assistant.chat_models import ScriptedModel
from ui import doctor


def test_programs_found_and_missed_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_store_and_model", lambda _: {})
    monkeypatch.setenv("PATH", str(tmp_path))
    assert doctor.examine(tmp_path)["programs"] == {"soffice": None, "tesseract": None}
    for name in ("kantor", "tesseract"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("INGEST_SOFFICE", str(tmp_path / "kantor"))
    assert doctor.examine(tmp_path)["programs"] == {
        "soffice": str(tmp_path / "kantor"),
        "tesseract": str(tmp_path / "tesseract"),
    }
    monkeypatch.setenv("INGEST_SOFFICE", str(tmp_path / "hilang"))
    assert doctor.examine(tmp_path)["programs"]["soffice"] is None


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1:11434/v1", "teks tetap di komputer ini"),
        ("https://model.example/v1", "dikirim ke model.example"),
    ],
)
def test_where_text_goes_for_a_chat_model_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    monkeypatch.setattr(doctor, "_store_and_model", lambda _: {})
    monkeypatch.setattr(
        "langchain.chat_models.init_chat_model", lambda *_, **__: ScriptedModel.saying()
    )
    assert doctor.examine(tmp_path)["chat_model"] is None
    monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "openai:qwen")
    monkeypatch.setenv("ASSISTANT_CHAT_API_KEY", "sk-secret")
    monkeypatch.setenv("ASSISTANT_CHAT_BASE_URL", url)
    findings = doctor.examine(tmp_path)
    assert told in findings["chat_model"]
    assert "secret" not in json.dumps(findings)


def test_a_chat_model_without_a_server_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_store_and_model", lambda _: {"documents": 3})
    monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "openai:qwen")
    findings = doctor.examine(tmp_path)
    assert "ASSISTANT_CHAT_BASE_URL" in findings["problems"][0]
    assert findings["documents"] == 3
