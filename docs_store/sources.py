"""How a document is known: by its source, in one spelling, and by an id made from it."""

from __future__ import annotations

import hashlib
import unicodedata


def normalise_source(source: str) -> str:
    """One spelling of a source: NFC, so that two Unicode forms of a name are one document."""
    return unicodedata.normalize("NFC", source)


def document_id_of(source: str) -> str:
    """The id that a source has in every store: links to it keep working after a re-ingest."""
    spelled = normalise_source(source).encode("utf-8", "surrogateescape")
    return hashlib.sha256(spelled).hexdigest()[:12]
