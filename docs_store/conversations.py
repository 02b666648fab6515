"""The record of conversations: what people asked, what they were told, and how they judged it.

In a file of its own (`docs_store.side_file`), which only whoever runs the program can read. Answers
hold quotes, so what a document's removal or erasure takes out of answers is blanked here too, and
overwritten on disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from docs_store.dates import utc_now
from docs_store.errors import Reason
from docs_store.side_file import SideFile

CONVERSATIONS_FILE = "conversations.sqlite"
CONVERSATIONS_KEPT = 500
"""Of one person; older ones are forgotten."""
TITLE_CHARS_MAX = 120
PRIVATE = 0o600
REASON_CHARS_MAX = 1_000

Verdict = Literal["up", "down"]

DOCUMENT_GONE = Reason(
    "Jawaban ini mengutip dokumen yang sudah dikeluarkan atau dihapus. Ajukan lagi pertanyaannya.",
    "This answer quoted a document that was removed or erased since. Ask the question again.",
)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
  conversation_id TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  title TEXT NOT NULL,
  changed_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS conversations_by_person ON conversations(person, changed_at);
CREATE TABLE IF NOT EXISTS turns (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  turn_id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations(conversation_id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  without TEXT NOT NULL,
  answer TEXT,
  reason_id TEXT,
  reason_en TEXT,
  asked_at TEXT NOT NULL,
  verdict TEXT,
  verdict_reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS turns_by_conversation ON turns(conversation_id);
CREATE TABLE IF NOT EXISTS turn_documents (
  document_id TEXT NOT NULL,
  turn_id TEXT NOT NULL REFERENCES turns(turn_id) ON DELETE CASCADE,
  PRIMARY KEY (document_id, turn_id)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """A conversation as a list shows it."""

    conversation_id: str
    title: str
    """Its first question."""
    changed_at: str
    """ISO time, UTC."""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question and what came of it; ``answer`` and ``without`` are the page's own JSON."""

    turn_id: str
    question: str
    without: str
    answer: str | None
    reason: Reason | None
    """Why there is no (whole) answer."""
    asked_at: str = ""
    verdict: Verdict | None = None
    verdict_reason: str = ""


