import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from docs_store.errors import Reason, StoreNotWritable
from docs_store.job_records import JobDocument, JobProgress
from docs_store.jobs import ENDED_JOBS_KEPT, WORKER_DIED, JobQueue

ROOT = Path(__file__).parents[2]


@pytest.fixture
def queue(tmp_path):
    return JobQueue(tmp_path)


def add(queue, *names):
    documents = [JobDocument(number, name) for number, name in enumerate(names)]
    with queue.adding("upload", documents) as job_id:
        pass
    return job_id


def in_a_process_that_dies(folder, then):
    """Run lines over ``queue`` in another process, which is gone afterwards."""
    program = "\n".join(
        [
            "import os; from pathlib import Path; from docs_store.job_records import JobDocument",
            "from docs_store.jobs import JobQueue",
            f"queue = JobQueue(Path({str(folder)!r}))",
            then,
            "os._exit(9)",
        ]
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True
    )
    assert ended.returncode == 9, ended.stderr
    return ended


def test_a_job_is_queued_claimed_reported_and_done(queue):
    job_id = add(queue, "upload:a.txt", "upload:b.txt")
    queued = queue.job(job_id)
    assert (queued.state, queued.sources, queued.progress) == (
        "queued",
        ("upload:a.txt", "upload:b.txt"),
        JobProgress(0, 2),
    )
    claimed = queue.claim()
    assert (claimed.job_id, claimed.state, claimed.worker_pid) == (job_id, "running", os.getpid())
    assert claimed.started_at is not None
    queue.report(job_id, JobProgress(1, 2, 7, "upload:b.txt"))
    reason = Reason("rusak", "broken")
    queue.put_document(job_id, JobDocument(1, "upload:b.txt", "failed", reason=reason))
    assert queue.job(job_id).progress == JobProgress(1, 2, 7, "upload:b.txt")
    assert [line.status for line in queue.documents(job_id)] == ["waiting", "failed"]
    assert queue.documents(job_id)[1].reason == reason
    queue.finish(job_id, "done")
    ended = queue.job(job_id)
    assert ended.ended
    assert ended.ended_at is not None
    assert ended.progress.source is None
    queue.finish(job_id, "failed", reason)
    assert queue.job(job_id) == ended  # what was noted first stays
    with pytest.raises(FrozenInstanceError):
        ended.state = "queued"


def test_a_job_that_could_not_be_prepared_is_not_there(queue):
    with pytest.raises(OSError, match="full"), queue.adding("upload", []):
        raise OSError("disk full")
    assert queue.jobs() == []


def test_each_job_is_claimed_once_whoever_asks(queue):
    jobs = {add(queue, f"upload:{number}.txt") for number in range(20)}
    with ThreadPoolExecutor(8) as threads:
        claimed = list(threads.map(lambda _: JobQueue(queue.path.parent).claim(), range(40)))
    ids = [job.job_id for job in claimed if job]
    assert len(ids) == 20
    assert set(ids) == jobs


def test_jobs_are_claimed_in_their_order_and_listed_newest_first(queue):
    first, second = add(queue, "a"), add(queue, "b")
    assert [job.job_id for job in queue.jobs()] == [second, first]
    assert queue.claim().job_id == first
    assert queue.claim().job_id == second
    assert queue.claim() is None


def test_an_upload_of_a_dead_process_goes_back_to_the_queue(queue, tmp_path):
    job_id = add(queue, "upload:a.txt", "upload:b.txt")
    in_a_process_that_dies(
        tmp_path,
        "job = queue.claim()\n"
        "queue.put_document(job.job_id, JobDocument(0, 'upload:a.txt', 'added', 3))",
    )
    assert queue.job(job_id).state == "running"
    claimed = queue.claim()
    assert (claimed.job_id, claimed.worker_pid) == (job_id, os.getpid())
    assert [line.status for line in queue.documents(job_id)] == ["added", "waiting"]


def test_a_command_line_run_of_a_dead_process_has_failed(queue, tmp_path):
    in_a_process_that_dies(tmp_path, "queue.start('command line', ['/data'])")
    assert queue.claim() is None
    (job,) = queue.jobs()
    assert (job.state, job.reason, job.sources) == ("failed", WORKER_DIED, ("/data",))


def test_a_cancelled_upload_of_a_dead_process_does_not_begin_again(queue, tmp_path):
    job_id = add(queue, "a")
    in_a_process_that_dies(tmp_path, "queue.cancel(queue.claim().job_id)")
    assert queue.claim() is None
    assert queue.job(job_id).state == "cancelled"


def test_a_living_process_keeps_its_job(queue):
    add(queue, "a")
    assert queue.claim() is not None
    assert queue.claim() is None


def test_cancelling_while_queued_and_while_running(queue):
    waiting, running = add(queue, "a"), add(queue, "b")
    queue.cancel(waiting)
    assert queue.job(waiting).state == "cancelled"
    assert queue.claim().job_id == running
    assert not queue.is_cancelled(running)
    queue.cancel(running)
    assert queue.is_cancelled(running)
    assert queue.job(running).state == "running"  # until its runner has seen it
    assert not queue.is_cancelled("no such job")


def test_only_unfinished_jobs_keep_their_bytes(queue):
    ended, waiting = add(queue, "a"), add(queue, "b")
    queue.claim()
    queue.finish(ended, "done")
    with queue.unfinished() as ids:
        assert ids == {waiting}


def test_old_ended_jobs_are_forgotten_and_waiting_ones_are_not(queue):
    waiting = add(queue, "first")
    for number in range(ENDED_JOBS_KEPT + 10):
        queue.finish(queue.start("command line", [f"/{number}"]), "done")
    jobs = queue.jobs(limit=1000)
    assert len(jobs) <= ENDED_JOBS_KEPT + 1
    assert jobs[-1].job_id == waiting


def test_names_that_are_no_text_are_kept_as_well_as_can_be(queue):
    job_id = queue.start("command line", ["bad\udc80name"])
    queue.report(job_id, JobProgress(0, 1, 0, "bad\udc80name"))
    assert queue.job(job_id).sources == ("bad?name",)


def test_a_folder_that_is_not_there_is_told_of(tmp_path):
    with pytest.raises(StoreNotWritable):
        JobQueue(tmp_path / "missing")
