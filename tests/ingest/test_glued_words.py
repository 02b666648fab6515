"""Words that recognition ran together, and those that only look so."""

from __future__ import annotations

import time

import pytest

from ingest.parsers.glued_words import unglued
from ingest.parsers.page_text import Box, Frame, PageText, Piece


def page_of(*texts: str, confidence: float | None = 0.9) -> PageText:
    pieces = tuple(
        Piece(text, Box(50, 50 + 14 * n, 350, 60 + 14 * n), 10, False, confidence)
        for n, text in enumerate(texts)
    )
    return PageText(1, 600, 800, Frame(0, 0, 600, 800, 0, 0), pieces)


def read(*texts: str, confidence: float | None = 0.9) -> list[str]:
    (page,) = unglued([page_of(*texts, confidence=confidence)])
    return [piece.text for piece in page.pieces]


@pytest.mark.parametrize(
    ("line", "parted"),
    [
        ("PEMERINTAH KABUPATENBANYUWANGI", "PEMERINTAH KABUPATEN BANYUWANGI"),
        ("Kantor KabupatenBanyuwangi, lantai 2", "Kantor Kabupaten Banyuwangi, lantai 2"),
        ("DINAS SALURANDESA (IRIGASIDAN AIR)", "DINAS SALURAN DESA (IRIGASI DAN AIR)"),
    ],
)
def test_what_the_document_or_the_gazetteer_knows_apart_is_parted(line: str, parted: str) -> None:
    elsewhere = "Saluran desa dan irigasi dan air diatur."
    assert read(line, elsewhere) == [parted, elsewhere]


@pytest.mark.parametrize(
    "line",
    [
        "SALURANSUNGAI KABUPATENKHAYALAN",  # nothing knows the parts
        "salurandesa",  # may be a name: an address, a file
        "http://salurandesa.contoh.id SALURAN",
        "PERJANJIAN KERJASAMA PENANGGUNGJAWAB",
        "PEMERINTAHAN KETENTUAN",
    ],
)
def test_other_words_are_left_alone(line: str) -> None:
    elsewhere = "Saluran desa. Kerja sama dan penanggung jawab. Ke tentuan pemerintah an."
    assert read(line, elsewhere)[0] == line


def test_a_text_layer_is_what_was_typed() -> None:
    lines = ("KABUPATENBANYUWANGI", "kabupaten Banyuwangi")
    assert read(*lines, confidence=None) == list(lines)


def test_it_takes_little_time() -> None:
    lines = ["KABUPATEN" * 6 + " " + "SALURANDESA" * 5] * 2_000
    started = time.perf_counter()
    read(*lines)
    assert time.perf_counter() - started < 10
