"""Shows an ingest as it goes: a bar on stderr, a line a document on stdout."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ingest.pipeline import Progress as At
from ingest.report import DocumentReport

_STATUS = {
    "added": "baru",
    "replaced": "diganti",
    "unchanged": "tetap",
    "duplicate": "ganda",
    "failed": "GAGAL",
}


class IngestProgress:
    """A context manager that is called with what `ingest.pipeline.ingest_paths` reports.

    Args:
        lines: whether to print each document's line.
    """

    def __init__(self, lines: bool) -> None:
        self._lines = lines
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> IngestProgress:
        self._bar.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def __call__(self, event: At | DocumentReport) -> None:
        """Show one step."""
        if isinstance(event, At):
            share = event.passages_done / event.passages if event.passages else 0.0
            self._bar.update(
                self._task,
                description=event.source[-40:],
                total=event.documents,
                completed=event.document - 1 + share,
            )
        elif self._lines:
            print(document_line(event), flush=True)  # noqa: T201


def document_line(report: DocumentReport) -> str:
    """One document on one line, whatever its name holds."""
    source = "".join(c if c.isprintable() else "�" for c in report.source)
    if report.status == "failed":
        return f"{_STATUS['failed']}  {source}: {report.reason}"
    line = (
        f"{_STATUS[report.status]}  {source}  ({report.passages} kutipan, {report.seconds:.1f} s)"
    )
    return line + "".join(f"\n      ! {warning}" for warning in report.warnings)
