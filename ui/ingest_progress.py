"""Shows an ingest as it goes: a bar on stderr, a line a document on stdout; Ctrl-C ends it well."""

from __future__ import annotations

import signal
import sys
import threading
import time
from contextlib import ExitStack
from types import FrameType, TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from ingest.pipeline import Progress as At
from ingest.report import DocumentReport

_STATUS = {
    "added": "baru",
    "replaced": "diganti",
    "unchanged": "tetap",
    "duplicate": "ganda",
    "removed": "dikeluarkan",
    "failed": "GAGAL",
}
_STOPPING = (
    "Berhenti setelah dokumen ini; Ctrl-C sekali lagi: berhenti seketika. Jalankan perintah yang "
    "sama untuk melanjutkan. / Stopping after this document; Ctrl-C once more stops at once. Run "
    "the same command to go on."
)
_SOURCE_CHARS_MAX = 32


class IngestProgress:
    """A context manager that is called with what `ingest.pipeline.ingest_paths` reports.

    ``stop`` is set by the first Ctrl-C: hand ``stop.is_set`` to `ingest_paths`, or ``stop``
    itself to `ingest.mirror.watch_paths`. A second one raises KeyboardInterrupt.

    Args:
        lines: whether to print each document's line.
    """

    def __init__(self, lines: bool) -> None:
        self.stop = threading.Event()
        self._lines = lines
        self._console = Console(stderr=True)
        self._pages = self._passages = 0
        self._began = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            TextColumn("{task.fields[counts]}", markup=False),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("", total=None, counts="")
        self._cleanup = ExitStack()

    def __enter__(self) -> IngestProgress:
        self._began = time.monotonic()
        if threading.current_thread() is threading.main_thread():
            before = signal.signal(signal.SIGINT, self._interrupt)
            self._cleanup.callback(signal.signal, signal.SIGINT, before)
        self._bar.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._bar.stop()
        self._cleanup.close()

    def __call__(self, event: At | DocumentReport) -> None:
        """Show one step."""
        if isinstance(event, At):
            self._show(event)
            return
        if event.status in ("added", "replaced", "duplicate"):
            self._pages += event.pages or 0
            self._passages += event.passages
        if self._lines:
            print(document_line(event), flush=True)  # noqa: T201

    def _show(self, at: At) -> None:
        share = at.passages_done / at.passages if at.passages else 0.0
        passages = self._passages + at.passages_done
        rate = passages / max(time.monotonic() - self._began, 0.001)
        self._bar.update(
            self._task,
            description=_printable(at.source)[-_SOURCE_CHARS_MAX:],
            # By size, since one long document may take longer than a hundred short ones.
            total=max(at.bytes_total, 1),
            completed=at.bytes_done + share * at.size,
            counts=(
                f"{at.document}/{at.documents} dok · {self._pages} hlm · {passages} kutipan · "
                f"{rate:.0f}/s"
            ),
        )

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if self.stop.is_set():
            raise KeyboardInterrupt
        self.stop.set()
        self._console.print(_STOPPING, markup=False, highlight=False)


def document_line(report: DocumentReport) -> str:
    """One document on one line, whatever its name holds; its warnings below it."""
    status, source = _STATUS[report.status], _printable(report.source)
    if report.status == "failed":
        return f"{status}  {source}: {report.reason}"
    if report.status == "removed":
        return f"{status}  {source}"
    line = f"{status}  {source}  ({report.passages} kutipan, {report.seconds:.1f} s)"
    return line + "".join(f"\n      ! {warning}" for warning in report.warnings)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text)
