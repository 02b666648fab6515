"""Reads each file in a child process, so that a hostile file costs a line in the report.

The parent reads a file's bytes once and hands them over a pipe (what is hashed is what is
parsed); the child answers with length-capped JSON, never pickle, since it may be taken over. The
parent watches time and resident memory and kills the child when it goes over; the next file gets
a new one. The child itself refuses to connect, to start programs (but tesseract, where
the settings name it) and to write files.

Frames both ways: 8 bytes of length (big-endian), then that many bytes. A request is two frames,
JSON and the file; an answer is one, after an empty one for each page that OCR read.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import IO, Any

import ingest.errors
from ingest.blocks import ParsedDocument, document_from_json, document_to_json
from ingest.child_process import kill_tree, resident_bytes, start_child
from ingest.errors import IngestError, ParserStopped
from ingest.identify import read_file
from ingest.limits import MIB, Limits
from ingest.ocr_time import on_page
from ingest.old_office import modernised
from ingest.tesseract import with_tesseract

__all__ = ["Limits", "ParserProcess"]

_LENGTH = struct.Struct(">Q")
_POLL_S = 0.05
_FILES_PER_CHILD = 200
"""A child is replaced after so many files: what one file left behind does not pile up."""


_KEPT_SHARE_MAX = 0.5
"""Of the memory cap: a child that holds more between two files is replaced, since what OCR keeps
would count against the next file."""


class ParserProcess:
    """One reading process, used for many files, started again after it was stopped.

    Use as a context manager, from one thread at a time.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = with_tesseract(limits or Limits())
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0

    def __enter__(self) -> ParserProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse(self, path: Path) -> ParsedDocument:
        """The document in a file. Raises only IngestError."""
        return self.parse_bytes(read_file(path, self.limits), path.name)

    def parse_bytes(self, data: bytes, name: str) -> ParsedDocument:
        """The document in these bytes; ``name`` helps where the bytes leave the format open.

        Raises only IngestError: what the parser found wrong, or ParserStopped.
        """
        self.limits.check_bytes(len(data))
        data, name = modernised(data, name, self.limits)
        child = self._running_child()
        request = json.dumps({"name": name, "limits": asdict(self.limits)}).encode()
        exchange = _Exchange(child, request, data, answer_max=self._answer_bytes_max())
        try:
            answer = self._await(child, exchange)
            return _read_answer(answer)
        except ParserStopped:
            self.close()
            raise

    def close(self) -> None:
        """Stop the child, if there is one."""
        child, self._child, self._files = self._child, None, 0
        if child is not None:
            kill_tree(child)

    def peak_memory_mb(self) -> float | None:
        """The most resident memory that the running child ever held; None where it is not told."""
        with suppress(OSError, AttributeError, ValueError):
            status = Path(f"/proc/{self._child.pid}/status").read_text()  # type: ignore[union-attr]
            return int(status.split("VmHWM:")[1].split()[0]) / 1024
        return None

    def _answer_bytes_max(self) -> int:
        # A character takes at most 4 bytes, and places, headers and labels come on top.
        return min(8 * self.limits.chars_max + 16 * MIB, 512 * MIB)

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (
            self._child.poll() is not None
            or self._files >= _FILES_PER_CHILD
            or resident_bytes(self._child) > _KEPT_SHARE_MAX * self.limits.memory_mb * MIB
        ):
            self.close()
        if self._child is None:
            self._child = start_child(self.limits)
        self._files += 1
        return self._child

    def _await(self, child: subprocess.Popen[bytes], exchange: _Exchange) -> bytes:
        import psutil

        end = time.monotonic() + self.limits.timeout_s
        try:
            process = psutil.Process(child.pid)
        except psutil.Error:
            raise _crashed(child) from None
        while not exchange.done.wait(_POLL_S):
            if time.monotonic() > end + self.limits.ocr_allowance_s(exchange.pages):
                raise _out_of_time(self.limits)
            with suppress(psutil.Error):
                if process.memory_info().rss > self.limits.memory_mb * MIB:
                    raise _out_of_memory(self.limits)
        if exchange.too_long:
            raise _stopped(
                "jawabannya terlalu panjang",
                "its answer was too long",
                "Pecah berkasnya, atau naikkan INGEST_CHARS_MAX.",
                "Split the file, or raise INGEST_CHARS_MAX.",
            )
        if exchange.answer is None:
            raise _crashed(child)
        return exchange.answer


