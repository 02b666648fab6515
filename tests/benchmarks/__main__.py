"""``python -m tests.benchmarks [--large] [PART...]``: run the benchmarks, write docs/benchmarks.md.

Each part runs in a process of its own, one after the other; what it prints is its section. Nothing
is asserted, machines differ. Named parts are run and printed, and the page is left as it is.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import psutil

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
PACKAGES = ("onnxruntime", "numpy", "chromadb", "tokenizers", "sentence-transformers", "gradio")
PARTS = {
    "embedding": "Embedding",
    "asking": "Asking, starting",
    "bulk_ingest": "Taking in a folder",
    "large_store": "Large archives",
    "peers": "Beside other recipes",
    "parsing": "Reading documents",
    "articles": "Articles of laws",
    "page": "The chat page",
}
LARGE = ["1000", "10000", "100000"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--large", action="store_true", help="100,000 passages too: minutes more")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    sections, failed = [_machine()], []
    for part in arguments.parts or PARTS:
        print(f"\n## {PARTS[part]}\n", flush=True)
        started = time.perf_counter()
        text, status = _run(part, LARGE if arguments.large and part == "large_store" else [])
        seconds = time.perf_counter() - started
        if status != 0:
            failed.append(part)
            text += f"\nThis part ended with status {status}."
        sections.append(f"## {PARTS[part]}\n\n{text.strip()}\n\nMeasured in {seconds:.0f} s.")
    if not arguments.parts:
        PAGE.write_text("\n\n".join(sections) + "\n", encoding="utf-8")
        print(f"\n{PAGE} is written")
    return 1 if failed else 0


def _run(part: str, arguments: list[str]) -> tuple[str, int]:
    """What a part prints, shown as it comes."""
    command = [sys.executable, "-u", "-m", f"tests.benchmarks.{part}", *arguments]
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return "".join(lines), process.returncode


def _machine() -> str:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        "# Benchmarks\n\nWritten by `make bench`; ratios matter more than figures, which are of "
        f"this machine: {platform.platform()}, {_processor()}, {os.cpu_count()} cores, "
        f"{psutil.virtual_memory().total / 1e9:.0f} GB. {time.strftime('%Y-%m-%d')}, load "
        f"{load:.1f} at the start"
        f"{' (a busy machine: figures too slow, ratios of one table hold)' if load > 1 else ''}.\n"
        f"\nPython {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in PACKAGES)
        + ". Times are medians unless a table says otherwise."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main())
