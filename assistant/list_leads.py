"""What opens the list in which an item stands: "a. berjualan di trotoar" under "dilarang:"."""

from __future__ import annotations

import re

from docs_store.sentences import sentence_spans

BEFORE_CHARS_MAX = 4_000
DEPTH_MAX = 3
_ITEM = re.compile(
    r"(?P<open>\(?)(?:(?P<number>\d{1,2})|(?P<letter>[a-z]))(?P<close>[.)])\s|(?P<bullet>[-•–*])\s"
)
_BORDER = re.compile(r"(?:pasal|article|bab|bagian|paragraf|chapter|section)\s+\S+\s*$", re.I)


def list_leads(text: str, start: int) -> list[tuple[int, int]]:
    """The sentences that open the lists in which the sentence at ``start`` is an item.

    The outermost comes first. Empty where the sentence is no item, or where what stands before
    the first item does not end in a colon.
    """
    leads: list[tuple[int, int]] = []
    while len(leads) < DEPTH_MAX:
        lead = _lead(text, start)
        if lead is None:
            break
        leads.insert(0, lead)
        start = lead[0]
    return leads


def _lead(text: str, start: int) -> tuple[int, int] | None:
    style, is_first = _mark(text[start : start + 8])
    if style is None:
        return None
    low = max(0, start - BEFORE_CHARS_MAX)
    low = text.find("\n", low, start) + 1 if low else 0
    before = [(low + a, low + b) for a, b in sentence_spans(text[low:start])]
    while before:
        begin, end = before.pop()
        if is_first and style != "bullet":
            return (begin, end) if text[end - 1] == ":" else None
        if _BORDER.match(text[begin:end]):
            return None
        other, is_first = _mark(text[begin : begin + 8])
        if style == "bullet":
            if other != style:
                return (begin, end) if text[end - 1] == ":" else None
            is_first = False
        elif other != style:
            is_first = False
    return None


def _mark(beginning: str) -> tuple[str | None, bool]:
    """The style of an item's mark, as "(1)" or "a.", and whether it is the first of its list."""
    found = _ITEM.match(beginning)
    if found is None:
        return None, False
    if found["bullet"]:
        return "bullet", False
    one = found["number"] or found["letter"]
    kind = "1" if found["number"] else "a"
    return f"{found['open']}{kind}{found['close']}", one in ("1", "a")
