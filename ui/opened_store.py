"""The store that a command works on, opened without what only the chat page needs."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

from docs_store.embedding_model import EmbeddingModel
from docs_store.errors import BilingualError
from docs_store.generations import check_model
from docs_store.settings import StoreSettings, default_store_path, load_settings
from docs_store.store import DocumentStore


def store_path(path: Path | None = None) -> Path:
    """The folder that is named, or the one that ``TANYA_STORE`` or the system names."""
    return path or default_store_path()


def open_store(path: Path | None = None) -> DocumentStore:
    """The store in this folder, or in the one that ``TANYA_STORE`` or the system names.

    Raises:
        docs_store.errors.BilingualError: a setting is wrong, or the folder cannot be used.
    """
    settings = load_settings(StoreSettings)
    return DocumentStore(store_path(path), EmbeddingModel(settings.embedding_model), settings)


def on_network_drive(kind: str) -> str:
    """What to say of a store on a network drive."""
    return (
        f"Penyimpanan ini ada di drive jaringan ({kind}); berkasnya dapat rusak bila dua komputer "
        "memakainya. Pindahkan ke cakram komputer ini (TANYA_STORE atau --store). / This store is "
        f"on a network drive ({kind}); its files may be damaged when two computers use it. Move it "
        "to a disk of this computer (TANYA_STORE or --store)."
    )


def warm_up(store: DocumentStore) -> threading.Thread:
    """Load in the background what a question needs: both models, then the index.

    What goes wrong there is not told here: the first question meets it again.

    Returns:
        The thread, which has been started.

    Raises:
        docs_store.errors.WrongModel: the store was embedded with another model.
    """
    check_model(store.meta(), store.model)
    thread = threading.Thread(target=_load, args=(store,), name="warm-up", daemon=True)
    thread.start()
    return thread


def _load(store: DocumentStore) -> None:
    from assistant.reader import shipped_reader

    with suppress(BilingualError):
        store.model.load()
        shipped_reader()
        store.search("pariwisata", 1)
