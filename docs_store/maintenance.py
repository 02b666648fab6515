"""Proves a store, mends what is derived, and takes documents out for good."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docs_store import keyword_index
from docs_store.analysis import terms
from docs_store.errors import DocumentNotFound
from docs_store.registry import count_change, set_meta
from docs_store.store import DocumentStore

OWN_VECTOR_TOLERANCE = 1e-3
"""Cosine difference within which two vectors tie (they are kept in 16 bits)."""
BATCH = 2_000


@dataclass(slots=True)
class CheckReport:
    """What `check` counted; ``problems`` is empty where the store is sound."""

    documents: int = 0
    passages: int = 0
    vectors: int = 0
    retired_vectors: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def to_json(self) -> dict[str, Any]:
        """The object that ``tanya docs check --json`` prints."""
        return {"sound": self.sound, **asdict(self)}


def check(
    store: DocumentStore, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> CheckReport:
    """Prove that every live passage is an exact slice and is found by its vector and its words.

    Also that originals match their hashes, and that retired passages are found by neither.
    """
    report = CheckReport()
    with store.registry.reading() as connection:
        _check_originals(store, connection, report)
        _check_slices(connection, report)
        _check_keywords(connection, report)
        _check_vectors(store, connection, report, progress)
    return report


def _check_originals(
    store: DocumentStore, connection: sqlite3.Connection, report: CheckReport
) -> None:
    rows = connection.execute(
        "SELECT d.source, d.state, v.content_sha256 FROM documents d "
        "JOIN versions v USING (document_id, version) WHERE d.state IN ('live', 'duplicate')"
    ).fetchall()
    report.documents = len(rows)
    for row in rows:
        path = store.original_path(row["content_sha256"])
        if not path.is_file():
            report.problems.append(f"{row['source']}: original missing ({path})")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != row["content_sha256"]:
            report.problems.append(f"{row['source']}: original altered ({path})")
    for source, original in connection.execute(
        "SELECT d.source, o.state FROM documents d "
        "LEFT JOIN documents o ON o.document_id = d.duplicate_of WHERE d.state = 'duplicate'"
    ):
        if original != "live":
            report.problems.append(f"{source}: a duplicate of a document that does not answer")


def _check_slices(connection: sqlite3.Connection, report: CheckReport) -> None:
    rows = connection.execute(
        'SELECT p.passage_id, p.text, substr(v.text, p.start + 1, p."end" - p.start) AS slice, '
        "p.live, p.version, d.version AS current, d.state, d.source "
        "FROM passages p JOIN versions v USING (document_id, version) "
        "JOIN documents d USING (document_id)"
    )
    for row in rows:
        report.passages += row["live"]
        if row["text"] != row["slice"]:
            report.problems.append(f"{row['source']}: passage {row['passage_id']} is no slice")
        if row["live"] != (row["state"] == "live") or row["version"] != row["current"]:
            report.problems.append(f"{row['source']}: passage {row['passage_id']} out of place")


def _check_keywords(connection: sqlite3.Connection, report: CheckReport) -> None:
    indexed = {row[0] for row in connection.execute("SELECT id FROM passages_terms_docsize")}
    live = {row[0] for row in connection.execute("SELECT passage_id FROM passages WHERE live")}
    for passage_id in sorted(live - indexed):
        report.problems.append(f"passage {passage_id} is not in the keyword index")
    for passage_id in sorted(indexed - live):
        report.problems.append(f"passage {passage_id} is retired but in the keyword index")
    for row in connection.execute(
        "SELECT p.passage_id, p.text, v.language FROM passages p "
        "JOIN versions v USING (document_id, version) WHERE p.live"
    ):
        words = list(dict.fromkeys(terms(row["text"], row["language"])))[:8]
        if words and not keyword_index.holds(connection, words, row["passage_id"]):
            report.problems.append(f"passage {row['passage_id']} is not found by its own words")


def _check_vectors(
    store: DocumentStore,
    connection: sqlite3.Connection,
    report: CheckReport,
    progress: Callable[[int, int], None],
) -> None:
    wanted = {
        row[0]: row[1]
        for row in connection.execute(
            "SELECT p.vector_id, w.vector FROM passages p LEFT JOIN vectors w USING (vector_id)"
        )
    }
    index = store.current_index(connection)
    if index is None:
        if wanted:
            report.problems.append("there are passages but no vector index")
        return
    present = index.ids()
    report.vectors = len(wanted)
    report.retired_vectors = len(present - set(wanted))
    for done, (vector_id, blob) in enumerate(wanted.items()):
        if done % 100 == 0:
            progress(done, len(wanted))
        if blob is None or vector_id not in present:
            report.problems.append(f"vector {vector_id} is missing")
            continue
        vector = np.frombuffer(blob, np.float16).astype(np.float32)
        nearest = index.query(vector, 1)
        if nearest[0][0] != vector_id:
            own = dict(index.query(vector, 50)).get(vector_id)
            if own is None or nearest[0][1] - own > OWN_VECTOR_TOLERANCE:
                report.problems.append(f"vector {vector_id} is not found by itself")
    progress(len(wanted), len(wanted))


def rebuild(
    store: DocumentStore, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> None:
    """Make keyword and vector index anew from what SQLite keeps, and switch to them.

    Vectors that are kept are used again; missing ones are computed. The old generation answers
    until the new one is whole.
    """
    with store.writing():
        with store.registry.reading() as connection:
            texts = {
                row["vector_id"]: f"{row['context']}\n{row['text']}"
                for row in connection.execute("SELECT vector_id, context, text FROM passages")
            }
            generation = store.registry.meta(connection).get("generation")
        store.embed_missing(texts, progress)
        number = int(generation.rsplit("-", 1)[1]) + 1 if generation else 1
        fresh = store.make_index(f"generation-{number:06d}")
        fresh.drop()  # what a stopped rebuild may have left
        fresh.create()
        ids = sorted(texts)
        for first in range(0, len(ids), BATCH):
            part = ids[first : first + BATCH]
            kept = store.kept_vectors(part)
            fresh.add(part, _stack(kept, part))
        with store.registry.writing() as connection:
            keyword_index.clear(connection)
            keyword_index.add(
                connection,
                [
                    (row[0], row[1], row[2], row[3])
                    for row in connection.execute(
                        "SELECT p.passage_id, p.text, p.context, v.language FROM passages p "
                        "JOIN versions v USING (document_id, version) WHERE p.live"
                    )
                ],
            )
            connection.execute(
                "DELETE FROM vectors WHERE vector_id NOT IN (SELECT vector_id FROM passages)"
            )
            set_meta(connection, "generation", fresh.generation)
            count_change(connection)
        fresh.close()
        store.forget_index()
        if generation is not None:
            store.make_index(generation).drop()


def _stack(kept: dict[str, NDArray[np.float32]], ids: list[str]) -> NDArray[np.float32]:
    return np.stack([kept[vector_id] for vector_id in ids])


def erase(store: DocumentStore, document_id: str) -> None:
    """Delete a document from every place: text, passages, terms, vectors, original file.

    The history keeps only that it was erased, when, and the hash of what it was.

    Raises:
        DocumentNotFound, StoreBusy, StoreNotWritable
    """
    with store.writing():
        with store.registry.writing() as connection:
            row = connection.execute(
                "SELECT state FROM documents WHERE document_id = ?", (document_id,)
            ).fetchone()
            if row is None or row["state"] == "erased":
                raise DocumentNotFound(document_id=document_id)
            hashes = [
                str(found[0])
                for found in connection.execute(
                    "SELECT content_sha256 FROM versions WHERE document_id = ?", (document_id,)
                )
            ]
            store.retire(connection, document_id, "erased")
            connection.execute(
                "UPDATE versions SET text = '', title = '', pages = '[]', headings = '[]', "
                "warnings = '[]', text_sha256 = '', retired_why = 'erased' WHERE document_id = ?",
                (document_id,),
            )
            connection.execute(
                "UPDATE documents SET state = 'erased', duplicate_of = NULL WHERE document_id = ?",
                (document_id,),
            )
            kept = {
                str(found[0])
                for found in connection.execute(
                    "SELECT content_sha256 FROM versions WHERE text <> ''"
                )
            }
            count_change(connection)
        for content_sha256 in set(hashes) - kept:
            with suppress(FileNotFoundError):
                os.unlink(store.original_path(content_sha256))
    rebuild(store)  # drops its terms and vectors
    store.registry.vacuum()
