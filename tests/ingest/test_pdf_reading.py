"""How lines of a PDF become text: columns, divided words, and long hostile lines."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path

import pytest

from ingest.limits import Limits
from ingest.parsers.page_text import HYPHEN_AT_END
from ingest.parsers.pdf import parse
from ingest.parsers.pdf_paragraphs import join_words

_SPEC = importlib.util.spec_from_file_location(
    "samples", Path(__file__).parent.parent / "sample_files" / "samples.py"
)
assert _SPEC is not None
assert _SPEC.loader is not None
s = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(s)


@pytest.mark.parametrize(
    ("text", "following", "joined"),
    [
        (f"wilayah peme{HYPHEN_AT_END}", "rintah daerah", "wilayah pemerintah daerah"),
        (f"undang{HYPHEN_AT_END}", "undang ini", "undang-undang ini"),
        (f"non{HYPHEN_AT_END}", "fisik", "non-fisik"),
        ("satu -", "dua", "satu - dua"),
        ("tanpa", "garis", "tanpa garis"),
        ("", "awal", "awal"),
    ],
)
def test_words_divided_at_the_lines_end(text: str, following: str, joined: str) -> None:
    assert join_words(text, following) == joined


def test_joining_long_texts_takes_no_longer_for_what_stands_before() -> None:
    began = time.perf_counter()
    for _ in range(20):
        join_words("a" * 500_000 + "-", "b")
        join_words("kata " * 100_000, "lagi")
    assert time.perf_counter() - began < 2


def test_short_lines_in_two_wide_columns_are_read_column_by_column() -> None:
    left = ["Nama pihak pertama dalam surat", "Dinas Perhubungan Kabupaten Contoh Raya Timur",
            "Jalan Melati nomor 5", "Kecamatan Mawar Indah Permai", "Telepon pada jam kerja saja",
            "Bertindak untuk dinas tersebut"]  # fmt: skip
    right = [line.replace("pertama", "kedua").replace("Melati", "Kenanga") for line in left]
    data = s.pdf([[*s.lines(60, 100, left), *s.lines(340, 100, right)]], size=9)
    text = " ".join(block.text for block in parse(data, "surat.pdf", Limits()).blocks)
    assert text.index("Bertindak untuk dinas tersebut") < text.index("pihak kedua")
