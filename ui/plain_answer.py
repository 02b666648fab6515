"""An answer as plain text, for a terminal."""

from __future__ import annotations

from assistant.conversation import Answer, Citation, Language
from ui.source_viewer import confidence_text

_WORDS: dict[Language, dict[str, str]] = {
    "id": {"sources": "Sumber", "page": "hlm.", "nearest": "Bukan jawaban, kutipan terdekat"},
    "en": {"sources": "Sources", "page": "p.", "nearest": "Not an answer, nearest passages"},
}
NEAREST = 3


def plain_answer(answer: Answer) -> str:
    """The answer with its sources, or the reason for none with the nearest passages."""
    words = _WORDS[answer.language]
    lines = [answer.text]
    if answer.abstained:
        lines += [answer.reason or "", "", f"{words['nearest']}:"]
        lines += [
            f"  - {hit.title}: {' '.join(hit.text.split())[:200]}"
            for hit in answer.passages[:NEAREST]
        ]
    else:
        lines += ["", f"{words['sources']}:"]
        for citation in answer.citations:
            lines += _source(citation, answer.language)
    return "\n".join(lines)


def _source(citation: Citation, language: Language) -> list[str]:
    """A source's line, and one below it with what a reader must know before relying on it."""
    page = f"{_WORDS[language]['page']} {citation.page}" if citation.page else ""
    shown = ", ".join([citation.title, *filter(None, (page, citation.locator))])
    line = f"  [{citation.marker}] {shown} ({citation.source}, {citation.start}-{citation.end})"
    remarks = [*citation.notices, confidence_text(citation.confidence, language)]
    told = "; ".join(filter(None, remarks))
    return [line, f"      {told}"] if told else [line]
