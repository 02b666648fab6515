"""Page images read by tesseract: by a stand-in that tests can watch, and by the real one."""

from __future__ import annotations

import io
import os
import shutil
import stat
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from docs_store.settings import load_settings
from ingest.errors import NeedsTesseract, ParserStopped
from ingest.limits import Limits
from ingest.parsers.image import ocr_page
from ingest.parsers.ocr import reader
from ingest.sandbox import ParserProcess
from ingest.settings import IngestSettings
from ingest.tesseract import with_tesseract
from tests.ingest.test_ocr import LINES, printed, text_of
from ui import doctor

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="the stand-in is a script with a #! line"
)
HEADER = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
ROWS = (
    "1\t1\t0\t0\t0\t0\t0\t0\t760\t740\t-1\t",
    "4\t1\t1\t1\t1\t0\t60\t40\t500\t20\t-1\t",
    "5\t1\t1\t1\t1\t1\t60\t40\t80\t20\t96.5\tDesa",
    "5\t1\t1\t1\t1\t2\t150\t40\t100\t20\t91.5\t\"Contoh",
    "5\t1\t1\t1\t1\t3\t262\t40\t4\t20\t60\t|",
    "5\t1\t1\t1\t1\t4\t500\t40\t60\t20\t99\tRp5.000",
    "5\t1\t1\t1\t2\t1\t60\t80\t80\t20\t20\tk@bur",
)  # fmt: skip


def stand_in(folder: Path, code: str, languages: str = "ind eng osd") -> str:
    program = folder / "tesseract"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys, time\n"
        f"if '--list-langs' in sys.argv:\n    print({languages!r}.replace(' ', chr(10)))\n"
        f"    sys.exit()\n{code}"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def limits_of(program: str, memory_mb: int = 1_024, timeout_s: float = 60) -> Limits:
    return Limits(
        ocr_engine="tesseract", tesseract=program, memory_mb=memory_mb, timeout_s=timeout_s
    )


def image_bytes() -> bytes:
    file = io.BytesIO()
    printed().save(file, "PNG")
    return file.getvalue()


def test_its_words_become_lines_with_boxes_and_confidences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "lihat"
    table = "\n".join((HEADER, *ROWS))
    code = (
        "page = sys.stdin.buffer.read()\n"
        f"open({str(note)!r}, 'w').write(repr((sys.argv[1:], page[:15], len(page), "
        "sorted(os.environ))))\n"
        f"print({table!r})\n"
    )
    monkeypatch.setenv("TANYA_RAHASIA", "x")
    with ParserProcess(limits_of(stand_in(tmp_path, code))) as process:
        parsed = process.parse_bytes(image_bytes(), "foto.png")
    text = "\n".join(block.text for block in parsed.blocks)
    assert 'Desa "Contoh' in text
    assert "Rp5.000" in text
    assert "|" not in text.replace(" | ", "")  # a ruling line is no letter
    assert "k@bur" not in text  # less than half sure, as with rapidocr
    assert parsed.page_methods == ("ocr",)
    lines = [line for block in parsed.blocks for line in block.lines]
    assert lines[0].confidence == pytest.approx((4 * 0.965 + 7 * 0.915) / 11)
    assert (lines[0].left, lines[0].right) == pytest.approx((60 / 760, 560 / 760), abs=1e-4)
    assert (lines[0].top, lines[0].bottom) == pytest.approx((40 / 740, 60 / 740), abs=1e-4)
    arguments, start, length, environment = eval(note.read_text())
    assert arguments == ["stdin", "stdout", "-l", "ind+eng", "tsv"]
    assert start == b"P5 760 740 255\n"
    assert length == len(start) + 760 * 740
    assert "TANYA_RAHASIA" not in environment


