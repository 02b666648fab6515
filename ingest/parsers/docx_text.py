"""The text of a Word paragraph: its runs, fields' results, and what is anchored in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.parsers.alternate_content import ALTERNATE_CONTENT, first_with_text
from ingest.parsers.docx_numbers import W
from ingest.parsers.docx_styles import Style, Styles

Element = Any

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TEXT_BOX = f"{W}txbxContent"
OUT = {
    f"{W}{name}"
    for name in "del moveFrom instrText delInstrText delText rt pPr rPr sdtPr tblPr".split()
}
"""What holds no text of the document as it is with its changes accepted."""
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SIZE_MIN = 2  # half-points: letters of one point cannot be read


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph holds, in order."""

    text: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    """Text boxes anchored in it."""
    notes: list[tuple[str, str | None]] = field(default_factory=list)
    """Foot- and endnotes that it refers to: kind and id."""
    hidden: int = 0
    """Characters that Word does not show."""
    bold: bool = True
    """Whether each visible letter is bold."""
    _fields: list[bool] = field(default_factory=list)
    """Per open field: whether its code is over, so that its result follows."""

    def read(self, paragraph: Element, styles: Styles, style: Style, on_paper: bool) -> None:
        """Add a paragraph's content; ``on_paper``: white letters have no dark ground here."""
        stack: list[tuple[Element, bool, bool]] = [(e, False, False) for e in reversed(paragraph)]
        while stack:
            element, hidden, bold = stack.pop()
            tag = element.tag
            if tag in OUT or not isinstance(tag, str):
                continue
            if tag == _TEXT_BOX:
                self.boxes.append(element)
            elif tag == f"{W}fldChar":
                self._field(element.get(f"{W}fldCharType"))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                if not hidden:
                    self.notes.append((tag[len(W) : -len("Reference")], element.get(f"{W}id")))
            elif (sign := _sign(element)) is not None:
                if all(self._fields):
                    self._add(sign, hidden, bold)
            else:
                if tag == f"{W}r":
                    bold = styles.is_bold(element, style)
                    hidden = styles.is_hidden(element, style) or _is_unseen(element, on_paper)
                stack += [(child, hidden, bold) for child in reversed([*children(element)])]

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _add(self, text: str, hidden: bool, bold: bool) -> None:
        if hidden:
            self.hidden += len(text.strip())
            return
        self.text.append(text)
        self.bold = self.bold and (bold or not text.strip())


def children(element: Element) -> Iterator[Element]:
    """What an element holds, of alternative contents the first that has text or a text box.

    A content control that shows its prompt ("Click here to enter text") holds nothing.
    """
    if element.tag == ALTERNATE_CONTENT:
        choice = first_with_text(element, f"{W}t", _MATH_TEXT)
        yield from () if choice is None else choice
    elif element.tag != f"{W}sdt" or element.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
        yield from element


def texts(elements: Sequence[Element]) -> str:
    """The letters in these elements, to tell empty from filled; no part of the text."""
    return "".join(node.text or "" for e in elements for node in e.iter(f"{W}t")).strip()


def _sign(element: Element) -> str | None:
    """The text that an element stands for, None where it is a holder of others."""
    if element.tag in (f"{W}t", _MATH_TEXT):
        return element.text or ""
    if element.tag == f"{W}sym":
        return _symbol(element.get(f"{W}char") or "")
    return _SIGNS.get(element.tag[len(W) :]) if element.tag.startswith(W) else None


def _symbol(code: str) -> str:
    """A character of a symbol font; those of the private area are bullets or pictures."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= number <= 0xF8FF or not 0 <= number <= 0x10FFFF else chr(number)


def _is_unseen(run: Element, on_paper: bool) -> bool:
    """White letters on white paper, or letters of one point."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        return False
    size = properties.find(f"{W}sz")
    height = "" if size is None else size.get(f"{W}val") or ""
    if height.isdecimal() and int(height) <= _SIZE_MIN:
        return True
    color = properties.find(f"{W}color")
    white = color is not None and (color.get(f"{W}val") or "").upper() == "FFFFFF"
    grounds = (properties.find(f"{W}{name}") for name in ("shd", "highlight"))
    return on_paper and white and all(ground is None for ground in grounds)
