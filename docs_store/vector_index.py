"""Vector search: one Chroma collection a generation, in a folder of its own.

What Chroma 1.5 in local mode does not promise, and how it is done here instead:

- After deletes and upserts live records are no longer found (chroma issue 7758): neither is used.
- Its graph files are rewritten in place, by any process that has enough additions pending, and a
  stop in the middle leaves them torn. So they are written once, in a folder that no one reads yet
  (`settle`); what is appended later stays in Chroma's log, which is SQLite, and each process adds
  it to its own graph in memory. When the log grows long, a copy is settled and takes over.
- The files of a deleted collection stay on disk: a generation is deleted with its folder.
"""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from docs_store.errors import StoreDamaged, StoreNotWritable

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

COLLECTION = "passages"
ADD_BATCH = 2_000
NEVER = 2**31 - 1
HNSW = {
    "space": "cosine",
    "ef_construction": 200,
    "ef_search": 600,
    "max_neighbors": 32,
    "batch_size": 100,
    "sync_threshold": NEVER,
}
"""Denser than Chroma's defaults, so that each vector is found by itself at rank 1; and the graph
files are not written but by `settle`."""


class VectorIndex:
    """The vectors of one generation; safe to share between threads.

    Args:
        folder: where generations are kept, each in a folder of its own.
        generation: the name of this one.
        server_url: a Chroma server to keep it on instead.
    """

    def __init__(self, folder: Path, generation: str, server_url: str | None = None) -> None:
        self.generation = generation
        self.path = folder / generation
        self._server_url = server_url
        self._lock = threading.RLock()
        self._client: ClientAPI | None = None
        self._spelling = 0
        self._collection: Collection | None = None
        # Chroma writes even to read: of a folder that cannot be written, it gets a copy.
        self._copy: tempfile.TemporaryDirectory[str] | None = None

    @property
    def exists(self) -> bool:
        """Whether its folder is there; one on a server always is."""
        return self._server_url is not None or self.path.is_dir()

    def create(self) -> None:
        """Make the empty collection of a new generation.

        Raises:
            StoreNotWritable: the folder cannot be written.
        """
        with self._lock, self._writing():
            if self._server_url is None:
                self.path.mkdir(parents=True, exist_ok=True)
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
                with _spellings_lock:
                    _spellings.discard(self._spelling)
            self._client = None
            self._collection = None
            if self._copy is not None:
                self._copy.cleanup()
                self._copy = None

    def add(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Append the vectors whose ids are not there yet.

        Raises:
            StoreNotWritable: the disk is full, or Chroma refuses for another reason.
        """
        for first in range(0, len(ids), ADD_BATCH):
            part = list(ids[first : first + ADD_BATCH])
            known = set(self._call("get", ids=part, include=[])["ids"])
            fresh = [at for at, vector_id in enumerate(part) if vector_id not in known]
            if fresh:
                if self._copy is not None:
                    raise StoreNotWritable(path=self.path, why="read-only")
                with self._writing():
                    self._collection_here().add(
                        ids=[part[at] for at in fresh],
                        embeddings=vectors[first : first + ADD_BATCH][fresh],
                    )

    def settle(self) -> None:
        """Write the graph into its files. Only for a generation that no one else reads yet."""
        if self._server_url is not None or self.count() == 0:
            return
        with self._lock, self._writing():
            self._threshold(2)
            self._collection_here().count()  # opening it applies the log, and now writes
            self._threshold(NEVER)

    def copy_to(self, other: VectorIndex) -> None:
        """Copy the files to another generation's folder; no process may be adding.

        Raises:
            StoreNotWritable: the disk is full.
        """
        with self._lock, self._writing():
            self.close()
            shutil.copytree(self.path, other.path, ignore=shutil.ignore_patterns("chroma.sqlite3*"))
            with (
                closing(sqlite3.connect(self.path / "chroma.sqlite3")) as here,
                closing(sqlite3.connect(other.path / "chroma.sqlite3")) as there,
            ):
                here.backup(there)

    def query(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """The nearest vectors, as (vector id, cosine), nearest first.

        Raises:
            StoreDamaged: Chroma cannot answer, or the generation was dropped meanwhile.
        """
        return self.query_each([vector], limit)[0]

    def query_each(
        self, vectors: Sequence[NDArray[np.float32]], limit: int
    ) -> list[list[tuple[str, float]]]:
        """Like `query`, for many at once: one list for each vector, in their order."""
        with self._lock:
            limit = min(limit, self.count())
            if limit == 0 or not vectors:
                return [[] for _ in vectors]
            found = self._call(
                "query", query_embeddings=list(vectors), n_results=limit, include=["distances"]
            )
        if not self.exists:  # its files may have gone while Chroma was reading them
            raise StoreDamaged(path=self.path, why="dropped")
        return [
            [
                (vector_id, 1.0 - float(distance))
                for vector_id, distance in zip(ids, distances, strict=True)
            ]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def count(self) -> int:
        """How many vectors it holds, retired ones included."""
        return int(self._call("count"))

    def ids(self) -> set[str]:
        """All vector ids in it."""
        return set(self._call("get", include=[])["ids"])

    def drop(self) -> None:
        """Delete this generation with its files. Its name is gone before any of its files is."""
        with self._lock:
            if self._server_url is not None:
                with suppress(Exception):  # it may never have been made
                    self._open().delete_collection(self._collection_name())
            self.close()
            dropped = self.path.with_name(f"dropped-{self.generation}")
            shutil.rmtree(dropped, ignore_errors=True)
            with suppress(FileNotFoundError):
                self.path.rename(dropped)
            shutil.rmtree(dropped, ignore_errors=True)

    def _threshold(self, additions: int) -> None:
        self._collection_here().modify(
            configuration={"hnsw": {"sync_threshold": additions, "batch_size": min(additions, 100)}}
        )
        self.close()  # it is read when the collection is opened

    def _call(self, method: str, **arguments: Any) -> Any:
        from chromadb.errors import ChromaError

        with self._lock:
            try:
                return getattr(self._collection_here(), method)(**arguments)
            except (ChromaError, OSError, ValueError, AttributeError) as error:
                where = self._server_url or self.path
                raise StoreDamaged(path=where, why=error) from error

    def _collection_here(self) -> Collection:
        if self._collection is None:
            self._collection = self._open().get_collection(
                self._collection_name(), embedding_function=None
            )
        return self._collection

    def _writing(self) -> _Writing:
        return _Writing(self._server_url or self.path.parent.parent)

    def _collection_name(self) -> str:
        if self._server_url is None:
            return COLLECTION
        return f"{COLLECTION}-{self.generation}"

    def _open(self) -> ClientAPI:
        import chromadb
        from chromadb.config import Settings

        if self._client is None and self._server_url is None:
            self._client, self._spelling = self._open_folder()
        elif self._client is None:
            parts = urlsplit(self._server_url or "")
            self._client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if parts.scheme == "https" else 8000),
                ssl=parts.scheme == "https",
                settings=Settings(anonymized_telemetry=False),
            )
        return self._client

    def _open_folder(self) -> tuple[ClientAPI, int]:
        from chromadb.errors import ChromaError

        if not self.path.is_dir():  # never make an empty index where one was dropped
            raise FileNotFoundError(f"{self.path} is missing")
        try:
            return _chroma(self.path)
        # Where a folder cannot be written, Chroma stumbles over its own clean-up.
        except (ChromaError, ValueError, AttributeError):
            return self._open_copy()

    def _open_copy(self) -> tuple[ClientAPI, int]:
        self._copy = tempfile.TemporaryDirectory(prefix="tanya-")
        try:
            folder = Path(self._copy.name) / self.generation
            shutil.copytree(self.path, folder, copy_function=shutil.copyfile)
            for path in (folder, *folder.rglob("*")):
                path.chmod(0o700)
            return _chroma(folder)
        except BaseException:
            self._copy.cleanup()
            self._copy = None
            raise


def _chroma(folder: Path) -> tuple[ClientAPI, int]:
    """A client of its own, and the number to give back when it is closed.

    Chroma shares what lies behind two clients of one path: neither would see what is new after
    being opened again. So each open client spells the path in another way.
    """
    import chromadb
    from chromadb.config import Settings

    with _spellings_lock:
        spelling = next(number for number in itertools.count() if number not in _spellings)
        _spellings.add(spelling)
    # One that fails to open is never given back: Chroma remembers the failure.
    client = chromadb.PersistentClient(
        f"{folder}{'/.' * spelling}", settings=Settings(anonymized_telemetry=False)
    )
    return client, spelling


_spellings: set[int] = set()
_spellings_lock = threading.Lock()


class _Writing:
    """Tells Chroma's and the system's refusals to write as ours."""

    def __init__(self, where: object) -> None:
        self._where = where

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        from chromadb.errors import ChromaError

        if isinstance(error, (ChromaError, OSError, sqlite3.Error, shutil.Error)):
            raise StoreNotWritable(path=self._where, why=error) from error
