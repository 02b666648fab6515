"""Which vector index is current, and the way from one generation to the next.

A generation is appended to, copied, or written anew, never changed in place; one SQLite
transaction switches to the next. Retired vectors stay until a generation is written without them.
"""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docs_store.embedding_model import EmbeddingModel
from docs_store.errors import WrongModel
from docs_store.kept_vectors import CURRENT, kept_vectors
from docs_store.registry import Registry, count_change, drop_meta, set_meta
from docs_store.vector_index import VectorIndex

COPY_BATCH = 2_000
UNSETTLED_MAX = 1_000
"""Vectors in Chroma's log above which a settled copy takes over: each process that opens the
index adds them to its graph first, at about 0.8 s for a thousand."""


class Generations:
    """The vector indexes of one store."""

    def __init__(self, folder: Path, registry: Registry, server_url: str | None) -> None:
        self.folder = folder
        self._registry = registry
        self._server_url = server_url
        self._lock = threading.RLock()
        self._index: VectorIndex | None = None
        self._seen_changes = -1

    def index(self, generation: str) -> VectorIndex:
        """The handle on a generation; nothing is opened yet."""
        return VectorIndex(self.folder, generation, self._server_url)

    def current(self, connection: sqlite3.Connection, model: EmbeddingModel) -> VectorIndex | None:
        """The index of the snapshot's generation, fresh enough to hold all of its passages.

        Raises:
            WrongModel: the generation was embedded with another model.
        """
        meta = self._registry.meta(connection)
        generation = meta.get("generation")
        if generation is None:
            return None
        check_model(meta, model)
        changes = int(meta["changes"])
        with self._lock:
            if self._index is None or self._index.generation != generation:
                self.forget()
                self._index = self.index(generation)
            elif changes != self._seen_changes:
                self._index.reopen()
            self._seen_changes = changes
            return self._index

    def forget(self) -> None:
        """Look up the current generation anew at the next search."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None

    def see_own_change(self) -> None:
        """Our own additions are in our open index already: no need to open it again."""
        with self._registry.reading() as connection:
            changes = int(self._registry.meta(connection)["changes"])
        with self._lock:
            if self._seen_changes == changes - 1:
                self._seen_changes = changes

    def append(self, ids: Sequence[str], model: EmbeddingModel) -> None:
        """Add kept vectors to the current generation; the first call makes the first one.

        Raises:
            WrongModel, StoreNotWritable, StoreDamaged
        """
        with self._registry.reading() as connection:
            index = self.current(connection, model)
            settled = int(self._registry.meta(connection).get("settled", "0"))
        if index is None:
            index = self._first(model)
        self._fill(index, ids)
        if self._server_url is None and index.count() - settled > UNSETTLED_MAX:
            with self._next(index.generation) as fresh:
                index.copy_to(fresh)
                self._switch(fresh)

    def write_anew(self, table: str = CURRENT) -> None:
        """Write a generation of exactly the vectors that passages have, and switch to it."""
        with self._registry.reading() as connection:
            generation = self._registry.meta(connection).get("generation")
            ids = [
                str(row[0])
                for row in connection.execute(
                    f"SELECT DISTINCT vector_id FROM passages JOIN {table} USING (vector_id)"
                )
            ]
        with self._next(generation) as fresh:
            fresh.create()
            self._fill(fresh, ids, table)
            self._switch(fresh, table)

    def drop_all_but_current(self) -> None:
        """Delete the folders of other generations, and what a stopped process left."""
        with self._registry.reading() as connection:
            current = self._registry.meta(connection).get("generation")
        for path in self.folder.glob("*"):
            if path.name.startswith("dropped-"):
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != current:
                self.index(path.name).drop()

    def _first(self, model: EmbeddingModel) -> VectorIndex:
        with self._next(None) as index:
            index.create()
            with self._registry.writing() as connection:
                set_meta(connection, "generation", index.generation)
                set_meta(connection, "settled", "0")
                set_meta(connection, "embedding_model", model.name)
                set_meta(connection, "dimension", str(model.dimension))
        with self._lock:
            self.forget()
            self._index, self._seen_changes = index, 0
        return index

    @contextmanager
    def _next(self, generation: str | None) -> Iterator[VectorIndex]:
        """The handle on the generation after this one; its files go if it does not come to be."""
        number = int(generation.rsplit("-", 1)[1]) + 1 if generation else 1
        index = self.index(f"generation-{number:06d}")
        index.drop()  # what a stopped process may have left
        try:
            yield index
        except BaseException:
            with self._registry.reading() as connection:
                current = self._registry.meta(connection).get("generation")
            if current != index.generation:
                index.drop()
            raise

    def _fill(self, index: VectorIndex, ids: Sequence[str], table: str = CURRENT) -> None:
        for first in range(0, len(ids), COPY_BATCH):
            part = ids[first : first + COPY_BATCH]
            kept = kept_vectors(self._registry, part, table)
            vectors: NDArray[np.float32] = np.stack([kept[vector_id] for vector_id in part])
            index.add(part, vectors)

    def _switch(self, fresh: VectorIndex, table: str = CURRENT) -> None:
        fresh.settle()
        settled = fresh.count()
        fresh.close()
        with self._registry.writing() as connection:
            meta = self._registry.meta(connection)
            set_meta(connection, "generation", fresh.generation)
            set_meta(connection, "settled", str(settled))
            if table != CURRENT:
                connection.execute(f"DROP TABLE {CURRENT}")
                connection.execute(f"ALTER TABLE {table} RENAME TO {CURRENT}")
                set_meta(connection, "embedding_model", meta["next_model"])
                set_meta(connection, "dimension", meta["next_dimension"])
                drop_meta(connection, "next_model", "next_dimension")
            count_change(connection)
        self.forget()
        if self._server_url is not None and "generation" in meta:
            self.index(meta["generation"]).drop()
        self.drop_all_but_current()


def check_model(meta: dict[str, str], model: EmbeddingModel) -> None:
    """Refuse a model other than the one that the store was embedded with.

    Raises:
        WrongModel: says how to go on.
    """
    stored = meta.get("embedding_model")
    if stored is not None and stored != model.name:
        raise WrongModel(
            stored=stored,
            stored_dimension=meta["dimension"],
            wanted=model.name,
            wanted_dimension=model.dimension,
        )
