"""A large archive of made-up text and vectors: what adding, searching and compacting cost there.

``python -m tests.benchmarks.large_store [PASSAGES...]``; the vectors are random around some hundred
centres, 384 wide, so that only the store is measured and not the embedding model.
"""

from __future__ import annotations

import hashlib
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from assistant.answer import answer_question
from assistant.reader import shipped_reader
from docs_store.maintenance import compact
from docs_store.settings import StoreSettings
from docs_store.store import DocumentStore
from tests.drafts import draft_text
from tests.fake_model import FakeModel

PASSAGES_A_DOCUMENT = 100
WORDS_A_PASSAGE = 60
CENTRES = 300
QUESTIONS = 40


class RandomModel(FakeModel):
    """Vectors without words: quick to make, as wide as the real model's, in clusters."""

    def __init__(self) -> None:
        super().__init__("random", 384)
        self._centres = np.random.default_rng(0).standard_normal((CENTRES, 384))

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, 384), np.float32)
        vectors = np.stack([self._one(text) for text in texts])
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

    def _one(self, text: str) -> NDArray[np.float64]:
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        own = np.random.default_rng(seed)
        return self._centres[seed % CENTRES] + 0.6 * own.standard_normal(384)


def main(passages: int) -> None:
    """Build the archive, then print what each operation takes."""
    print(f"\n{passages:,} passages of {WORDS_A_PASSAGE} words")
    vocabulary = [f"{a}{b}{c}" for a in "kbtsmp" for b in ("an", "ar", "il", "ung") for c in _ENDS]
    with tempfile.TemporaryDirectory() as folder:
        settings = StoreSettings(retired_share_max=1.0)  # compaction is called, not waited for
        store = DocumentStore(Path(folder) / "store", RandomModel(), settings)
        documents = passages // PASSAGES_A_DOCUMENT
        started = time.perf_counter()
        for number in range(documents):
            _publish(store, number, vocabulary)
        build_s = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        print(f"built in {build_s:.0f} s, {size / passages:,.0f} bytes on disk a passage")

        started = time.perf_counter()
        _publish(store, documents, vocabulary)
        added_s = time.perf_counter() - started
        print(f"one more document of {PASSAGES_A_DOCUMENT} passages: {added_s:.2f} s")

        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
            fresh.submit(_asking, store.path, vocabulary).result()

        for number in range(documents // 5):
            store.remove(store.document_by_source(f"arsip/{number}.txt").document_id)
        started = time.perf_counter()
        compact(store)
        print(f"compacted with 20% retired: {time.perf_counter() - started:.0f} s")
        store.close()


def _asking(path: Path, vocabulary: Sequence[str]) -> None:
    """Search, and a whole answer by stage, with the shipped reader; new questions each time.

    In a process that did not build the store, so that its memory is what a chat's would be.
    """
    shipped_reader().read("Siapa?", ["Kata demi kata. " * 60] * 20)
    before_mb = psutil.Process().memory_info().rss / 1e6
    started = time.perf_counter()
    store = DocumentStore(path, RandomModel())
    store.search("pertama", 20)
    opened_s = time.perf_counter() - started
    searches, stages = [], defaultdict[str, list[float]](list)
    for number in range(QUESTIONS):
        words = random.Random(number).sample(vocabulary, 5)
        started = time.perf_counter()
        store.search(" ".join(words), 20)
        searches.append((time.perf_counter() - started) * 1e3)
        answer = answer_question(store, f"Apa {' '.join(reversed(words))}?")
        for stage, ms in answer.to_json()["timings_ms"].items():
            stages[stage].append(ms)
    memory_mb = psutil.Process().memory_info().rss / 1e6
    print("\n| | median ms | 95th percentile ms |\n| --- | ---: | ---: |")
    for name, times in (("search", searches), *((f"ask: {at}", stages[at]) for at in stages)):
        late = sorted(times)[len(times) * 95 // 100]
        print(f"| {name} | {statistics.median(times):.0f} | {late:.0f} |")
    print(
        f"\nopened in {opened_s:.1f} s; resident after asking: {memory_mb:,.0f} MB, of which "
        f"{before_mb:,.0f} MB are Python, the libraries and the reader"
    )
    store.close()


_ENDS = ("a", "i", "u", "o", "at", "is", "um", "ek", "ar", "on", "in", "ul", "ap", "it", "us", "em")


def _publish(store: DocumentStore, number: int, vocabulary: Sequence[str]) -> None:
    words = random.Random(number)
    text = "\n\n".join(
        " ".join(words.choices(vocabulary, k=WORDS_A_PASSAGE)) for _ in range(PASSAGES_A_DOCUMENT)
    )
    store.publish(draft_text(text, f"arsip/{number}.txt"), text.encode())


if __name__ == "__main__":
    for count in sys.argv[1:] or ["1000", "10000"]:
        main(int(count))
