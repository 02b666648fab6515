"""Alternative contents in Office files: the same thing for newer and for older programs."""

from __future__ import annotations

from typing import Any

Element = Any
ALTERNATE_CONTENT = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def first_with_text(alternatives: Element, *text_tags: str) -> Element | None:
    """The first of the alternatives that holds text in one of these elements; None for none."""
    for choice in alternatives:
        if any((node.text or "").strip() for node in choice.iter(*text_tags)):
            return choice
    return None
