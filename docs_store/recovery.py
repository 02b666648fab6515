"""Puts right what a stopped process, an update or a restored backup left; inside the write lock."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from docs_store import keyword_index
from docs_store.analysis import ANALYSIS_VERSION
from docs_store.errors import StoreBusy, StoreNotWritable
from docs_store.registry import count_change, drop_meta, set_meta

if TYPE_CHECKING:
    from docs_store.store import DocumentStore


def recover_at_open(store: DocumentStore) -> None:
    """Recover if there is need, unless another process is writing or this one may not."""
    if store.lock.left_behind or _needed(store):
        with suppress(StoreBusy, StoreNotWritable), store.lock.held(timeout_s=0) as died:
            recover(store, died=died)


def recover(store: DocumentStore, *, died: bool) -> None:
    """Finish or undo what is half done; costs a look when there is nothing.

    Args:
        store: the store, whose write lock is held.
        died: the last writer did not come to its end.
    """
    if died:
        store.generations.drop_all_but_current()
        drop_unnamed_originals(store)
    meta = store.meta()
    if "erasing" in meta:
        finish_erasing(store)
    if meta["analysis_version"] != str(ANALYSIS_VERSION):
        write_keywords_anew(store)
    generation = meta.get("generation")
    if generation is not None and not store.generations.index(generation).exists:
        store.generations.write_anew()


def finish_erasing(store: DocumentStore) -> None:
    """Write everything anew in which an erased document may have left a trace."""
    write_keywords_anew(store)
    drop_unused_vectors(store)
    store.generations.write_anew()
    drop_unnamed_originals(store)
    store.registry.drop_old_schemas()
    store.registry.vacuum()
    with store.registry.writing() as connection:
        drop_meta(connection, "erasing")
    store.registry.checkpoint()


def write_keywords_anew(store: DocumentStore) -> None:
    """Make the keyword index from the live passages, in one transaction."""
    with store.registry.writing() as connection:
        keyword_index.clear(connection)
        keyword_index.add(
            connection,
            (
                (row[0], row[1], row[2], row[3])
                for row in connection.execute(
                    "SELECT p.passage_id, p.text, p.context, v.language FROM passages p "
                    "JOIN versions v USING (document_id, version) WHERE p.live"
                ).fetchall()
            ),
        )
        set_meta(connection, "analysis_version", str(ANALYSIS_VERSION))
        count_change(connection)


def drop_unused_vectors(store: DocumentStore) -> None:
    """Forget the vectors that no passage has."""
    with store.registry.writing() as connection:
        connection.execute(
            "DELETE FROM vectors WHERE vector_id NOT IN (SELECT vector_id FROM passages)"
        )


def drop_unnamed_originals(store: DocumentStore) -> None:
    """Delete the originals that no version's text was read from."""
    with store.registry.reading() as connection:
        named = [
            str(row[0])
            for row in connection.execute(
                "SELECT content_sha256 FROM versions WHERE retired_why IS NOT 'erased'"
            )
        ]
    store.originals.drop_all_but(named)


def _needed(store: DocumentStore) -> bool:
    meta = store.meta()
    generation = meta.get("generation")
    return (
        "erasing" in meta
        or meta["analysis_version"] != str(ANALYSIS_VERSION)
        or (generation is not None and not store.generations.index(generation).exists)
    )
