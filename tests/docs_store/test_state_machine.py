"""Random histories of a store against a plain model of what should be searchable."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from docs_store.maintenance import check, compact, erase
from docs_store.settings import StoreSettings
from docs_store.store import DocumentStore, document_id_of
from tests.drafts import draft_text, publish_text
from tests.fake_model import FakeModel

EXAMPLES, STEPS = (400, 50) if os.environ.get("TANYA_BENCH") else (30, 40)
CHECK_EVERY = 8

WORDS = "kopi teh gula beras jagung ikan garam kelapa".split()
TEXTS = [
    "\n\n".join(f"Bagian {word} dan {other} bertemu." for other in WORDS[at : at + 3])
    for at, word in enumerate(WORDS[:6])
]
SOURCES = [f"arsip/{number}.txt" for number in range(5)]
sources = st.sampled_from(SOURCES)
texts = st.sampled_from(TEXTS)


class Stopped(BaseException):
    """Stands for a process that ends here."""


class StoreHistory(RuleBasedStateMachine):
    steps_run = 0

    @initialize()
    def make(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.kept: dict[str, str] = {}
        self.steps = 0
        self.open()

    def open(self) -> None:
        # So small that compaction and its switch happen on the way, not only when asked for.
        limits = StoreSettings(retired_share_max=0.5, compact_vectors_min=12)
        self.store = DocumentStore(self.folder / "store", FakeModel(), limits)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.check_everything()
            self.store.close()
            shutil.rmtree(self.folder)

    @rule(source=sources, text=texts)
    def add_or_change(self, source: str, text: str) -> None:
        before = self.kept.get(source)
        twin = any(other == text for name, other in self.kept.items() if name != source)
        published = publish_text(self.store, text, source)
        if before == text:
            assert published.status == "unchanged"
        elif twin:
            assert published.status == "duplicate"
        else:
            assert published.status == ("added" if before is None else "replaced")
        self.kept[source] = text

    @precondition(lambda self: self.kept)
    @rule(data=st.data(), source=sources)
    def add_duplicate(self, data: st.DataObject, source: str) -> None:
        self.add_or_change(source, self.kept[data.draw(st.sampled_from(sorted(self.kept)))])

    @precondition(lambda self: self.kept)
    @rule(data=st.data(), to=sources)
    def rename(self, data: st.DataObject, to: str) -> None:
        old = data.draw(st.sampled_from(sorted(self.kept)))
        if old != to:
            self.add_or_change(to, self.kept[old])
            self.store.remove(document_id_of(old))
            del self.kept[old]

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from(sorted(self.kept)))
        self.store.remove(document_id_of(source))
        del self.kept[source]

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from(sorted(self.kept)))
        text = self.kept.pop(source)
        remaining = erase(self.store, document_id_of(source))
        twins = {name for name, other in self.kept.items() if other == text}
        assert {document.source for document in remaining} == twins

    @rule()
    def compact(self) -> None:
        compact(self.store)

    @rule(source=sources, text=texts, embedded_first=st.booleans())
    def stop_in_the_middle(self, source: str, text: str, embedded_first: bool) -> None:
        """The process ends before the vectors are made, or when they are."""

        def stop(done: int, total: int) -> None:
            if (done == total) == embedded_first:
                raise Stopped

        try:
            self.store.publish(draft_text(text, source), text.encode(), stop)
        except Stopped:
            self.drop_and_reopen()
        else:
            self.kept[source] = text  # there was nothing to embed

    @rule()
    def drop_and_reopen(self) -> None:
        """Nothing is closed: the object is lost, as it is with its process."""
        self.open()

    @rule()
    def close_and_reopen(self) -> None:
        self.store.close()
        self.open()

    @invariant()
    def answers_from_what_is_kept(self) -> None:
        if not hasattr(self, "store"):
            return
        self.steps += 1
        StoreHistory.steps_run += 1
        found = {document.source: document for document in self.store.documents()}
        assert set(found) == set(self.kept)
        for source, document in found.items():
            assert self.store.text(document.document_id) == self.kept[source]
        word = WORDS[self.steps % len(WORDS)]
        holding = sorted(
            paragraph
            for text in set(self.kept.values())
            for paragraph in text.split("\n\n")
            if word in paragraph
        )
        hits = self.store.search(word, 100)
        assert sorted(hit.text for hit in hits if "keyword" in hit.scores) == holding
        # The vector search ranks everything there is: each live passage once, and no other.
        everything = sorted(p for text in set(self.kept.values()) for p in text.split("\n\n"))
        assert sorted(hit.text for hit in hits if "vector" in hit.scores) == everything
        for hit in hits:
            assert self.store.text(hit.document_id)[hit.start : hit.end] == hit.text
        if self.steps % CHECK_EVERY == 0:
            self.check_everything()

    def check_everything(self) -> None:
        report = check(self.store)
        assert report.problems == []
        assert report.documents == len(self.kept)


def test_a_store_keeps_exactly_what_its_history_says():
    StoreHistory.steps_run = 0
    run_state_machine_as_test(
        StoreHistory,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not os.environ.get("TANYA_BENCH"),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert StoreHistory.steps_run >= 1_000
