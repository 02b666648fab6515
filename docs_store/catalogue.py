"""Reads what is kept about documents, out of one snapshot."""

from __future__ import annotations

import json
import sqlite3

from docs_store.errors import DocumentNotFound
from docs_store.records import Document, VersionSummary

ANSWERING = "('live', 'duplicate')"
"""States of documents that answers may come from."""

_SELECT_DOCUMENT = f"""
SELECT d.document_id, d.source, d.version, d.state, d.duplicate_of, v.title, v.date, v.language,
  v.media_type, v.content_sha256, v.text_sha256, v.pages, v.added_at, v.warnings,
  length(v.text) AS characters,
  (SELECT count(*) FROM passages p WHERE p.document_id = d.document_id) AS passages
FROM documents d JOIN versions v USING (document_id, version)
WHERE d.state IN {ANSWERING}
"""


def documents(connection: sqlite3.Connection) -> list[Document]:
    """All documents that answers may come from, by title."""
    rows = connection.execute(f"{_SELECT_DOCUMENT} ORDER BY v.title, d.source")
    return [_document(row) for row in rows]


def document_count(connection: sqlite3.Connection) -> int:
    """How many documents answers may come from."""
    query = f"SELECT count(*) FROM documents WHERE state IN {ANSWERING}"
    return int(connection.execute(query).fetchone()[0])


def document(connection: sqlite3.Connection, document_id: str) -> Document:
    """One document by its id.

    Raises:
        DocumentNotFound: it is not there, or was removed.
    """
    row = connection.execute(f"{_SELECT_DOCUMENT} AND d.document_id = ?", (document_id,)).fetchone()
    if row is None:
        raise DocumentNotFound(document_id=document_id)
    return _document(row)


def documents_with_text(connection: sqlite3.Connection, text_sha256: str) -> list[Document]:
    """All documents whose current text has this hash."""
    rows = connection.execute(f"{_SELECT_DOCUMENT} AND v.text_sha256 = ?", (text_sha256,))
    return [_document(row) for row in rows]


def version_value(
    connection: sqlite3.Connection, column: str, document_id: str, version: int | None
) -> str:
    """One column of a version; of the latest one if none is named.

    Raises:
        DocumentNotFound: there is no such version, or it was erased.
    """
    row = connection.execute(
        f"SELECT v.{column} FROM versions v JOIN documents d USING (document_id) "
        "WHERE v.document_id = ? AND v.version = coalesce(?, d.version) "
        "AND v.retired_why IS NOT 'erased'",
        (document_id, version),
    ).fetchone()
    if row is None:
        raise DocumentNotFound(document_id=document_id)
    return str(row[0])


def history(connection: sqlite3.Connection, document_id: str) -> list[VersionSummary]:
    """All versions there have been, oldest first.

    Raises:
        DocumentNotFound: no such document was ever here.
    """
    rows = connection.execute(
        "SELECT v.version, v.content_sha256, v.title, v.added_at, v.retired_at, "
        "v.retired_why, v.passages_added, v.passages_removed, v.passages_kept "
        "FROM versions v WHERE document_id = ? ORDER BY version",
        (document_id,),
    ).fetchall()
    if not rows:
        raise DocumentNotFound(document_id=document_id)
    return [VersionSummary(*row) for row in rows]


def is_kept(connection: sqlite3.Connection, source: str, content_sha256: str) -> bool:
    """Whether this source is kept with exactly these bytes."""
    return bool(
        connection.execute(
            "SELECT 1 FROM documents d JOIN versions v USING (document_id, version) "
            f"WHERE d.source = ? AND v.content_sha256 = ? AND d.state IN {ANSWERING}",
            (source, content_sha256),
        ).fetchone()
    )


def _document(row: sqlite3.Row) -> Document:
    return Document(
        document_id=row["document_id"],
        source=row["source"],
        version=row["version"],
        title=row["title"],
        date=row["date"],
        language=row["language"],
        media_type=row["media_type"],
        content_sha256=row["content_sha256"],
        text_sha256=row["text_sha256"],
        pages=len(json.loads(row["pages"])),
        passages=row["passages"],
        characters=row["characters"],
        added_at=row["added_at"],
        duplicate_of=row["duplicate_of"],
        warnings=tuple(json.loads(row["warnings"])),
    )
