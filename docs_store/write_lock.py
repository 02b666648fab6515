"""One writer at a time, across threads and processes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from docs_store.errors import StoreBusy, StoreNotWritable


class WriteLock:
    """The store's write lock; the operating system frees that of a process that died.

    The holder's process id stands in ``write.pid``, to be told to whoever waits in vain. A file
    that is still there when the lock is free says that its process did not come to its end.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._holder = folder / "write.pid"
        self._threads = threading.RLock()
        self._processes = FileLock(folder / "write.lock", thread_local=False)
        self._depth = 0

    @property
    def left_behind(self) -> bool:
        """Whether a writer is at work, or one did not come to its end."""
        return self._depth == 0 and self._holder.exists()

    @contextmanager
    def held(self, timeout_s: float) -> Iterator[bool]:
        """Hold the lock; yields whether the last holder failed or died.

        It may be nested in one thread.

        Raises:
            StoreBusy: another thread or process held it for longer than ``timeout_s``.
            StoreNotWritable: the lock file cannot be written.
        """
        give_up_at = time.monotonic() + timeout_s
        if not self._threads.acquire(timeout=timeout_s):
            raise self._busy()
        try:
            with self._processes.acquire(timeout=max(0.0, give_up_at - time.monotonic())):
                died = self._depth == 0 and self._holder.exists()
                self._depth += 1
                try:
                    if self._depth == 1:
                        self._holder.write_text(str(os.getpid()))
                    yield died
                    if self._depth == 1:  # not after an error: there may be something to clear
                        self._holder.unlink(missing_ok=True)
                finally:
                    self._depth -= 1
        except Timeout as error:
            raise self._busy() from error
        except OSError as error:
            raise StoreNotWritable(path=self._folder, why=error.strerror) from error
        finally:
            self._threads.release()

    def _busy(self) -> StoreBusy:
        try:
            pid = self._holder.read_text() or "?"
        except OSError:
            pid = "?"
        return StoreBusy(path=self._folder, pid=pid)
