"""Proves a store: nothing lost, nothing unreachable, nothing found that was retired."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docs_store import keyword_index
from docs_store.analysis import terms
from docs_store.catalogue import ANSWERING
from docs_store.errors import StoreDamaged
from docs_store.kept_vectors import Progress, as_vector
from docs_store.store import DocumentStore
from docs_store.vector_index import VectorIndex

OWN_VECTOR_TOLERANCE = 1e-3
"""Cosine difference within which two vectors tie (they are kept in 16 bits)."""
ATTEMPTS = 3
QUERY_BATCH = 200


@dataclass(slots=True)
class CheckReport:
    """What `check` counted; ``problems`` is empty where the store is sound."""

    documents: int = 0
    passages: int = 0
    vectors: int = 0
    retired_vectors: int = 0
    problems: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def to_json(self) -> dict[str, Any]:
        """The object that ``tanya docs check --json`` prints."""
        return {"sound": self.sound, **asdict(self)}


def check(store: DocumentStore, progress: Progress | None = None) -> CheckReport:
    """Prove that every live passage is an exact slice and is found by its vector and its words.

    Also that originals match their hashes, and that retired passages are found by neither.

    Args:
        store: the store; others may read and write it meanwhile.
        progress: called with (vectors checked, vectors to check).

    Raises:
        WrongModel
    """
    for attempt in range(1, ATTEMPTS + 1):
        report = CheckReport()
        generation = store.meta().get("generation")
        try:
            with store.registry.reading() as connection:
                _check_file(connection, report)
                _check_originals(store, connection, report)
                _check_slices(connection, report)
                _check_places(connection, report)
                _check_keywords(connection, report)
                _check_vectors(store, connection, report, progress)
        except StoreDamaged as error:
            report.problems.append(error.text("en"))
        # Where another process switched generations meanwhile, the snapshot's index is gone.
        if store.meta().get("generation") == generation or attempt == ATTEMPTS:
            break
    return report


def _check_file(connection: sqlite3.Connection, report: CheckReport) -> None:
    found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(10)")]
    if found != ["ok"]:
        report.problems.extend(f"registry: {line}" for line in found)


def _check_originals(
    store: DocumentStore, connection: sqlite3.Connection, report: CheckReport
) -> None:
    rows = connection.execute(
        "SELECT d.source, d.state, v.content_sha256 FROM documents d "
        f"JOIN versions v USING (document_id, version) WHERE d.state IN {ANSWERING}"
    ).fetchall()
    report.documents = len(rows)
    for row in rows:
        path = store.originals.path(row["content_sha256"])
        if not path.is_file():
            report.problems.append(f"{row['source']}: original missing ({path})")
            continue
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != row["content_sha256"]:
            report.problems.append(f"{row['source']}: original altered ({path})")
    for source, original in connection.execute(
        "SELECT d.source, o.state FROM documents d "
        "LEFT JOIN documents o ON o.document_id = d.duplicate_of WHERE d.state = 'duplicate'"
    ):
        if original != "live":
            report.problems.append(f"{source}: a duplicate of a document that does not answer")


def _check_slices(connection: sqlite3.Connection, report: CheckReport) -> None:
    rows = connection.execute(
        'SELECT p.passage_id, p.text, substr(t.text, p.start + 1, p."end" - p.start) AS slice, '
        "p.live, p.version, d.version AS current, d.state, d.source "
        "FROM passages p JOIN texts t USING (document_id, version) "
        "JOIN documents d USING (document_id)"
    )
    for row in rows:
        report.passages += row["live"]
        if row["text"] != row["slice"]:
            report.problems.append(f"{row['source']}: passage {row['passage_id']} is no slice")
        if row["live"] != (row["state"] == "live") or row["version"] != row["current"]:
            report.problems.append(f"{row['source']}: passage {row['passage_id']} out of place")


def _check_places(connection: sqlite3.Connection, report: CheckReport) -> None:
    rows = connection.execute(
        "SELECT d.source, 'link' AS what, l.start, l.\"end\", v.characters FROM links l "
        "JOIN versions v USING (document_id, version) JOIN documents d USING (document_id) "
        "UNION ALL SELECT d.source, 'box', json_extract(j.value, '$[0]'), "
        "json_extract(j.value, '$[1]'), v.characters FROM boxes b, json_each(b.boxes) j "
        "JOIN versions v USING (document_id, version) JOIN documents d USING (document_id)"
    )
    for source, what, start, end, characters in rows:
        if not 0 <= start <= end <= characters:
            report.problems.append(f"{source}: a {what} is outside the text ({start}-{end})")
    for source in connection.execute(
        "SELECT d.source FROM documents d JOIN versions v USING (document_id, version) "
        "LEFT JOIN texts t USING (document_id, version) "
        "WHERE d.state <> 'erased' AND length(t.text) IS NOT v.characters"
    ):
        report.problems.append(f"{source[0]}: text missing or cut")


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
    progress: Progress | None,
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
    for vector_id in wanted:
        if wanted[vector_id] is None or vector_id not in present:
            report.problems.append(f"vector {vector_id} is missing")
    sound = {name: as_vector(wanted[name]) for name in wanted if wanted[name] and name in present}
    ids = list(sound)
    for first in range(0, len(ids), QUERY_BATCH):
        if progress is not None:
            progress(first, len(ids))
        part = ids[first : first + QUERY_BATCH]
        for vector_id, found in zip(
            part, index.query_each([sound[name] for name in part], 1), strict=True
        ):
            if found[0][0] != vector_id and not _ties(index, vector_id, sound[vector_id]):
                report.problems.append(f"vector {vector_id} is not found by itself")
    if progress is not None:
        progress(len(ids), len(ids))


def _ties(index: VectorIndex, vector_id: str, vector: NDArray[np.float32]) -> bool:
    """Whether others are as near to the vector as it is itself: texts that are all but the same."""
    found = index.query(vector, 50)
    own = dict(found).get(vector_id)
    return own is not None and found[0][1] - own <= OWN_VECTOR_TOLERANCE
