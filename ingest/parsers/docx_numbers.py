"""The numbers that Word draws before paragraphs: they stand in no text, only in definitions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ingest.parsers.html import list_number

Element = Any
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Counts through a document: call ``marker`` for each numbered paragraph in order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    """numId -> the list that it counts in: ids of one abstract list go on counting."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Element | None) -> Numbering:
        """The definitions of ``word/numbering.xml``."""
        numbering = cls()
        if root is None:
            return numbering
        abstract = {
            element.get(f"{W}abstractNumId"): _read_levels(element)
            for element in root.iter(f"{W}abstractNum")
        }
        for element in root.iter(f"{W}num"):
            number_id = element.get(f"{W}numId") or ""
            base = value(element, "abstractNumId") or ""
            levels = dict(abstract.get(base, {}))
            overrides = list(element.iter(f"{W}lvlOverride"))
            for override in overrides:
                index = int(override.get(f"{W}ilvl") or 0)
                levels |= _read_levels(override)
                start = value(override, "startOverride")
                if start and start.isdecimal():
                    old = levels.get(index, _Level())
                    levels[index] = _Level(old.format, old.text, int(start))
            numbering.levels[number_id] = levels
            numbering.lists[number_id] = f"{number_id}!" if overrides else base
        return numbering

    def marker(self, number_id: str, level: int) -> str | None:
        """The next number of this list and level as drawn; ``""`` for bullets, None for none."""
        levels = self.levels.get(number_id)
        if not levels or level not in levels:
            return None
        counts = self._counts.setdefault(self.lists[number_id], {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        drawn = levels[level]
        if drawn.format == "bullet":
            return ""
        if drawn.format == "none":
            return None

        def figure(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            of = levels.get(index, _Level())
            count = counts.setdefault(index, of.start)
            if of.format == "decimalZero":
                return f"{count:02d}"
            return list_number(_STYLES.get(of.format, "1"), count)

        return re.sub(r"%([1-9])", figure, drawn.text).strip()


def value(element: Element, name: str) -> str | None:
    """The ``w:val`` of a child element, or None."""
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _read_levels(element: Element) -> dict[int, _Level]:
    found = {}
    for level in element.iter(f"{W}lvl"):
        index, start = level.get(f"{W}ilvl") or "0", value(level, "start") or "1"
        if index.isdecimal() and start.isdecimal():
            found[int(index)] = _Level(
                value(level, "numFmt") or "decimal", value(level, "lvlText") or "", int(start)
            )
    return found
