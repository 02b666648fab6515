"""A long scan earns time page by page, unread pages say why, and the better reading is kept."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

import ingest.parsers.image
import ingest.parsers.ocr
from ingest.blocks import ParsedDocument
from ingest.errors import ParserStopped
from ingest.limits import Limits
from ingest.ocr_time import OcrTime, on_page
from ingest.parsers.page_text import Box, Frame, PageText, Piece
from ingest.parsers.pdf import parse
from ingest.sandbox import ParserProcess, _Exchange
from tests.sample_files import samples as s

LINE = "Pemerintah daerah menyusun rencana kerja tahunan bersama masyarakat desa."
SHIFTED = "".join(chr(ord(c) + 3) if c.isalpha() else c for c in LINE)


def test_each_page_that_was_read_earns_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("ingest.ocr_time.monotonic", lambda: now)
    time = OcrTime(Limits(timeout_s=100, ocr_page_s=20, ocr_total_s=30))
    now = 79.0
    assert time.is_left()
    now = 81.0
    assert not time.is_left()
    time.page_read()
    assert time.is_left()
    assert time.setting == "INGEST_TIMEOUT_S"
    time.page_read()
    time.page_read()
    now = 111.0  # 80 seconds and the 30 that OCR may add at most
    assert not time.is_left()
    assert time.setting == "INGEST_OCR_TOTAL_S"


CHILD = """
import struct, sys, time
for _ in range(3):
    time.sleep(0.5)
    sys.stdout.buffer.write(struct.pack(">Q", 0))
    sys.stdout.buffer.flush()
sys.stdout.buffer.write(struct.pack(">Q", 2) + b"{}")
sys.stdout.buffer.flush()
"""


@pytest.mark.parametrize(
    ("limits", "is_stopped"),
    [
        (Limits(timeout_s=1.0, ocr_page_s=5), False),
        (Limits(timeout_s=1.0, ocr_page_s=0), True),
        (Limits(timeout_s=1.0, ocr_page_s=5, ocr_total_s=0.1), True),
    ],
    ids=["given", "none", "capped"],
)
def test_the_parent_waits_longer_for_a_child_that_reads_pages(
    limits: Limits, is_stopped: bool
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        exchange = _Exchange(child, b"", b"", answer_max=100)
        process = ParserProcess(limits)
        if is_stopped:
            with pytest.raises(ParserStopped, match="INGEST_TIMEOUT_S"):
                process._await(child, exchange)
        else:
            assert process._await(child, exchange) == b"{}"
    finally:
        child.kill()
        child.communicate()


def recognised(lines: list[str]) -> PageText:
    pieces = tuple(
        Piece(line, Box(72, 100 + 20 * n, 500, 110 + 20 * n), 10, False, 0.9)
        for n, line in enumerate(lines)
    )
    return PageText(1, 595, 842, Frame(0, 0, 595, 842, 0, 0), pieces)


def parsed(
    monkeypatch: pytest.MonkeyPatch, data: bytes, lines: list[str], limits: Limits
) -> ParsedDocument:
    """Read in this process, with OCR that finds these lines."""
    monkeypatch.setattr(ingest.parsers.ocr, "is_available", lambda: True)
    monkeypatch.setattr(
        ingest.parsers.image,
        "ocr_page",
        lambda _image, number, *_: replace(recognised(lines), number=number),
    )
    return parse(data, "a.pdf", limits)


def test_pages_without_time_left_say_which_setting_gives_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = s.scanned_pdf(2, "Halaman dengan teks.")
    hasty = Limits(timeout_s=1e-9, ocr_page_s=0)
    document = parsed(monkeypatch, data, [LINE], hasty)
    assert document.page_methods == ("none", "none", "text")
    assert "1-2" in document.warnings[0]
    assert "waktu habis; naikkan INGEST_TIMEOUT_S" in document.warnings[0]
    assert len(document.warnings) == 1
    told: list[int] = []
    token = on_page.set(lambda: told.append(1))
    document = parsed(monkeypatch, data, [LINE], Limits())
    on_page.reset(token)
    assert document.page_methods == ("ocr", "ocr", "text")
    assert len(told) == 2


GARBLED = s.pdf([s.lines(72, 100, [SHIFTED] * 6 + [LINE])])


def test_a_garbled_layer_gives_way_to_a_better_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    document = parsed(monkeypatch, GARBLED, [LINE] * 6, Limits())
    assert document.page_methods == ("ocr",)
    assert LINE in document.blocks[0].text


def test_a_garbled_layer_is_kept_where_ocr_read_less(monkeypatch: pytest.MonkeyPatch) -> None:
    document = parsed(monkeypatch, GARBLED, ["xq"], Limits())
    assert document.page_methods == ("bad text",)
    assert "OCR tidak lebih baik" in document.warnings[0]
    assert "INGEST_OCR=1" not in document.warnings[0]