@pytest.mark.parametrize(("languages", "missing"), [(None, "program"), ("eng osd", "'ind'")])
def test_what_is_missing_is_named_where_ocr_is_needed_and_nowhere_else(
    tmp_path: Path, languages: str | None, missing: str
) -> None:
    program = stand_in(tmp_path, "", languages) if languages else str(tmp_path / "tiada")
    with ParserProcess(limits_of(program)) as process:
        with pytest.raises(NeedsTesseract, match=f"(?s){missing}.*tesseract-ocr-ind"):
            process.parse_bytes(image_bytes(), "foto.png")
        assert process.parse_bytes(b"Rapat desa dibuka.", "a.txt").blocks


def test_a_failing_program_fails_the_file_alone(tmp_path: Path) -> None:
    with ParserProcess(limits_of(stand_in(tmp_path, "sys.exit(3)"))) as process:
        with pytest.raises(ParserStopped, match="INGEST_OCR_ENGINE=rapidocr"):
            process.parse_bytes(image_bytes(), "foto.png")
        assert process.parse_bytes(b"Rapat desa dibuka.", "a.txt").blocks


def test_a_greedy_program_gets_no_more_than_its_memory(tmp_path: Path) -> None:
    code = "sys.stdin.buffer.read()\nheld = bytearray(600 * 2**20)\nprint('selesai')\n"
    with (
        ParserProcess(limits_of(stand_in(tmp_path, code), memory_mb=512)) as process,
        pytest.raises(ParserStopped, match="INGEST_MEMORY_MB"),
    ):
        process.parse_bytes(image_bytes(), "foto.png")


def test_a_hanging_program_is_killed_with_its_reader(tmp_path: Path) -> None:
    import psutil

    note = tmp_path / "pid"
    code = f"open({str(note)!r}, 'w').write(str(os.getpid()))\ntime.sleep(90)\n"
    limits = limits_of(stand_in(tmp_path, code), timeout_s=8)
    with (
        ParserProcess(limits) as process,
        pytest.raises(ParserStopped, match="INGEST_TIMEOUT_S"),
    ):
        process.parse_bytes(image_bytes(), "foto.png")
    pid = int(note.read_text())
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == "zombie"


def test_no_other_program_is_started_by_the_reader() -> None:
    from ingest.sandbox import _refuse

    _refuse("/usr/bin/tesseract", "subprocess.Popen", ("/usr/bin/tesseract", [], None, None))
    for program, started in (("/usr/bin/tesseract", "/bin/sh"), ("", "/bin/sh"), ("", "")):
        with pytest.raises(PermissionError):
            _refuse(program, "subprocess.Popen", (started, [], None, None))


def test_the_doctor_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_store_and_model", lambda _: {})
    monkeypatch.setenv("INGEST_OCR_ENGINE", "tesseract")
    monkeypatch.setenv("PATH", str(tmp_path))
    (problem,) = doctor.examine(tmp_path)["problems"]
    assert "tesseract-ocr-ind" in problem
    program = stand_in(tmp_path, "")
    found = doctor.examine(tmp_path)
    assert found["problems"] == []
    assert found["programs"]["tesseract"] == program
    assert found["programs"]["tesseract_languages"] == "ind+eng"


def test_another_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from docs_store.errors import SettingsError

    monkeypatch.setenv("INGEST_OCR_ENGINE", "abbyy")
    with pytest.raises(SettingsError, match="INGEST_OCR_ENGINE"):
        load_settings(IngestSettings)


REAL = with_tesseract(Limits(ocr_engine="tesseract"))


@pytest.mark.skipif(
    shutil.which("tesseract") is None or not REAL.tesseract_languages,
    reason="tesseract with language 'ind' is not installed here",
)
@pytest.mark.parametrize("turned", [0, 90, 180, 270, -3.5])
def test_the_real_one_reads_pages_however_they_lie(turned: float) -> None:
    page = printed(LINES[:3]).rotate(-turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    read = ocr_page(np.asarray(page.convert("RGB")), 1, engine=reader(REAL))
    assert text_of(read) == " ".join(LINES[:3])
    assert read.frame.reading == (round(-turned) % 360 if turned == int(turned) else 0)
    assert all(0.9 < (piece.confidence or 0) <= 1 for piece in read.pieces)
