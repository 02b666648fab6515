"""An answer as plain text, for a terminal."""

from __future__ import annotations

from assistant.conversation import Answer, Citation

_WORDS = {
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
        lines += [_source(citation, words["page"]) for citation in answer.citations]
    return "\n".join(lines)


def _source(citation: Citation, page: str) -> str:
    place = [f"{page} {citation.page}" if citation.page else "", citation.locator or ""]
    shown = ", ".join([citation.title, *filter(None, place)])
    return f"  [{citation.marker}] {shown} ({citation.source}, {citation.start}-{citation.end})"
