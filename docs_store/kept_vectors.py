"""Vectors in SQLite, by the hash of the text they were made of: nothing is embedded twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from docs_store.embedding_model import EmbeddingModel
from docs_store.registry import Registry

EMBED_BATCH = 64
CURRENT = "vectors"
NEXT = "vectors_next"
"""The table in which another model's vectors are gathered before the store switches to it."""

Progress = Callable[[int, int], None]
"""Called with (done, to do)."""


def vector_id_of(embedded_text: str) -> str:
    """The id of a text's vector, under whichever model the store has."""
    return hashlib.blake2b(embedded_text.encode(), digest_size=16).hexdigest()


def embedded_text(context: str, text: str) -> str:
    """What is embedded for a passage: its title and headings, and then itself."""
    return f"{context}\n{text}"


def kept_vectors(
    registry: Registry, ids: Sequence[str], table: str = CURRENT
) -> dict[str, NDArray[np.float32]]:
    """Those of the vectors that have been computed, by id."""
    with registry.reading() as connection:
        return {
            vector_id: as_vector(blob)
            for vector_id, blob in connection.execute(
                f"SELECT vector_id, vector FROM {table} "
                "WHERE vector_id IN (SELECT value FROM json_each(?))",
                (json.dumps(ids),),
            )
        }


def embed_missing(
    registry: Registry,
    model: EmbeddingModel,
    wanted: dict[str, str],
    progress: Progress | None = None,
    table: str = CURRENT,
) -> None:
    """Embed what has no vector yet; each batch is kept at once, so a restart goes on there.

    Args:
        registry: where the vectors are kept.
        model: what embeds.
        wanted: vector id -> the text to embed.
        progress: called with (embedded, to embed).
        table: which of the two tables of vectors.
    """
    known = kept_vectors(registry, list(wanted), table)
    missing = [vector_id for vector_id in wanted if vector_id not in known]
    missing.sort(key=lambda vector_id: len(wanted[vector_id]))
    for first in range(0, len(missing), EMBED_BATCH):
        if progress is not None:
            progress(first, len(missing))
        part = missing[first : first + EMBED_BATCH]
        fresh = model.embed_passages([wanted[vector_id] for vector_id in part])
        with registry.writing() as connection:
            connection.executemany(
                f"INSERT OR IGNORE INTO {table} VALUES (?, ?)",
                [
                    (vector_id, vector.astype(np.float16).tobytes())
                    for vector_id, vector in zip(part, fresh, strict=True)
                ],
            )
    if progress is not None and missing:
        progress(len(missing), len(missing))


def as_vector(blob: bytes) -> NDArray[np.float32]:
    """A vector as it is kept (16-bit floats), widened."""
    return np.frombuffer(blob, np.float16).astype(np.float32)
