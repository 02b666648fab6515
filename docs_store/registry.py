"""The SQLite registry: the one source of truth about documents, versions, passages, vectors.

WAL mode lets many read while one writes. A reader's transaction is a snapshot: it sees whole
versions only. Deleted content is overwritten with zeros (``secure_delete``).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from docs_store import keyword_index
from docs_store.analysis import ANALYSIS_VERSION
from docs_store.errors import StoreBusy, StoreDamaged, StoreNotWritable, StoreTooNew
from docs_store.migrations import MIGRATIONS, Migration

REGISTRY_FILE = "registry.sqlite"
FIRST_SCHEMA = 1
"""What `_SCHEMA` makes; a new store goes through the migrations too, so that there is one way."""
BUSY_TIMEOUT_S = 30.0
_WRITABLE = "mode=rwc"

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

    A registry with an older schema is migrated when it is opened, after a copy of it was kept
    beside it as ``registry-schema-N.sqlite``.

    Raises (from the constructor):
        StoreNotWritable: the file cannot be made.
        StoreTooNew: a newer program made it.
        StoreDamaged: it is no registry.
    """

    def __init__(self, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        self.path = path
        self._migrations = migrations
        self._read_only = path.exists() and not (
            os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        )
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

    def copy_to(self, path: Path) -> None:
        """Write one moment's whole content to another file, while others read and write.

        Raises:
            StoreNotWritable: the disk is full, or the file cannot be written.
        """
        unfinished = path.with_name(f"{path.name}.unfinished")
        try:
            unfinished.unlink(missing_ok=True)
            with closing(sqlite3.connect(unfinished)) as copy:
                self._connection().backup(copy)
            unfinished.replace(path)
        except (OSError, sqlite3.OperationalError) as error:
            raise StoreNotWritable(path=path.parent, why=error) from error

    def drop_old_schemas(self) -> None:
        """Delete the copies that were kept before migrations."""
        for path in self.path.parent.glob("registry-schema-*"):
            path.unlink()

    def checkpoint(self) -> None:
        """Move what stands in the write-ahead log into the file and empty the log.

        Raises:
            StoreBusy: another process is in the middle of a long read.
        """
        blocked = self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if blocked:
            raise StoreBusy(path=self.path.parent, pid="?")

    def vacuum(self) -> None:
        """Write the file anew, without the slack in which deleted content may still stand.

        Raises:
            StoreBusy, StoreNotWritable
        """
        try:
            self._connection().execute("VACUUM")
        except sqlite3.OperationalError as error:
            raise StoreNotWritable(path=self.path.parent, why=error) from error
        self.checkpoint()

    def close(self) -> None:
        """Close the connections of all threads; no thread may be reading."""
        with self._opened_lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        mode = self._mode()
        if connection is None or mode != self._local.mode:
            connection = self._connect(mode)
            self._local.connection, self._local.mode = connection, mode
        return connection

    def _connect(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.as_uri()}?{mode}",
            uri=True,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,
            check_same_thread=False,  # closed by whichever thread closes the store
        )
        with self._opened_lock:
            self._opened.append(connection)
        connection.row_factory = sqlite3.Row
        if mode != _WRITABLE:
            return connection
        try:
            for pragma in (
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = ON",
                "secure_delete = ON",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError:
            if not self.path.exists() or self.path.stat().st_size == 0:
                raise
            self._read_only = True  # the disk is full: what is there can still be read
            return self._connect(self._mode())
        return connection

    def _mode(self) -> str:
        """How SQLite must open the file; one that may not be written can still be read."""
        if not self._read_only:
            return _WRITABLE
        # Without a log no one is writing: SQLite then needs no files of its own beside it.
        log = self.path.with_name(f"{self.path.name}-wal")
        return "mode=ro" if log.exists() and log.stat().st_size > 0 else "immutable=1"

    def _prepare(self) -> None:
        connection = self._connection()
        newest = FIRST_SCHEMA + len(self._migrations)
        found = self._schema()
        if found > newest:
            self.close()
            raise StoreTooNew(path=self.path.parent, found=found, known=newest)
        if found == newest:
            return
        if found > 0:
            self.copy_to(self.path.with_name(f"registry-schema-{found}.sqlite"))
        with self.writing():
            # Two processes may come here at once; the second finds the work done.
            found = self._schema()
            if found == 0:
                self._create(connection)
                found = FIRST_SCHEMA
            for migrate in self._migrations[found - FIRST_SCHEMA :]:
                migrate(connection)
            connection.execute(f"PRAGMA user_version = {newest}")

    def _schema(self) -> int:
        return int(self._connection().execute("PRAGMA user_version").fetchone()[0])

    @staticmethod
    def _create(connection: sqlite3.Connection) -> None:
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        keyword_index.create(connection)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [("changes", "0"), ("analysis_version", str(ANALYSIS_VERSION))],
        )


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Write one small fact."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def drop_meta(connection: sqlite3.Connection, *keys: str) -> None:
    """Forget small facts; those that are not there do not matter."""
    connection.executemany("DELETE FROM meta WHERE key = ?", [(key,) for key in keys])


def count_change(connection: sqlite3.Connection) -> None:
    """Note that what can be found has changed, so that other processes look again."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'")
