"""A folder of text PDFs taken in: how much of the time the model works, and the memory.

``python -m tests.benchmarks.bulk_ingest [DOCUMENTS]``. Beside it the same documents one after the
other, each read before it is embedded, as it was done before `ingest.read_ahead`.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from docs_store.embedding_model import EmbeddingModel
from docs_store.store import DocumentStore
from ingest.pipeline import ingest_bytes, ingest_paths
from ingest.sandbox import ParserProcess
from ingest.settings import IngestSettings
from tests.benchmarks.made_pdf import made_pdf

DOCUMENTS = 16


class TimedModel(EmbeddingModel):
    """Tells how long it embedded passages."""

    embedding_s = 0.0

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        started = time.perf_counter()
        try:
            return super().embed_passages(texts)
        finally:
            self.embedding_s += time.perf_counter() - started


def main(documents: int = DOCUMENTS) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(documents):
            paths.append(Path(folder) / f"laporan-{number:03}.pdf")
            paths[-1].write_bytes(made_pdf(2 + number % 8 + 8 * (number // 8)))
        print(
            "| | documents | pages | seconds | in the embedding kernel | most memory, MB |"
            "\n| --- | ---: | ---: | ---: | ---: | ---: |"
        )
        _row("one after the other", paths, one_by_one=True)
        _row("read ahead, half of them", paths[: documents // 2])
        _row("read ahead", paths)


def _row(name: str, paths: list[Path], *, one_by_one: bool = False) -> None:
    model = TimedModel()
    model.embed_passages(["pemanasan"])
    with tempfile.TemporaryDirectory() as folder:
        store = DocumentStore(Path(folder) / "store", model)
        with _PeakMemory() as memory:
            model.embedding_s = 0.0
            started = time.perf_counter()
            if one_by_one:
                with ParserProcess(IngestSettings().limits) as parser:
                    lines = [
                        ingest_bytes(
                            store, path.read_bytes(), path.name, path.name, parser, IngestSettings()
                        )
                        for path in paths
                    ]
            else:
                lines = list(ingest_paths(store, paths).documents)
            seconds = time.perf_counter() - started
        store.close()
    pages = sum(line.pages or 0 for line in lines)
    print(
        f"| {name} | {len(lines)} | {pages} | {seconds:.1f} | {model.embedding_s / seconds:.0%} "
        f"| {memory.most / 1e6:,.0f} |",
        flush=True,
    )


class _PeakMemory:
    """The most that this process and its children held together, looked at every 50 ms."""

    def __enter__(self) -> _PeakMemory:
        self.most = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        own = psutil.Process()
        while not self._end.wait(0.05):
            held = 0
            for process in (own, *own.children(recursive=True)):
                try:
                    held += process.memory_info().rss
                except psutil.Error:
                    continue
            self.most = max(self.most, held)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
