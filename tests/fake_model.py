"""A stand-in for the embedding model: word hashes as unit vectors, the same on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from docs_store.kept_vectors import vector_id_of

DIMENSION = 48


class FakeModel(Embeddings):
    """Answers like `docs_store.embedding_model.EmbeddingModel`; near means shared words.

    Args:
        name: what the store is told.
        log: a file that gets a line, the vector's id, for every passage embedded.
    """

    window_tokens = 512
    reserved_tokens = 4

    def __init__(self, name: str = "fake", dimension: int = DIMENSION, log: Path | None = None):
        self.name = name
        self.dimension = dimension
        self.embedded: list[str] = []
        self._log = log

    def load(self) -> None: ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded.extend(texts)
        if self._log is not None:
            with self._log.open("a") as file:
                file.writelines(f"{vector_id_of(text)}\n" for text in texts)
        return self._embed(texts)

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed(texts)

    def embed_sentences(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embed(texts)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self.embed_passages(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self._embed([text])[0].tolist()

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        # A little of the whole text, so that the same words in another order are another vector.
        vector = 0.2 * _direction(f"{self.name} {text}", self.dimension)
        for word in text.lower().split():
            vector = vector + _direction(f"{self.name} {word}", self.dimension)
        return vector / np.float32(np.linalg.norm(vector))


@lru_cache(maxsize=100_000)
def _direction(word: str, dimension: int) -> NDArray[np.float32]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)
