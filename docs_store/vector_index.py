"""Vector search: one Chroma collection a generation, written once and only appended to.

Chroma's local index loses live records after deletes and upserts in place (chroma issue 7758), so
neither is ever used: retired vectors stay until a new generation is written without them. Every
generation has a folder of its own, since Chroma leaves the files of a deleted collection behind.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from docs_store.errors import StoreDamaged

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

COLLECTION = "passages"
ADD_BATCH = 2_000
HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 24}
"""Denser than Chroma's defaults, so that each vector is found by itself at rank 1."""


class VectorIndex:
    """The vectors of one generation; safe to share between threads.

    Args:
        folder: where generations are kept, each in a folder of its own.
        generation: the name of this one.
        server_url: a Chroma server to keep it on instead.
    """

    def __init__(self, folder: Path, generation: str, server_url: str | None = None) -> None:
        self.generation = generation
        self._folder = folder
        self._server_url = server_url
        self._lock = threading.RLock()
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None

    def create(self) -> None:
        """Make the empty collection of a new generation."""
        with self._lock:
            if self._server_url is None:
                (self._folder / self.generation).mkdir(parents=True, exist_ok=True)
            self._collection = self._open().get_or_create_collection(
                self._collection_name(),
                embedding_function=None,
                configuration={"hnsw": HNSW},  # type: ignore[arg-type]
            )

    def reopen(self) -> None:
        """See what other processes have added since this one opened the index."""
        with self._lock:
            if self._server_url is None:
                self.close()

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            if self._client is not None and self._server_url is None:
                self._client.close()  # type: ignore[attr-defined]
            self._client = None
            self._collection = None

    def add(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Append the vectors whose ids are not there yet.

        Raises:
            StoreDamaged: Chroma refuses; its reason is in the message.
        """
        for first in range(0, len(ids), ADD_BATCH):
            part = list(ids[first : first + ADD_BATCH])
            present = self._call("get", ids=part, include=[])["ids"]
            known = set(present)
            fresh = [at for at, vector_id in enumerate(part) if vector_id not in known]
            if fresh:
                self._call(
                    "add",
                    ids=[part[at] for at in fresh],
                    embeddings=vectors[first : first + ADD_BATCH][fresh],
                )

    def query(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """The nearest vectors, as (vector id, cosine), nearest first.

        Raises:
            StoreDamaged: Chroma cannot answer.
        """
        with self._lock:
            limit = min(limit, self.count())
            if limit == 0:
                return []
            found = self._call(
                "query", query_embeddings=[vector], n_results=limit, include=["distances"]
            )
        return [
            (vector_id, 1.0 - float(distance))
            for vector_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def count(self) -> int:
        """How many vectors it holds, retired ones included."""
        return int(self._call("count"))

    def ids(self) -> set[str]:
        """All vector ids in it."""
        return set(self._call("get", include=[])["ids"])

    def drop(self) -> None:
        """Delete this generation with its files."""
        with self._lock:
            if self._server_url is not None:
                self._open().delete_collection(self._collection_name())
            self.close()
            shutil.rmtree(self._folder / self.generation, ignore_errors=True)

    def _call(self, method: str, **arguments: Any) -> Any:
        from chromadb.errors import ChromaError

        with self._lock:
            try:
                if self._collection is None:
                    self._collection = self._open().get_collection(
                        self._collection_name(), embedding_function=None
                    )
                return getattr(self._collection, method)(**arguments)
            except (ChromaError, OSError, ValueError) as error:
                where = self._server_url or self._folder / self.generation
                raise StoreDamaged(path=where, why=error) from error

    def _collection_name(self) -> str:
        if self._server_url is None:
            return COLLECTION
        return f"{COLLECTION}-{self.generation}"

    def _open(self) -> ClientAPI:
        import chromadb
        from chromadb.config import Settings

        with self._lock:
            if self._client is None:
                settings = Settings(anonymized_telemetry=False)
                if self._server_url is None:
                    folder = self._folder / self.generation
                    if not folder.is_dir():  # never make an empty index where one was dropped
                        raise FileNotFoundError(f"{folder} is missing")
                    self._client = chromadb.PersistentClient(str(folder), settings=settings)
                else:
                    parts = urlsplit(self._server_url)
                    self._client = chromadb.HttpClient(
                        host=parts.hostname or "localhost",
                        port=parts.port or (443 if parts.scheme == "https" else 8000),
                        ssl=parts.scheme == "https",
                        settings=settings,
                    )
            return self._client
