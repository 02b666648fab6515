"""``tanya eval`` as people call it, on tiny sets with the real model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.assistant.evaluation.sets_by_hand import write_sets
from ui.command_line import main


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the questions for figures are only where the project is


def test_it_writes_the_page_and_prints_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_sets(tmp_path / "data")
    page = tmp_path / "docs" / "evaluation.md"
    call = ["eval", "--data", str(data), "--cache", str(tmp_path / "cache"), "--no-reader"]
    assert main([*call, "--out", str(page), "--json"]) == 0
    printed = capsys.readouterr()
    figures = json.loads(printed.out)
    assert figures["Retrieval: FacQA valid"]["dense"]["R@5"]["value"] == 1.0
    assert "planning_figures.jsonl" in printed.err
    written = page.read_text()
    assert written.startswith("# Evaluation")
    assert "## Retrieval: FacQA valid" in written


def test_a_wrong_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["eval", "--data", str(tmp_path), "--cache", str(tmp_path / "cache"), "--no-reader"]
    assert main(call) == 2
    assert "--data" in capsys.readouterr().err
