"""The one transaction in which a document's new version takes the old one's place.

Passages of the old version are deleted, those of the new one are written and indexed. A text that
another document has already is kept as its duplicate: it answers when the other goes.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Literal

from docs_store import keyword_index
from docs_store.catalogue import READING
from docs_store.corrections import regions_to_json
from docs_store.dates import utc_now
from docs_store.records import VersionDraft
from docs_store.registry import count_change


@dataclass(frozen=True, slots=True)
class Published:
    """What `DocumentStore.publish` did."""

    status: Literal["added", "replaced", "unchanged", "duplicate"]
    document_id: str
    version: int
    passages: int
    passages_added: int = 0
    passages_removed: int = 0
    passages_kept: int = 0
    duplicate_of: str | None = None
    embedding_s: float = 0.0
    """What embedding the passages took."""


def publish_version(
    connection: sqlite3.Connection,
    draft: VersionDraft,
    source: str,
    document_id: str,
    vector_ids: Sequence[str],
) -> Published:
    """Write the version and make it the document's current one; inside a transaction.

    Args:
        connection: of the open transaction.
        draft: the version.
        source: the draft's source in its one spelling.
        document_id: the id of that source.
        vector_ids: of the draft's passages, in their order.
    """
    before = connection.execute(
        "SELECT state, version FROM documents WHERE document_id = ?", (document_id,)
    ).fetchone()
    old = {
        str(row[0])
        for row in connection.execute(
            "SELECT vector_id FROM passages WHERE document_id = ?", (document_id,)
        )
    }
    new = set(vector_ids)
    replaces = before is not None and before["state"] in ("live", "duplicate")
    if replaces:
        retire(connection, document_id, "replaced")
    text_sha256 = hashlib.sha256(draft.text.encode()).hexdigest()
    original = connection.execute(
        "SELECT d.document_id FROM documents d JOIN versions v USING (document_id, version) "
        "WHERE v.text_sha256 = ? AND d.state = 'live' AND d.document_id <> ?",
        (text_sha256, document_id),
    ).fetchone()
    published = Published(
        status="duplicate" if original else "replaced" if replaces else "added",
        document_id=document_id,
        version=1 if before is None else before["version"] + 1,
        passages=len(vector_ids),
        passages_added=len(new - old),
        passages_removed=len(old - new),
        passages_kept=len(new & old),
        duplicate_of=None if original is None else str(original[0]),
    )
    connection.execute(
        "INSERT INTO documents VALUES (:id, :source, :state, :version, :duplicate_of) "
        "ON CONFLICT (document_id) DO UPDATE SET source = excluded.source, "
        "state = excluded.state, version = excluded.version, duplicate_of = excluded.duplicate_of",
        {
            "id": document_id,
            "source": source,
            "state": "duplicate" if original else "live",
            "version": published.version,
            "duplicate_of": published.duplicate_of,
        },
    )
    _insert_version(connection, draft, text_sha256, published)
    _insert_passages(connection, draft, published, vector_ids)
    _insert_links(connection, draft, published)
    _insert_boxes(connection, draft, published)
    if original is None:
        _make_live(connection, document_id)
    count_change(connection)
    return published


def retire(connection: sqlite3.Connection, document_id: str, why: str) -> None:
    """Take a document's passages out, and let a duplicate of it answer in its place."""
    keyword_index.remove(connection, _indexed_rows(connection, document_id, live=True))
    connection.execute("DELETE FROM passages WHERE document_id = ?", (document_id,))
    connection.execute(
        "UPDATE versions SET retired_at = ?, retired_why = ? "
        "WHERE document_id = ? AND retired_at IS NULL",
        (utc_now(), why, document_id),
    )
    heir = connection.execute(
        "SELECT document_id FROM documents WHERE duplicate_of = ? ORDER BY source LIMIT 1",
        (document_id,),
    ).fetchone()
    if heir is not None:
        connection.execute(
            "UPDATE documents SET state = 'live', duplicate_of = NULL WHERE document_id = ?",
            (heir[0],),
        )
        connection.execute(
            "UPDATE documents SET duplicate_of = ? WHERE duplicate_of = ?", (heir[0], document_id)
        )
        _make_live(connection, heir[0])


