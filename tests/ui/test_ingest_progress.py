"""What an ingest shows: one line a document, and a Ctrl-C that lets the document finish."""

from __future__ import annotations

import os
import signal

import pytest

from ingest.pipeline import Progress
from ingest.report import DocumentReport
from ui.ingest_progress import IngestProgress, document_line


def test_a_document_is_one_line_whatever_its_name_holds() -> None:
    line = document_line(DocumentReport("/a/b\nc\x1b[31m.txt", "added", passages=3, seconds=1.25))
    assert line == "baru  /a/b�c�[31m.txt  (3 kutipan, 1.2 s)"
    failed = document_line(DocumentReport("x.pdf", "failed", reason="Berkas kosong."))
    assert failed == "GAGAL  x.pdf: Berkas kosong."
    assert document_line(DocumentReport("x.pdf", "removed")) == "dikeluarkan  x.pdf"


def test_warnings_stand_below_the_line() -> None:
    line = document_line(DocumentReport("x.pdf", "added", warnings=("Satu.", "Dua.")))
    assert line.splitlines()[1:] == ["      ! Satu.", "      ! Dua."]


def test_lines_go_to_stdout_and_only_if_asked(capsys: pytest.CaptureFixture[str]) -> None:
    for lines in (True, False):
        with IngestProgress(lines) as progress:
            progress(Progress("a.txt", 1, 2, 0, 10, 5, passages_done=1, passages=2))
            progress(DocumentReport("a.txt", "added"))
        assert ("a.txt" in capsys.readouterr().out) is lines


def test_first_interrupt_asks_to_stop_and_the_second_stops(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = signal.getsignal(signal.SIGINT)
    with IngestProgress(lines=False) as progress:
        os.kill(os.getpid(), signal.SIGINT)
        assert progress.stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
    assert "Run the same command to go on" in " ".join(capsys.readouterr().err.split())
