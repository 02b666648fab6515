"""The documents that whole answers are measured on, taken in as people take them in."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docs_store.dates import find_dates
from docs_store.store import DocumentStore
from ingest.pipeline import ingest_paths
from ui.printing import warn

if TYPE_CHECKING:
    from docs_store.embedding_model import EmbeddingModel


def measured_store(
    folder: Path, names: list[str], cache: Path, model: EmbeddingModel
) -> DocumentStore:
    """The store of some documents; what a former run took in stays as it is.

    Args:
        folder: which the names are below.
        names: files; a ``.jsonl`` of articles (title, date, text) becomes a web page an article.
        cache: where the store and the pages are kept.
        model: what embeds.
    """
    paths: list[Path] = []
    for name in names:
        path = folder / name
        paths += _pages(path, cache / "pages") if path.suffix == ".jsonl" else [path]
    store = DocumentStore(cache / "store", model)
    for line in ingest_paths(store, paths).documents:
        if line.status == "failed":
            warn(f"tanya: {line.source}: {line.reason}")
    return store


def _pages(articles: Path, folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    lines = articles.read_text(encoding="utf-8").splitlines()
    for place, article in enumerate(json.loads(line) for line in lines if line.strip()):
        title = html.escape(article["title"])
        date = next((at.iso for at in find_dates(article["date"])), "")
        paragraphs = "".join(
            f"<p>{html.escape(paragraph)}</p>"
            for paragraph in article["text"].split("\n\n")
            if paragraph.strip()
        )
        path = folder / f"{place:02d}.html"
        path.write_text(
            f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="article:published_time" content="{date}"></head>'
            f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>\n",
            encoding="utf-8",
        )
        yield path
