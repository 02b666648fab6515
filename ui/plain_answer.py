"""An answer as plain text, for a terminal."""

from __future__ import annotations

from assistant.conversation import Answer, Citation, Language
from ui.source_viewer import confidence_text, translation_text

_WORDS: dict[Language, dict[str, str]] = {
    "id": {
        "sources": "Sumber",
        "page": "hlm.",
        "nearest": "Bukan jawaban, kutipan terdekat",
        "options": "Tanyakan salah satu",
        "read_as": "Dibaca sebagai",
        "dropped": "Tidak ditampilkan karena tidak terbukti",
    },
    "en": {
        "sources": "Sources",
        "page": "p.",
        "nearest": "Not an answer, nearest passages",
        "options": "Ask one of these",
        "read_as": "Read as",
        "dropped": "Not shown, for want of proof",
    },
}
NEAREST = 3


def plain_answer(answer: Answer) -> str:
    """The answer with its sources, or the reason for none with the nearest passages."""
    words = _WORDS[answer.language]
    lines = [f"({words['read_as']}: {answer.standalone})"] if answer.standalone else []
    lines += [answer.text]
    if answer.dropped:
        lines += [f"({words['dropped']}: {answer.dropped})"]
    if answer.options:
        lines += ["", f"{words['options']}:", *(f"  - {option}" for option in answer.options)]
    elif answer.abstained:
        lines += [answer.reason or ""]
        if answer.passages:
            lines += ["", f"{words['nearest']}:"]
        lines += [
            f"  - {hit.title}: {' '.join(hit.text.split())[:200]}"
            for hit in answer.passages[:NEAREST]
        ]
    else:
        lines += ["", *_sources(answer)]
    return "\n".join(lines)


def plain_timeline(answer: Answer) -> str:
    """The steps of a sequence under one another, each with its date or place in the order."""
    width = max(len(step.label) for step in answer.timeline)
    lines = []
    for step in answer.timeline:
        markers = "".join(f" [{marker}]" for marker in step.markers)
        lines.append(f"{step.label:>{width}}  o  {' '.join(step.text.split())}{markers}")
        lines.append(f"{'':>{width}}  |")
    return "\n".join([*lines[:-1], "", *_sources(answer)])


def _sources(answer: Answer) -> list[str]:
    lines = [f"{_WORDS[answer.language]['sources']}:"]
    for citation in answer.citations:
        lines += _source(citation, answer.language)
    return lines


def _source(citation: Citation, language: Language) -> list[str]:
    """A source's line; below it what to know before relying on it, and a model's translation."""
    page = f"{_WORDS[language]['page']} {citation.page}" if citation.page else ""
    shown = ", ".join([citation.title, *filter(None, (page, citation.locator))])
    line = f"  [{citation.marker}] {shown} ({citation.source}, {citation.start}-{citation.end})"
    remarks = [*citation.notices, confidence_text(citation.confidence, language)]
    below = ["; ".join(filter(None, remarks)), translation_text(citation.translation, language)]
    return [line, *(f"      {told}" for told in below if told)]
