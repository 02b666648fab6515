import io
import os
import zipfile
from pathlib import Path

import pytest

from docs_store.jobs import JobQueue
from ingest.jobs import UploadWorker, record_command_line_run, run_job
from ingest.limits import Limits
from ingest.pipeline import ingest_paths
from ingest.settings import IngestSettings
from ingest.uploads import SPOOL, Upload, clean_name, clear_spool, queue_uploads, spool_folder

TEXT = "Pasar Desa Percontohan buka setiap Senin. Pedagang tidak dipungut biaya pada tahun pertama."
OTHER = "Kantor Desa Percontohan buka pukul delapan pagi. Warga dilayani sampai pukul tiga sore."


@pytest.fixture
def queue(store):
    return JobQueue(store.path)


@pytest.fixture
def upload(tmp_path):
    def uploaded(name, content):
        path = tmp_path / f"sent-{len(os.listdir(tmp_path))}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Upload(name, path, path.stat().st_size)

    return uploaded


def queued(store, queue, *uploads, limits=None):
    return queue_uploads(store.path, queue, uploads, limits or Limits())


def run(store, queue, stop=lambda: False):
    run_job(store, queue, queue.claim(), IngestSettings(), stop)


def statuses(queue, job_id):
    return {line.source: line.status for line in queue.documents(job_id)}


def test_an_upload_is_taken_in_under_its_name(store, queue, upload):
    job_id = queued(store, queue, upload("pasar.txt", TEXT), upload("kantor.txt", OTHER))
    run(store, queue)
    assert queue.job(job_id).state == "done"
    assert queue.job(job_id).progress.documents_done == 2
    assert queue.job(job_id).progress.passages == 2
    assert {document.source for document in store.documents()} == {
        "upload:pasar.txt",
        "upload:kantor.txt",
    }
    again = queued(store, queue, upload("pasar.txt", TEXT + " Kini juga Kamis."))
    run(store, queue)
    assert statuses(queue, again) == {"upload:pasar.txt": "replaced"}


def test_each_failure_is_a_line_with_a_reason_in_each_language(store, queue, upload):
    job_id = queued(
        store,
        queue,
        upload("rusak.docx", b"PK\x03\x04 rusak"),
        upload("kosong.txt", b""),
        upload("besar.txt", "besar " * 1000),
        Upload("terputus.txt", None, 10),
        upload("pasar.txt", TEXT),
        limits=Limits(bytes_max=1000),
    )
    run(store, queue)
    failed = {line.source: line.reason for line in queue.documents(job_id) if line.reason}
    assert set(failed) == {
        f"upload:{n}" for n in ("rusak.docx", "kosong.txt", "besar.txt", "terputus.txt")
    }
    assert failed["upload:rusak.docx"].indonesian.startswith("Berkas DOCX rusak")
    assert failed["upload:rusak.docx"].english.startswith("The DOCX file is damaged")
    assert "INGEST_BYTES_MAX" in failed["upload:besar.txt"].english
    assert [document.source for document in store.documents()] == ["upload:pasar.txt"]
    assert queue.job(job_id).state == "done"


@pytest.mark.parametrize(
    "name",
    [
        "../../../keluar.txt",
        "/etc/passwd",
        "a\\..\\b.txt",
        "baris\nbaru.txt",
        "x" * 400 + ".txt",
        "..",
    ],
)
def test_a_name_never_becomes_a_path(store, queue, upload, name):
    before = set(store.path.parent.rglob("*"))
    job_id = queued(store, queue, upload(name, TEXT))
    spooled = [
        path for path in store.path.parent.rglob("*") if path not in before and path.is_file()
    ]
    assert spool_folder(store.path, job_id) / "0" in spooled
    assert all(path.name == "0" for path in spooled if SPOOL in path.parts)
    run(store, queue)
    (document,) = store.documents()
    assert document.source.isprintable()
    assert len(document.source) < 300


def test_names_are_spelled_in_one_way():
    assert clean_name("de\u0301sa.txt") == "d\u00e9sa.txt"
    assert clean_name("a\udc80\x00b.txt") == "a? b.txt"
    assert clean_name("  ") == "?"


def test_a_zip_gives_a_line_for_each_of_its_files(store, queue, upload):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("satu/pasar.txt", TEXT)
        archive.writestr("dua/pasar.txt", OTHER)
        archive.writestr("../../keluar.txt", b"")
        archive.writestr("__MACOSX/x", b"x")
        archive.writestr("satu/.DS_Store", b"x")
    job_id = queued(store, queue, upload("paket.zip", packed.getvalue()))
    run(store, queue)
    assert statuses(queue, job_id) == {
        "upload:paket.zip/satu/pasar.txt": "added",
        "upload:paket.zip/dua/pasar.txt": "added",
        "upload:paket.zip/keluar.txt": "failed",
    }


def test_a_zip_that_unpacks_to_too_much_is_refused(store, queue, upload):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("nol.txt", b"0" * 2_000_000)
    limits = Limits(unpacked_bytes_max=1_000_000)
    job_id = queued(store, queue, upload("bom.zip", packed.getvalue()), limits=limits)
    (line,) = queue.documents(job_id)
    assert "INGEST_UNPACKED_BYTES_MAX" in line.reason.english


