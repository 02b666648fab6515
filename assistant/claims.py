"""What a text states: figures, dates, regions, offices, articles, directions, negations.

Every mark carries the concepts that stand near it, so that two texts can be compared not only in
what they name but in what belongs to what: "5 desa dan 7 kecamatan" and "7 desa dan 5 kecamatan"
have the same figures. Concepts are stems, one for all words that the glossary holds for the same
thing, so that an English claim meets its Indonesian quote.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assistant.quantities import Quantity, loose_units, without_repeated
from docs_store.regulation_keys import RegulationName, find_regulations

AROUND = 4
"""How many concepts before and after one are its surroundings."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that a text states."""

    axis: str
    """What it could be mistaken for: another mark of its axis."""
    value: str
    shown: str
    """As the text has it."""
    near: frozenset[str]
    before: frozenset[str] = frozenset()
    """What stands before it in its clause, however far: its subject may be there."""
    start: int = 0
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """A word or mark in its place among the others."""

    name: str
    is_negated: bool
    """Whether it is what a negation stands before."""
    may_be_negated: bool
    """Whether it stands a little after one, too."""


@dataclass(frozen=True, slots=True)
class Claims:
    """All that a text states."""

    text: str
    marks: tuple[Mark, ...]
    articles: tuple[tuple[str | None, ...], ...]
    """Each as (bab, pasal, ayat, huruf); None where it names none."""
    sequence: tuple[Concept, ...]
    concepts: frozenset[str]
    named: tuple[tuple[int, int], ...]
    """Where regions, dates, offices and articles stand."""

    def of(self, axis: str) -> list[Mark]:
        """The marks of an axis."""
        return [mark for mark in self.marks if mark.axis == axis]

    @property
    def negated(self) -> list[str]:
        """What negations stand before."""
        return list(dict.fromkeys(one.name for one in self.sequence if one.is_negated))

    @property
    def regulations(self) -> tuple[RegulationName, ...]:
        """The regulations named by kind, number and year."""
        return _regulations(self.text) if re.search(r"\d", self.text) else ()

    @property
    def units(self) -> frozenset[str]:
        """The units that stand anywhere, as in the head of a column."""
        return _units(self.text)

    def places(self, name: str, *, negated: bool) -> list[Mark]:
        """Where a concept is affirmed, or where it may be negated, with what is around it."""
        around = [one.name for one in self.sequence]
        return [
            Mark(
                "negation",
                "-" if negated else "+",
                name,
                frozenset(
                    [
                        *around[max(0, at - AROUND) : at],
                        *around[at + 1 : at + 1 + AROUND],
                        *(f"after:{before}" for before in around[max(0, at - 1) : at]),
                        *(f"before:{after}" for after in around[at + 1 : at + 2]),
                    ]
                ),
            )
            for at, one in enumerate(self.sequence)
            if one.name == name
            and (one.is_negated or one.may_be_negated if negated else not one.is_negated)
        ]


def plain(text: str) -> str:
    """A text as it is read: compatible forms in one, without characters that do not show."""
    text = visible(text)
    return without_repeated(text if text.isascii() else unicodedata.normalize("NFKC", text))


def visible(text: str) -> str:
    """A text without the characters that do not show: control and formatting characters."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(sign for sign in text if sign.isprintable() or sign.isspace())


@lru_cache(maxsize=256)
def _regulations(text: str) -> tuple[RegulationName, ...]:
    return tuple(find_regulations(text))


@lru_cache(maxsize=256)
def _units(text: str) -> frozenset[str]:
    return loose_units(text)
