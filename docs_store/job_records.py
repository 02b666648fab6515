"""What is known of an ingest job: frozen records, told to the pages as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from docs_store.errors import Reason

Origin = Literal["upload", "command line"]
JobState = Literal["queued", "running", "done", "failed", "cancelled"]
ENDED: tuple[JobState, ...] = ("done", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is: documents of how many, passages kept so far, and what is at work now."""

    documents_done: int
    documents: int
    passages: int = 0
    source: str | None = None


@dataclass(frozen=True, slots=True)
class JobDocument:
    """One document's line. ``status`` is that of its ingest report, or ``"waiting"``."""

    number: int
    source: str
    status: str = "waiting"
    passages: int = 0
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One run of ingesting. Times are ISO, UTC."""

    job_id: str
    origin: Origin
    sources: tuple[str, ...]
    """What the person named: paths, or the names of the uploaded files."""
    state: JobState
    progress: JobProgress
    created_at: str
    started_at: str | None = None
    ended_at: str | None = None
    worker_pid: int | None = None
    cancelling: bool = False
    """Whether a running job has been asked to stop."""
    reason: Reason | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ENDED
