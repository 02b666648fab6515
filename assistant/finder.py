"""Finds the evidence for a question: search, reading, weighing, each kept for the next look."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache

from assistant.conversation import Language
from assistant.evidence import Sentence, TextOf, weigh
from assistant.ground import Judge
from assistant.question_kinds import UNPHRASED_KINDS
from assistant.reader import PassageReader, Reading
from assistant.rerank import rerank
from assistant.retrieve import find, to_read
from assistant.understand import Question
from docs_store.records import Hit
from docs_store.store import DocumentStore

PASSAGES_READ = 8
"""How many of the passages found are read sentence by sentence."""
PASSAGES_READ_OPEN = 14
"""The same where a list or several sentences answer: what opens a list says little, and stands low
in a ranking by words."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the store holds on a question."""

    question: Question
    """As it is to be answered: without the name of a regulation whose passages these are."""
    hits: list[Hit]
    """Best first."""
    readings: dict[int, Reading]
    """Of those that were read, by passage id."""
    missing: dict[Language, str] | None
    """Why nothing can be said, where what the question names is not there."""


class Finder:
    """Looks for evidence in one store with one reader, and a judge of claims if there is one."""

    def __init__(
        self, store: DocumentStore, reader: PassageReader, judge: Judge | None = None
    ) -> None:
        self.store = store
        self.reader = reader
        self.judge = judge
        self.text_of: TextOf = cache(store.text)  # an answer looks at the same few texts often
        self._found: dict[Question, Evidence] = {}
        self.retrieve_ms = 0.0
        """How long the searches took, with the reading."""

    def find(self, question: Question) -> Evidence:
        """The passages for a question, reranked by the reader; looked for once."""
        if question not in self._found:
            self._found[question] = self._find(question)
        return self._found[question]

    def _find(self, question: Question) -> Evidence:
        started = time.perf_counter()
        found = find(self.store, question)
        ranked = rerank(self.reader, question.text, found.hits)
        self.retrieve_ms += (time.perf_counter() - started) * 1_000
        return Evidence(
            question=found.question or question,
            hits=ranked.hits,
            readings=dict(ranked.readings),
            missing=found.missing,
        )

    def weigh(self, evidence: Evidence, question: Question | None = None) -> list[Sentence]:
        """The sentences of the best passages as evidence, best first."""
        asked = question or evidence.question
        is_open = asked.kind in UNPHRASED_KINDS
        read = to_read(evidence.hits, PASSAGES_READ_OPEN if is_open else PASSAGES_READ)
        return weigh(self.store, self.text_of, asked, read, evidence.readings)
