"""Lines of scripts that run from right to left: quotes from Arabic in a regional regulation."""

from __future__ import annotations

from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from ingest.limits import Limits
from ingest.parsers import parse
from ingest.parsers.page_text import Box, Frame, PageText, Piece
from ingest.parsers.pdf_layout import reading_order


def line_of(*texts: str) -> str:
    pieces = tuple(
        Piece(text, Box(50 + 90 * n, 50, 120 + 90 * n, 60), 10, False)
        for n, text in enumerate(texts)
    )
    (line,) = reading_order(PageText(1, 600, 800, Frame(0, 0, 600, 800, 0, 0), pieces))
    return line.text


def test_a_line_is_read_the_way_its_letters_run() -> None:
    assert line_of("Pasal 2", "ayat (1)") == "Pasal 2 ayat (1)"
    assert line_of("قرية", "كتاب", "بيت") == "بيت كتاب قرية"
    assert line_of("2031", "كتاب") == "كتاب 2031"  # digits follow the letters
    assert line_of("Qanun", "كتاب", "tentang desa") == "Qanun كتاب tentang desa"
    assert line_of("12", "15") == "12 15"


@pytest.mark.parametrize(("name", "least"), [("right_to_left_01", 0.98), ("right_to_left_02", 0.8)])
def test_arabic_pages_are_read_as_another_reader_has_them(
    shared_data: Path, name: str, least: float
) -> None:
    folder = shared_data / "parsers" / "docling" / "pdf"
    document = parse((folder / "sources" / f"{name}.pdf").read_bytes(), "a.pdf", Limits())
    ours = " ".join(word for block in document.blocks for word in block.text.split())
    theirs = (folder / "groundtruth" / f"{name}.md").read_text("utf-8").replace("#", "")
    assert Levenshtein.normalized_similarity(ours, " ".join(theirs.split())) > least
