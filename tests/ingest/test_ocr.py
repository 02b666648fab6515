"""Page images read by OCR: pages drawn here in plain print, then turned, tilted and blurred."""

from __future__ import annotations

from ingest.blocks import (
    Block,
    BlockKind,
    LineBox,
    ParsedDocument,
    document_from_json,
    document_to_json,
)
from ingest.parsers.pdf_layout import reading_order
from ingest.parsers.pdf_page import Box, Frame, PageText, Piece
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
