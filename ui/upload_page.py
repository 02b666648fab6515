"""Adding documents on the page: the form, what the browser sends, and the list of jobs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.conversation import Language
from docs_store.job_records import Job, JobDocument
from ingest.identify import READABLE
from ingest.limits import MIB
from ingest.uploads import SOURCE_PREFIX, Upload
from ui import texts
from ui.markup import Html, element
from ui.source_viewer import file_name

ENDED_JOBS_SHOWN = 3
ENDED_JOBS_SHOWN_FOR = timedelta(hours=24)
DISMISSED_MAX = 100
"""Jobs that one browser remembers as dismissed; older ones have long gone by themselves."""
LINES_SHOWN_MAX = 100
FILES_MAX = 10_000
"""Files of one upload; a browser that sends more than a person would is cut short."""


@dataclass(frozen=True, slots=True)
class JobView:
    """A job and the lines of its documents, as the page shows them."""

    job: Job
    documents: tuple[JobDocument, ...]


def received_files(files: object, folder: Path) -> list[Upload]:
    """What the browser says it sent; only files inside ``folder`` are believed to be uploads."""
    uploads = []
    for file in files[:FILES_MAX] if isinstance(files, list) else []:
        if not isinstance(file, dict):
            continue
        name, told, size = (file.get(key) for key in ("name", "path", "size"))
        path = _uploaded(told, folder) if isinstance(told, str) else None
        if path is not None:
            size = path.stat().st_size
        uploads.append(Upload(str(name), path, size if isinstance(size, int) else 0))
    return uploads


def _uploaded(told: str, folder: Path) -> Path | None:
    try:
        path = Path(told).resolve(strict=True)
    except (OSError, ValueError):
        return None
    return path if path.is_file() and path.is_relative_to(folder.resolve()) else None


def upload_form_html(bytes_max: int, language: Language) -> Html:
    """The button that chooses files; they can be dropped on it too."""
    limit = texts.format_number(bytes_max / MIB, language, 0 if bytes_max >= MIB else 3)
    return element(
        "div",
        element(
            "label",
            element("input", type="file", multiple=True, class_="visually-hidden"),
            element("span", texts.ADD_DOCUMENTS(language)),
            class_="upload-button",
        ),
        element(
            "span",
            texts.ADD_DOCUMENTS_HINT(language, formats=READABLE, limit=limit),
            class_="upload-hint",
        ),
        element("p", class_="upload-status", role="status"),
        class_="upload-form",
        data_bytes_max=bytes_max,
        data_sending=texts.SENDING.indonesian if language == "id" else texts.SENDING.english,
    )


def jobs_shown(jobs: Sequence[Job], now: datetime) -> list[Job]:
    """The jobs that are under way, and the last few that have ended lately."""
    ended = [job for job in jobs if job.ended and _ended_lately(job, now)][:ENDED_JOBS_SHOWN]
    return [job for job in jobs if not job.ended or job in ended]


def _ended_lately(job: Job, now: datetime) -> bool:
    return job.ended_at is not None and (
        now - datetime.fromisoformat(job.ended_at).astimezone(UTC) < ENDED_JOBS_SHOWN_FOR
    )


def dismissed_jobs(kept: object, also: str | None = None) -> list[str]:
    """The ids that a browser keeps, whatever it says it keeps, and one more."""
    known = [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []
    return [*known, *([also] if also else [])][-DISMISSED_MAX:]


def without_dismissed(views: Sequence[JobView], dismissed: Collection[str]) -> list[JobView]:
    """The jobs that are not both ended and dismissed."""
    return [view for view in views if not (view.job.ended and view.job.job_id in dismissed)]


def documents_taken_in(views: Sequence[JobView]) -> tuple[tuple[str, str, int], ...]:
    """What changes when the table of documents may have changed."""
    return tuple((v.job.job_id, v.job.state, v.job.progress.documents_done) for v in views)


def jobs_html(views: Sequence[JobView], language: Language) -> Html:
    """How the jobs stand; nothing where there are none."""
    if not views:
        return Html("")
    return element(
        "section",
        *(_job(view, language) for view in views),
        class_="jobs",
        role="region",
        aria_label=texts.JOBS(language),
        tabindex="0",
    )


def _job(view: JobView, language: Language) -> Html:
    job = view.job
    at = job.progress
    number = texts.format_number
    counts = texts.JOB_COUNTS(
        language,
        done=number(at.documents_done, language),
        all=number(at.documents, language),
        passages=number(at.passages, language),
    )
    state = "cancelling" if job.cancelling and job.state == "running" else job.state
    origin = texts.JOB_ORIGINS[job.origin](language)
    label = texts.JOB_STATES[state](language)
    bar = element(
        "progress",
        max=max(at.documents, 1),
        value=at.documents_done,
        aria_label=counts,
    )
    return element(
        "article",
        element(
            "p",
            element("b", label, class_="job-state", role="status"),
            element("span", f"{counts} · {origin}"),
            None if state == "cancelling" else _button(job, language),
            class_="job-head",
        ),
        None if job.ended else bar,
        None if at.source is None else element("p", file_name(at.source), class_="job-source"),
        None if job.reason is None else element("p", job.reason.text(language), class_="problem"),
        _lines(view.documents, language),
        class_="job",
        data_state=state,
    )


def _button(job: Job, language: Language) -> Html:
    """What can be done about a job: cancel it, or dismiss it once it has ended."""
    action, label = ("dismiss", texts.DISMISS) if job.ended else ("cancel", texts.CANCEL)
    return element(
        "button",
        "×" if job.ended else label(language),
        type="button",
        class_="icon-button" if job.ended else "quiet-button",
        data_action=action,
        data_job=job.job_id,
        aria_label=f"{label(language)}: {', '.join(map(file_name, job.sources[:3]))}",
    )


def _lines(documents: Sequence[JobDocument], language: Language) -> Html | None:
    # What went wrong is what a person must act on, so it comes first.
    known = [line for line in documents if line.status != "waiting"]
    known.sort(key=lambda line: line.status != "failed")
    if not known:
        return None
    lines = [_line(line, language) for line in known[:LINES_SHOWN_MAX]]
    if len(known) > LINES_SHOWN_MAX:
        more = texts.format_number(len(known) - LINES_SHOWN_MAX, language)
        lines.append(element("li", texts.MORE_LINES(language, more=more)))
    return element("ul", *lines, class_="job-lines")


def _line(line: JobDocument, language: Language) -> Html:
    return element(
        "li",
        element("b", texts.DOCUMENT_STATUSES[line.status](language), class_="line-status"),
        element("span", line.source.removeprefix(SOURCE_PREFIX), dir="auto", class_="line-source"),
        None
        if line.reason is None
        else element("span", line.reason.text(language), class_="line-reason"),
        data_status=line.status,
    )
