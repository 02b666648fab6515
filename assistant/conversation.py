"""What is said: an answer, its parts, its citations, and its JSON.

The JSON names are an interface that other programs rely on.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from docs_store.records import Hit

Language = Literal["id", "en"]
PartKind = Literal["lead", "statement", "item", "note"]


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


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure that stands in no document: its value, its working, its operands' markers."""

    value: str
    expression: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One line of an answer.

    ``lead`` and ``note`` are our own framing and state nothing about the world; ``statement`` and
    ``item`` (one of a list or of a sequence) state something and carry at least one marker.
    ``text`` is without markers. ``item`` texts of a sequence come in order.
    """

    kind: PartKind
    text: str
    markers: tuple[int, ...] = ()


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
