"""A small SQLite file of its own beside the registry.

What is kept in it is written without waiting for a document that is being published, and its loss
never touches a document.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from docs_store.errors import StoreNotWritable

BUSY_TIMEOUT_S = 30.0


class SideFile:
    """One such file; safe between threads and processes. Nothing stays open.

    Args:
        path: where it is; made if it is not there.
        schema: what is made in it where it is missing.
        mode: who may read it where it is made; its log gets the same.

    Raises (from the constructor, and from all that opens it):
        StoreNotWritable: the disk is full, or the folder cannot be written.
    """

    def __init__(self, path: Path, schema: str, mode: int = 0o644) -> None:
        self.path = path
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, mode))
        except OSError as error:
            raise StoreNotWritable(path=path.parent, why=error.strerror) from error
        with self.connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(schema)

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own, in no transaction."""
        try:
            with closing(
                sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
            ) as connection:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA secure_delete = ON")
                yield connection
        except sqlite3.Error as error:
            raise StoreNotWritable(path=self.path.parent, why=error) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, that no other process writes in."""
        with self.connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")  # a connection closed without it rolls back

    def copy_to(self, path: Path) -> None:
        """Write one moment's whole content to another file, while others read and write."""
        with self.connection() as connection, closing(sqlite3.connect(path)) as copy:
            connection.backup(copy)
