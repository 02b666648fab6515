"""Articles found where recognised text has hidden them, and references left alone."""

from __future__ import annotations

import time

import pytest

from ingest.article_headings import mark_articles
from ingest.articles import is_article
from ingest.blocks import Block, BlockKind, LineBox
from ingest.parsers.markdown import markdown_blocks
from ingest.structure import structure


def opened(*texts: str) -> list[str]:
    """The articles that open in paragraphs with these texts."""
    marked = mark_articles([Block(BlockKind.PARAGRAPH, text) for text in texts])
    return [at.opens for at in marked if at.opens and is_article(at.block)]


def places(*texts: str) -> dict[str, str]:
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in texts]
    return {at.block.text: " ".join(at.place) for at in structure(blocks).blocks}


@pytest.mark.parametrize(
    "line",
    ["PasaI 2", "Pasal2", "Pasa12", "Pasa1 2", "Pasal Z", "PASAL 2 :", "Pasal 2.", "P asal 2"],
)
def test_misread_headings(line: str) -> None:
    found = opened("Pasal 1", "Isi satu.", line, "Isi dua.", "Pasal 3", "Isi tiga.")
    assert found == ["Pasal 1", "Pasal 2", "Pasal 3"]


@pytest.mark.parametrize("line", ["Pasal 1 1", "Pasal l1", "Pasal II", "Pasa111", "Pasal I 1"])
def test_the_order_says_which_number_was_misread(line: str) -> None:
    texts = [part for n in range(1, 11) for part in (f"Pasal {n}", "Isi pasal.")]
    found = opened(*texts, line, "Isi.", "Pasal 12", "Isi.")
    assert found[-3:] == ["Pasal 10", "Pasal 11", "Pasal 12"]


def test_articles_that_mixed_up_columns_put_out_of_order_are_found() -> None:
    order = [1, 3, 2, 5, 4, 6, 8, 7, 9, 10, 11, 12]
    texts = [f"(4) Dalam ... Pasal {n} (1) Dinas melayani warga desa." for n in order]
    assert opened(*texts) == [f"Pasal {n}" for n in order]
    twice = [*texts, "(5) Dalam ... Pasal 2 (1) Dinas melayani warga desa."]
    assert opened(*twice) == [f"Pasal {n}" for n in order]  # the other is too far away
    unclear = [*texts[:4], "(5) Dalam ... Pasal 2 (1) Dinas melayani.", *texts[4:]]
    assert opened(*unclear).count("Pasal 2") == 1


def test_a_reference_fills_no_gap() -> None:
    texts = [part for n in (1, 2, 3, 5, 6, 7) for part in (f"Pasal {n}", "Isi pasal.")]
    texts[3] = "Isi sebagaimana dimaksud dalam Pasal 4 berlaku."
    assert opened(*texts) == [f"Pasal {n}" for n in (1, 2, 3, 5, 6, 7)]


def test_inserted_articles_follow_theirs() -> None:
    found = opened("Pasal 7", "Isi.", "Pasal 7A", "Isi.", "Pasal 7 B", "Isi.", "Pasal 8", "Isi.")
    assert found == ["Pasal 7", "Pasal 7A", "Pasal 7B", "Pasal 8"]


def test_a_heading_inside_a_running_line_is_set_apart() -> None:
    text = (
        "Pasal 1 Dinas adalah perangkat daerah. BAB II TUGAS Pasal 2 (1) Dinas melayani warga. "
        "(2) Dinas melapor sebagaimana dimaksud dalam Pasal 1. - 3 - Pasal 3 Dinas bubar."
    )
    assert opened(text) == ["Pasal 1", "Pasal 2", "Pasal 3"]
    at = places(text)
    assert at["(2) Dinas melapor sebagaimana dimaksud dalam Pasal 1. - 3 -"] == "Pasal 2 ayat (2)"
    assert at["BAB II TUGAS"] == ""
    assert at["Dinas bubar."] == "Pasal 3"
    joined = "".join(part.block.text for part in mark_articles([Block(BlockKind.PARAGRAPH, text)]))
    assert joined.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    "reference",
    [
        "Tarif sebagaimana dimaksud dalam Pasal 2 dibayar.",
        "Pasal 2 ayat (1) berlaku bagi warga.",
        "Lihat Pasal 2, Pasal 3, dan Pasal 4.",
        "Pasal 2 ... ",
        "(Pasal 2)",
    ],
)
def test_references_open_nothing(reference: str) -> None:
    assert opened("Pasal 1", "Isi.", reference, "Pasal 2", "Isi lagi.") == ["Pasal 1", "Pasal 2"]


