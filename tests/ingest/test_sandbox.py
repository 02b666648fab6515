"""A child that hangs, grows, dies or lies is stopped, and the next file is read."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

import psutil
import pytest

from ingest.blocks import document_from_json
from ingest.errors import ParserStopped
from ingest.sandbox import Limits, ParserProcess

TEXT = b"Sebuah kalimat."
SLOW = b"<html><body>" + b"<p>Satu <b>kalimat</b> pendek.</p>" * 200_000


def test_a_slow_file_is_stopped_and_the_next_is_read() -> None:
    with ParserProcess(Limits(timeout_s=0.3)) as process:
        began = time.monotonic()
        with pytest.raises(ParserStopped, match="INGEST_TIMEOUT_S"):
            process.parse_bytes(SLOW, "lambat.html")
        assert time.monotonic() - began < 5
        process.limits = Limits(timeout_s=30)
        assert process.parse_bytes(TEXT, "a.txt").blocks[0].text == "Sebuah kalimat."


def test_a_file_over_the_memory_cap_is_stopped() -> None:
    with ParserProcess(Limits(memory_mb=120)) as process:
        data = b"<p>" + b"<b>a</b>" * 3_000_000
        with pytest.raises(ParserStopped, match="INGEST_MEMORY_MB"):
            process.parse_bytes(data, "gemuk.html")


def test_a_child_that_dies_is_an_error_and_is_replaced() -> None:
    with ParserProcess() as process:
        process.parse_bytes(TEXT, "a.txt")
        child = next(c for c in psutil.Process().children() if "ingest.sandbox" in c.cmdline())
        os.kill(child.pid, signal.SIGSTOP)
        os.kill(child.pid, signal.SIGKILL)
        child.wait(5)
        assert process.parse_bytes(TEXT, "a.txt").blocks[0].text == "Sebuah kalimat."


@pytest.mark.parametrize(("share", "children"), [(0.5, 1), (0.001, 2)])
def test_a_child_that_keeps_much_memory_is_replaced_before_the_next_file(
    share: float, children: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.sandbox._KEPT_SHARE_MAX", share)
    found = set()
    with ParserProcess() as process:
        for _ in range(2):
            process.parse_bytes(TEXT, "a.txt")
            found |= {c.pid for c in psutil.Process().children() if "ingest.sandbox" in c.cmdline()}
    assert len(found) == children


def test_close_leaves_no_process() -> None:
    process = ParserProcess()
    process.parse_bytes(TEXT, "a.txt")
    (child,) = [c for c in psutil.Process().children() if "ingest.sandbox" in c.cmdline()]
    process.close()
    assert not psutil.pid_exists(child.pid)


def test_settings_reach_the_child() -> None:
    limits = replace(Limits(), chars_max=5)
    with ParserProcess(limits) as process:
        assert process.parse_bytes(TEXT + b"\n\n" + TEXT, "a.txt").warnings


@pytest.mark.parametrize(
    "lie",
    [
        {},
        {"media_type": "a", "blocks": [{"kind": "paragraph", "text": 3}]},
        {"media_type": "a", "blocks": [{"kind": "program", "text": "a"}]},
    ],
)
def test_an_answer_that_is_no_document_is_refused(lie: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        document_from_json(lie)
