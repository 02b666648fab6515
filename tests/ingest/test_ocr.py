"""Page images read by OCR: pages drawn here in plain print, then turned, tilted and blurred."""

from __future__ import annotations

from math import cos, radians, sin
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

import ingest.parsers.ocr
from ingest.blocks import (
    Block,
    BlockKind,
    LineBox,
    ParsedDocument,
    document_from_json,
    document_to_json,
)
from ingest.parsers.image import ocr_page
from ingest.parsers.page_text import Box, Frame, PageText, Piece
from ingest.parsers.page_tilt import TiltedFrame, tilt_degrees
from ingest.parsers.pdf_layout import reading_order
from ingest.parsers.pdf_paragraphs import Paragraphs

LINES = (
    "Rapat koordinasi desa dibuka pada pukul sembilan pagi",
    "Peserta membahas perbaikan saluran air di tiga dusun",
    "Biaya pekerjaan dihitung oleh panitia yang ditunjuk",
    "Hasil musyawarah dicatat dan ditandatangani bersama",
    "Sekretaris mengirim salinan kepada camat setempat",
    "Pekerjaan dimulai setelah musim tanam berakhir",
)


def recognised_page(*lines: tuple[str, float]) -> PageText:
    pieces = [
        Piece(text, Box(50, 50 + 14 * n, 50 + 6 * len(text), 60 + 14 * n), 10, False, confidence)
        for n, (text, confidence) in enumerate(lines)
    ]
    return PageText(1, 600, 800, Frame(0, 0, 600, 800, 0, 0), tuple(pieces))


def test_each_line_keeps_its_own_confidence_and_the_block_the_lowest() -> None:
    page = recognised_page((LINES[0], 0.97), (LINES[1], 0.71), (LINES[2] + ".", 0.93))
    (block,) = Paragraphs([page], [reading_order(page)]).blocks()
    assert [line.confidence for line in block.lines] == [0.97, 0.71, 0.93]
    assert block.confidence == 0.71


def test_a_lines_confidence_survives_the_way_from_the_child() -> None:
    lines = (LineBox(0, 4, 0.1, 0.1, 0.2, 0.2, 0.83), LineBox(5, 9, 0.1, 0.3, 0.2, 0.4))
    block = Block(BlockKind.PARAGRAPH, "satu dua.", 1, confidence=0.83, lines=lines)
    document = ParsedDocument("image/*", (block,))
    value = document_to_json(document)
    assert "confidence" not in value["blocks"][0]["lines"][1]
    assert document_from_json(value) == document


def printed(lines: tuple[str, ...] = LINES, width: int = 760, height: int = 740) -> Image.Image:
    """A page with these lines in plain print; the first one starts at (60, 40)."""
    page = Image.new("L", (width, height), 255)
    drawing, font = ImageDraw.Draw(page), ImageFont.load_default(24)
    for number, line in enumerate(lines):
        drawing.text((60, 40 + 58 * number), line, 0, font)
    return page


def text_of(page: PageText) -> str:
    return " ".join(block.text for block in Paragraphs([page], [reading_order(page)]).blocks())


def read(page: Image.Image) -> PageText:
    return ocr_page(np.asarray(page.convert("RGB")), 1)


@pytest.mark.parametrize(
    ("turned", "reading"),
    [(180, 180), (90, 270), (270, 90)],  # the page, and what mends it
)
def test_a_page_on_its_side_or_head_is_read_upright_and_boxed_where_it_lies(
    turned: int, reading: int
) -> None:
    lying = printed(LINES[:3]).rotate(-turned, expand=True)
    page = read(lying)
    assert page.frame.reading == reading
    assert text_of(page) == " ".join(LINES[:3])
    (block, *_) = Paragraphs([page], [reading_order(page)]).blocks()
    for line in block.lines:
        assert dark_share(lying, line) > 0.1


def dark_share(page: Image.Image, line: LineBox) -> float:
    sides = (line.left * page.width, line.top * page.height,
             line.right * page.width, line.bottom * page.height)  # fmt: skip
    return float((np.asarray(page.crop(tuple(round(side) for side in sides))) < 128).mean())


@pytest.mark.parametrize("degrees", [5.0, -3.5])
def test_a_page_askew_is_straightened_and_boxed_where_it_lay(degrees: float) -> None:
    askew = printed().rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    page = read(askew)
    assert isinstance(page.frame, TiltedFrame)
    assert page.frame.tilt == pytest.approx(degrees, abs=0.3)
    assert text_of(page) == " ".join(LINES)
    first = page.frame.shares(page.pieces[0].box)
    upright = printed()
    across = 60 - upright.width / 2, 52 - upright.height / 2  # the first letter, from the middle
    angle = radians(degrees)
    left = cos(angle) * across[0] - sin(angle) * across[1] + askew.width / 2
    top = sin(angle) * across[0] + cos(angle) * across[1] + askew.height / 2
    assert first[0] * askew.width == pytest.approx(left, abs=12)
    assert first[1] * askew.height - 8 < top < first[3] * askew.height + 8


@pytest.mark.parametrize("degrees", [-5, -2, -1, 0, 1, 3, 5])
def test_the_tilt_of_a_page_is_known_to_a_quarter_of_a_degree(degrees: float) -> None:
    page = printed().rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255).convert("RGB")
    assert tilt_degrees(np.asarray(page)) == pytest.approx(degrees, abs=0.25)


def test_blank_pages_and_pictures_have_no_tilt() -> None:
    rng = np.random.default_rng(4)
    assert tilt_degrees(np.full((400, 300, 3), 255, np.uint8)) == 0
    noise = rng.integers(0, 255, (900, 700), dtype=np.uint8)
    assert tilt_degrees(np.stack([noise] * 3, axis=2)) == 0


def test_a_very_large_photo_is_read_small_and_boxed_in_its_own_pixels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[int, ...]] = []

    def engine(image: np.ndarray) -> SimpleNamespace:
        seen.append(image.shape)
        height, width = image.shape[:2]
        corner = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
        return SimpleNamespace(boxes=[corner], txts=["Rapat desa"], scores=[0.97])

    monkeypatch.setattr(ingest.parsers.ocr, "_engine", lambda: engine)
    page = ingest.parsers.ocr.recognise(np.full((3_000, 3_000, 3), 255, np.uint8))
    ((height, width, _),) = seen
    assert height * width <= 2_600_000
    (piece,) = page.pieces
    assert (piece.box.right, piece.box.bottom) == pytest.approx((3_000, 3_000), abs=2)
