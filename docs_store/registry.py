"""The SQLite registry: the one source of truth about documents, versions, passages, vectors.

WAL mode lets many read while one writes. A reader's transaction is a snapshot: it sees whole
versions only. Deleted content is overwritten with zeros (``secure_delete``).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docs_store import keyword_index
from docs_store.analysis import ANALYSIS_VERSION
from docs_store.errors import StoreDamaged, StoreNotWritable, StoreTooNew

SCHEMA_VERSION = 1
BUSY_TIMEOUT_S = 30.0

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  document_id TEXT PRIMARY KEY,
  source TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('live', 'duplicate', 'removed', 'erased')),
  version INTEGER NOT NULL,
  duplicate_of TEXT REFERENCES documents(document_id)
) WITHOUT ROWID;
CREATE INDEX documents_by_original ON documents(duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE TABLE versions (
  document_id TEXT NOT NULL REFERENCES documents(document_id),
  version INTEGER NOT NULL,
  content_sha256 TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  media_type TEXT NOT NULL,
  title TEXT NOT NULL,
  date TEXT,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  pages TEXT NOT NULL,
  headings TEXT NOT NULL,
  warnings TEXT NOT NULL,
  added_at TEXT NOT NULL,
  retired_at TEXT,
  retired_why TEXT,
  passages_added INTEGER NOT NULL,
  passages_removed INTEGER NOT NULL,
  passages_kept INTEGER NOT NULL,
  PRIMARY KEY (document_id, version)
);
CREATE INDEX versions_by_text ON versions(text_sha256);
CREATE INDEX versions_by_content ON versions(content_sha256);
CREATE TABLE passages (
  passage_id INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  live INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  page INTEGER,
  locator TEXT,
  context TEXT NOT NULL,
  vector_id TEXT NOT NULL,
  FOREIGN KEY (document_id, version) REFERENCES versions(document_id, version)
);
CREATE INDEX passages_by_document ON passages(document_id, version, start);
CREATE INDEX passages_by_vector ON passages(vector_id);
CREATE TABLE vectors (vector_id TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
"""


class Registry:
    """Connections to one registry file, one for each thread that asks.

    Raises (from the constructor):
        StoreNotWritable: the file cannot be made.
        StoreTooNew: a newer program made it.
        StoreDamaged: it is no registry.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._opened_lock = threading.Lock()
        try:
            self._prepare()
        except sqlite3.OperationalError as error:
            raise StoreNotWritable(path=path.parent, why=error) from error
        except sqlite3.DatabaseError as error:
            raise StoreDamaged(path=path.parent, why=error) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A snapshot: everything read inside belongs to one moment."""
        connection = self._connection()
        if connection.in_transaction:  # reading inside writing, or nested reading
            yield connection
            return
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept whole or not at all.

        Raises:
            StoreNotWritable: the disk is full or the file cannot be written.
        """
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise StoreNotWritable(path=self.path.parent, why=error) from error

    def meta(self, connection: sqlite3.Connection) -> dict[str, str]:
        """All of the small facts: model, dimension, generation, change counter."""
        return dict(connection.execute("SELECT key, value FROM meta"))

    def checkpoint(self) -> None:
        """Move what stands in the write-ahead log into the file and empty the log."""
        self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def vacuum(self) -> None:
        """Write the file anew, without the slack in which deleted content may still stand."""
        connection = self._connection()
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the connections of all threads; no thread may be reading."""
        with self._opened_lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                self.path,
                timeout=BUSY_TIMEOUT_S,
                isolation_level=None,
                check_same_thread=False,  # closed by whichever thread closes the store
            )
            connection.row_factory = sqlite3.Row
            for pragma in (
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = ON",
                "secure_delete = ON",
            ):
                connection.execute(f"PRAGMA {pragma}")
            self._local.connection = connection
            with self._opened_lock:
                self._opened.append(connection)
        return connection

    def _prepare(self) -> None:
        connection = self._connection()
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found > SCHEMA_VERSION:
            self.close()
            raise StoreTooNew(path=self.path.parent, found=found, known=SCHEMA_VERSION)
        if found == SCHEMA_VERSION:
            return
        with self.writing():
            # Two processes may come here at once; the second finds the work done.
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
                keyword_index.create(connection)
                connection.executemany(
                    "INSERT INTO meta VALUES (?, ?)",
                    [("changes", "0"), ("analysis_version", str(ANALYSIS_VERSION))],
                )
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Write one small fact."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def count_change(connection: sqlite3.Connection) -> None:
    """Note that what can be found has changed, so that other processes look again."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'")
