"""What the styles of a Word file say of a paragraph: level, list, bold, hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.parsers.docx_numbers import W, value, whole

Element = Any
_HEADING_NAME = re.compile(r"(?:heading|judul) ([1-9])")
_BASED_ON_MAX = 20


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it has from the style that it is based on."""

    level: int = 0
    """Outline level from 1 (at most 6), 0 for body text."""
    number_id: str | None = None
    number_level: int = 0
    bold: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by their ids, and the style of a paragraph that names none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: Style = Style()

    @classmethod
    def read(cls, root: Element | None) -> Styles:
        """The definitions of ``word/styles.xml``."""
        if root is None:
            return cls()
        elements = {style.get(f"{W}styleId") or "": style for style in root.iter(f"{W}style")}
        run = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        plain = Style(bold=bool(switch(run, "b")), hidden=bool(switch(run, "vanish")))

        def read(style_id: str, depth: int) -> Style:
            element = elements.get(style_id)
            if element is None or depth > _BASED_ON_MAX:
                return plain
            return _own(element, read(value(element, "basedOn") or "", depth + 1))

        by_id = {style_id: read(style_id, 0) for style_id in elements}
        default = next(
            (
                by_id[style_id]
                for style_id, element in elements.items()
                if element.get(f"{W}type") == "paragraph" and _is_on(element.get(f"{W}default"))
            ),
            plain,
        )
        return cls(by_id, default)

    def of_paragraph(self, properties: Element | None) -> Style:
        """The style that a paragraph's properties name, else the default."""
        name = value(properties, "pStyle") if properties is not None else None
        return self.by_id.get(name or "", self.default)

    def is_bold(self, run: Element, paragraph: Style) -> bool:
        """Whether a run is bold by itself, by its own style or by its paragraph's."""
        return self._run(run, "b", paragraph.bold)

    def is_hidden(self, run: Element, paragraph: Style) -> bool:
        """Whether a run is hidden by itself, by its own style or by its paragraph's."""
        return self._run(run, "vanish", paragraph.hidden)

    def _run(self, run: Element, name: str, inherited: bool) -> bool:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return inherited
        direct = switch(properties, name)
        if direct is not None:
            return direct
        style = self.by_id.get(value(properties, "rStyle") or "")
        own = style is not None and (style.bold if name == "b" else style.hidden)
        return own or inherited


def _own(element: Element, base: Style) -> Style:
    """A style's own definitions over those of its base."""
    name = (value(element, "name") or "").lower()
    level = base.level
    heading = _HEADING_NAME.fullmatch(name)
    if name == "title":
        level = 1
    elif heading:
        level = min(int(heading[1]), 6)
    outline = outline_level(element.find(f"{W}pPr"))
    run = element.find(f"{W}rPr")
    bold, hidden = switch(run, "b"), switch(run, "vanish")
    style = replace(
        base,
        level=level if outline is None else outline,
        bold=base.bold if bold is None else bold,
        hidden=base.hidden if hidden is None else hidden,
    )
    numbers = element.find(f"{W}pPr/{W}numPr")
    if numbers is None:
        return style
    return replace(
        style,
        number_id=value(numbers, "numId") or base.number_id,
        number_level=whole(value(numbers, "ilvl"), base.number_level),
    )


def outline_level(properties: Element | None) -> int | None:
    """1 to 6, 0 for body text, None where the properties do not say."""
    said = None if properties is None else value(properties, "outlineLvl")
    if said is None or not re.fullmatch(r"\d", said):
        return None
    return 0 if said == "9" else min(int(said) + 1, 6)


def switch(properties: Element | None, name: str) -> bool | None:
    """An on/off property; None where it is not set."""
    mark = None if properties is None else properties.find(f"{W}{name}")
    return None if mark is None else _is_on(mark.get(f"{W}val") or "1")


def _is_on(said: str | None) -> bool:
    return said is not None and said not in {"0", "false", "off"}
