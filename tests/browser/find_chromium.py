"""Finds a Chromium for the browser tests; ``--install`` gets Debian's where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium: $TANYA_CHROMIUM, or the first on the PATH."""
    named = os.environ.get("TANYA_CHROMIUM")
    return next((path for name in (named, *NAMES) if name and (path := shutil.which(name))), None)


def install() -> None:
    """Install Debian's Chromium, as root and with apt; otherwise say how to get one."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("No Chromium found: installing Debian's for the browser tests.", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "chromium"],
        ):
            subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
    if find() is None:
        print(
            "\n*** No Chromium: the browser tests will be SKIPPED. Install one (Debian: apt-get "
            "install chromium), or name it in TANYA_CHROMIUM. ***\n",
            flush=True,
        )


if __name__ == "__main__":
    if "--install" in sys.argv and find() is None:
        install()
    print(f"Chromium: {find() or 'none'}")
