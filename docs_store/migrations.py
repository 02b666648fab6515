"""What leads a registry from one schema to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

Migration = Callable[[sqlite3.Connection], None]

_DESCRIBED = """
CREATE TABLE texts (
  document_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  text TEXT NOT NULL,
  pages TEXT NOT NULL,
  headings TEXT NOT NULL,
  report TEXT NOT NULL,
  PRIMARY KEY (document_id, version),
  FOREIGN KEY (document_id, version) REFERENCES versions(document_id, version)
);
INSERT INTO texts SELECT document_id, version, text, pages, headings, '{}' FROM versions
  WHERE retired_why IS NOT 'erased';
ALTER TABLE versions ADD COLUMN characters INTEGER NOT NULL DEFAULT 0;
ALTER TABLE versions ADD COLUMN page_count INTEGER NOT NULL DEFAULT 0;
UPDATE versions SET characters = length(text), page_count = json_array_length(pages);
ALTER TABLE versions DROP COLUMN text;
ALTER TABLE versions DROP COLUMN pages;
ALTER TABLE versions DROP COLUMN headings;
ALTER TABLE versions ADD COLUMN kind TEXT NOT NULL DEFAULT 'other';
ALTER TABLE versions ADD COLUMN publisher TEXT;
ALTER TABLE versions ADD COLUMN regions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE versions ADD COLUMN people TEXT NOT NULL DEFAULT '[]';
ALTER TABLE versions ADD COLUMN regulation TEXT;
ALTER TABLE versions ADD COLUMN reading INTEGER NOT NULL DEFAULT 1;
CREATE INDEX versions_by_regulation ON versions(regulation) WHERE regulation IS NOT NULL;
ALTER TABLE passages ADD COLUMN confidence REAL;
CREATE TABLE links (
  document_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  relation TEXT NOT NULL,
  target TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  FOREIGN KEY (document_id, version) REFERENCES versions(document_id, version)
);
CREATE INDEX links_by_document ON links(document_id, version);
CREATE INDEX links_by_target ON links(target);
CREATE TABLE boxes (
  document_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  page INTEGER NOT NULL,
  boxes TEXT NOT NULL,
  PRIMARY KEY (document_id, version, page),
  FOREIGN KEY (document_id, version) REFERENCES versions(document_id, version)
) WITHOUT ROWID;
CREATE TABLE corrections (
  document_id TEXT NOT NULL REFERENCES documents(document_id),
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  corrected_at TEXT NOT NULL,
  PRIMARY KEY (document_id, field)
) WITHOUT ROWID;
"""


def _describe_documents(connection: sqlite3.Connection) -> None:
    """Schema 2: what a document is, links, boxes, reports, and a person's corrections.

    What is large moves into ``texts``: SQLite walks through a row's text to reach the columns
    behind it, and a list of ten thousand documents would read all of their texts.
    """
    for statement in _DESCRIBED.split(";"):
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (_describe_documents,)
"""From schema 1 to 2, from 2 to 3, and so on; each runs inside a transaction."""
