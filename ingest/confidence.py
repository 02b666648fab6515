"""How sure the text of a document is where it was recognised from images."""

from __future__ import annotations

from ingest.blocks import ParsedDocument

LOW_CONFIDENCE = 0.8
"""Of rapidocr's scores, where clean print has over 0.95."""


def lowest_confidence(document: ParsedDocument) -> float | None:
    """The least sure block's confidence, 0 to 1; None where nothing was recognised."""
    found = [block.confidence for block in document.blocks if block.confidence is not None]
    return round(min(found), 3) if found else None


def mean_confidence(document: ParsedDocument) -> float | None:
    """The recognised text's confidence, 0 to 1, each character counted once; None without any."""
    found = [(b.confidence, len(b.text)) for b in document.blocks if b.confidence is not None]
    characters = sum(length for _, length in found)
    if not characters:
        return None
    return round(sum(score * length for score, length in found) / characters, 3)


def confidence_warnings(document: ParsedDocument) -> tuple[str, ...]:
    """A line that names the pages with text that may be wrong."""
    pages = sorted(
        {
            block.page or 1
            for block in document.blocks
            if block.confidence is not None and block.confidence < LOW_CONFIDENCE
        }
    )
    if not pages:
        return ()
    listed = ", ".join(map(str, pages[:20])) + (" …" if len(pages) > 20 else "")
    return (
        f"Hasil OCR kurang pasti di halaman {listed} (terendah {lowest_confidence(document):.0%}); "
        f"bandingkan dengan gambarnya. / OCR is unsure on pages {listed} (lowest "
        f"{lowest_confidence(document):.0%}); compare with the image.",
    )
