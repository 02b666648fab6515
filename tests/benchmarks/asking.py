"""Asking, searching and starting, over a small store.

Documents: the shipped samples, and the measuring documents where they are there ($TANYA_DATA).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil

from assistant.answer import answer_question
from docs_store.embedding_model import EmbeddingModel
from docs_store.store import DocumentStore
from ingest.pipeline import ingest_paths

ROOT = Path(__file__).parents[2]
QUESTIONS = (
    "Bagaimana Banyuwangi mengurutkan program pariwisatanya?",
    "How did Banyuwangi sequence its tourism push?",
    "Siapa Sekda Banyuwangi?",
    "Kapan Morowali Utara dimekarkan?",
    "Berapa jarak Morowali Utara dari Kota Palu?",
    "Apa yang diadopsi dari Sumedang?",
    "Berapa anggaran pariwisata Banyuwangi tahun 2022?",
    "Apa tugas PPID?",
    "Siapa saja pemohon informasi?",
    "Kapan Perbup 49 Tahun 2016 mulai berlaku?",
)
ROUNDS = 5


def main() -> None:
    documents = _documents()
    print(f"documents: {', '.join(path.name for path in documents)}\n")
    model = EmbeddingModel()
    model.load()
    with tempfile.TemporaryDirectory() as folder:
        store = DocumentStore(Path(folder) / "store", model)
        report, ingest_s = _timed(lambda: ingest_paths(store, documents))
        passages = sum(line.passages for line in report.documents)
        print(f"ingest: {len(report.documents)} documents, {passages} passages, {ingest_s:.1f} s")
        _asking(store)
        store.close()
        _commands(Path(folder) / "store")
        _chat(Path(folder) / "store")


def _documents() -> list[Path]:
    data = Path(os.environ.get("TANYA_DATA", ROOT.parent / "shared" / "data"))
    real = [data / "seed", data / "governance" / "banyuwangi-diskominfo"]
    return [path for path in real if path.is_dir()] or [ROOT / "docs" / "samples"]


def _timed(run: Callable[[], object]) -> tuple[object, float]:
    started = time.perf_counter()
    result = run()
    return result, time.perf_counter() - started


def _asking(store: DocumentStore) -> None:
    """Milliseconds from question to grounded answer; first time and again."""
    first = [_timed(lambda q=q: answer_question(store, q))[1] * 1e3 for q in QUESTIONS]
    again = [
        _timed(lambda q=q: answer_question(store, q))[1] * 1e3
        for _ in range(ROUNDS)
        for q in QUESTIONS
    ]
    print("\n| ask | median ms | 95th percentile ms |\n| --- | --- | --- |")
    for name, times in (("new question", first), ("asked before", again)):
        print(f"| {name} | {statistics.median(times):.0f} | {_percentile(times, 95):.0f} |")


def _commands(path: Path) -> None:
    """Seconds of whole commands, each a process of its own, files in the system's cache."""
    print("\n| command | median s | least s |\n| --- | ---: | ---: |")
    for name, arguments in (
        ("tanya --help", ["--help"]),
        ("tanya search", ["search", "--store", str(path), "Siapa Sekda Banyuwangi?"]),
        ("tanya ask", ["ask", "--store", str(path), "Siapa Sekda Banyuwangi?"]),
    ):
        command = [sys.executable, "-m", "ui.command_line", *arguments]

        def run(command: list[str] = command) -> object:
            return subprocess.run(command, check=True, capture_output=True)

        run()
        times = [_timed(run)[1] for _ in range(ROUNDS)]
        print(f"| {name} | {statistics.median(times):.2f} | {min(times):.2f} |")


def _chat(path: Path) -> None:
    """Seconds until the page answers, and resident memory after it has."""
    command = [sys.executable, "-m", "ui.command_line", "chat", "--store", str(path)]
    started = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--port", "7899"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - started < 120:
            try:
                urllib.request.urlopen("http://127.0.0.1:7899/", timeout=2).read()
                break
            except OSError:
                time.sleep(0.1)
        ready_s = time.perf_counter() - started
        memory_mb = psutil.Process(process.pid).memory_info().rss / 1e6
        print(f"\nchat: ready in {ready_s:.1f} s, {memory_mb:,.0f} MB resident")
    finally:
        process.terminate()
        process.wait()


def _percentile(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


if __name__ == "__main__":
    main()
