"""Runs queued uploads, and records what the command line ingests, in one record of jobs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from docs_store.errors import BilingualError, Reason, StoreBusy, StoreError, StoreNotWritable
from docs_store.job_records import Job, JobDocument, JobProgress, JobState
from docs_store.jobs import JobQueue
from docs_store.store import DocumentStore
from ingest.errors import IngestError
from ingest.folders import shown_place
from ingest.pipeline import Progress, ProgressCallback, ingest_bytes
from ingest.report import DocumentReport, IngestReport
from ingest.sandbox import ParserProcess
from ingest.settings import IngestSettings
from ingest.uploads import SOURCE_PREFIX, UploadLost, clear_spool, spool_folder

REPORT_EVERY_S = 0.5
LOOK_EVERY_S = 5.0
LOOK_AGAIN_S = 60.0
UNEXPECTED = Reason(
    "Terjadi kesalahan yang tidak terduga; rinciannya ada di catatan program.",
    "Something unexpected went wrong; the program's log has the details.",
)

logger = logging.getLogger(__name__)


def run_job(
    store: DocumentStore,
    queue: JobQueue,
    job: Job,
    settings: IngestSettings,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Take in the documents of a claimed upload that still wait, until done or cancelled.

    A document that fails costs its line. Where another process writes for long, or ``stop``
    says so, the job goes back into the queue; where the store fails, the job has failed.

    Raises:
        StoreNotWritable: the record of jobs cannot be written.
    """
    try:
        with ParserProcess(settings.limits) as parser:
            for document in queue.documents(job.job_id):
                if document.status != "waiting":
                    continue
                if queue.is_cancelled(job.job_id):
                    queue.finish(job.job_id, "cancelled")
                    return
                if stop():
                    queue.release(job.job_id)
                    return
                line = _take_in(store, queue, job.job_id, document, parser, settings)
                queue.put_document(job.job_id, line)
                _report(queue, job.job_id, None)
        queue.finish(job.job_id, "done")
    except StoreBusy:
        queue.release(job.job_id)
    except BilingualError as error:
        queue.finish(job.job_id, "failed", Reason.of(error))


def _take_in(
    store: DocumentStore,
    queue: JobQueue,
    job_id: str,
    document: JobDocument,
    parser: ParserProcess,
    settings: IngestSettings,
) -> JobDocument:
    name = document.source.removeprefix(SOURCE_PREFIX).rsplit("/", 1)[-1]
    told = _report(queue, job_id, document.source)
    last = time.monotonic()

    def embedded(done: int, _total: int) -> None:
        nonlocal last
        if time.monotonic() - last > REPORT_EVERY_S:
            last = time.monotonic()
            queue.report(job_id, replace(told, passages=told.passages + done))

    try:
        try:
            content = (spool_folder(store.path, job_id) / str(document.number)).read_bytes()
        except OSError as error:
            raise UploadLost from error
        report = ingest_bytes(store, content, document.source, name, parser, settings, embedded)
    except IngestError as error:
        return replace(document, status="failed", reason=Reason.of(error))
    return replace(document, status=report.status, passages=report.passages)


def _report(queue: JobQueue, job_id: str, source: str | None) -> JobProgress:
    lines = queue.documents(job_id)
    done = [line for line in lines if line.status != "waiting"]
    progress = JobProgress(len(done), len(lines), sum(line.passages for line in done), source)
    queue.report(job_id, progress)
    return progress


