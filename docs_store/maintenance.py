"""Compacts, rebuilds and erases: the slow work on a store, each step safe to stop."""

from __future__ import annotations

from docs_store.catalogue import documents_with_text
from docs_store.checking import CheckReport, check
from docs_store.conversations import forget_document
from docs_store.embedding_model import EmbeddingModel
from docs_store.errors import DocumentNotFound
from docs_store.generations import check_model
from docs_store.kept_vectors import NEXT, Progress, embed_missing, embedded_text
from docs_store.publishing import take_out
from docs_store.records import Document
from docs_store.recovery import drop_unused_vectors, finish_erasing, write_keywords_anew
from docs_store.registry import set_meta
from docs_store.store import DocumentStore

__all__ = ["CheckReport", "check", "check_and_repair", "compact", "erase", "rebuild"]


def compact(store: DocumentStore) -> None:
    """Write the vector index without retired vectors, and forget these.

    Raises:
        StoreBusy, StoreNotWritable
    """
    with store.writing():
        drop_unused_vectors(store)
        store.generations.write_anew()


def rebuild(
    store: DocumentStore, model: EmbeddingModel | None = None, progress: Progress | None = None
) -> None:
    """Make keyword and vector index anew from what SQLite keeps, and switch to them.

    Vectors that are kept are used again; missing ones are computed. With another model, all are
    computed, each batch kept at once: stopped, the same call goes on where it was. The old
    indexes answer until the new ones are whole; then the store belongs to the new model.

    Args:
        store: the store.
        model: what to embed with from now on; the store's own if none is given.
        progress: called with (passages embedded, passages to embed).

    Raises:
        WrongModel: no model is given, and the store's is not the one it was embedded with.
        StoreBusy, StoreNotWritable, ModelNotLoadable
    """
    with store.writing():
        stored = store.meta().get("embedding_model")
        with store.registry.reading() as connection:
            texts = {
                str(row["vector_id"]): embedded_text(row["context"], row["text"])
                for row in connection.execute("SELECT vector_id, context, text FROM passages")
            }
        write_keywords_anew(store)
        if model is None or model.name == stored:
            check_model(store.meta(), model or store.model)
            embed_missing(store.registry, model or store.model, texts, progress)
            drop_unused_vectors(store)
            store.generations.write_anew()
        elif stored is not None:
            _gather_for(store, model)
            embed_missing(store.registry, model, texts, progress, NEXT)
            store.generations.write_anew(NEXT)
        store.model = model or store.model


def erase(store: DocumentStore, document_id: str) -> list[Document]:
    """Delete a document from every place: text, passages, terms, vectors, original, answers kept.

    The history keeps only that it was erased, when, and the hash of what it was. A backup made
    before still has it.

    Returns:
        Other documents that hold the same text, and so still do.

    Raises:
        DocumentNotFound, StoreBusy, StoreNotWritable
    """
    with store.writing():
        with store.registry.writing() as connection:
            row = connection.execute(
                "SELECT d.state, v.text_sha256 FROM documents d "
                "JOIN versions v USING (document_id, version) WHERE d.document_id = ?",
                (document_id,),
            ).fetchone()
            if row is None or row["state"] == "erased":
                raise DocumentNotFound(document_id=document_id)
            # First, so that a stop in between leaves nothing of what is erased.
            forget_document(store.path, document_id)
            take_out(connection, document_id, "erased")
            connection.execute(
                "UPDATE versions SET title = '', characters = 0, page_count = 0, kind = 'other', "
                "publisher = NULL, regions = '[]', people = '[]', regulation = NULL, "
                "warnings = '[]', text_sha256 = '', date = NULL, language = 'und', "
                "retired_why = 'erased' WHERE document_id = ?",
                (document_id,),
            )
            for table in ("texts", "links", "boxes", "corrections"):
                connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))
            connection.execute(
                "UPDATE documents SET source = 'erased:' || document_id WHERE document_id = ?",
                (document_id,),
            )
            set_meta(connection, "erasing", "1")
            remaining = documents_with_text(connection, row["text_sha256"])
        finish_erasing(store)
    return remaining


def check_and_repair(store: DocumentStore, progress: Progress | None = None) -> CheckReport:
    """Check; where something is wrong, make anew what is derived, and check again.

    ``repaired`` in the report are the problems that are gone; what cannot be derived (an original
    that was altered) stays among its ``problems``.
    """
    before = check(store, progress)
    if before.sound:
        return before
    rebuild(store, progress=progress)
    report = check(store, progress)
    report.repaired = [problem for problem in before.problems if problem not in report.problems]
    return report


def _gather_for(store: DocumentStore, model: EmbeddingModel) -> None:
    """Make the table in which this model's vectors are gathered, or go on with it."""
    with store.registry.writing() as connection:
        if store.registry.meta(connection).get("next_model") != model.name:
            connection.execute(f"DROP TABLE IF EXISTS {NEXT}")
            connection.execute(
                f"CREATE TABLE {NEXT} (vector_id TEXT PRIMARY KEY, vector BLOB NOT NULL) "
                "WITHOUT ROWID"
            )
            set_meta(connection, "next_model", model.name)
            set_meta(connection, "next_dimension", str(model.dimension))
