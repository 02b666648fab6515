"""The small numbered buttons behind a statement that open its sources."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.conversation import Answer, Citation, Language
from ui import texts
from ui.markup import Html, element
from ui.passage import PassageAddress
from ui.source_viewer import confidence_text, place_text, translation_text

QUOTE_CHARS_SHOWN = 320


class Chips:
    """The chips of one answer; markers without a citation give none."""

    def __init__(self, answer: Answer, language: Language) -> None:
        self.dates = {hit.document_id: hit.date for hit in answer.passages if hit.date}
        self._citations = {citation.marker: citation for citation in answer.citations}
        self._language = language

    def __call__(self, markers: Iterable[int]) -> list[Html]:
        """The chips for these markers, in their order."""
        return [self._chip(self._citations[m]) for m in markers if m in self._citations]

    def date(self, document_id: str) -> str:
        """A cited document's date for people; empty where it is not known."""
        date = self.dates.get(document_id)
        return texts.format_date(date, self._language) if date else ""

    def cited(self, markers: Iterable[int]) -> list[Citation]:
        """The citations of these markers."""
        return [self._citations[marker] for marker in markers if marker in self._citations]

    def _chip(self, citation: Citation) -> Html:
        """Its tooltip is made from its data."""
        place = place_text(citation.page, citation.locator, self._language)
        name = texts.SOURCE_NUMBER(self._language, marker=citation.marker)
        told = ", ".join(part for part in (citation.title, place) if part)
        about = [
            self.date(citation.document_id),
            place,
            confidence_text(citation.confidence, self._language),
            translation_text(citation.translation, self._language),
        ]
        return element(
            "button",
            str(citation.marker),
            type="button",
            class_="citation",
            data_action="open",
            aria_label=f"{name}: {told}",
            data_quote=texts.clip(citation.quote, QUOTE_CHARS_SHOWN),
            data_title=citation.title,
            data_about=" · ".join(part for part in about if part),
            **_address(citation).attributes(),
        )


def _address(citation: Citation) -> PassageAddress:
    return PassageAddress(
        document_id=citation.document_id,
        version=citation.version,
        start=citation.start,
        end=citation.end,
        page=citation.page,
        locator=citation.locator,
        marker=citation.marker,
        confidence=citation.confidence,
    )
