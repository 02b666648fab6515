"""What the child processes of the flow tests run; each can be killed at any instant."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from docs_store.settings import StoreSettings
from docs_store.store import DocumentStore
from ingest.pipeline import ingest_paths
from ingest.report import DocumentReport
from tests.fake_model import FakeModel

LIMITS = StoreSettings(retired_share_max=0.3, compact_vectors_min=60)
"""So small that compaction happens under the killer's eyes."""


def ingest(store: Path, folder: Path, told: Path, embedded: Path) -> None:
    """Ingest a folder, and write down each document as soon as it is reported."""

    def tell(progress: object) -> None:
        if isinstance(progress, DocumentReport):
            line = json.dumps({"source": progress.source, "status": progress.status})
            with told.open("a") as file:
                file.write(line + "\n")

    opened = DocumentStore(store, FakeModel(log=embedded), LIMITS)
    ingest_paths(opened, [folder], progress=tell)
    opened.close()
    os._exit(0)


def serve_searches(store: Path, questions: object, answers: object) -> None:
    """Keep one store open and answer each question with the texts found, until told to stop."""
    opened = DocumentStore(store, FakeModel(), LIMITS)
    while True:
        question = questions.get()
        if question is None:
            break
        hits = opened.search(question, 100)
        answers.put([(hit.source, hit.text, sorted(hit.scores)) for hit in hits])
    opened.close()


def search_without_end(store: Path, answers: object, started: object) -> None:
    """Search as fast as can be, and tell every answer that is not what it must always be."""
    opened = DocumentStore(store, FakeModel(), LIMITS)
    searches = 0
    while not started.is_set() or searches == 0:
        hits = opened.search("tetap tinggal", 100)
        by_vector = {hit.source for hit in hits if "vector" in hit.scores}
        by_words = {hit.source for hit in hits if "keyword" in hit.scores}
        searches += 1
        if not any(s == "tetap.txt" for s in by_vector) or by_words != {"tetap.txt"}:
            answers.put(f"search {searches}: {by_vector} {by_words}")
    answers.put(searches)
    opened.close()


def hold_the_lock(store: Path, held: object, seconds: float) -> None:
    """Write for a while."""
    opened = DocumentStore(store, FakeModel(), LIMITS)
    with opened.writing():
        held.put(os.getpid())
        time.sleep(seconds)
    opened.close()
