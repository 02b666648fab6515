"""Starting, weighing and stopping the process that reads documents (`ingest.sandbox`)."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from ingest.limits import Limits


def start_child(limits: Limits) -> subprocess.Popen[bytes]:
    """A child with the little of the environment that it needs, waiting for requests."""
    kept = ("SYSTEMROOT", "TEMP", "TMP", "LANG", "LC_ALL", "TZ", "TESSDATA_PREFIX")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "OMP_WAIT_POLICY": "passive",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        "TANYA_CHILD_MEMORY_MB": str(limits.memory_mb),
        "TANYA_CHILD_PROGRAM": limits.tesseract if limits.ocr_engine == "tesseract" else "",
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "ingest.sandbox"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=os.name == "posix",  # a terminal's Ctrl-C is the parent's to handle
    )


def resident_bytes(child: subprocess.Popen[bytes]) -> int:
    """The memory that a child holds now; 0 where it is not told."""
    import psutil

    with suppress(psutil.Error):
        return int(psutil.Process(child.pid).memory_info().rss)
    return 0


def kill_tree(child: subprocess.Popen[bytes]) -> None:
    """Stop a child with whatever it started, and close its pipes."""
    import psutil

    with suppress(psutil.Error):
        for process in psutil.Process(child.pid).children(recursive=True):
            with suppress(psutil.Error):
                process.kill()
    child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
