"""Reads the next documents in processes of their own while the model embeds this one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TypeVar

from docs_store.onnx_session import cores
from ingest.limits import Limits
from ingest.sandbox import ParserProcess

DOCUMENTS_AHEAD = 2
"""How many documents may wait, read, beside those being read: what bounds the memory."""

File = TypeVar("File")
Result = TypeVar("Result")


def reading_processes() -> int:
    """All cores but the one that the model cannot do without."""
    return max(1, cores() - 1)


@contextmanager
def read_ahead(
    files: Iterable[File],
    read: Callable[[File, ParserProcess], Result],
    limits: Limits,
    processes: int | None = None,
) -> Iterator[Iterator[Result]]:
    """What ``read`` makes of each file, in the files' order; it is called in other threads.

    Leaving the context stops what is being read.

    Args:
        files: what to read.
        read: is handed a file and a process to read it with; what it raises is raised where its
            result would have come.
        limits: of the processes.
        processes: how many read at once; see `reading_processes`.
    """
    parsers = [ParserProcess(limits) for _ in range(processes or reading_processes())]
    free: SimpleQueue[ParserProcess] = SimpleQueue()
    for parser in parsers:
        free.put(parser)

    def run(file: File) -> Result:
        parser = free.get()
        try:
            return read(file, parser)
        finally:
            free.put(parser)

    executor = ThreadPoolExecutor(len(parsers), thread_name_prefix="read-ahead")

    def results() -> Iterator[Result]:
        waiting: deque[Future[Result]] = deque()
        for file in files:
            waiting.append(executor.submit(run, file))
            if len(waiting) > len(parsers) + DOCUMENTS_AHEAD - 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    try:
        yield results()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for parser in parsers:
            parser.close()  # who waits for it is told that it has ended
        executor.shutdown(wait=True)
        for parser in parsers:
            parser.close()  # started again by one that was just about to