class Conversations:
    """The conversations kept in one store's folder; safe between threads and processes.

    Raises (from the constructor, and from all that writes):
        StoreNotWritable: the disk is full, or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = SideFile(folder / CONVERSATIONS_FILE, _SCHEMA, PRIVATE)

    def keep(
        self, person: str, conversation_id: str, turn: KeptTurn, documents: Collection[str]
    ) -> None:
        """Keep a turn, over the one with its id; another person's conversation is left alone.

        Args:
            person: whose conversation it is.
            conversation_id: a new one begins a conversation.
            turn: what to keep; its verdict is not (see `judge`).
            documents: ids of the documents that the answer shows words of.
        """
        title = " ".join(turn.question.split())[:TITLE_CHARS_MAX]
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?) ON CONFLICT (conversation_id) "
                "DO UPDATE SET changed_at = excluded.changed_at WHERE person = excluded.person",
                (conversation_id, person, _storable(title), utc_now()),
            )
            if not _owns(connection, person, conversation_id):
                return
            connection.execute(
                "INSERT INTO turns (turn_id, conversation_id, question, without, answer, "
                "reason_id, reason_en, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (turn_id) DO UPDATE SET answer = excluded.answer, "
                "reason_id = excluded.reason_id, reason_en = excluded.reason_en "
                "WHERE conversation_id = excluded.conversation_id",
                (
                    turn.turn_id,
                    conversation_id,
                    _storable(turn.question),
                    turn.without,
                    turn.answer,
                    turn.reason and turn.reason.indonesian,
                    turn.reason and turn.reason.english,
                    utc_now(),
                ),
            )
            connection.execute("DELETE FROM turn_documents WHERE turn_id = ?", (turn.turn_id,))
            connection.executemany(
                "INSERT INTO turn_documents VALUES (?, ?)",
                [(document_id, turn.turn_id) for document_id in sorted(set(documents))],
            )
            connection.execute(
                "DELETE FROM conversations WHERE person = ? AND conversation_id NOT IN (SELECT "
                "conversation_id FROM conversations WHERE person = ? "
                "ORDER BY changed_at DESC, rowid DESC LIMIT ?)",
                (person, person, CONVERSATIONS_KEPT),
            )

    def conversations(self, person: str, limit: int = CONVERSATIONS_KEPT) -> list[KeptConversation]:
        """A person's conversations, the one last spoken in first."""
        with self._file.connection() as connection:
            rows = connection.execute(
                "SELECT conversation_id, title, changed_at FROM conversations WHERE person = ? "
                "ORDER BY changed_at DESC, rowid DESC LIMIT ?",
                (person, limit),
            )
            return [KeptConversation(*row) for row in rows]

    def turns(self, person: str, conversation_id: str) -> list[KeptTurn]:
        """The turns of a person's conversation, in order; none where it is not theirs."""
        with self._file.connection() as connection:
            rows = connection.execute(
                "SELECT t.* FROM turns t JOIN conversations c USING (conversation_id) "
                "WHERE c.person = ? AND c.conversation_id = ? ORDER BY t.number",
                (person, conversation_id),
            )
            return [_turn(row) for row in rows]

    def documents(self, person: str, conversation_id: str) -> set[str]:
        """Ids of all documents that the answers of a person's conversation show words of."""
        with self._file.connection() as connection:
            rows = connection.execute(
                "SELECT DISTINCT d.document_id FROM turn_documents d JOIN turns t USING (turn_id) "
                "JOIN conversations c USING (conversation_id) "
                "WHERE c.person = ? AND c.conversation_id = ?",
                (person, conversation_id),
            )
            return {row[0] for row in rows}

    def delete(self, person: str, conversation_id: str) -> None:
        """Delete a person's conversation, its verdicts too; another's is left alone."""
        with self._file.writing() as connection:
            connection.execute(
                "DELETE FROM conversations WHERE person = ? AND conversation_id = ?",
                (person, conversation_id),
            )
        self._empty_log()

    def judge(self, person: str, turn_id: str, verdict: Verdict | None, reason: str) -> None:
        """Keep what a person thinks of an answer they were given; None takes it back."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE turns SET verdict = ?, verdict_reason = ? WHERE turn_id = ? AND "
                "conversation_id IN (SELECT conversation_id FROM conversations WHERE person = ?)",
                (verdict, _storable(reason)[:REASON_CHARS_MAX], turn_id, person),
            )

    def feedback(self) -> list[dict[str, Any]]:
        """All verdicts, oldest first, without a word on who gave them."""
        with self._file.connection() as connection:
            rows = connection.execute(
                "SELECT turn_id, asked_at, question, verdict, verdict_reason AS reason, answer "
                "FROM turns WHERE verdict IS NOT NULL ORDER BY number"
            )
            return [dict(row) for row in rows]

    def forget_document(self, document_id: str) -> None:
        """Blank every answer that shows words of a document; questions and verdicts stay."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE turns SET answer = NULL, reason_id = ?, reason_en = ? WHERE turn_id IN "
                "(SELECT turn_id FROM turn_documents WHERE document_id = ?)",
                (DOCUMENT_GONE.indonesian, DOCUMENT_GONE.english, document_id),
            )
            connection.execute("DELETE FROM turn_documents WHERE document_id = ?", (document_id,))
        self._empty_log()

    def forget_all_but(self, document_ids: Collection[str]) -> None:
        """Blank every answer that shows words of a document which is not among these."""
        with self._file.connection() as connection:
            rows = connection.execute("SELECT DISTINCT document_id FROM turn_documents")
            named = {str(row[0]) for row in rows}
        for document_id in sorted(named.difference(document_ids)):
            self.forget_document(document_id)

    def copy_to(self, folder: Path) -> None:
        """Write one moment's conversations into another folder, while people go on asking."""
        self._file.copy_to(folder / CONVERSATIONS_FILE)

    def _empty_log(self) -> None:
        """What was overwritten still stands in the log until it is emptied."""
        with self._file.connection() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def forget_document(folder: Path, document_id: str) -> None:
    """Blank a document's words in the conversations of a store, where any were kept.

    Raises:
        StoreNotWritable
    """
    if (folder / CONVERSATIONS_FILE).exists():
        Conversations(folder).forget_document(document_id)


def _owns(connection: sqlite3.Connection, person: str, conversation_id: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM conversations WHERE conversation_id = ? AND person = ?",
        (conversation_id, person),
    )
    return found.fetchone() is not None


def _turn(row: sqlite3.Row) -> KeptTurn:
    reason = None if row["reason_id"] is None else Reason(row["reason_id"], row["reason_en"])
    return KeptTurn(
        turn_id=row["turn_id"],
        question=row["question"],
        without=row["without"],
        answer=row["answer"],
        reason=reason,
        asked_at=row["asked_at"],
        verdict=row["verdict"],
        verdict_reason=row["verdict_reason"],
    )


def _storable(text: str) -> str:
    """Text without lone surrogates, which SQLite refuses."""
    return text.encode("utf-8", "replace").decode()