class _Exchange:
    """Sends one request and receives its answer, each in a thread, since either may hang."""

    def __init__(
        self, child: subprocess.Popen[bytes], request: bytes, data: bytes, answer_max: int
    ) -> None:
        self.answer: bytes | None = None
        self.too_long = False
        self.pages = 0
        """Pages read by OCR so far, as the child tells it; each is worth some more time."""
        self.done = threading.Event()
        self._answer_max = answer_max
        threading.Thread(target=self._send, args=(child, request, data), daemon=True).start()
        threading.Thread(target=self._receive, args=(child,), daemon=True).start()

    def _send(self, child: subprocess.Popen[bytes], request: bytes, data: bytes) -> None:
        assert child.stdin is not None
        with suppress(OSError, ValueError):  # the child died: the receiver notices
            for frame in (request, data):
                child.stdin.write(_LENGTH.pack(len(frame)))
                child.stdin.write(frame)
            child.stdin.flush()

    def _receive(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stdout is not None
        try:
            while (length := _LENGTH.unpack(_read_exactly(child.stdout, _LENGTH.size))[0]) == 0:
                self.pages += 1
            if length > self._answer_max:
                self.too_long = True
            else:
                self.answer = _read_exactly(child.stdout, length)
        except (EOFError, OSError, ValueError):
            self.answer = None
        finally:
            self.done.set()


def _read_exactly(stream: IO[bytes], count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data


def _read_answer(answer: bytes) -> ParsedDocument:
    try:
        value = json.loads(answer)
        if "document" in value:
            return document_from_json(value["document"])
        error, details = value["error"], value["details"]
        if error == "MemoryError":
            raise _stopped(*_MEMORY)
        if error in _ERRORS:
            printable = {name: _one_line(detail) for name, detail in details.items()}
            raise _ERRORS[error](**printable)
        why = _one_line(details.get("why", error))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as broken:
        why = f"{type(broken).__name__}"
    raise _stopped(
        f"pembaca gagal ({why})",
        f"the reader failed ({why})",
        "Simpan ulang berkasnya dalam format lain.",
        "Save the file again in another format.",
    )


def _one_line(value: object) -> str:
    """Text that the child gave, safe for one line of a terminal."""
    return "".join(c if c.isprintable() else " " for c in str(value))[:300]


_MEMORY = (
    "butuh memori lebih dari batasnya",
    "it needs more memory than its limit",
    "Pecah berkasnya, atau naikkan INGEST_MEMORY_MB.",
    "Split the file, or raise INGEST_MEMORY_MB.",
)

_ERRORS: dict[str, type[IngestError]] = {
    name: error
    for name, error in vars(ingest.errors).items()
    if isinstance(error, type) and issubclass(error, IngestError) and error is not IngestError
}


def _stopped(why_id: str, why_en: str, remedy_id: str, remedy_en: str) -> ParserStopped:
    return ParserStopped(why_id=why_id, why_en=why_en, remedy_id=remedy_id, remedy_en=remedy_en)


def _out_of_time(limits: Limits) -> ParserStopped:
    return _stopped(
        f"lebih lama dari {limits.timeout_s:g} detik",
        f"it took longer than {limits.timeout_s:g} seconds",
        "Pecah berkasnya, atau naikkan INGEST_TIMEOUT_S.",
        "Split the file, or raise INGEST_TIMEOUT_S.",
    )


def _out_of_memory(limits: Limits) -> ParserStopped:
    mb = limits.memory_mb
    return _stopped(
        f"memorinya lewat {mb} MB", f"its memory went over {mb} MB", _MEMORY[2], _MEMORY[3]
    )


def _crashed(child: subprocess.Popen[bytes]) -> ParserStopped:
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=5)
    code = child.returncode
    return _stopped(
        f"proses pembaca mati (kode {code}): berkas rusak, jahat, atau butuh terlalu banyak memori",
        f"the reading process died (code {code}): a damaged or hostile file, or too little memory",
        "Buka dan simpan ulang berkasnya, atau naikkan INGEST_MEMORY_MB.",
        "Open the file and save it again, or raise INGEST_MEMORY_MB.",
    )


# --- what runs in the child ------------------------------------------------------------------


def child_main() -> None:
    """Answer requests on standard input until it closes."""
    _restrict()
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak into the answers
    on_page.set(partial(_tell_page, answers))
    sys.addaudithook(partial(_refuse, os.environ.get("TANYA_CHILD_PROGRAM", "")))
    while True:
        try:
            request = json.loads(_read_frame(requests))
            data = _read_frame(requests)
        except EOFError:
            return
        answer = json.dumps(_answer(request, data), ensure_ascii=False).encode("utf-8", "replace")
        answers.write(_LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _tell_page(answers: IO[bytes]) -> None:
    answers.write(_LENGTH.pack(0))
    answers.flush()


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    from ingest.parsers import parse

    try:
        document = parse(data, request["name"], Limits(**request["limits"]))
        return {"document": document_to_json(document)}
    except IngestError as error:
        details = {name: str(detail) for name, detail in error.details.items()}
        return {"error": type(error).__name__, "details": details}
    except MemoryError:
        return {"error": "MemoryError", "details": {}}
    except Exception as error:  # noqa: BLE001 -- whatever a parser does on a hostile file
        return {"error": "Failure", "details": {"why": f"{type(error).__name__}: {error}"[:200]}}


def _read_frame(stream: IO[bytes]) -> bytes:
    length = _LENGTH.unpack(_read_exactly(stream, _LENGTH.size))[0]
    return _read_exactly(stream, length)


def _restrict() -> None:
    """Cap the address space where the platform can; the parent's watch on RSS is the real cap.

    Address space is several times the resident memory where libraries map files and start
    threads, so the cap only stops allocations that are absurd at once.
    """
    try:
        import resource
    except ImportError:
        return
    cap = (3 * int(os.environ.get("TANYA_CHILD_MEMORY_MB", "1024")) + 1024) * MIB
    for kind, limit in ((resource.RLIMIT_AS, cap), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def _refuse(program: str, event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: no connections, no programs but the one named, no writing."""
    if event == "subprocess.Popen" and program and arguments[0] == program:
        return
    if event in {"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"}:
        raise PermissionError(f"{event} is refused while a document is read")
    if event != "open" or isinstance(arguments[0], int):  # a pipe of the program's
        return
    if isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise PermissionError("writing is refused while a document is read")


if __name__ == "__main__":
    child_main()
