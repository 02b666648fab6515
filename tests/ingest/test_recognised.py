"""Where recognised text stands, how sure its passages are, and what the report says of it."""

from __future__ import annotations

from docs_store.records import PassageDraft
from ingest.blocks import Block, BlockKind, LineBox, PageMeasures, ParsedDocument
from ingest.recognised import text_boxes, with_confidence
from ingest.report import reading_report
from ingest.structure import structure

LINES = ("Air bersih untuk desa.", "Jalan desa diaspal.")


def block(text: str, confidence: float | None, page: int | None = 1) -> Block:
    line = LineBox(0, len(text), 0.1, 0.2, 0.8, 0.25)
    return Block(BlockKind.PARAGRAPH, text, page, confidence=confidence, lines=(line,))


def test_boxes_are_of_recognised_lines_and_count_in_the_stored_text() -> None:
    structured = structure([block("Teks biasa.", None), block(LINES[0], 0.9), block(LINES[1], 0.6)])
    boxes = text_boxes(structured.blocks)
    assert [structured.text[box.start : box.end] for box in boxes] == list(LINES)
    assert [box.confidence for box in boxes] == [0.9, 0.6]
    assert (boxes[0].page, boxes[0].left, boxes[0].bottom) == (1, 0.1, 0.25)


def test_the_text_of_a_picture_stands_on_its_only_page() -> None:
    (box,) = text_boxes(structure([block(LINES[0], 0.9, page=None)]).blocks)
    assert box.page == 1


def test_a_passage_is_as_sure_as_the_least_sure_text_that_it_touches() -> None:
    blocks = [block("Teks biasa.", None), block(LINES[0], 0.9), block(LINES[1], 0.6)]
    structured = structure(blocks)
    plain, sure, unsure = structured.blocks
    slices = [(plain.start, plain.end), (plain.start, sure.end), (sure.start, sure.end),
              (sure.end - 3, unsure.start + 1), (sure.end, unsure.start)]  # fmt: skip
    drafts = [PassageDraft(start, end, 1, None, "") for start, end in slices]
    found = [draft.confidence for draft in with_confidence(drafts, structured.blocks)]
    assert found == [None, 0.9, 0.9, 0.6, None]


def test_a_line_that_knows_its_own_confidence_counts_for_itself() -> None:
    text = " ".join(LINES)
    cut = len(LINES[0])
    lines = (
        LineBox(0, cut, 0.1, 0.2, 0.8, 0.25, confidence=0.97),
        LineBox(cut + 1, len(text), 0.1, 0.3, 0.8, 0.35, confidence=0.6),
    )
    structured = structure([Block(BlockKind.PARAGRAPH, text, 1, confidence=0.6, lines=lines)])
    assert [box.confidence for box in text_boxes(structured.blocks)] == [0.97, 0.6]
    drafts = [PassageDraft(0, cut, 1, None, ""), PassageDraft(0, len(text), 1, None, "")]
    found = [draft.confidence for draft in with_confidence(drafts, structured.blocks)]
    assert found == [0.97, 0.6]


def test_a_recognised_block_without_lines_still_counts() -> None:
    structured = structure([Block(BlockKind.TABLE_ROW, "Air | 5", 1, confidence=0.7)])
    (draft,) = with_confidence([PassageDraft(0, 3, 1, None, "")], structured.blocks)
    assert draft.confidence == 0.7


def test_the_report_counts_pages_by_method_and_weighs_the_mean_by_length() -> None:
    measures = PageMeasures(2, "bad", "vowels", 40, 1.5, 0.0, 0.1, None, 0.0, 0.9)
    parsed = ParsedDocument(
        "application/pdf",
        (block("a" * 30, 0.9), block("b" * 10, 0.5), block("c", None)),
        page_count=3,
        page_methods=("text", "ocr", "ocr"),
        page_measures=(measures,),
    )
    report = reading_report(parsed, ("Peringatan / warning",), 1.25)
    assert report["pages_by_method"] == {"text": 1, "ocr": 2}
    assert report["page_measures"][0]["why"] == "vowels"
    assert (report["confidence_min"], report["confidence_mean"]) == (0.5, 0.8)
    assert report["warnings"] == ["Peringatan / warning"]
    assert report["seconds"] == {"reading": 1.25}


def test_without_recognised_text_there_is_no_confidence() -> None:
    report = reading_report(ParsedDocument("text/plain", (block("a", None),)), (), 0.1)
    assert (report["confidence_min"], report["confidence_mean"]) == (None, None)
