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


def test_only_answers_are_measured_on_documents_taken_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    (data / "governance").mkdir(parents=True)
    (data / "governance" / "warta.txt").write_text(
        "Warta Telaga\n\nTelaga Biru di Kabupaten Banyuwangi dibuka pada 3 Mei 2021.\n"
    )
    lists = tmp_path / "tests" / "evaluation"  # where the command looks, below this folder
    lists.mkdir(parents=True)
    (lists / "governance_corpus.txt").write_text("warta.txt\n")
    asked: list[dict[str, object]] = [
        {"kind": "fact", "question": "Kapan Telaga Biru dibuka?", "facts": [["3 Mei 2021"]]},
        {"kind": "unanswerable", "question": "Berapa APBD Kota Ternate 2019?", "facts": []},
    ]
    (lists / "governance_questions.jsonl").write_text(
        "".join(
            json.dumps({"id": str(at), "split": "dev", "language": "id", **one}) + "\n"
            for at, one in enumerate(asked)
        )
    )
    cache = tmp_path / "cache"
    call = ["eval", "--data", str(data), "--cache", str(cache), "--only", "answers", "--json"]
    assert main(call) == 0
    figures = json.loads(capsys.readouterr().out)
    assert list(figures) == ["Answers: right, wrong, withheld", "Answers: proof"]
    rows = figures["Answers: right, wrong, withheld"]
    assert rows["all"]["right"] == {"value": 1.0, "low": 1.0, "high": 1.0, "count": 2}
    assert rows["unanswerable"]["right"]["count"] == 1
    assert figures["Answers: proof"]["quotes alone"]["all numbers proved"]["value"] == 1.0


def test_a_wrong_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["eval", "--data", str(tmp_path), "--cache", str(tmp_path / "cache"), "--no-reader"]
    assert main(call) == 2
    assert "--data" in capsys.readouterr().err
