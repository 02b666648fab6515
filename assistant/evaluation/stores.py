"""Real stores of the measuring passages: each passage is a document of its own.

Made by the program's own steps of publishing, so that what is measured is what people use; but for
all passages at once, because one by one the steps take longer than the measuring.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from assistant.training.examples import Passage
from docs_store.embedding_model import EmbeddingModel
from docs_store.kept_vectors import Progress, embed_missing, embedded_text, vector_id_of
from docs_store.publishing import publish_version
from docs_store.records import PassageDraft, VersionDraft
from docs_store.sources import document_id_of
from docs_store.store import DocumentStore

PLACE_DIGITS = 6


def pool_store(
    folder: Path,
    pool: Sequence[Passage],
    model: EmbeddingModel,
    progress: Progress | None = None,
) -> DocumentStore:
    """The store of a pool in a folder named by what is in it; made if it is not there yet.

    Args:
        folder: where stores are kept from one run to the next.
        pool: the passages; the document's source is the passage's place in it.
        model: what embeds.
        progress: called with (passages embedded, passages to embed).
    """
    digest = hashlib.sha256(model.name.encode())
    for passage in pool:
        digest.update(f"\0{passage.context}\0{passage.text}".encode())
    store = DocumentStore(folder / digest.hexdigest()[:16], model)
    if store.document_count() == len(pool):
        return store
    embedded = [embedded_text(passage.context, passage.text) for passage in pool]
    vector_ids = [vector_id_of(text) for text in embedded]
    with store.writing():
        embed_missing(store.registry, model, dict(zip(vector_ids, embedded, strict=True)), progress)
        store.generations.append(list(dict.fromkeys(vector_ids)), model)
        with store.registry.writing() as connection:
            for place, (passage, vector_id) in enumerate(zip(pool, vector_ids, strict=True)):
                draft = _draft(place, passage)
                publish_version(
                    connection, draft, draft.source, document_id_of(draft.source), [vector_id]
                )
        store.generations.forget()
    return store


def place_of(source: str) -> int:
    """A passage's place in its pool, from its document's source."""
    return int(source.rsplit("-", 1)[-1])


def _draft(place: int, passage: Passage) -> VersionDraft:
    return VersionDraft(
        source=f"passage-{place:0{PLACE_DIGITS}}",
        content_sha256=hashlib.sha256(passage.text.encode()).hexdigest(),
        media_type="text/plain",
        title=passage.context or f"Kutipan {place}",
        date=None,
        language="id",
        text=passage.text,
        pages=(),
        passages=(PassageDraft(0, len(passage.text), None, None, passage.context),),
    )
