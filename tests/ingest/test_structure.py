"""Blocks joined into one text, and the place of each in a regulation."""

from __future__ import annotations

import re

import pytest

from ingest.blocks import Block, BlockKind
from ingest.structure import structure


def block(text: str, **fields) -> Block:
    item = re.match(r"\(?\w[.)]\s|-\s", text)
    kind = fields.pop("kind", BlockKind.LIST_ITEM if item else BlockKind.PARAGRAPH)
    return Block(kind, text, **fields)


def places(*texts: str) -> list[str]:
    return [" ".join(at.place) for at in structure([block(text) for text in texts]).blocks]


@pytest.mark.parametrize("line", ["Pasal 7", "PASAL 7", "Pasal 7.", "Pasal 7 :", "Pasal 7:"])
def test_article_line(line: str) -> None:
    assert places(line, "(1) Satu.", "(2) Dua.", "Ekor ayat dua.") == [
        "Pasal 7",
        "Pasal 7 ayat (1)",
        "Pasal 7 ayat (2)",
        "Pasal 7 ayat (2)",
    ]


def test_letters_stand_in_their_clause() -> None:
    assert places("Pasal 7A", "(1) Syaratnya:", "a. umur;", "b. ijazah.", "(2) Lain.") == [
        "Pasal 7A",
        "Pasal 7A ayat (1)",
        "Pasal 7A ayat (1) huruf a",
        "Pasal 7A ayat (1) huruf b",
        "Pasal 7A ayat (2)",
    ]


def test_numbers_right_under_the_article_are_clauses() -> None:
    assert places("Pasal 4 :", "1. Daerah berhak.", "2. Daerah wajib.") == [
        "Pasal 4",
        "Pasal 4 ayat (1)",
        "Pasal 4 ayat (2)",
    ]


def test_numbers_after_a_sentence_are_its_items() -> None:
    assert places("Pasal 1", "Yang dimaksud dengan:", "1. Daerah adalah contoh.")[-1] == (
        "Pasal 1 angka 1"
    )


def test_chapters_and_the_closing_end_the_article() -> None:
    assert places("Pasal 2", "Isi.", "BAB II", "Ketentuan", "Pasal 3", "Ditetapkan di Contoh") == [
        "Pasal 2",
        "Pasal 2",
        "",
        "",
        "Pasal 3",
        "",
    ]
    assert places("Pasal 2", "Bagian Kedua", "Isi.")[1:] == ["", ""]


def test_a_sentence_that_begins_like_a_chapter_does_not_end_it() -> None:
    sentence = "Bab II tidak berlaku bagi desa."
    assert places("Pasal 2", sentence)[1] == "Pasal 2"


def test_explanation_and_annex_are_not_the_article_itself() -> None:
    assert places("Pasal 7", "Isi.", "PENJELASAN", "Umum.", "Pasal 7", "Cukup jelas.")[2:] == [
        "",
        "",
        "Penjelasan Pasal 7",
        "Penjelasan Pasal 7",
    ]
    assert places("Pasal 9", "LAMPIRAN I", "Daftar.")[1:] == ["", ""]


def test_a_reference_is_no_article_line() -> None:
    assert places("Pasal 7 ayat (2) berlaku.", "Isi.") == ["", ""]


def test_text_offsets_separators_headings_and_pages() -> None:
    blocks = [
        block("Judul", kind=BlockKind.HEADING, level=1, page=1),
        block("Kalimat yang", page=1),
        block("berlanjut.", page=2, continues=True),
        block("- satu", page=2, level=1),
        block("- dua", page=2, level=1),
        block("Bagian", kind=BlockKind.HEADING, level=2, page=3),
        block("A | 1", kind=BlockKind.TABLE_ROW, page=3),
        block("B | 2", kind=BlockKind.TABLE_ROW, page=3),
    ]
    found = structure(blocks, ("i", "ii"))
    assert found.text == (
        "Judul\n\nKalimat yang berlanjut.\n\n- satu\n- dua\n\nBagian\n\nA | 1\nB | 2"
    )
    assert all(found.text[at.start : at.end] == at.block.text for at in found.blocks)
    assert [at.headings for at in found.blocks[-2:]] == [("Judul", "Bagian")] * 2
    assert [(page.number, page.label) for page in found.pages] == [(1, "i"), (2, "ii"), (3, None)]
    assert found.text[found.pages[1].start : found.pages[1].end] == "berlanjut.\n\n- satu\n- dua"
