"""The files as they were taken in, each under the hash of its bytes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from docs_store.errors import StoreNotWritable


class Originals:
    """A folder of files that are written once and never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, content_sha256: str) -> Path:
        """Where the original with this hash is kept."""
        return self.folder / content_sha256[:2] / content_sha256

    def keep(self, content_sha256: str, content: bytes) -> None:
        """Write an original; a half-written file never has its name.

        Raises:
            StoreNotWritable: the disk is full, or the folder cannot be written.
        """
        path = self.path(content_sha256)
        if path.exists():
            return
        unfinished = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                unfinished = file.name
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, path)
            _keep_name(path.parent)
        except OSError as error:
            if unfinished is not None:
                with suppress(OSError):
                    os.unlink(unfinished)
            raise StoreNotWritable(path=self.folder.parent, why=error.strerror) from error

    def drop_all_but(self, hashes: Iterable[str]) -> None:
        """Delete what no version names: erased originals, and what a stopped process left."""
        kept = set(hashes)
        for path in self.folder.glob("*/*"):
            if path.name not in kept:
                path.unlink(missing_ok=True)


def _keep_name(folder: Path) -> None:
    """Make a new name in the folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
