"""What a file is, from its bytes; the name only tells apart what the bytes leave open."""

from __future__ import annotations

import codecs
import io
import json
import re
import stat
import time
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePath

from ingest.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileChanging,
    FileUnreadable,
    PathMissing,
    UnsupportedFormat,
)
from ingest.limits import MIB, Limits

READABLE = (
    "PDF, DOCX, RTF, ODT, EPUB, PPTX, XLSX, XLS, ODS, CSV, EML, MSG, ZIP, HTML, Markdown, TXT, "
    "PNG, JPG, TIFF"
)


@dataclass(frozen=True, slots=True)
class FileType:
    """A format that can be read: its short name (the parser's key) and its media type."""

    format: str
    media_type: str


TYPES = {
    name: FileType(name, media_type)
    for name, media_type in {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "spreadsheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv": "text/csv",
        "image": "image/*",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "doc": "application/msword",
        "ppt": "application/vnd.ms-powerpoint",
        "rtf": "application/rtf",
        "odt": "application/vnd.oasis.opendocument.text",
        "epub": "application/epub+zip",
        "email": "message/rfc822",
        "msg": "application/vnd.ms-outlook",
        "zip": "application/zip",
        "html": "text/html",
        "markdown": "text/markdown",
        "text": "text/plain",
    }.items()
}

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"MZ", "program Windows"),
    (b"\x7fELF", "program Linux"),
)

OLE2_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in an OLE2 container stand in its directory as UTF-16.
_OLE_STREAMS = (
    ("__nameid_version1.0", "msg"),  # before what may be attached to it
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "spreadsheet"),
    ("WORKBOOK", "spreadsheet"),
    ("Book", "spreadsheet"),
    ("BOOK", "spreadsheet"),
)

_ZIP_PARTS = (
    ("word/document", "docx"),
    ("xl/workbook.bin", "spreadsheet"),
    ("xl/workbook", "spreadsheet"),
    ("ppt/presentation", "pptx"),
)

_VOCABULARIES = (
    (b".wordprocessingml.document.main+xml", "docx"),
    (b".spreadsheetml.sheet.main+xml", "spreadsheet"),
    (b".presentationml.presentation.main+xml", "pptx"),
)

# OpenDocument and EPUB begin with an uncompressed part that says what they are.
_MIMETYPES = (
    (b"application/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.presentation", "odt"),
    (b"application/epub+zip", "epub"),
)
_EMAIL = re.compile(
    r"(?:(?:Received|From|To|Return-Path|Date|Subject|MIME-Version|Message-ID|Delivered-To|"
    r"Content-Type|X-[\w-]+):[^\n]*\n(?:[ \t][^\n]*\n)*){2}",
    re.IGNORECASE,
)

# A name that promises a container; text under such a name is a failed download.
_CONTAINER_SUFFIXES = {".pdf": "PDF", ".docx": "DOCX", ".xlsx": "XLSX", ".pptx": "PPTX"}

_HTML = re.compile(
    r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|article|table|section|p)\b[^>]*>.*</",
    re.IGNORECASE | re.DOTALL,
)
_HTML_SUFFIXES = {".html", ".htm", ".xhtml", ".php"}
_MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdown"}


READ_ATTEMPTS = 3
RETRY_AFTER_S = 0.2


def read_file(path: Path, limits: Limits) -> bytes:
    """All bytes of a regular file, from one moment: read again if it changed meanwhile.

    Raises PathMissing, FileUnreadable (also for folders and devices), FileChanging, EmptyFile,
    FileTooLarge.
    """
    try:
        for attempt in range(READ_ATTEMPTS):
            time.sleep(attempt * RETRY_AFTER_S)
            before = path.stat()  # before opening: to open a pipe would wait for its writer
            if not stat.S_ISREG(before.st_mode):
                raise FileUnreadable(why="bukan berkas biasa / not a regular file")
            limits.check_bytes(before.st_size)
            with path.open("rb") as file:
                data = file.read(limits.bytes_max + 1)
            after = path.stat()
            if (after.st_size, after.st_mtime_ns) == (len(data), before.st_mtime_ns):
                break
        else:
            raise FileChanging
    except FileNotFoundError as error:
        raise PathMissing from error
    except OSError as error:
        raise FileUnreadable(why=error.strerror or type(error).__name__) from error
    if not data:
        raise EmptyFile
    return data


def identify(data: bytes, name: str) -> FileType:
    """The type of a file from its bytes, and from its name where the bytes leave it open.

    Raises EmptyFile, UnsupportedFormat, EncryptedFile, and DamagedFile where the name promises a
    container that the bytes are not.
    """
    if not data.strip(b"\x00\t\n\r "):
        raise EmptyFile
    if b"%PDF-" in data[:1024]:
        return TYPES["pdf"]
    if data.lstrip()[:5] == b"{\\rtf":
        return TYPES["rtf"]
    if data.startswith(b"PK"):
        return _identify_zip(data, name)
    if data.startswith(OLE2_MAGIC):
        return _identify_ole(data)
    if any(data.startswith(magic) for magic, kind in _MAGIC if kind == "image") or (
        data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    ):
        return TYPES["image"]
    text = None if _is_magic(data) else text_start(data)
    if text is None:
        raise _binary_error(data, name)
    return _identify_text(text, data, name)


