"""Two real processes on one store: one keeps it open, the other writes."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from docs_store.errors import StoreBusy
from docs_store.maintenance import compact, erase
from docs_store.settings import StoreSettings
from docs_store.store import DocumentStore
from tests.drafts import publish_text
from tests.fake_model import FakeModel
from tests.flows.killed_ingest import (
    LIMITS,
    hold_the_lock,
    search_without_end,
    serve_searches,
)

SEEN_WITHIN_S = 2.0

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["chromadb", "tests.flows.killed_ingest"])


class Chat:
    """A process that has opened the store and answers from it."""

    def __init__(self, path):
        self.questions, self.answers = processes.Queue(), processes.Queue()
        self.process = processes.Process(
            target=serve_searches, args=(path, self.questions, self.answers)
        )
        self.process.start()

    def sources(self, question, scored="vector"):
        self.questions.put(question)
        hits = self.answers.get(timeout=30)
        return {source for source, _, scores in hits if scored in scores}

    def close(self):
        self.questions.put(None)
        self.process.join(10)
        assert self.process.exitcode == 0


@pytest.fixture
def writer(tmp_path):
    opened = DocumentStore(tmp_path / "store", FakeModel(), LIMITS)
    yield opened
    opened.close()


@pytest.fixture
def chat(writer):
    opened = Chat(writer.path)
    yield opened
    opened.close()


def _seen(chat, question, wanted):
    """Seconds until both searches of the other process find exactly these sources."""
    started = time.monotonic()
    while time.monotonic() - started < SEEN_WITHIN_S:
        if chat.sources(question) == wanted == chat.sources(question, "keyword"):
            return time.monotonic() - started
    return None


def test_the_other_process_sees_what_is_added_changed_and_removed(writer, chat):
    assert chat.sources("pasar") == set()
    steps = [
        (lambda: publish_text(writer, "pasar pagi", "a"), "pasar", {"a"}),
        (lambda: publish_text(writer, "pasar pagi", "b"), "pasar", {"a"}),
        (lambda: publish_text(writer, "pasar malam", "a"), "pasar", {"a", "b"}),
        (lambda: compact(writer), "pasar", {"a", "b"}),
        (lambda: writer.remove(writer.document_by_source("a").document_id), "pasar", {"b"}),
        (lambda: erase(writer, writer.document_by_source("b").document_id), "pasar", set()),
        (lambda: publish_text(writer, "pasar baru", "c"), "pasar", {"c"}),
    ]
    for change, question, wanted in steps:
        change()
        assert _seen(chat, question, wanted) is not None


def test_a_large_log_is_seen_in_time_too(writer, chat):
    chat.sources("pasar")
    for number in range(12):
        text = "\n\n".join(f"baris {number} {at} tentang pasar" for at in range(100))
        publish_text(writer, text, f"{number}.txt")
        started = time.monotonic()
        assert f"{number}.txt" in chat.sources(f"baris {number} 7 tentang pasar")
        assert time.monotonic() - started < SEEN_WITHIN_S


def test_a_reader_never_misses_what_was_there_all_along(writer):
    """Generations are dropped under its hands; every answer is still complete."""
    publish_text(writer, "yang tetap tinggal", "tetap.txt")
    answers, stop = processes.Queue(), processes.Event()
    reader = processes.Process(target=search_without_end, args=(writer.path, answers, stop))
    reader.start()
    for number in range(15):
        publish_text(writer, f"lewat {number}", "lewat.txt")
        compact(writer)
    stop.set()
    wrong = []
    while not isinstance(answer := answers.get(timeout=60), int):
        wrong.append(answer)
    reader.join(10)
    assert wrong == []
    assert answer > 10
    assert reader.exitcode == 0


def test_a_second_writer_waits(writer):
    held = processes.Queue()
    other = processes.Process(target=hold_the_lock, args=(writer.path, held, 1.0))
    other.start()
    held.get(timeout=30)
    assert publish_text(writer, "sesudah menunggu", "a").status == "added"
    other.join()


def test_a_second_writer_is_told_who_writes(writer):
    held = processes.Queue()
    other = processes.Process(target=hold_the_lock, args=(writer.path, held, 30.0))
    other.start()
    pid = held.get(timeout=30)
    hasty = DocumentStore(writer.path, FakeModel(), StoreSettings(lock_timeout_s=0.2))
    with pytest.raises(StoreBusy) as caught:
        publish_text(hasty, "tidak sempat", "a")
    assert str(pid) in caught.value.text("id")
    assert hasty.documents() == []

    # The lock of a dead process frees itself.
    other.kill()
    other.join()
    assert publish_text(hasty, "sempat juga", "a").status == "added"
    hasty.close()


def test_threads_of_one_process_take_turns(writer):
    def publish(number: int) -> str:
        return publish_text(writer, f"teks nomor {number}", f"{number}.txt").status

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(publish, range(8))) == ["added"] * 8
    assert len(writer.search("teks nomor", 50)) == 8
