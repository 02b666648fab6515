"""The bytes decide what a file is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.errors import EncryptedFile, FileUnreadable, PathMissing, UnsupportedFormat
from ingest.identify import identify, read_file
from ingest.limits import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.4\n", "surat.txt", "pdf"),
        (b"<!DOCTYPE html><p>a</p>", "tanpa-akhiran", "html"),
        (b"Salam hangat.", "surat.doc", "text"),
        (b"# Judul", "surat.md", "markdown"),
        ("Teks é".encode("cp1252"), "a.txt", "text"),
        ("Kabupaten".encode("utf-16-le"), "a.txt", "text"),
    ],
)
def test_format(data: bytes, name: str, expected: str) -> None:
    assert identify(data, name).format == expected


def test_old_word_is_known_by_its_stream() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    assert identify(ole + "WordDocument".encode("utf-16-le"), "surat.txt").format == "doc"
    assert identify(ole + "BOOK".encode("utf-16-le"), "data.xls").format == "spreadsheet"
    message = ole + "WordDocument __nameid_version1.0".encode("utf-16-le")
    assert identify(message, "surat.msg").format == "msg"
    with pytest.raises(UnsupportedFormat, match="OLE2"):
        identify(ole, "surat.msg")


def test_locked_office_file_is_named() -> None:
    with pytest.raises(EncryptedFile):
        identify(OLE + "EncryptedPackage".encode("utf-16-le"), "surat.docx")


def test_missing_path(tmp_path: Path) -> None:
    with pytest.raises(PathMissing):
        read_file(tmp_path / "tidak-ada", Limits())


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        read_file(tmp_path, Limits())
    pipe = tmp_path / "pipa"
    os.mkfifo(pipe)
    with pytest.raises(FileUnreadable):
        read_file(pipe, Limits())
