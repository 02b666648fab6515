"""Tells what is installed, which models, which limits, and what is wrong."""

from __future__ import annotations

import platform
import shutil
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from docs_store.errors import BilingualError
from ui import machine

_PACKAGES = (
    "tanya-daerah",
    "chromadb",
    "sentence-transformers",
    "torch",
    "onnxruntime",
    "gradio",
    "langchain",
    "pypdfium2",
)


def examine(store: Path | None) -> dict[str, Any]:
    """The findings; ``problems`` lists what keeps the program from working, with the remedy."""
    from assistant.settings import AssistantSettings
    from docs_store.onnx_session import cores
    from docs_store.settings import StoreSettings, default_store_path, load_settings
    from ingest import tesseract
    from ingest.old_office import find_program
    from ingest.settings import IngestSettings
    from ui.opened_store import on_network_drive

    findings: dict[str, Any] = {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: _version(name) for name in _PACKAGES},
        "programs": {"soffice": None, "tesseract": None},
        "cpu": {"cores": cores(), "avx2": machine.has_avx2()},
        "store": str(store or default_store_path()),
        "warnings": [],
        "problems": [],
    }
    if findings["cpu"]["avx2"] is False:
        findings["warnings"].append(
            "Prosesor ini tanpa AVX2: model berjalan beberapa kali lebih lambat. / This processor "
            "has no AVX2: the models run several times slower."
        )
    drive = machine.network_drive(store or default_store_path())
    if drive is not None:
        findings["problems"].append(on_network_drive(drive))
    try:
        ingest = load_settings(IngestSettings)
        findings["settings"] = {
            "store": load_settings(StoreSettings).model_dump(),
            "ingest": ingest.model_dump(),
            "assistant": load_settings(AssistantSettings).model_dump(mode="json"),
        }
        findings["programs"]["soffice"] = shutil.which(find_program(ingest.soffice) or "")
        findings["programs"]["tesseract"] = tesseract.find_program(ingest.tesseract)
        if ingest.ocr_engine == "tesseract":
            engine = tesseract.with_tesseract(ingest.limits)
            tesseract.check_tesseract(engine)
            findings["programs"]["tesseract_languages"] = engine.tesseract_languages
        findings |= _store_and_model(store)
        findings["chat_model"] = _chat_model()
    except BilingualError as error:
        findings["problems"].append(str(error))
    return findings


def _store_and_model(path: Path | None) -> dict[str, Any]:
    from ui.opened_store import open_store

    store = open_store(path)
    store.model.load()
    return {
        "documents": store.document_count(),
        "embedding_model": store.model.name,
        "dimension": store.model.dimension,
        "window_tokens": store.model.window_tokens,
        "disk_free_gb": round(shutil.disk_usage(store.path).free / 1e9, 1),
    }


def _chat_model() -> str | None:
    """Which chat model words the answers, and where questions and passages go for it."""
    from assistant.chat_model import host_elsewhere, load_chat_model
    from assistant.settings import AssistantSettings
    from docs_store.settings import load_settings

    settings = load_settings(AssistantSettings)
    if load_chat_model(settings) is None:
        return None
    host = host_elsewhere(settings)
    if host is None:
        return (
            f"{settings.chat_model}: teks tetap di komputer ini / text stays on this machine "
            f"({settings.chat_base_url})"
        )
    return (
        f"{settings.chat_model}: PERHATIAN, pertanyaan dan kutipan dokumen dikirim ke {host} / "
        f"ATTENTION, questions and passages of documents are sent to {host}"
    )


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
