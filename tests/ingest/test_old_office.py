"""Old Word and PowerPoint files, with a stand-in for LibreOffice that tests can watch."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from ingest.errors import DamagedFile, NeedsLibreOffice, ParserStopped
from ingest.limits import Limits
from ingest.sandbox import ParserProcess

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
DOC = OLE + "WordDocument".encode("utf-16-le") + b"\x00" * 600
PPT = OLE + "PowerPoint Document".encode("utf-16-le") + b"\x00" * 600

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="the stand-in is a script with a #! line"
)


def _program(folder: Path, code: str) -> Limits:
    program = folder / "soffice"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys, time\nfrom pathlib import Path\n{code}"
    )
    program.chmod(0o755)
    return Limits(soffice=str(program), timeout_s=30)


CONVERTS = """
arguments = sys.argv[1:]
profile = Path(arguments[0].removeprefix("-env:UserInstallation=file://"))
settings = (profile / "user" / "registrymodifications.xcu").read_text()
assert 'DisableMacrosExecution" oor:op="fuse"><value>true' in settings
assert os.environ["HOME"] in str(profile)
assert "TANYA_RAHASIA" not in os.environ
assert "--headless" in arguments
source = Path(arguments[-1])
assert source.read_bytes().startswith(b"\\xd0\\xcf")
kind = arguments[arguments.index("--convert-to") + 1]
out = Path(arguments[arguments.index("--outdir") + 1])
out.mkdir()
(out / f"{source.stem}.{kind}").write_bytes(Path(CONVERTED).read_bytes())
Path(SEEN).write_text(str(source.parent))
"""


def test_an_old_file_is_read_as_its_successor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import docx

    monkeypatch.setenv("TANYA_RAHASIA", "x")
    document = docx.Document()
    document.add_heading("Rencana Irigasi", 1)
    document.save(str(tmp_path / "baru.docx"))
    names = f"CONVERTED, SEEN = {str(tmp_path / 'baru.docx')!r}, {str(tmp_path / 'lihat')!r}\n"
    with ParserProcess(_program(tmp_path, names + CONVERTS)) as process:
        parsed = process.parse_bytes(DOC, "lama.doc")
    assert [block.text for block in parsed.blocks] == ["Rencana Irigasi"]
    assert not Path((tmp_path / "lihat").read_text()).exists()  # nothing is left behind


def test_without_libreoffice_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with ParserProcess(Limits(timeout_s=30)) as process:
        with pytest.raises(NeedsLibreOffice, match="libreoffice-writer"):
            process.parse_bytes(DOC, "lama.doc")
        with pytest.raises(NeedsLibreOffice, match="libreoffice-impress"):
            process.parse_bytes(PPT, "lama.ppt")


def test_what_it_cannot_open_is_damaged(tmp_path: Path) -> None:
    with ParserProcess(_program(tmp_path, "")) as process, pytest.raises(DamagedFile):
        process.parse_bytes(DOC, "lama.doc")


def test_a_hanging_conversion_is_killed_with_its_children(tmp_path: Path) -> None:
    note = tmp_path / "anak"
    code = (
        "import subprocess\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"Path({str(note)!r}).write_text(str(child.pid))\ntime.sleep(60)\n"
    )
    limits = replace(_program(tmp_path, code), timeout_s=1.0)
    with ParserProcess(limits) as process, pytest.raises(ParserStopped, match="INGEST_TIMEOUT_S"):
        process.parse_bytes(DOC, "lama.doc")
    child = int(note.read_text())
    for _ in range(50):
        if not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie":
            return
        time.sleep(0.05)
    pytest.fail("the child of the conversion lives on")


def test_a_greedy_conversion_is_killed(tmp_path: Path) -> None:
    limits = _program(tmp_path, "held = bytearray(300 * 2**20)\ntime.sleep(60)\n")
    limits = replace(limits, memory_mb=200)
    with ParserProcess(limits) as process, pytest.raises(ParserStopped, match="INGEST_MEMORY_MB"):
        process.parse_bytes(PPT, "lama.ppt")
