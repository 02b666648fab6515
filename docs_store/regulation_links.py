"""Which regulation revokes or amends which, by what the kept texts say."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Literal, cast

from docs_store.catalogue import ANSWERING
from docs_store.corrections import corrected
from docs_store.records import Notice, RegulationLink

_ACTIVE = {"revoked_by": "revokes", "amended_by": "amends"}
_CURRENT = "JOIN documents d ON d.document_id = l.document_id AND d.version = l.version"


def links_from(connection: sqlite3.Connection, document_id: str) -> tuple[RegulationLink, ...]:
    """What the document's current text says of other regulations, in the text's order."""
    rows = connection.execute(
        f'SELECT l.relation, l.target, l.start, l."end" FROM links l {_CURRENT} '
        f"WHERE l.document_id = ? AND d.state IN {ANSWERING} ORDER BY l.start, l.target",
        (document_id,),
    )
    return tuple(RegulationLink(*row) for row in rows)


def notices(connection: sqlite3.Connection, document_id: str) -> tuple[Notice, ...]:
    """What was done to a document: by its own text first, then by what other texts say.

    Each (relation, target) comes once. Costs two look-ups by index where there is none.
    """
    key = connection.execute(
        "SELECT v.regulation FROM documents d JOIN versions v USING (document_id, version) "
        f"WHERE d.document_id = ? AND d.state IN {ANSWERING}",
        (document_id,),
    ).fetchone()
    return () if key is None else _notices(connection, [document_id], key[0])


def notices_of_regulation(connection: sqlite3.Connection, key: str) -> tuple[Notice, ...]:
    """What was done to the regulation with this key, whether or not it is kept here itself."""
    own = connection.execute(
        "SELECT d.document_id FROM versions v JOIN documents d USING (document_id, version) "
        "WHERE v.regulation = ? AND d.state = 'live' ORDER BY d.source",
        (key,),
    )
    return _notices(connection, [row[0] for row in own], key)


def _notices(
    connection: sqlite3.Connection, own: Sequence[str], key: str | None
) -> tuple[Notice, ...]:
    stated: list[tuple[str, str, str, int, int]] = [
        (link.relation, link.target, document_id, link.start, link.end)
        for document_id in own
        for link in links_from(connection, document_id)
        if link.relation in _ACTIVE and link.target != key
    ]
    for passive, active in _ACTIVE.items() if key is not None else ():
        stated += [
            (passive, row["regulation"], row["document_id"], row["start"], row["end"])
            for row in connection.execute(
                f'SELECT v.regulation, l.document_id, l.start, l."end" FROM links l {_CURRENT} '
                "JOIN versions v USING (document_id, version) WHERE l.target = ? "
                "AND l.relation = ? AND d.state = 'live' AND v.regulation IS NOT NULL "
                "AND v.regulation <> l.target ORDER BY v.regulation, d.source, l.start",
                (key, active),
            )
        ]
    found: dict[tuple[str, str], Notice] = {}
    for relation, target, stated_in, start, end in stated:
        if (relation, target) not in found:
            found[relation, target] = Notice(
                cast(Literal["revoked_by", "amended_by"], relation),
                target,
                *_document_of(connection, target),
                stated_in,
                start,
                end,
                *_slice(connection, stated_in, start, end),
            )
    return tuple(found.values())


def _document_of(connection: sqlite3.Connection, key: str) -> tuple[str | None, str | None]:
    row = connection.execute(
        f"SELECT d.document_id, {corrected('title')} FROM versions v "
        "JOIN documents d USING (document_id, version) "
        "WHERE v.regulation = ? AND d.state = 'live' ORDER BY d.source LIMIT 1",
        (key,),
    ).fetchone()
    return (None, None) if row is None else (str(row[0]), str(row[1]))


def _slice(
    connection: sqlite3.Connection, document_id: str, start: int, end: int
) -> tuple[str, int]:
    """The words at an offset of the current text, and its version."""
    row = connection.execute(
        "SELECT substr(t.text, ?, ?), version FROM texts t "
        "JOIN documents d USING (document_id, version) WHERE d.document_id = ?",
        (start + 1, end - start, document_id),
    ).fetchone()
    return str(row[0]), int(row[1])
