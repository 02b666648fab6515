"""The record of ingest jobs: what waits, what runs, how far it is, and how it ended.

In a file of its own (`docs_store.side_file`), so that progress is written without waiting for a
document that is being published, and a lost job record never touches a document.
"""

from __future__ import annotations

import json
import os
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from docs_store.dates import utc_now
from docs_store.errors import Reason
from docs_store.job_records import Job, JobDocument, JobProgress, JobState, Origin
from docs_store.side_file import SideFile

JOBS_FILE = "jobs.sqlite"
ENDED_JOBS_KEPT = 50

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL,
  sources TEXT NOT NULL,
  state TEXT NOT NULL,
  documents INTEGER NOT NULL,
  documents_done INTEGER NOT NULL DEFAULT 0,
  passages INTEGER NOT NULL DEFAULT 0,
  source TEXT,
  reason_id TEXT,
  reason_en TEXT,
  cancelling INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  started_at TEXT,
  ended_at TEXT,
  worker_pid INTEGER,
  worker_born REAL
);
CREATE TABLE IF NOT EXISTS job_documents (
  job_id TEXT NOT NULL REFERENCES jobs(job_id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  source TEXT NOT NULL,
  status TEXT NOT NULL,
  passages INTEGER NOT NULL DEFAULT 0,
  reason_id TEXT,
  reason_en TEXT,
  PRIMARY KEY (job_id, number)
) WITHOUT ROWID;
"""


WORKER_DIED = Reason(
    "Prosesnya berhenti sebelum selesai. Jalankan perintah yang sama untuk melanjutkan.",
    "Its process ended before it was done. Run the same command to go on.",
)


class JobQueue:
    """The jobs of one store; safe between threads and processes. Nothing stays open.

    Raises (from the constructor, and from all that writes):
        StoreNotWritable: the disk is full, or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = SideFile(folder / JOBS_FILE, _SCHEMA)
        self.path = self._file.path

    # ---- reading ------------------------------------------------------------------------------

    def jobs(self, limit: int = 20) -> list[Job]:
        """The newest jobs, newest first."""
        with self._file.connection() as connection:
            rows = connection.execute("SELECT * FROM jobs ORDER BY number DESC LIMIT ?", (limit,))
            return [_job(row) for row in rows]

    def job(self, job_id: str) -> Job | None:
        """One job; None where it is not known (any more)."""
        with self._file.connection() as connection:
            row = connection.execute("SELECT * FROM jobs WHERE job_id = ?", (job_id,)).fetchone()
            return None if row is None else _job(row)

    def documents(self, job_id: str) -> list[JobDocument]:
        """The lines of a job's documents: all of an upload, the failed ones of a command line."""
        with self._file.connection() as connection:
            rows = connection.execute(
                "SELECT * FROM job_documents WHERE job_id = ? ORDER BY number", (job_id,)
            )
            return [
                JobDocument(r["number"], r["source"], r["status"], r["passages"], _reason(r))
                for r in rows
            ]

    def is_cancelled(self, job_id: str) -> bool:
        """Whether its runner should stop."""
        job = self.job(job_id)
        return job is not None and (job.cancelling or job.state == "cancelled")

    # ---- the life of a job --------------------------------------------------------------------

    @contextmanager
    def adding(self, origin: Origin, documents: list[JobDocument]) -> Iterator[str]:
        """Queue a job with the documents that are in the list when the block ends.

        Yields the new job's id. No other process writes meanwhile, and if the block raises there
        is no job: what a job needs on disk can be put there inside.
        """
        job_id = uuid.uuid4().hex
        with self._file.writing() as connection:
            yield job_id
            connection.execute(
                "INSERT INTO jobs (job_id, origin, sources, state, documents, documents_done, "
                "created_at) VALUES (?, ?, ?, 'queued', ?, ?, ?)",
                (
                    job_id,
                    origin,
                    _json(document.source for document in documents),
                    len(documents),
                    sum(document.status != "waiting" for document in documents),
                    utc_now(),
                ),
            )
            _put_documents(connection, job_id, documents)
            _forget_old(connection)

    def start(self, origin: Origin, sources: Sequence[str], documents: int = 0) -> str:
        """Record a job that this process is running already; its id."""
        job_id = uuid.uuid4().hex
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO jobs (job_id, origin, sources, state, documents, created_at, "
                "started_at, worker_pid, worker_born) VALUES (?, ?, ?, 'running', ?, ?, ?, ?, ?)",
                (job_id, origin, _json(sources), documents, utc_now(), utc_now(), *_this_process()),
            )
            _forget_old(connection)
        return job_id

    def claim(self) -> Job | None:
        """Take the oldest queued job, so that no other process runs it; None if there is none."""
        self.free_abandoned()
        with self._file.writing() as connection:
            row = connection.execute(
                "UPDATE jobs SET state = 'running', started_at = coalesce(started_at, ?), "
                "worker_pid = ?, worker_born = ? WHERE number = "
                "(SELECT min(number) FROM jobs WHERE state = 'queued') RETURNING *",
                (utc_now(), *_this_process()),
            ).fetchone()
            return None if row is None else _job(row)

    def release(self, job_id: str) -> None:
        """Put a running job back, to go on later with the documents that still wait."""
        with self._file.writing() as connection:
            _release(connection, job_id)

    def free_abandoned(self) -> None:
        """Queue again the uploads whose process died; a command line run is told as failed."""
        with self._file.writing() as connection:
            running = connection.execute("SELECT * FROM jobs WHERE state = 'running'").fetchall()
            for row in running:
                if _lives(row["worker_pid"], row["worker_born"]):
                    continue
                if row["cancelling"]:
                    _end(connection, row["job_id"], "cancelled")
                elif row["origin"] == "command line":
                    _end(connection, row["job_id"], "failed", WORKER_DIED)
                else:
                    _release(connection, row["job_id"])

    def report(self, job_id: str, progress: JobProgress) -> None:
        """Tell how far a job is."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE jobs SET documents_done = ?, documents = ?, passages = ?, source = ? "
                "WHERE job_id = ?",
                (
                    progress.documents_done,
                    progress.documents,
                    progress.passages,
                    None if progress.source is None else _storable(progress.source),
                    job_id,
                ),
            )

    def put_document(self, job_id: str, document: JobDocument) -> None:
        """Write the line of one document, over the one with its number."""
        with self._file.writing() as connection:
            _put_documents(connection, job_id, [document])

    def finish(self, job_id: str, state: JobState, reason: Reason | None = None) -> None:
        """Tell how a job ended; one that has ended already stays as it is."""
        with self._file.writing() as connection:
            _end(connection, job_id, state, reason)

    def cancel(self, job_id: str) -> None:
        """End a queued job; ask the runner of a running one to stop."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE jobs SET cancelling = 1 WHERE job_id = ? AND state = 'running'", (job_id,)
            )
            queued = "SELECT 1 FROM jobs WHERE job_id = ? AND state = 'queued'"
            if connection.execute(queued, (job_id,)).fetchone():
                _end(connection, job_id, "cancelled")

    @contextmanager
    def unfinished(self) -> Iterator[frozenset[str]]:
        """The ids of the jobs that have not ended; no job is added while the block runs."""
        with self._file.writing() as connection:
            rows = connection.execute("SELECT job_id FROM jobs WHERE state IN ('queued','running')")
            yield frozenset(str(row[0]) for row in rows.fetchall())


