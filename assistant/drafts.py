"""What a composer hands to the gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.conversation import Citation
from docs_store.records import Hit

Role = Literal["statement", "item", "cell"]


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A statement before the gate: what it says, and the quotes that are to prove it."""

    text: str
    citations: tuple[Citation, ...]
    role: Role = "statement"
    value: str | None = None
    """The bare figure, date or name in the text that was asked for: a slice of it."""
    cell: tuple[int, int] | None = None
    """Row and column of a comparison's cell."""
    operand: bool = False
    """Whether a figure is worked out from it."""


@dataclass(frozen=True, slots=True)
class DraftTable:
    """The frame of a comparison, whose cells are statements."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Working:
    """A figure worked out of quoted ones; it stands only with all its operands."""

    value: str
    expression: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What answers one question: framing of our own around statements."""

    lead: str = ""
    statements: tuple[DraftStatement, ...] = ()
    note: str | None = None
    table: DraftTable | None = None
    working: Working | None = None
    operands: int = 0
    """How many statements the working rests on: it falls if the gate drops one."""
    is_sequence: bool = False
    """Whether the items are steps in an order."""


def cited(hit: Hit, quote: str, start: int, end: int) -> Citation:
    """A slice of a passage's document as a proof; the gate numbers those that pass."""
    return Citation(
        marker=0,
        document_id=hit.document_id,
        title=hit.title,
        source=hit.source,
        version=hit.version,
        page=hit.page,
        locator=hit.locator,
        start=start,
        end=end,
        quote=quote,
        confidence=hit.confidence,
    )
