"""HTML that is safe by construction: whatever is not made here is escaped.

``element("b", text)`` escapes ``text`` unless it is ``Html`` itself, and ``Html`` comes only from
this module. Joining ``Html`` with ``+`` or an f-string gives a plain ``str`` again, which is
escaped at its next use: a slip shows up as visible tags, never as a hole.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import TypeAlias


class Html(str):
    """Markup that may go to the page as it is."""

    __slots__ = ()


Child: TypeAlias = "str | Html | Iterable[Child] | None"

_VOID = frozenset({"br", "img", "input", "hr"})
# An innerHTML parser would turn a carriage return into a line feed, and a quote must stay exact.
_KEPT = str.maketrans({"\r": "&#13;", "\x00": "\N{REPLACEMENT CHARACTER}"})


def escape(text: str) -> Html:
    """``text`` as it will be read on the page, character by character."""
    return text if isinstance(text, Html) else Html(html.escape(text).translate(_KEPT))


def join(*children: Child) -> Html:
    """The children one after the other; ``None`` is nothing, nested iterables are flattened."""
    parts: list[str] = []
    for child in children:
        if child is None:
            continue
        parts.append(escape(child) if isinstance(child, str) else join(*child))
    return Html("".join(parts))


def element(tag: str, *children: Child, **attributes: str | int | bool | None) -> Html:
    """One element. ``class_`` is ``class``, ``data_start`` is ``data-start``.

    An attribute that is ``None`` or ``False`` is left out, one that is ``True`` has no value.
    """
    opening = [tag]
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        attribute = name.rstrip("_").replace("_", "-")
        opening.append(attribute if value is True else f'{attribute}="{escape(str(value))}"')
    start = f"<{' '.join(opening)}>"
    return Html(start if tag in _VOID else f"{start}{join(*children)}</{tag}>")
