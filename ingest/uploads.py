"""Takes uploaded files over into the store's folder, where they wait for their job.

They lie in ``uploads/<job id>/<number>``: no part of a path comes from a file's name. A ZIP is
opened here, so that each file in it gets its own line; the formats that are ZIP containers
themselves (DOCX, XLSX, …) are not.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docs_store.errors import Reason, StoreNotWritable
from docs_store.job_records import JobDocument
from docs_store.jobs import JobQueue
from ingest.errors import FileTooLarge, IngestError
from ingest.identify import TYPES, identify, read_file
from ingest.limits import MIB, Limits
from ingest.parsers.zip_parts import ZipParts

SPOOL = "uploads"
SOURCE_PREFIX = "upload:"
NAME_CHARS_MAX = 255


class UploadLost(IngestError):
    """The uploaded bytes are not there any more."""

    indonesian = "Unggahannya terputus atau hilang. Unggah lagi berkas ini."
    english = "Its upload was cut off or got lost. Upload this file again."


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file: its name as the person has it, its bytes in a file, and their number.

    ``path`` is None where the file was too large to be sent at all, or its sending failed.
    """

    name: str
    path: Path | None
    size: int


def spool_folder(store_path: Path, job_id: str) -> Path:
    """Where the files of a job wait."""
    return store_path / SPOOL / job_id


def queue_uploads(
    store_path: Path, queue: JobQueue, uploads: Sequence[Upload], limits: Limits
) -> str:
    """Copy uploaded files into the store's folder and queue a job for them; the job's id.

    What is wrong with a file already here is its line in the job; the others go on.

    Raises:
        StoreNotWritable: the disk is full, or the folder cannot be written.
    """
    documents: list[JobDocument] = []
    names: set[str] = set()
    with queue.adding("upload", documents) as job_id:
        folder = spool_folder(store_path, job_id)
        try:
            folder.mkdir(parents=True)
            for upload in uploads:
                for name, content in _files_in(upload, limits):
                    number = len(documents)
                    source = SOURCE_PREFIX + _name_once(clean_name(name), names)
                    if isinstance(content, IngestError):
                        reason = Reason.of(content)
                        documents.append(JobDocument(number, source, "failed", reason=reason))
                        continue
                    (folder / str(number)).write_bytes(content)
                    documents.append(JobDocument(number, source))
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError):
                raise StoreNotWritable(path=store_path, why=error.strerror) from error
            raise
    return job_id


def clear_spool(store_path: Path, queue: JobQueue) -> None:
    """Delete the uploaded bytes of all jobs that have ended."""
    if not (store_path / SPOOL).is_dir():
        return
    with queue.unfinished() as waiting:
        for folder in (store_path / SPOOL).iterdir():
            if folder.name not in waiting:
                shutil.rmtree(folder, ignore_errors=True)


def clean_name(name: str) -> str:
    """A file's name as one line of text: no controls, no lone surrogates, of bounded length."""
    spelled = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    printable = "".join(c if c.isprintable() else " " for c in spelled)
    parts = [part.strip() for part in printable.replace("\\", "/").split("/")]
    named = "/".join(part for part in parts if part not in ("", ".", ".."))
    return named[-NAME_CHARS_MAX:] or "?"


def _name_once(name: str, taken: set[str]) -> str:
    """The name, numbered where another file of the same upload has it: none replaces another."""
    numbered, number = name, 1
    while numbered in taken:
        number += 1
        numbered = f"{name} ({number})"
    taken.add(numbered)
    return numbered


def _files_in(upload: Upload, limits: Limits) -> Iterator[tuple[str, bytes | IngestError]]:
    """The upload itself, or what is in it if it is a ZIP of documents."""
    name = upload.name.replace("\\", "/").rsplit("/", 1)[-1]
    try:
        if upload.size > limits.bytes_max:
            raise _too_large(upload.size, limits)
        if upload.path is None:
            raise UploadLost
        data = read_file(upload.path, limits)
        if not _is_zip_of_documents(data, name):
            yield name, data
            return
        archive = ZipParts(data, "ZIP", limits)
    except IngestError as error:
        yield name, error
        return
    for entry in archive.names:
        parts = entry.split("/")
        if entry.endswith("/") or parts[0] == "__MACOSX" or parts[-1].startswith("."):
            continue
        try:
            yield f"{name}/{entry}", archive.read(entry) or b""
        except IngestError as error:
            yield f"{name}/{entry}", error


def _is_zip_of_documents(data: bytes, name: str) -> bool:
    try:
        return identify(data, name) == TYPES["zip"]
    except IngestError:
        return False  # its line in the job tells what is wrong


def _too_large(size: int, limits: Limits) -> FileTooLarge:
    return FileTooLarge(
        what="MB",
        found=_megabytes(size),
        limit=_megabytes(limits.bytes_max),
        setting="INGEST_BYTES_MAX",
    )


def _megabytes(size: int) -> str:
    return f"{round(size / MIB, 1 if size >= MIB else 3):g}"
