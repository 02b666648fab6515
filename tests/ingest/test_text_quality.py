"""The text layer of each page is judged by what was measured on it."""

from __future__ import annotations

import pytest

from ingest.parsers.page_text import Box, Frame, PageText, Piece
from ingest.parsers.text_quality import is_plausible, measure

PROSE = (
    "Pemerintah daerah menyusun rencana kerja tahunan bersama masyarakat desa, lalu membahas "
    "anggaran untuk jalan, air bersih, dan layanan kesehatan di setiap kecamatan. "
) * 4


def _page(
    text: str, *, unmapped: int = 0, invisible: int = 0, image_share: float = 0.0
) -> PageText:
    pieces = (Piece(text, Box(72, 72, 500, 84), 11, bold=False),) if text else ()
    return PageText(
        number=3,
        width=595,
        height=842,
        frame=Frame(0, 0, 595, 842, 0, 0),
        pieces=pieces,
        characters=len(text),
        unmapped=unmapped,
        image_share=image_share,
        invisible=invisible,
    )


def _swapped(text: str) -> str:
    """What poor OCR makes of a text: e read as c, o as 0, u as v."""
    return text.translate(str.maketrans("eou", "c0v"))


@pytest.mark.parametrize(
    ("page", "layer", "why"),
    [
        (_page(PROSE), "good", ""),
        (_page(PROSE.upper()), "good", ""),
        (_page(PROSE, invisible=len(PROSE), image_share=1.0), "good", ""),
        (_page(PROSE, unmapped=len(PROSE) // 3), "bad", "unmapped"),
        (_page("".join(chr(ord(c) + 3) if c.isalpha() else c for c in PROSE)), "bad", "vowels"),
        (_page(_swapped(PROSE), invisible=len(PROSE), image_share=1.0), "bad", "words"),
        (_page("Ditandatangani secara elektronik", image_share=0.97), "none", "letters"),
        (_page("", image_share=1.0), "none", ""),
        (_page("Daftar: 1.250.000 2.000.000 3.500.000 " * 9), "good", ""),
        (_page("これは県の文書です。" * 40), "good", ""),
    ],
    ids=["prose", "capitals", "good-ocr", "unmapped", "shifted", "poor-ocr", "stamp", "empty",
         "figures", "japanese"],
)  # fmt: skip
def test_layer(page: PageText, layer: str, why: str) -> None:
    found = measure(page)
    assert (found.page, found.layer, found.why) == (3, layer, why)


def test_measures_say_what_was_seen() -> None:
    found = measure(_page(PROSE, unmapped=10, invisible=20, image_share=0.25))
    assert found.letters == sum(map(str.isalpha, PROSE))
    assert found.letters_per_cm2 == pytest.approx(found.letters / 623.4, abs=0.01)
    assert found.unmapped_share == pytest.approx(10 / len(PROSE), abs=0.001)
    assert found.invisible_share == pytest.approx(20 / len(PROSE), abs=0.001)
    assert found.image_share == 0.25
    assert found.vowel_share == pytest.approx(0.42, abs=0.05)
    assert found.word_share is not None
    assert found.word_share > 0.95
    assert measure(_page("")).vowel_share is None


@pytest.mark.parametrize("word", ["kabupaten", "Perda", "PUSKESMAS", "RSUD", "dan", "layanan"])
def test_words(word: str) -> None:
    assert is_plausible(word)


@pytest.mark.parametrize("word", ["pcmcrintah", "l0kasi", "dAn", "bcdfg", "kabvpatqn"])
def test_no_words(word: str) -> None:
    assert not is_plausible(word)
