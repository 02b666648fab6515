"""The documents that answers are measured on: files as they are, articles as web pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fake_model import FakeModel
from ui.measured_documents import measured_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    below = tmp_path / "documents"
    below.mkdir()
    (below / "warta.txt").write_text("Warta Telaga\n\nTelaga Biru dibuka pada 3 Mei 2021.\n")
    articles = [
        {"title": "Pasar <Baru>", "date": "4 July 2022", "text": "Pasar buka.\n\nAda 40 kios."},
        {"title": "Jembatan", "date": "5 July 2022", "text": "Jembatan & jalan selesai."},
    ]
    lines = "\n".join(json.dumps(article) for article in articles)
    (below / "articles.jsonl").write_text(lines)
    return below


def _open(folder: Path, cache: Path) -> Any:
    return measured_store(folder, ["warta.txt", "articles.jsonl"], cache, FakeModel())  # type: ignore[arg-type]


def test_an_article_is_a_page_with_its_title_and_date(folder: Path, tmp_path: Path) -> None:
    store = _open(folder, tmp_path / "cache")
    try:
        by_title = {one.title: one for one in store.documents()}
        assert len(by_title) == 3
        market = by_title["Pasar <Baru>"]
        assert market.source.endswith("00.html")
        assert market.date == "2022-07-04"
        assert "Ada 40 kios." in store.text(market.document_id)
        assert "Jembatan & jalan selesai." in store.text(by_title["Jembatan"].document_id)
    finally:
        store.close()


def test_a_second_run_takes_nothing_in_again(folder: Path, tmp_path: Path) -> None:
    for _ in range(2):
        store = _open(folder, tmp_path / "cache")
        ids = [one.document_id for one in store.documents()]
        assert [len(store.history(one)) for one in ids] == [1, 1, 1]
        store.close()
