"""What a composer hands to the gate."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation import Citation


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A statement before the gate: what it says, and the quotes that are to prove it."""

    text: str
    citations: tuple[Citation, ...]
