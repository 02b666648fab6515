"""What is said: an answer, its parts, its citations, and its JSON.

The JSON names are an interface that other programs rely on.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from docs_store.records import Hit

Language = Literal["id", "en"]
PartKind = Literal["lead", "part", "value", "statement", "item", "note"]
InferenceKind = Literal["kind", "region", "period", "document", "article"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A proof: ``quote == text[start:end]`` of that document version, to the character."""

    marker: int
    document_id: str
    title: str
    source: str
    version: int
    page: int | None
    locator: str | None
    start: int
    end: int
    quote: str
    confidence: float | None = None
    """0 to 1 where the passage was recognised from an image: the least sure line's."""
    notices: tuple[str, ...] = ()
    """What was done to the document, in the answer's language: "Diubah dengan UU 9/2015"."""
    translation: str | None = None
    """The quote in the answer's language as a chat model put it: shown as such, proves nothing."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure that stands in no document: its value, its working, its operands' markers."""

    value: str
    expression: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One line of an answer.

    ``lead``, ``part`` (one of several questions that were asked at once) and ``note`` are our own
    framing and state nothing about the world; ``value`` (the bare figure, date or name that is
    asked for), ``statement`` and ``item`` (one of a list or of a sequence) state something and
    carry at least one marker. ``text`` is without markers. ``item`` texts of a sequence come in
    order.
    """

    kind: PartKind
    text: str
    markers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Inference:
    """What a question was taken to mean; asking again ``without`` its key leaves it out."""

    key: str
    """``"region:62.03"``, ``"period:2023"``, ``"kind:sequence"``: stable, for programs."""
    kind: InferenceKind
    label: str
    """For people, in the answer's language."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a comparison; without markers it says that nothing was found."""

    text: str
    markers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One aspect, a cell for each of the table's columns."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison: a row an aspect, a column a region or year."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One step of a sequence."""

    date: str | None
    """When it happened, as ISO 8601 as far as it is told (``2012``, ``2012-07``, ``2012-07-16``);
    None where the documents give an order without a date."""
    label: str
    """The date or the place in the order, for people."""
    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or an abstention with the nearest passages (which are "not an answer")."""

    question: str
    language: Language
    mode: Literal["quotes", "llm"]
    abstained: bool
    reason: str | None
    parts: tuple[AnswerPart, ...]
    citations: tuple[Citation, ...]
    computed: tuple[Computed, ...] = ()
    passages: tuple[Hit, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    kind: str = "fact"
    """What form of answer was asked for (`assistant.understand.Kind`)."""
    understood: tuple[Inference, ...] = ()
    standalone: str | None = None
    """The question as it was read in its conversation, where that is not as typed."""
    table: Table | None = None
    timeline: tuple[TimelineStep, ...] = ()
    options: tuple[str, ...] = ()
    """Questions to choose between, where this one can mean several things."""
    follow_ups: tuple[str, ...] = ()
    """Questions that the documents answer and that belong to this one."""
    dropped: int = 0
    """Claims of a chat model that its quotes did not prove, which are not shown."""

    @property
    def text(self) -> str:
        """The answer as plain text with ``[1] [2]`` markers; items start with ``- ``."""
        lines = []
        for part in self.parts:
            markers = "".join(f" [{marker}]" for marker in part.markers)
            bullet = "- " if part.kind == "item" else ""
            lines.append(f"{bullet}{part.text}{markers}")
        return "\n".join(lines)

    def to_json(self, question_id: str | None = None) -> dict[str, Any]:
        """The object that ``tanya ask --json`` prints."""
        return {
            "id": question_id,
            "question": self.question,
            "language": self.language,
            "mode": self.mode,
            "abstained": self.abstained,
            "reason": self.reason,
            "answer": self.text,
            "citations": [asdict(citation) for citation in self.citations],
            "computed": [asdict(computed) for computed in self.computed],
            "passages": [passage_json(hit) for hit in self.passages],
            "timings_ms": self.timings_ms,
            "kind": self.kind,
            "understood": [asdict(inference) for inference in self.understood],
            "standalone": self.standalone,
            "table": asdict(self.table) if self.table else None,
            "timeline": [asdict(step) for step in self.timeline],
            "options": list(self.options),
            "follow_ups": list(self.follow_ups),
            "dropped": self.dropped,
        }


def passage_json(hit: Hit) -> dict[str, Any]:
    """A found passage as ``search --json`` and ``ask --json`` print it."""
    return {
        "document_id": hit.document_id,
        "title": hit.title,
        "source": hit.source,
        "version": hit.version,
        "page": hit.page,
        "locator": hit.locator,
        "start": hit.start,
        "end": hit.end,
        "text": hit.text,
        "confidence": hit.confidence,
        "score": round(hit.score, 6),
        "scores": {name: round(value, 6) for name, value in hit.scores.items()},
    }
