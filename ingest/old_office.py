"""Turns Word and PowerPoint 97-2003 files into their successors, through LibreOffice.

The parent starts it, since the reading process may start no programs: in a folder and profile of
its own that go away, without macros, links or a way to the network, under the
same caps of time and memory, killed with its children. What it writes is read like any upload.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path, PurePath

from ingest.errors import DamagedFile, IngestError, ParserStopped
from ingest.identify import OLE2_MAGIC, identify
from ingest.limits import MIB, Limits

SUCCESSORS = {"doc": "docx", "ppt": "pptx"}
_POLL_S = 0.1
_OPTIONS = "--headless --norestore --nolockcheck --nodefault --nofirststartwizard --nologo".split()
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def find_program(setting: str) -> str | None:
    """LibreOffice's program: where the setting says, else where PATH has it, else None."""
    return setting or shutil.which("soffice") or shutil.which("libreoffice")


def modernised(data: bytes, name: str, limits: Limits) -> tuple[bytes, str]:
    """The bytes and name to read: converted where the file is an old one and LibreOffice is there.

    Raises DamagedFile, ParserStopped, FileTooLarge.
    """
    if not data.startswith(OLE2_MAGIC):
        return data, name  # archives and the like are opened in the reading process alone
    try:
        old = identify(data, name).format
    except IngestError:
        return data, name  # the reading process tells what is wrong
    program = find_program(limits.soffice)
    if old not in SUCCESSORS or not program:
        return data, name
    new = SUCCESSORS[old]
    with tempfile.TemporaryDirectory(prefix="tanya-", ignore_cleanup_errors=True) as folder:
        converted = _convert(data, program, Path(folder), old, new, limits)
    if not converted:
        raise DamagedFile(kind=old.upper(), why="LibreOffice tidak dapat membukanya / cannot open")
    limits.check_bytes(len(converted))
    return converted, f"{PurePath(name).stem}.{new}"


def _convert(
    data: bytes, program: str, folder: Path, old: str, new: str, limits: Limits
) -> bytes | None:
    source, output = folder / f"berkas.{old}", folder / "hasil"
    source.write_bytes(data)
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    kept = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL")
    environment = {key: os.environ[key] for key in kept if key in os.environ}
    place = f"-env:UserInstallation={profile.parent.as_uri()}"
    where = ["--convert-to", new, "--outdir", str(output), str(source)]
    try:
        process = subprocess.Popen(  # noqa: S603 -- no shell; no part comes from the file
            [program, place, *_OPTIONS, *where],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment | {"HOME": str(folder), "TMPDIR": str(folder)},
            cwd=folder,
            start_new_session=os.name == "posix",
        )
    except OSError as error:
        raise _stopped(
            f"{program} tidak dapat dijalankan", f"{program} cannot be run", "INGEST_SOFFICE"
        ) from error
    try:
        _await(process, limits)
    finally:
        _kill_with_children(process)
    result = output / f"berkas.{new}"
    with suppress(OSError), result.open("rb") as file:
        return file.read(limits.bytes_max + 1)
    return None


def _await(process: subprocess.Popen[bytes], limits: Limits) -> None:
    import psutil

    end = time.monotonic() + limits.timeout_s
    while process.poll() is None:
        if time.monotonic() > end:
            seconds = f"{limits.timeout_s:g}"
            raise _stopped(
                f"LibreOffice lebih lama dari {seconds} detik",
                f"LibreOffice took longer than {seconds} seconds",
                "INGEST_TIMEOUT_S",
            )
        used = 0
        with suppress(psutil.Error):
            root = psutil.Process(process.pid)
            for one in (root, *root.children(recursive=True)):
                with suppress(psutil.Error):
                    used += one.memory_info().rss
        if used > limits.memory_mb * MIB:
            raise _stopped(
                f"memori LibreOffice lewat {limits.memory_mb} MB",
                f"LibreOffice's memory went over {limits.memory_mb} MB",
                "INGEST_MEMORY_MB",
            )
        time.sleep(_POLL_S)


def _kill_with_children(process: subprocess.Popen[bytes]) -> None:
    import signal

    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # its own session: children die with it
    with suppress(OSError):
        process.kill()
    process.wait()


def _stopped(why_id: str, why_en: str, setting: str) -> ParserStopped:
    return ParserStopped(
        why_id=why_id,
        why_en=why_en,
        remedy_id=f"Simpan sebagai DOCX/PPTX, atau ubah {setting}.",
        remedy_en=f"Save it as DOCX/PPTX, or change {setting}.",
    )