def take_out(connection: sqlite3.Connection, document_id: str, state: str) -> None:
    """Retire a document for good: ``state`` is ``"removed"`` or ``"erased"``."""
    retire(connection, document_id, state)
    connection.execute(
        "UPDATE documents SET state = ?, duplicate_of = NULL WHERE document_id = ?",
        (state, document_id),
    )
    count_change(connection)


def _insert_version(
    connection: sqlite3.Connection, draft: VersionDraft, text_sha256: str, published: Published
) -> None:
    values = {
        "document_id": published.document_id,
        "version": published.version,
        "content_sha256": draft.content_sha256,
        "text_sha256": text_sha256,
        "media_type": draft.media_type,
        "title": draft.title,
        "date": draft.date,
        "language": draft.language,
        "characters": len(draft.text),
        "page_count": len(draft.pages),
        "kind": draft.kind,
        "publisher": draft.publisher,
        "regions": regions_to_json(draft.regions),
        "people": json.dumps([astuple(person) for person in draft.people], ensure_ascii=False),
        "regulation": draft.regulation,
        "reading": READING,
        "warnings": json.dumps(draft.warnings),
        "added_at": utc_now(),
        "passages_added": published.passages_added,
        "passages_removed": published.passages_removed,
        "passages_kept": published.passages_kept,
    }
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    connection.execute(f"INSERT INTO versions ({names}) VALUES ({places})", values)
    connection.execute(
        "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)",
        (
            published.document_id,
            published.version,
            draft.text,
            json.dumps([astuple(page) for page in draft.pages]),
            json.dumps(draft.headings),
            json.dumps(draft.report, ensure_ascii=False),
        ),
    )


def _insert_links(
    connection: sqlite3.Connection, draft: VersionDraft, published: Published
) -> None:
    connection.executemany(
        "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?)",
        [(published.document_id, published.version, *astuple(link)) for link in draft.links],
    )


def _insert_boxes(
    connection: sqlite3.Connection, draft: VersionDraft, published: Published
) -> None:
    by_page: dict[int, list[tuple[object, ...]]] = {}
    for box in draft.boxes:
        by_page.setdefault(box.page, []).append(astuple(box)[1:])
    connection.executemany(
        "INSERT INTO boxes VALUES (?, ?, ?, ?)",
        [
            (published.document_id, published.version, page, json.dumps(boxes))
            for page, boxes in by_page.items()
        ],
    )


def _insert_passages(
    connection: sqlite3.Connection,
    draft: VersionDraft,
    published: Published,
    vector_ids: Sequence[str],
) -> None:
    connection.executemany(
        'INSERT INTO passages (document_id, version, live, start, "end", text, page, locator, '
        "context, vector_id, confidence) VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                published.document_id,
                published.version,
                passage.start,
                passage.end,
                draft.text[passage.start : passage.end],
                passage.page,
                passage.locator,
                passage.context,
                vector_id,
                passage.confidence,
            )
            for passage, vector_id in zip(draft.passages, vector_ids, strict=True)
        ],
    )


def _make_live(connection: sqlite3.Connection, document_id: str) -> None:
    keyword_index.add(connection, _indexed_rows(connection, document_id, live=False))
    connection.execute("UPDATE passages SET live = 1 WHERE document_id = ?", (document_id,))


def _indexed_rows(
    connection: sqlite3.Connection, document_id: str, *, live: bool
) -> list[tuple[int, str, str, str]]:
    rows = connection.execute(
        "SELECT p.passage_id, p.text, p.context, v.language "
        "FROM passages p JOIN versions v USING (document_id, version) "
        "WHERE p.document_id = ? AND p.live = ?",
        (document_id, int(live)),
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]
