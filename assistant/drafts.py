"""What a composer hands to the gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.conversation import Citation

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
