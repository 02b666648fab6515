"""The numbers that Word draws before paragraphs: they stand in no text, only in definitions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
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
    restarts: bool = True
    """Whether it begins anew below each higher number."""
    in_figures: bool = False
    """Whether the numbers of all levels are drawn as figures ("legal numbering")."""
    style: str = ""
    """The paragraph style that counts on this level."""


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
        abstract: dict[str, dict[int, _Level]] = {}
        named: dict[str | None, str] = {}  # a list style's own definition
        linked: dict[str, str] = {}
        for element in root.iter(f"{W}abstractNum"):
            number = element.get(f"{W}abstractNumId") or ""
            abstract[number] = _read_levels(element)
            named[value(element, "styleLink")] = number
            link = value(element, "numStyleLink")
            if link and not abstract[number]:
                linked[number] = link
        for number, link in linked.items():
            abstract[number] = abstract.get(named.get(link, ""), {})
        for element in root.iter(f"{W}num"):
            number_id = element.get(f"{W}numId") or ""
            base = value(element, "abstractNumId") or ""
            levels = dict(abstract.get(base, {}))
            overrides = list(element.iter(f"{W}lvlOverride"))
            for override in overrides:
                index = whole(override.get(f"{W}ilvl"), 0)
                levels |= _read_levels(override)
                start = value(override, "startOverride")
                if start and start.isdecimal():
                    levels[index] = replace(levels.get(index, _Level()), start=whole(start, 1))
            numbering.levels[number_id] = levels
            numbering.lists[number_id] = f"{number_id}!" if overrides else base
        return numbering

    def level_of(self, number_id: str, style_id: str | None) -> int | None:
        """The level on which a list counts the paragraphs of a style, or None."""
        levels = self.levels.get(number_id, {})
        return next(
            (n for n, level in levels.items() if style_id and level.style == style_id), None
        )

    def marker(self, number_id: str, level: int) -> str | None:
        """The next number of this list and level as drawn; ``""`` for bullets, None for none."""
        levels = self.levels.get(number_id)
        if not levels or level not in levels:
            return None
        counts = self._counts.setdefault(self.lists[number_id], {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            if levels.get(deeper, _Level()).restarts:
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
            return list_number("1" if drawn.in_figures else _STYLES.get(of.format, "1"), count)

        return re.sub(r"%([1-9])", figure, drawn.text).strip()


def value(element: Element, name: str) -> str | None:
    """The ``w:val`` of a child element, or None."""
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def whole(said: str | None, default: int) -> int:
    """A count that a file states, or the default where it states none or nonsense."""
    return int(said) if said and re.fullmatch(r"[0-9]{1,6}", said) else default


def _read_levels(element: Element) -> dict[int, _Level]:
    found = {}
    for level in element.iter(f"{W}lvl"):
        found[whole(level.get(f"{W}ilvl"), 0)] = _Level(
            value(level, "numFmt") or "decimal",
            value(level, "lvlText") or "",
            whole(value(level, "start"), 1),
            restarts=value(level, "lvlRestart") != "0",
            in_figures=level.find(f"{W}isLgl") is not None,
            style=value(level, "pStyle") or "",
        )
    return found
