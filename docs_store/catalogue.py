"""Reads what is kept about documents, out of one snapshot."""

from __future__ import annotations

import json
import sqlite3

from docs_store.corrections import CORRECTABLE, corrected
from docs_store.errors import DocumentNotFound
from docs_store.records import Document, Person, Region, TextBox, VersionSummary

ANSWERING = "('live', 'duplicate')"
"""States of documents that answers may come from."""

READING = 3
"""What a version must hold to count as read: raised when more is read off documents. A version
that an older reader made answers as it is, and is read again when ingest comes over it."""

_SELECT_DOCUMENT = f"""
SELECT d.document_id, d.source, d.version, d.state, d.duplicate_of, v.language,
  {", ".join(f"{corrected(field)} AS {field}" for field in CORRECTABLE)},
  v.media_type, v.content_sha256, v.text_sha256, v.page_count, v.characters, v.added_at,
  v.warnings, v.people, v.regulation,
  (SELECT count(*) FROM passages p WHERE p.document_id = d.document_id) AS passages,
  (SELECT group_concat(c.field) FROM corrections c WHERE c.document_id = d.document_id) AS corrected
FROM documents d JOIN versions v USING (document_id, version)
WHERE d.state IN {ANSWERING}
"""


def documents(connection: sqlite3.Connection) -> list[Document]:
    """All documents that answers may come from, by title."""
    rows = connection.execute(f"{_SELECT_DOCUMENT} ORDER BY title, d.source")
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


def documents_of_regulation(connection: sqlite3.Connection, key: str) -> list[Document]:
    """All documents that are the regulation with this key, by title."""
    rows = connection.execute(
        f"{_SELECT_DOCUMENT} AND v.regulation = ? ORDER BY title, d.source", (key,)
    )
    return [_document(row) for row in rows]


def boxes(
    connection: sqlite3.Connection, document_id: str, version: int, page: int
) -> tuple[TextBox, ...]:
    """Where recognised text stands on a page; empty where there is none."""
    row = connection.execute(
        "SELECT boxes FROM boxes WHERE document_id = ? AND version = ? AND page = ?",
        (document_id, version, page),
    ).fetchone()
    return () if row is None else tuple(TextBox(page, *box) for box in json.loads(row[0]))


def version_value(
    connection: sqlite3.Connection, column: str, document_id: str, version: int | None
) -> str:
    """One column of a version, or of its text; of the latest one if none is named.

    Raises:
        DocumentNotFound: there is no such version, or it was erased.
    """
    table = "t" if column in ("text", "pages", "headings", "report") else "v"
    texts = "JOIN texts t USING (document_id, version) " if table == "t" else ""
    row = connection.execute(
        f"SELECT {table}.{column} FROM versions v {texts}JOIN documents d USING (document_id) "
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
    """Whether this source is kept with exactly these bytes, as this program reads them."""
    return bool(
        connection.execute(
            "SELECT 1 FROM documents d JOIN versions v USING (document_id, version) "
            "WHERE d.source = ? AND v.content_sha256 = ? AND v.reading >= ? "
            f"AND d.state IN {ANSWERING}",
            (source, content_sha256, READING),
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
        pages=row["page_count"],
        passages=row["passages"],
        characters=row["characters"],
        added_at=row["added_at"],
        duplicate_of=row["duplicate_of"],
        warnings=tuple(json.loads(row["warnings"])),
        kind=row["kind"],
        publisher=row["publisher"],
        regions=tuple(Region(*region) for region in json.loads(row["regions"])),
        people=tuple(Person(*person) for person in json.loads(row["people"])),
        regulation=row["regulation"],
        corrected=tuple(sorted(row["corrected"].split(","))) if row["corrected"] else (),
    )