def test_two_files_of_one_name_do_not_replace_each_other(store, queue, upload):
    job_id = queued(store, queue, upload("pasar.txt", TEXT), upload("pasar.txt", OTHER))
    run(store, queue)
    assert statuses(queue, job_id) == {"upload:pasar.txt": "added", "upload:pasar.txt (2)": "added"}


def test_cancelled_between_two_documents(store, queue, upload):
    job_id = queued(store, queue, upload("pasar.txt", TEXT), upload("kantor.txt", OTHER))
    job = queue.claim()
    queue.cancel(job_id)
    run_job(store, queue, job, IngestSettings())
    assert queue.job(job_id).state == "cancelled"
    assert store.documents() == []


def test_a_stopped_run_goes_on_where_it_was(store, queue, upload):
    job_id = queued(store, queue, upload("pasar.txt", TEXT), upload("kantor.txt", OTHER))
    asked = iter([False, True])
    run(store, queue, lambda: next(asked))
    assert queue.job(job_id).state == "queued"
    assert sorted(statuses(queue, job_id).values()) == ["added", "waiting"]
    run(store, queue)
    assert queue.job(job_id).state == "done"
    assert len(store.documents()) == 2


def test_no_uploaded_text_stays_once_its_job_has_ended(store, queue, upload):
    secret = "sandi rahasia sembilan gajah"
    ended = queued(store, queue, upload("rusak.pdf", f"%PDF-1.4 {secret}"))
    run(store, queue)
    cancelled = queued(store, queue, upload("batal.txt", secret))
    queue.cancel(cancelled)
    left = spool_folder(store.path, "left by a crash")
    left.mkdir()
    (left / "0").write_text(secret)
    waiting = queued(store, queue, upload("pasar.txt", TEXT))
    clear_spool(store.path, queue)
    assert queue.job(ended).state == "done"
    assert [folder.name for folder in (store.path / SPOOL).iterdir()] == [waiting]
    files = [path for path in store.path.rglob("*") if path.is_file()]
    assert not [path for path in files if secret.encode() in path.read_bytes()]


def test_lost_bytes_are_told_of(store, queue, upload):
    job_id = queued(store, queue, upload("pasar.txt", TEXT))
    (spool_folder(store.path, job_id) / "0").unlink()
    run(store, queue)
    assert "Upload this file again" in queue.documents(job_id)[0].reason.english


def test_the_worker_takes_what_was_queued_before_it_began(store, queue, upload):
    jobs = [queued(store, queue, upload(f"{n}.txt", f"{TEXT} Nomor {n}.")) for n in range(3)]
    worker = UploadWorker(store, queue, IngestSettings())
    worker.wake()
    try:
        wait_until(lambda: all(queue.job(job_id).ended for job_id in jobs))
        wait_until(lambda: not list((store.path / SPOOL).iterdir()))
    finally:
        worker.close()
    assert len(store.documents()) == 3


def wait_until(holds, timeout_s=60):
    import time

    end = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_command_line_run_is_seen_as_a_job(store, queue, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "pasar.txt").write_text(TEXT)
    (tmp_path / "in" / "kosong.txt").write_text("")
    seen, states = [], []
    with record_command_line_run(store.path, [tmp_path / "in"], seen.append) as record:

        def step(event):
            record(event)
            states.append(queue.jobs()[0].state)

        report = ingest_paths(store, [tmp_path / "in"], None, step, record.cancelled)
        record.ended(report)
    (job,) = queue.jobs()
    assert set(states) == {"running"}
    assert len(seen) == len(states)
    assert (job.origin, job.state) == ("command line", "done")
    assert (job.progress.documents_done, job.progress.documents) == (2, 2)
    (line,) = queue.documents(job.job_id)
    assert line.source.endswith("kosong.txt")


def test_a_command_line_run_can_be_cancelled_from_elsewhere(store, queue, tmp_path):
    (tmp_path / "pasar.txt").write_text(TEXT)
    with record_command_line_run(store.path, [tmp_path]) as record:
        queue.cancel(queue.jobs()[0].job_id)
        report = ingest_paths(store, [tmp_path / "pasar.txt"], None, record, record.cancelled)
        record.ended(report)
    assert report.interrupted
    assert queue.jobs()[0].state == "cancelled"


@pytest.mark.parametrize(
    ("error", "state"), [(KeyboardInterrupt, "cancelled"), (OSError, "failed")]
)
def test_a_command_line_run_that_breaks_off(store, queue, error, state):
    with pytest.raises(error), record_command_line_run(store.path, [Path("/data")]):
        raise error
    assert queue.jobs()[0].state == state


def test_a_record_that_cannot_be_written_does_not_stop_an_ingest(store, tmp_path):
    (tmp_path / "pasar.txt").write_text(TEXT)
    with record_command_line_run(tmp_path / "missing", [tmp_path]) as record:
        report = ingest_paths(store, [tmp_path / "pasar.txt"], None, record, record.cancelled)
        record.ended(report)
    assert report.exit_status == 0
