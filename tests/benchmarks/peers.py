"""Others' usual recipes beside ours: the same passages, questions, cores and embedding model.

``python -m tests.benchmarks.peers [PASSAGES] [QUESTIONS]``; each system runs in a process of its
own, one after the other, so that its memory is its own. Needs ``pip install -e '.[peers]'`` and the
measuring data (``$TANYA_DATA``). Hit@5: a passage that answers is among the first five found.

- ours: keywords and vectors (`assistant.retrieve`); "with reader" is what ``tanya search`` shows.
- LangChain: RecursiveCharacterTextSplitter, 1,000 characters with 200 of overlap, langchain-chroma.
- txtai: ``hybrid=True`` (its BM25 and Faiss), with its instructions for the model's two prompts.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from assistant.evaluation.sets import (
    SEED,
    RetrievalSet,
    facqa_retrieval,
    miracl_retrieval,
    sample_set,
)
from assistant.training.examples import Passage
from docs_store.embedding_model import EmbeddingModel

DATA = Path(os.environ.get("TANYA_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
PASSAGES, QUESTIONS = 1_200, 150
FOUND = 5
SETS: dict[str, Callable[[Path], RetrievalSet]] = {
    "facqa": facqa_retrieval,
    "miracl": miracl_retrieval,
}

Ask = Callable[[str], list[int]]
"""A question to the places in the pool of what was found, best first."""


def main(passages: int = PASSAGES, questions: int = QUESTIONS) -> None:
    if not DATA.is_dir():
        print(f"NOT MEASURED: no measuring data at {DATA} ($TANYA_DATA)")
        return
    for name in SETS:
        chosen = _chosen(name, passages, questions)
        print(
            f"\n{chosen.name}, {len(chosen.pool):,} passages, {len(chosen.questions)} questions"
            "\n\n| system | index, s | search, median ms | 95% ms | peak memory, MB | hit@5 |"
            "\n| --- | ---: | ---: | ---: | ---: | ---: |"
        )
        ours_ms = 0.0
        for system, (build, needs) in SYSTEMS.items():
            if any(find_spec(module) is None for module in needs):
                print(f"| {system} | not installed (pip install -e '.[peers]') |")
                continue
            command = [sys.executable, "-m", "tests.benchmarks.peers", "--one", build.__name__]
            arguments = [name, str(passages), str(questions)]
            done = subprocess.run([*command, *arguments], capture_output=True, text=True)
            if done.returncode != 0:
                print(f"| {system} | failed: {done.stderr.strip().splitlines()[-1]} |")
                continue
            row = json.loads(done.stdout.splitlines()[-1])
            ours_ms = ours_ms or row["median_ms"]
            print(
                f"| {system} {_versions(needs)} | {row['index_s']:.1f} | {row['median_ms']:.1f} "
                f"({row['median_ms'] / ours_ms:.2f}) | {row['late_ms']:.1f} "
                f"| {row['memory_mb']:,.0f} | {row['hit']:.1%} |",
                flush=True,
            )


def measure_one(build: str, name: str, passages: int, questions: int) -> None:
    """Index and ask with one system, and print what it took as JSON."""
    from docs_store.onnx_session import cores

    for modules in (modules for run, modules in SYSTEMS.values() if run.__name__ == build):
        for module in modules:
            import_module(module)  # not what is measured
    chosen = _chosen(name, passages, questions)
    model = EmbeddingModel()
    model.load()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        started = time.perf_counter()
        ask: Ask = globals()[build](chosen.pool, model, Path(folder))
        index_s = time.perf_counter() - started
        ask("Siapa Bupati Banyuwangi?")
        times, hits = [], 0
        for question, relevant in zip(chosen.questions, chosen.relevant, strict=True):
            started = time.perf_counter()
            found = ask(question)
            times.append((time.perf_counter() - started) * 1e3)
            hits += bool(relevant & set(found[:FOUND]))
    row = {
        "index_s": index_s,
        "median_ms": statistics.median(times),
        "late_ms": sorted(times)[len(times) * 95 // 100],
        "memory_mb": _peak_mb(),
        "hit": hits / len(times),
        "cores": cores(),
    }
    print(json.dumps(row))


def ours(pool: Sequence[Passage], model: EmbeddingModel, folder: Path) -> Ask:
    from assistant.evaluation.stores import place_of, pool_store
    from assistant.retrieve import retrieve
    from assistant.understand import understand

    store = pool_store(folder, pool, model)

    def ask(question: str) -> list[int]:
        return [place_of(hit.source) for hit in retrieve(store, understand(question), FOUND)]

    return ask


def ours_with_reader(pool: Sequence[Passage], model: EmbeddingModel, folder: Path) -> Ask:
    from assistant.evaluation.stores import place_of, pool_store
    from assistant.reader import shipped_reader
    from assistant.rerank import PASSAGES_READ_MAX, rerank
    from assistant.retrieve import retrieve
    from assistant.understand import understand

    store, reader = pool_store(folder, pool, model), shipped_reader()

    def ask(question: str) -> list[int]:
        first = retrieve(store, understand(question), PASSAGES_READ_MAX)
        return [place_of(hit.source) for hit in rerank(reader, question, first).hits[:FOUND]]

    return ask


def langchain_recipe(pool: Sequence[Passage], model: EmbeddingModel, folder: Path) -> Ask:
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1_000, chunk_overlap=200)
    documents = [
        Document(_whole(passage), metadata={"place": place}) for place, passage in enumerate(pool)
    ]
    store = Chroma.from_documents(
        splitter.split_documents(documents), model, persist_directory=str(folder)
    )

    def ask(question: str) -> list[int]:
        return [hit.metadata["place"] for hit in store.similarity_search(question, k=FOUND)]

    return ask


def txtai_hybrid(pool: Sequence[Passage], model: EmbeddingModel, folder: Path) -> Ask:
    from txtai import Embeddings

    from docs_store.onnx_encoder import OnnxEncoder

    encoder = OnnxEncoder()
    index: Any = Embeddings(
        hybrid=True,
        content=False,
        method="external",
        transform=lambda texts: encoder.embed(texts),
        instructions={"query": "query: ", "data": "passage: "},
    )
    index.index([(place, _whole(passage), None) for place, passage in enumerate(pool)])

    def ask(question: str) -> list[int]:
        return [int(place) for place, _ in index.search(question, FOUND)]

    return ask


SYSTEMS: dict[str, tuple[Callable[..., Ask], tuple[str, ...]]] = {
    "ours": (ours, ("chromadb",)),
    "ours, with reader": (ours_with_reader, ("chromadb",)),
    "LangChain recipe": (langchain_recipe, ("langchain_chroma", "langchain_text_splitters")),
    "txtai hybrid": (txtai_hybrid, ("txtai",)),
}


def _chosen(name: str, passages: int, questions: int) -> RetrievalSet:
    """So many questions, over their passages and others up to so many."""
    whole = sample_set(SETS[name](DATA), questions)
    wanted = sorted(set().union(*whole.relevant))
    others = [place for place in range(len(whole.pool)) if place not in set(wanted)]
    random.Random(SEED).shuffle(others)
    kept = sorted([*wanted, *others[: max(0, passages - len(wanted))]])
    new = {old: at for at, old in enumerate(kept)}
    return replace(
        whole,
        pool=tuple(whole.pool[old] for old in kept),
        relevant=tuple(frozenset(new[old] for old in places) for places in whole.relevant),
    )


def _whole(passage: Passage) -> str:
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def _versions(modules: Sequence[str]) -> str:
    return f"({modules[0]} {version(modules[0].replace('_', '-'))})"


def _peak_mb() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure_one(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    else:
        main(*(int(argument) for argument in sys.argv[1:]))