def _release(connection: sqlite3.Connection, job_id: str) -> None:
    connection.execute(
        "UPDATE jobs SET state = 'queued', source = NULL, worker_pid = NULL "
        "WHERE job_id = ? AND state = 'running'",
        (job_id,),
    )


def _end(
    connection: sqlite3.Connection, job_id: str, state: JobState, reason: Reason | None = None
) -> None:
    told = (None, None) if reason is None else (reason.indonesian, reason.english)
    connection.execute(
        "UPDATE jobs SET state = ?, ended_at = ?, source = NULL, reason_id = ?, reason_en = ? "
        "WHERE job_id = ? AND state IN ('queued', 'running')",
        (state, utc_now(), *told, job_id),
    )


def _put_documents(
    connection: sqlite3.Connection, job_id: str, documents: Iterable[JobDocument]
) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO job_documents VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                job_id,
                document.number,
                _storable(document.source),
                document.status,
                document.passages,
                document.reason and document.reason.indonesian,
                document.reason and document.reason.english,
            )
            for document in documents
        ],
    )


def _forget_old(connection: sqlite3.Connection) -> None:
    connection.execute(
        "DELETE FROM jobs WHERE state NOT IN ('queued', 'running') AND number NOT IN "
        "(SELECT number FROM jobs ORDER BY number DESC LIMIT ?)",
        (ENDED_JOBS_KEPT,),
    )


def _job(row: sqlite3.Row) -> Job:
    return Job(
        job_id=row["job_id"],
        origin=row["origin"],
        sources=tuple(json.loads(row["sources"])),
        state=row["state"],
        progress=JobProgress(
            row["documents_done"], row["documents"], row["passages"], row["source"]
        ),
        created_at=row["created_at"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        worker_pid=row["worker_pid"],
        cancelling=bool(row["cancelling"]),
        reason=_reason(row),
    )


def _reason(row: sqlite3.Row) -> Reason | None:
    return None if row["reason_id"] is None else Reason(row["reason_id"], row["reason_en"])


def _json(sources: Iterable[str]) -> str:
    return json.dumps([_storable(source) for source in sources])


def _storable(text: str) -> str:
    """Text without lone surrogates, which SQLite refuses."""
    return text.encode("utf-8", "replace").decode()


@cache
def _born(pid: int) -> float:
    import psutil

    return float(psutil.Process(pid).create_time())


def _this_process() -> tuple[int, float]:
    return os.getpid(), _born(os.getpid())


def _lives(pid: int, born: float) -> bool:
    """Whether that process is still there; another may have got its number since."""
    import psutil

    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - born) < 1.0
    except psutil.Error:
        return False
