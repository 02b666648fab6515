"""What is measured, with what, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from assistant.evaluation.answers import AnswerQuestion
from assistant.evaluation.measures import Estimate
from assistant.evaluation.reading import EntailmentJudge
from assistant.evaluation.sets import FigureQuestion, T, sample
from assistant.evaluation.stores import pool_store
from assistant.evaluation.tables import Cell, Table, table
from assistant.reader import PassageReader
from assistant.training.examples import Passage
from docs_store.embedding_model import EmbeddingModel
from docs_store.store import DocumentStore

QUICK_QUESTIONS = 60

Progress = Callable[[str, int, int], None]


class MeasuredReader(PassageReader, EntailmentJudge, Protocol):
    """A reader with all that is measured of it."""


@dataclass(slots=True)
class Evaluation:
    """What was measured, in the order of the page."""

    parts: list[Table | str] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    estimates: dict[str, dict[str, dict[str, Estimate]]] = field(default_factory=dict)
    """Table -> row -> column: for programs and for tests with floors."""

    def add(
        self,
        title: str,
        note: str,
        first: str,
        rows: dict[str, dict[str, Estimate]],
        *,
        best: bool = False,
    ) -> None:
        """A table of estimates."""
        self.estimates[title] = rows
        counted: dict[str, dict[str, Cell]] = {
            name: {"n": str(max(one.count for one in row.values())), **row}
            for name, row in rows.items()
        }
        self.parts.append(table(title, note, first, counted, best=best))


@dataclass(frozen=True, slots=True)
class Measuring:
    """What is measured, and with what."""

    data: Path
    cache: Path
    model: EmbeddingModel
    reader: MeasuredReader | None
    quick: bool = False
    figures: tuple[DocumentStore, list[FigureQuestion]] | None = None
    """The store of long documents and the questions about them."""
    answers: tuple[DocumentStore, list[AnswerQuestion]] | None = None
    """The store of documents and the questions that are to be answered from them."""
    only: Literal["answers", "public-answers", "gate"] | None = None
    """Nothing but whole answers (over documents, over the public sets), or the gate."""
    progress: Progress = lambda _stage, _done, _total: None

    def some(self, items: list[T]) -> list[T]:
        """All items, or few of them where it is to be quick."""
        return sample(items, QUICK_QUESTIONS) if self.quick else items

    def stage(self, name: str) -> Callable[[int, int], None]:
        """What is told of one stage's progress."""
        return lambda done, total: self.progress(name, done, total)

    @contextmanager
    def pool(self, name: str, passages: tuple[Passage, ...]) -> Iterator[DocumentStore]:
        """The store of a set's passages, closed afterwards."""
        store = pool_store(self.cache, passages, self.model, self.stage(f"{name}: store"))
        try:
            yield store
        finally:
            store.close()