def test_a_reference_that_lost_its_line_becomes_text() -> None:
    marked = mark_articles(
        [
            Block(BlockKind.HEADING, "Pasal 5", level=4),
            Block(BlockKind.PARAGRAPH, "Sebagaimana dimaksud dalam"),
            Block(BlockKind.HEADING, "Pasal 4", level=4),
            Block(BlockKind.PARAGRAPH, "ayat (2), warga membayar."),
        ]
    )
    assert [at.opens for at in marked] == ["Pasal 5", None, None, None]
    assert marked[2].block.kind is BlockKind.PARAGRAPH


def test_after_the_closing_formula_the_explanation_begins_anew() -> None:
    at = opened(
        "Pasal 1", "Isi.", "Pasal 2", "Isi. Agar setiap orang mengetahuinya, dimuat dalam berita.",
        "Pasal 1", "Cukup jelas.", "Pasal 2", "Cukup jelas.",
    )  # fmt: skip
    assert at == ["Pasal 1", "Pasal 2", "Penjelasan Pasal 1", "Penjelasan Pasal 2"]


def test_an_amending_act_quotes_articles_inside_its_own() -> None:
    at = places(
        "PERATURAN BUPATI CONTOH NOMOR 3 TAHUN 2020 TENTANG PERUBAHAN ATAS PERATURAN BUPATI",
        "Pasal I",
        "Beberapa ketentuan diubah sebagai berikut:",
        "1. Ketentuan Pasal 5 diubah sehingga berbunyi sebagai berikut:",
        "Pasal 5",
        "(1) Warga membayar.",
        "2. Di antara Pasal 8 dan Pasal 9 disisipkan 1 pasal, yakni Pasal 8A, berbunyi:",
        "Pasal 8A",
        "Warga melapor.",
        "Pasal II",
        "Peraturan ini mulai berlaku.",
    )
    assert at["(1) Warga membayar."] == "Pasal I angka 1 (Pasal 5) ayat (1)"
    assert at["Warga melapor."] == "Pasal I angka 2 (Pasal 8A)"
    assert at["Peraturan ini mulai berlaku."] == "Pasal II"


def test_line_boxes_go_with_their_piece() -> None:
    text = "Isi bab satu. Pasal 2 Dinas bubar."
    line = LineBox(0, len(text), 0.1, 0.2, 0.9, 0.3)
    for at in mark_articles([Block(BlockKind.PARAGRAPH, text, page=4, lines=(line,))]):
        assert [(box.start, box.end) for box in at.block.lines] == [(0, len(at.block.text))]
        assert at.block.page == 4


@pytest.mark.parametrize(
    "text",
    ["Pasal 1 1 1 1 1 " * 12_000, "Pasal " * 30_000, "P a s a l" * 20_000,
     "Pasal 1" + " " * 200_000,
     "- 1 - " * 30_000 + "Pasal 2", "BAB I " * 30_000 + "Pasal 3 (1) Isi."],
)  # fmt: skip
def test_hostile_texts_take_no_time(text: str) -> None:
    started = time.perf_counter()
    opened(text)
    assert time.perf_counter() - started < 5


def test_numbers_of_lists_that_markdown_runs_into_one_hold_as_typed() -> None:
    text = "1. Satu\n2. Dua\n\nMEMUTUSKAN:\n\n1. Ketentuan diubah.\n2. Ketentuan dihapus."
    assert [block.text for block in markdown_blocks(text) if block.kind is BlockKind.LIST_ITEM] == [
        "1. Satu",
        "2. Dua",
        "1. Ketentuan diubah.",
        "2. Ketentuan dihapus.",
    ]
    lazy = "1. Satu\n1. Dua\n1. Tiga"
    assert [block.text for block in markdown_blocks(lazy)] == ["1. Satu", "2. Dua", "3. Tiga"]
    joined = "1. Satu\nlanjut\n1. Dua\n2. Tiga"
    assert [block.text[:2] for block in markdown_blocks(joined)] == ["1.", "1.", "2."]


def test_items_on_lines_of_one_block_each_have_their_place() -> None:
    text = "Pasal 3\n(1) Camat bertugas:\na. melayani; dan\nb. melapor.\n(2) Camat dibantu\nstaf."
    at = places("Pasal 2", "Isi.", text)
    assert at["b. melapor."] == "Pasal 3 ayat (1) huruf b"
    assert at["(2) Camat dibantu\nstaf."] == "Pasal 3 ayat (2)"
