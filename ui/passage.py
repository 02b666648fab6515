"""A passage within the document that it stands in: its address, and the text around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from docs_store.records import Document, PageSpan, TextBox
from ui.sheet_rows import SheetRow

SURROUNDINGS_CHARS = 1_500
SURROUNDINGS_CHARS_MAX = 60_000
_BORDER_SEARCH_CHARS = 300
WHOLE_MAX = 2**53
"""What a browser counts exactly; SQLite holds ten bits more."""


@dataclass(frozen=True, slots=True)
class PassageAddress:
    """Where a passage stands: all that a link needs to open it again.

    ``marker``, ``page`` and ``locator`` only describe it. ``surroundings_chars`` is how much text
    to show on each side.
    """

    document_id: str
    version: int
    start: int
    end: int
    page: int | None = None
    locator: str | None = None
    marker: int | None = None
    surroundings_chars: int = SURROUNDINGS_CHARS
    image_page: int | None = None
    """The page whose image to show instead of the text, in formats that have pages."""
    confidence: float | None = None
    """0 to 1 where the passage was recognised from an image (OCR): the least sure line's."""

    @property
    def key(self) -> str:
        """The address on one line, to compare."""
        shown = f"@{self.image_page}" if self.image_page else ""
        return f"{self.document_id}/{self.version}/{self.start}-{self.end}{shown}"

    def attributes(self) -> dict[str, str | int | None]:
        """As attributes of the element that opens it; ``from_event`` reads them back."""
        return {
            "data_document": self.document_id,
            "data_version": self.version,
            "data_start": self.start,
            "data_end": self.end,
            "data_page": self.page,
            "data_locator": self.locator,
            "data_marker": self.marker,
            "data_surroundings": self.surroundings_chars,
            "data_image_page": self.image_page,
            "data_confidence": None if self.confidence is None else str(self.confidence),
        }

    @classmethod
    def from_event(cls, data: Mapping[str, Any]) -> PassageAddress:
        """The address in a page's ``data-*`` attributes, which anyone may have changed.

        Raises ValueError if they are none.
        """
        page, marker, image_page = data.get("page"), data.get("marker"), data.get("imagePage")
        try:
            return cls(
                document_id=str(data["document"]),
                version=_whole(data["version"]),
                start=_whole(data["start"]),
                end=_whole(data["end"]),
                page=_whole(page) if page else None,
                locator=str(data["locator"]) if data.get("locator") else None,
                marker=_whole(marker) if marker else None,
                surroundings_chars=_whole(data.get("surroundings") or SURROUNDINGS_CHARS),
                image_page=_whole(image_page) if image_page else None,
                confidence=_share(data.get("confidence")),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("not the address of a passage") from error


def _whole(value: Any) -> int:
    """A whole number that the store can look up; raises ValueError for others."""
    number = int(value)
    if not -WHOLE_MAX <= number <= WHOLE_MAX:
        raise ValueError("too large a number")
    return number


def _share(value: Any) -> float | None:
    """A number from 0 to 1, or None where there is none; raises ValueError for others."""
    if value in (None, ""):
        return None
    share = float(value)
    if not 0 <= share <= 1:
        raise ValueError("not a share")
    return share


class Sources(Protocol):
    """Where documents and their texts come from."""

    def document(self, document_id: str) -> Document:
        """The document; raises DocumentNotFound."""
        ...

    def text(self, document_id: str, version: int) -> str:
        """The stored text of one version; raises DocumentNotFound."""
        ...

    def pages(self, document_id: str, version: int) -> Sequence[PageSpan]:
        """Where each page stands in that text; none in formats without pages."""
        ...

    def boxes(self, document_id: str, version: int, page: int) -> Sequence[TextBox]:
        """Where the recognised text of a page stands on its image; none for a text layer."""
        ...

    def rows(self, document_id: str, version: int) -> Sequence[SheetRow]:
        """Where the rows of a spreadsheet or CSV file stand in that text; none in other formats."""
        ...

    def original(self, document_id: str, version: int) -> bytes:
        """The file that the version was read from; raises DocumentNotFound."""
        ...


@dataclass(frozen=True, slots=True)
class SourceView:
    """A passage within its surroundings: ``before + quote + after`` is a slice of the text."""

    address: PassageAddress
    document: Document
    before: str
    quote: str
    after: str
    starts_text: bool
    ends_text: bool


def open_passage(sources: Sources, address: PassageAddress) -> SourceView | None:
    """What the panel shows, or None if the version holds no such passage.

    Raises DocumentNotFound if the document was removed.
    """
    document = sources.document(address.document_id)
    text = sources.text(address.document_id, address.version)
    if not 0 <= address.start < address.end <= len(text):
        return None
    around = max(0, min(address.surroundings_chars, SURROUNDINGS_CHARS_MAX))
    start = _border_before(text, address.start - around)
    end = _border_after(text, address.end + around)
    return SourceView(
        address=replace(address, surroundings_chars=around),
        document=document,
        before=text[start : address.start],
        quote=text[address.start : address.end],
        after=text[address.end : end],
        starts_text=start == 0,
        ends_text=end == len(text),
    )


def _border_before(text: str, offset: int) -> int:
    """``offset`` moved back to the start of its line, or of its word where lines are long."""
    if offset <= 0:
        return 0
    low = max(0, offset - _BORDER_SEARCH_CHARS)
    found = max(text.rfind("\n", low, offset), low if low == 0 else -1)
    if found == -1:
        found = text.rfind(" ", low, offset)
    return 0 if found <= 0 else found + 1


def _border_after(text: str, offset: int) -> int:
    """``offset`` moved on to the end of its line, or of its word where lines are long."""
    if offset >= len(text):
        return len(text)
    high = min(len(text), offset + _BORDER_SEARCH_CHARS)
    found = text.find("\n", offset, high)
    if found == -1:
        found = len(text) if high == len(text) else text.find(" ", offset, high)
    return offset if found == -1 else found
