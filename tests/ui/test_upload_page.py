from dataclasses import replace
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from docs_store.errors import Reason
from docs_store.job_records import Job, JobDocument, JobProgress
from ingest.uploads import Upload
from ui import texts
from ui.upload_page import (
    DISMISSED_MAX,
    ENDED_JOBS_SHOWN,
    ENDED_JOBS_SHOWN_FOR,
    LINES_SHOWN_MAX,
    JobView,
    dismissed_jobs,
    documents_taken_in,
    jobs_html,
    jobs_shown,
    received_files,
    upload_form_html,
    without_dismissed,
)

NOW = datetime(2026, 5, 2, 3, 0, tzinfo=UTC)
RUNNING = Job(
    job_id="j1",
    origin="upload",
    sources=("upload:a.txt", "upload:b.txt"),
    state="running",
    progress=JobProgress(1, 2, 1234, "upload:<b>b.txt"),
    created_at="2024-05-02T03:00:00+00:00",
)
BROKEN = Reason("Berkas rusak.", "The file is damaged.")


def page(job=RUNNING, documents=(), language="id"):
    return BeautifulSoup(jobs_html([JobView(job, tuple(documents))], language), "html.parser")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_running_job_tells_how_far_it_is_and_can_be_cancelled(language):
    shown = page(language=language)
    assert shown.select_one(".job-state").get_text() == texts.JOB_STATES["running"](language)
    bar = shown.select_one("progress")
    assert (bar["value"], bar["max"]) == ("1", "2")
    number = "1.234" if language == "id" else "1,234"
    assert number in bar["aria-label"]
    assert shown.select_one(".job-source").get_text() == "<b>b.txt"
    (cancel,) = shown.select('[data-action="cancel"]')
    assert cancel["data-job"] == "j1"
    assert cancel["aria-label"].endswith("a.txt, b.txt")


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_an_ended_job_has_nothing_to_cancel(state):
    shown = page(replace(RUNNING, state=state, reason=BROKEN))
    assert not shown.select('progress, [data-action="cancel"]')
    (dismiss,) = shown.select('[data-action="dismiss"]')
    assert (dismiss["data-job"], dismiss["aria-label"]) == ("j1", "Tutup kabar ini: a.txt, b.txt")
    assert shown.select_one(".problem").get_text() == "Berkas rusak."


def test_a_job_that_was_asked_to_stop_says_so():
    shown = page(replace(RUNNING, cancelling=True))
    assert shown.select_one(".job-state").get_text() == texts.JOB_STATES["cancelling"]("id")
    assert not shown.select("button")


def test_failures_come_first_each_with_its_reason_in_one_language():
    lines = [
        JobDocument(0, "upload:a.txt", "added", 3),
        JobDocument(1, "upload:<script>x</script>.docx", "failed", reason=BROKEN),
        JobDocument(2, "upload:c.txt"),
    ]
    shown = page(documents=lines, language="en").select(".job-lines li")
    assert [line["data-status"] for line in shown] == ["failed", "added"]
    assert shown[0].select_one(".line-source").get_text() == "<script>x</script>.docx"
    assert shown[0].select_one(".line-reason").get_text() == "The file is damaged."


def test_every_status_of_a_document_has_a_name():
    from typing import get_args

    from docs_store.job_records import JobState, Origin
    from ingest.report import Status

    assert set(texts.DOCUMENT_STATUSES) == set(get_args(Status))
    assert set(texts.JOB_STATES) == {*get_args(JobState), "cancelling"}
    assert set(texts.JOB_ORIGINS) == set(get_args(Origin))


def test_a_long_list_is_cut_short():
    lines = [JobDocument(n, f"upload:{n}.txt", "added") for n in range(1_000 + LINES_SHOWN_MAX)]
    shown = page(documents=lines).select(".job-lines li")
    assert len(shown) == LINES_SHOWN_MAX + 1
    assert shown[-1].get_text() == "dan 1.000 lagi"


def test_all_that_is_under_way_is_shown_and_the_last_that_ended():
    done = replace(RUNNING, state="done", ended_at=NOW.isoformat())
    ended = [replace(done, job_id=f"e{n}") for n in range(10)]
    waiting = [replace(RUNNING, job_id=f"w{n}", state="queued") for n in range(10)]
    shown = jobs_shown([*ended, *waiting], NOW)
    assert [job.job_id for job in shown] == [
        *(f"e{n}" for n in range(ENDED_JOBS_SHOWN)),
        *(f"w{n}" for n in range(10)),
    ]


def test_a_job_that_has_ended_goes_by_itself_after_a_while():
    failed = replace(RUNNING, state="failed", ended_at=NOW.isoformat())
    assert jobs_shown([failed, RUNNING], NOW + ENDED_JOBS_SHOWN_FOR / 2) == [failed, RUNNING]
    assert jobs_shown([failed, RUNNING], NOW + ENDED_JOBS_SHOWN_FOR) == [RUNNING]


def test_a_job_is_dismissed_once_it_has_ended():
    failed = replace(RUNNING, job_id="j2", state="failed")
    views = [JobView(RUNNING, ()), JobView(failed, ())]
    assert without_dismissed(views, ["j2", "j1"]) == views[:1]


@pytest.mark.parametrize("kept", [None, "j1", {"a": 1}, 5])
def test_what_a_browser_keeps_may_be_anything(kept):
    assert dismissed_jobs(kept) == []
    assert dismissed_jobs(kept, "j1") == ["j1"]
    assert dismissed_jobs(["a", 5, None], "j1") == ["a", "j1"]
    assert dismissed_jobs([str(n) for n in range(500)], "j1")[-2:] == ["499", "j1"]
    assert len(dismissed_jobs([str(n) for n in range(500)])) == DISMISSED_MAX


def test_progress_inside_a_document_does_not_change_the_table():
    before, after = RUNNING, replace(RUNNING, progress=JobProgress(1, 2, 2000, "upload:b.txt"))
    done = replace(RUNNING, progress=JobProgress(2, 2))
    seen = [documents_taken_in([JobView(job, ())]) for job in (before, after, done)]
    assert seen[0] == seen[1] != seen[2]


def test_only_files_that_were_uploaded_are_believed(tmp_path):
    folder = tmp_path / "uploads"
    (folder / "hash").mkdir(parents=True)
    sent = folder / "hash" / "a.txt"
    sent.write_text("isi")
    secret = tmp_path / "secret.txt"
    secret.write_text("rahasia")
    (folder / "link.txt").symlink_to(secret)
    told = [
        {"name": "a.txt", "path": str(sent), "size": 999},
        *(
            {"name": "x", "path": path, "size": 7}
            for path in (
                str(secret),
                str(folder / ".." / "secret.txt"),
                str(folder / "link.txt"),
                str(folder / "missing"),
                str(folder),
                "a\x00b",
                5,
                None,
            )
        ),
        "nonsense",
    ]
    assert received_files(told, folder) == [Upload("a.txt", sent, 3), *[Upload("x", None, 7)] * 8]
    assert received_files("nonsense", folder) == []


def test_the_form_names_formats_and_limit():
    form = BeautifulSoup(upload_form_html(100 * 2**20, "en"), "html.parser")
    assert "At most 100 MB each" in form.get_text()
    assert "PDF" in form.get_text()
    assert form.select_one("label input[type=file][multiple]")