class UploadWorker:
    """A thread that runs queued uploads, one at a time; ``wake`` starts it and makes it look.

    It also picks up what an ended process left, and clears away the bytes of ended jobs.
    """

    def __init__(self, store: DocumentStore, queue: JobQueue, settings: IngestSettings) -> None:
        self._store, self._queue, self._settings = store, queue, settings
        self._look = threading.Event()
        self._stop = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """There may be something to do."""
        self._look.set()
        with self._starting:
            if self._thread is None and not self._stop.is_set():
                self._thread = threading.Thread(target=self._work, name="uploads", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Stop after the document that is being taken in; the rest stays queued."""
        self._stop.set()
        self._look.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while not self._stop.is_set():
            self._look.clear()
            try:
                # Once a look, since a job that had to wait for another process is queued again.
                while (job := self._queue.claim()) and not self._stop.is_set():
                    self._run(job)
                    after = self._queue.job(job.job_id)
                    if after is not None and not after.ended:
                        break
                clear_spool(self._store.path, self._queue)
            except StoreError as error:
                if not self._store.path.is_dir():
                    return
                logger.warning("The record of jobs cannot be used: %s", error)
                self._look.wait(LOOK_AGAIN_S)
            self._look.wait(LOOK_EVERY_S)

    def _run(self, job: Job) -> None:
        try:
            run_job(self._store, self._queue, job, self._settings, self._stop.is_set)
        except StoreError:
            raise
        except Exception:
            logger.exception("An upload could not be taken in")
            self._queue.finish(job.job_id, "failed", UNEXPECTED)


class CommandLineRun:
    """The record of one ``tanya ingest``; call it with what `ingest.pipeline` reports.

    A record that cannot be written never stops the ingest itself.

    Args:
        recorded: the queue and the job's id, None where the record cannot be written.
        progress: what shows the steps as well.
    """

    def __init__(self, recorded: tuple[JobQueue, str] | None, progress: ProgressCallback) -> None:
        self._recorded, self._progress = recorded, progress
        self._at = JobProgress(0, 0)
        self._failures = 0
        self._told_at = self._asked_at = 0.0
        self._cancelled = False

    def __call__(self, event: Progress | DocumentReport) -> None:
        """Note one step and hand it on to the display."""
        self._progress(event)
        if isinstance(event, DocumentReport):
            done = self._at.documents_done + 1
            self._at = replace(
                self._at,
                documents_done=done,
                documents=max(self._at.documents, done),
                passages=self._at.passages + event.passages,
            )
            if event.status == "failed":
                self._note_failure(event)
        else:
            self._at = replace(self._at, documents=event.documents, source=event.source)
        if time.monotonic() - self._told_at > REPORT_EVERY_S:
            self._told_at = time.monotonic()
            self._record(lambda queue, job_id: queue.report(job_id, self._at))

    def cancelled(self) -> bool:
        """Whether someone cancelled this run on the documents page: a ``stop`` callback."""
        if time.monotonic() - self._asked_at > REPORT_EVERY_S:
            self._asked_at = time.monotonic()
            self._record(self._ask)
        return self._cancelled

    def ended(self, report: IngestReport) -> None:
        """Note how the run ended."""
        if report.interrupted:
            self.end("cancelled")
        elif report.stopped is not None:
            self.end("failed", Reason(report.stopped, report.stopped))
        else:
            self.end("done")

    def end(self, state: JobState, reason: Reason | None = None) -> None:
        """Note an end; what was noted first stays."""

        def note(queue: JobQueue, job_id: str) -> None:
            queue.report(job_id, self._at)
            queue.finish(job_id, state, reason)

        self._record(note)

    def _note_failure(self, event: DocumentReport) -> None:
        reason = Reason(event.reason or "", event.reason or "")
        line = JobDocument(self._failures, event.source, "failed", reason=reason)
        self._failures += 1
        self._record(lambda queue, job_id: queue.put_document(job_id, line))

    def _ask(self, queue: JobQueue, job_id: str) -> None:
        self._cancelled = queue.is_cancelled(job_id)

    def _record(self, write: Callable[[JobQueue, str], None]) -> None:
        if self._recorded is not None:
            with suppress(StoreNotWritable):
                write(*self._recorded)


@contextmanager
def record_command_line_run(
    store_path: Path, paths: Sequence[Path | str], progress: ProgressCallback = lambda _: None
) -> Iterator[CommandLineRun]:
    """Show an ingest of the command line as a running job, on the documents page too.

    Use what it yields as the run's ``progress``, its ``cancelled`` as (part of) its ``stop``, and
    hand it the report in the end (``ended``). Left by an exception, the job has failed; by Ctrl-C,
    it was cancelled.
    """
    recorded: tuple[JobQueue, str] | None = None
    with suppress(StoreNotWritable):
        queue = JobQueue(store_path)
        recorded = queue, queue.start("command line", [shown_place(path) for path in paths])
    run = CommandLineRun(recorded, progress)
    try:
        yield run
    except BilingualError as error:
        run.end("failed", Reason.of(error))
        raise
    except KeyboardInterrupt:
        run.end("cancelled")
        raise
    except BaseException:
        run.end("failed", UNEXPECTED)
        raise
    run.end("done")