def _identify_zip(data: bytes, name: str) -> FileType:
    promised = _CONTAINER_SUFFIXES.get(PurePath(name).suffix.lower(), "ZIP")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # Old programs write backslashes.
            parts = [name.replace("\\", "/") for name in archive.namelist()]
            declared = _content_types(archive)
            is_encrypted = _is_encrypted_opendocument(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise DamagedFile(kind=promised, why=str(error) or "ZIP") from error
    for part, kind in _ZIP_PARTS:
        if any(entry.lower().lstrip("/").startswith(part) for entry in parts):
            if kind in TYPES:
                return TYPES[kind]
            raise UnsupportedFormat(kind=kind, formats=READABLE)
    for media_type, kind in _MIMETYPES:
        if media_type in data[:200]:
            if is_encrypted:
                raise EncryptedFile
            return TYPES[kind]
    for vocabulary, kind in _VOCABULARIES:
        if vocabulary in declared:
            return TYPES[kind]
    if promised != "ZIP":
        raise DamagedFile(kind=promised, why="bagian utamanya tidak ada / main part missing")
    return TYPES["zip"]


def _content_types(archive: zipfile.ZipFile) -> bytes:
    """What an Office file declares its parts to be: some name them otherwise than Office does."""
    try:
        with archive.open("[Content_Types].xml") as types:
            return types.read(MIB)
    except (KeyError, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, NotImplementedError):
        return b""


def _is_encrypted_opendocument(archive: zipfile.ZipFile) -> bool:
    """Whether the manifest says so; it is not itself encrypted."""
    if "META-INF/manifest.xml" not in archive.namelist():
        return False
    try:
        with archive.open("META-INF/manifest.xml") as manifest:
            return b":encryption-data" in manifest.read(MIB)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError):
        return False  # the parser will tell what is wrong


def _identify_ole(data: bytes) -> FileType:
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            if kind == "encrypted":
                raise EncryptedFile
            if kind in TYPES:
                return TYPES[kind]
            raise UnsupportedFormat(kind=kind, formats=READABLE)
    raise UnsupportedFormat(kind="OLE2", formats=READABLE)


def _is_magic(data: bytes) -> bool:
    return any(data.startswith(magic) for magic, _ in _MAGIC if len(magic) > 2)


def _binary_error(data: bytes, name: str) -> DamagedFile | UnsupportedFormat:
    suffix = PurePath(name).suffix.lower()
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return UnsupportedFormat(kind=kind, formats=READABLE)
    if suffix in _CONTAINER_SUFFIXES:
        return DamagedFile(kind=_CONTAINER_SUFFIXES[suffix], why="byte awalnya asing / wrong start")
    return UnsupportedFormat(kind="biner yang tidak dikenal / unknown binary", formats=READABLE)


def _identify_text(text: str, data: bytes, name: str) -> FileType:
    path = PurePath(name)
    suffix = path.suffix.lower()
    is_html = bool(_HTML.search(text))
    if suffix in _CONTAINER_SUFFIXES:
        found = "HTML" if is_html else "teks biasa / plain text"
        raise DamagedFile(kind=_CONTAINER_SUFFIXES[suffix], why=f"isinya {found}")
    if suffix in {".eml", ".mht", ".mhtml"} and _EMAIL.match(text.replace("\r\n", "\n").lstrip()):
        return TYPES["email"]
    if suffix in {".csv", ".tsv"}:
        return TYPES["csv"]
    if suffix in _MARKDOWN_SUFFIXES:
        return TYPES["markdown"]
    if suffix in _HTML_SUFFIXES or (is_html and text.lstrip().startswith("<")):
        return TYPES["html"]
    if text.lstrip().startswith("<?xml"):
        raise UnsupportedFormat(kind="XML", formats=READABLE)
    if _is_json(text, data):
        raise UnsupportedFormat(kind="JSON", formats=READABLE)
    return TYPES["text"]


def _is_json(text: str, data: bytes) -> bool:
    first_line = text.strip().split("\n", 1)[0]
    if not first_line.startswith(("{", "[")):
        return False
    try:
        json.loads(first_line)  # JSON Lines
    except ValueError:
        try:
            json.loads(data)
        except (ValueError, RecursionError):
            return False
    except RecursionError:
        return False
    return True


def text_start(data: bytes) -> str | None:
    """The first 64 KiB as text, for looking only; None where the bytes are no text."""
    start = data[: 2**16].removeprefix(codecs.BOM_UTF8)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start[: len(start) // 2 * 2].decode("utf-16", errors="replace")
    wide = looks_utf16(start)
    if wide:
        return start[: len(start) // 2 * 2].decode(wide, errors="replace")
    # Text has no controls but tab, line and page ends; old programs leave a few others in it.
    controls = sum(start.count(bytes([byte])) for byte in range(32) if byte not in b"\t\n\r\f\x1b")
    if b"\x00" in start or controls > len(start) * 0.05:
        return None
    try:
        return start.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(start) - 3:
            return start[: error.start].decode("utf-8")
    high = sum(byte >= 0x80 for byte in start)
    return None if high > len(start) * 0.3 else start.decode("cp1252", errors="replace")


def looks_utf16(data: bytes) -> str | None:
    """``"utf-16-le"`` or ``"utf-16-be"`` for UTF-16 of mostly Latin text without a BOM."""
    pairs = len(data) // 2
    if pairs < 4:
        return None
    even, odd = data[0 : pairs * 2 : 2].count(0), data[1 : pairs * 2 : 2].count(0)
    if odd > pairs * 0.7 and even < pairs * 0.05:
        return "utf-16-le"
    if even > pairs * 0.7 and odd < pairs * 0.05:
        return "utf-16-be"
    return None
