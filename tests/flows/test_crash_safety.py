"""A child ingests a folder and is killed at random instants; nothing whole is ever missing."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from docs_store.maintenance import check
from docs_store.store import DocumentStore
from tests.fake_model import FakeModel
from tests.flows.killed_ingest import LIMITS, ingest

KILLS = 300 if os.environ.get("TANYA_BENCH") else 50
DOCUMENTS = 12
CHANGED_EACH_TIME = 4

processes = multiprocessing.get_context("forkserver")
# One server imports the libraries once; each child is a fork of it and starts in no time.
processes.set_forkserver_preload(["chromadb", "tests.flows.killed_ingest"])


class Archive:
    """A folder of documents that change, and every edition of each that there has been."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.editions: dict[str, list[str]] = {}
        folder.mkdir()
        for number in range(DOCUMENTS):
            self.write(f"{number:02d}.txt")

    def write(self, name: str) -> None:
        editions = self.editions.setdefault(str(self.folder / name), [])
        topics = [f"urusan{self.chance.randrange(10**6)}" for _ in range(12)]
        text = "\n\n".join(
            " ".join([f"Pasal {at} dokumen {name}. Urusan {topic} diatur di sini."] * 12)
            for at, topic in enumerate(topics)
        )
        (self.folder / name).write_text(text)
        editions.append(text)

    def change_some(self) -> None:
        for number in self.chance.sample(range(DOCUMENTS), CHANGED_EACH_TIME):
            self.write(f"{number:02d}.txt")


@pytest.mark.timeout(1800)
def test_killed_at_any_instant_the_store_is_sound_and_whole(tmp_path):
    chance = random.Random(20220127)
    archive = Archive(tmp_path / "arsip", chance)
    store = tmp_path / "store"
    told, embedded = tmp_path / "told.jsonl", tmp_path / "embedded.txt"
    told.touch()
    run = (store, archive.folder, told, embedded)
    _ingest_to_the_end(run)
    archive.change_some()
    longest = _ingest_to_the_end(run)
    killed_at_work = 0
    for _ in range(KILLS):
        archive.change_some()
        lines_before = len(told.read_text().splitlines())
        whole_before = _versions(store)
        child = processes.Process(target=ingest, args=run)
        child.start()
        time.sleep(chance.uniform(0.0, longest))
        child.kill()
        child.join()
        killed_at_work += child.exitcode == -signal.SIGKILL
        reported = [json.loads(line) for line in told.read_text().splitlines()[lines_before:]]
        _prove(store, archive, whole_before, {line["source"] for line in reported})
    assert killed_at_work > KILLS / 2

    # The next run finishes the work, and embeds nothing that was kept already.
    opened = DocumentStore(store, FakeModel(), LIMITS)
    known = _vector_ids(opened)
    opened.close()
    embedded.write_text("")
    _ingest_to_the_end(run)
    assert not known & set(embedded.read_text().splitlines())
    opened = DocumentStore(store, FakeModel(), LIMITS)
    for source, editions in archive.editions.items():
        assert opened.text(opened.document_by_source(source).document_id) == editions[-1]
    assert check(opened).problems == []
    opened.close()


def _prove(store: Path, archive: Archive, before: dict[str, int], reported: set[str]) -> None:
    opened = DocumentStore(store, FakeModel(), LIMITS)
    try:
        report = check(opened)
        assert report.problems == []
        documents = {document.source: document for document in opened.documents()}
        assert set(documents) == set(archive.editions)
        for source, document in documents.items():
            text = opened.text(document.document_id)
            edition = archive.editions[source].index(text)
            assert document.version >= before[source]
            if source in reported:
                assert edition == len(archive.editions[source]) - 1
        assert not list((store / "originals").glob("*/tmp*"))
        assert [path.name for path in (store / "vectors").iterdir()] == [
            opened.meta()["generation"]
        ]
    finally:
        opened.close()


def _ingest_to_the_end(run: tuple[Path, Path, Path, Path]) -> float:
    started = time.monotonic()
    child = processes.Process(target=ingest, args=run)
    child.start()
    child.join()
    assert child.exitcode == 0
    return time.monotonic() - started


def _versions(store: Path) -> dict[str, int]:
    opened = DocumentStore(store, FakeModel(), LIMITS)
    versions = {document.source: document.version for document in opened.documents()}
    opened.close()
    return versions


def _vector_ids(store: DocumentStore) -> set[str]:
    with store.registry.reading() as connection:
        return {str(row[0]) for row in connection.execute("SELECT vector_id FROM vectors")}
