"""The two searches, each from one moment's whole versions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from docs_store import keyword_index
from docs_store.corrections import corrected
from docs_store.records import Hit
from docs_store.vector_index import VectorIndex

_SELECT_PASSAGE = f"""
SELECT p.*, {corrected("title")} AS title, {corrected("date")} AS date, v.language, d.source
FROM passages p JOIN versions v USING (document_id, version) JOIN documents d USING (document_id)
"""
_GLOB_LITERAL = {ord(sign): f"[{sign}]" for sign in "*?["}


def candidates(
    connection: sqlite3.Connection,
    index: VectorIndex | None,
    words: Sequence[str],
    other_words: Sequence[str],
    vector: NDArray[np.float32],
    limit: int,
) -> list[Hit]:
    """Live passages found by keywords, then those found by vector alone.

    Args:
        connection: a snapshot.
        index: the vectors of the snapshot's generation, or None where there is none yet.
        words: the terms of the question.
        other_words: terms that mean the same.
        vector: the question's unit vector.
        limit: how many passages each of the two searches gives.
    """
    keyword = dict(keyword_index.search(connection, words, limit, other_words))
    cosine = {} if index is None else _nearest(connection, index, vector, limit)
    ids = list(dict.fromkeys([*keyword, *cosine]))
    rows = {
        row["passage_id"]: row
        for row in connection.execute(
            f"{_SELECT_PASSAGE} WHERE p.live AND p.passage_id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
    }
    return [
        _hit(rows[passage_id], keyword.get(passage_id), cosine.get(passage_id))
        for passage_id in ids
        if passage_id in rows
    ]


def passages_at(
    connection: sqlite3.Connection, locator: str, limit: int, documents: Sequence[str] = ()
) -> list[Hit]:
    """The live passages whose locator begins so, of these documents or of all, in their order."""
    rows = connection.execute(
        f"{_SELECT_PASSAGE} WHERE p.live AND coalesce(p.locator, '') GLOB ? "
        "AND (? OR p.document_id IN (SELECT value FROM json_each(?))) "
        "ORDER BY p.passage_id LIMIT ?",
        (f"{locator.translate(_GLOB_LITERAL)}*", not documents, json.dumps(documents), limit),
    )
    return [_hit(row, None, None) for row in rows]


def passages_with(connection: sqlite3.Connection, phrase: Sequence[str], limit: int) -> list[Hit]:
    """Live passages that hold the terms one after the other; definitions first."""
    return _in_order(connection, keyword_index.holding(connection, phrase, limit))


def passages_defining(
    connection: sqlite3.Connection, words: Sequence[str], limit: int
) -> list[Hit]:
    """Live passages that hold any of the terms, best first: those that define, then others."""
    ids = keyword_index.defining(connection, words, limit)
    ids += [passage_id for passage_id, _ in keyword_index.search(connection, words, limit)]
    return _in_order(connection, list(dict.fromkeys(ids)))


def _in_order(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Hit]:
    rows = connection.execute(
        f"{_SELECT_PASSAGE} WHERE p.live AND p.passage_id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    hits = {row["passage_id"]: _hit(row, None, None) for row in rows}
    return [hits[passage_id] for passage_id in ids if passage_id in hits]


def _nearest(
    connection: sqlite3.Connection,
    index: VectorIndex,
    vector: NDArray[np.float32],
    limit: int,
) -> dict[int, float]:
    """The nearest live passages and their cosines, nearest first."""
    total = index.count()
    asked = limit
    while True:
        # Retired vectors are found too: ask for more until enough live passages came.
        asked = min(total, asked + asked // 2)
        live = _live_passages(connection, index.query(vector, asked))
        if len(live) >= limit or asked >= total:
            return dict(list(live.items())[:limit])
        asked *= 2


def _live_passages(
    connection: sqlite3.Connection, found: Sequence[tuple[str, float]]
) -> dict[int, float]:
    passages: dict[str, list[int]] = {}
    for passage_id, vector_id in connection.execute(
        "SELECT passage_id, vector_id FROM passages "
        "WHERE live AND vector_id IN (SELECT value FROM json_each(?)) ORDER BY passage_id",
        (json.dumps([vector_id for vector_id, _ in found]),),
    ):
        passages.setdefault(vector_id, []).append(passage_id)
    return {
        passage_id: cosine
        for vector_id, cosine in found
        for passage_id in passages.get(vector_id, ())
    }


def _hit(row: sqlite3.Row, keyword: float | None, cosine: float | None) -> Hit:
    scores = {}
    if keyword is not None:
        scores["keyword"] = keyword
    if cosine is not None:
        scores["vector"] = cosine
    return Hit(
        passage_id=row["passage_id"],
        document_id=row["document_id"],
        version=row["version"],
        title=row["title"],
        source=row["source"],
        date=row["date"],
        language=row["language"],
        page=row["page"],
        locator=row["locator"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        context=row["context"],
        score=0.0,
        scores=scores,
        confidence=row["confidence"],
    )
