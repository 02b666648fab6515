"""Keyword search: SQLite's FTS5 over the terms that `analysis` makes.

The index keeps terms only, no text (a "contentless" table): a passage is taken out by giving its
terms again, which are made anew from the stored text.

Ranking: BM25 as FTS5 computes it (k1 = 1.2, b = 0.75), https://sqlite.org/fts5.html#the_bm25_function
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from docs_store.analysis import terms

CONTEXT_WEIGHT = 0.5
"""What a term in the title or a heading counts beside one in the passage itself."""
QUERY_TERMS_MAX = 64
OTHER_TERMS_WEIGHT = 0.5
"""What a word that only means the same counts beside one of the question's own."""
RANKED_DEPTH = 4
"""How much deeper than asked for the two rankings go that are summed."""


def create(connection: sqlite3.Connection) -> None:
    """Make the empty index."""
    connection.execute(
        "CREATE VIRTUAL TABLE passages_terms USING fts5("
        "passage, context, content = '', "
        "tokenize = \"unicode61 remove_diacritics 0 tokenchars ','\")"
    )
    connection.execute("CREATE VIRTUAL TABLE terms_seen USING fts5vocab(passages_terms, row)")


def add(connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Index passages, each as (passage id, text, context, language)."""
    connection.executemany(
        "INSERT INTO passages_terms (rowid, passage, context) VALUES (?, ?, ?)", _as_terms(rows)
    )


def remove(connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Take passages out; the rows must be those they were added with."""
    connection.executemany(
        "INSERT INTO passages_terms (passages_terms, rowid, passage, context) "
        "VALUES ('delete', ?, ?, ?)",
        _as_terms(rows),
    )


def search(
    connection: sqlite3.Connection,
    query_terms: Sequence[str],
    limit: int,
    other_terms: Sequence[str] = (),
) -> list[tuple[int, float]]:
    """The passages that hold any of the terms, best first, as (passage id, score > 0).

    The score is BM25's, the other terms' part of it weighted by ``OTHER_TERMS_WEIGHT``. Where there
    are other terms, what is far down one of the two rankings counts 0 there: to sum the scores of
    all passages that hold a word would take as long again as the search.
    """
    if not other_terms:
        return _ranked(connection, query_terms, limit)
    scores = dict(_ranked(connection, query_terms, RANKED_DEPTH * limit))
    for passage_id, score in _ranked(connection, other_terms, RANKED_DEPTH * limit):
        scores[passage_id] = scores.get(passage_id, 0.0) + OTHER_TERMS_WEIGHT * score
    return sorted(scores.items(), key=lambda found: (-found[1], found[0]))[:limit]


def _ranked(
    connection: sqlite3.Connection, words: Sequence[str], limit: int
) -> list[tuple[int, float]]:
    """By BM25 alone."""
    if not words:
        return []
    query = " OR ".join(f'"{term}"' for term in words[:QUERY_TERMS_MAX])
    rows = connection.execute(
        "SELECT rowid, -bm25(passages_terms, 1.0, ?) FROM passages_terms "
        "WHERE passages_terms MATCH ? ORDER BY bm25(passages_terms, 1.0, ?), rowid LIMIT ?",
        (CONTEXT_WEIGHT, query, CONTEXT_WEIGHT, limit),
    )
    return [(int(passage_id), float(score)) for passage_id, score in rows]


def holding(connection: sqlite3.Connection, phrase: Sequence[str], limit: int) -> list[int]:
    """The passages that hold the terms one after the other; those with a definition first."""
    if not phrase:
        return []
    wanted = '"' + " ".join(phrase[:QUERY_TERMS_MAX]) + '"'
    found: dict[int, None] = {}
    for query in (f"passage : ({wanted} AND ({_defining()}))", f"passage : {wanted}"):
        rows = connection.execute(
            "SELECT rowid FROM passages_terms WHERE passages_terms MATCH ? ORDER BY rowid LIMIT ?",
            (query, limit),
        )
        found |= dict.fromkeys(int(row[0]) for row in rows)
    return list(found)[:limit]


def defining(connection: sqlite3.Connection, words: Sequence[str], limit: int) -> list[int]:
    """The passages with a definition that hold any of the terms, best first."""
    if not words:
        return []
    wanted = " OR ".join(f'"{term}"' for term in words[:QUERY_TERMS_MAX])
    rows = connection.execute(
        "SELECT rowid FROM passages_terms WHERE passages_terms MATCH ? "
        "ORDER BY bm25(passages_terms), rowid LIMIT ?",
        (f"passage : (({wanted}) AND ({_defining()}))", limit),
    )
    return [int(row[0]) for row in rows]


def frequencies(connection: sqlite3.Connection, words: Sequence[str]) -> dict[str, int]:
    """In how many passages each of the terms stands; terms that stand nowhere are left out."""
    found = {}
    for word in words:
        row = connection.execute("SELECT doc FROM terms_seen WHERE term = ?", (word,)).fetchone()
        if row is not None:
            found[word] = int(row[0])
    return found


def size(connection: sqlite3.Connection) -> int:
    """How many passages it holds, without reading any of them."""
    return int(connection.execute("SELECT count(*) FROM passages_terms_docsize").fetchone()[0])


def holds(connection: sqlite3.Connection, words: Sequence[str], passage_id: int) -> bool:
    """Whether the passage is among those that hold all of the terms."""
    query = " AND ".join(f'"{word}"' for word in words)
    return bool(
        connection.execute(
            "SELECT 1 FROM passages_terms WHERE passages_terms MATCH ? AND rowid = ?",
            (query, passage_id),
        ).fetchone()
    )


def clear(connection: sqlite3.Connection) -> None:
    """Empty the index."""
    connection.execute("INSERT INTO passages_terms (passages_terms) VALUES ('delete-all')")


def _defining() -> str:
    """What a law's definition of a name holds: "disingkat" or "disebut"."""
    return " OR ".join(f'"{term}"' for term in terms("disingkat disebut"))


def _as_terms(rows: Iterable[tuple[int, str, str, str]]) -> Iterable[tuple[int, str, str]]:
    for passage_id, text, context, language in rows:
        yield passage_id, " ".join(terms(text, language)), " ".join(terms(context, language))
