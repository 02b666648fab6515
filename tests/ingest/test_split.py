"""The laws of the splitter, with drawn documents; and what a passage says of its place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.articles import is_article
from ingest.blocks import Block, BlockKind
from ingest.sandbox import ParserProcess
from ingest.split import CONTEXT_CHARS_MAX, Sizes, split
from ingest.structure import StructuredText, structure

SIZES = Sizes(target=24, maximum=40)


def count_tokens(texts) -> list[int]:
    """A word costs a token for each four characters, a sign one: long words cost many."""
    return [
        sum(max(1, (len(piece) + 3) // 4) for piece in re.findall(r"\w+|[^\w\s]", text))
        for text in texts
    ]


WORDS = st.sampled_from(
    "kota desa Bupati rencana 2016 Rp1.500,00 No. dr. dll. (2) “apa?” a. 1. Ya! é漢字🙂 e\u0301 "
    "– | \u00a0 pemerintahan-kabupaten-persandian-dan-informatika".split(" ")
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=30).map(lambda words: " ".join(words).strip())
LONG_WORDS = st.integers(100, 900).map(lambda n: "x" * n)
TEXTS = st.one_of(SENTENCES, LONG_WORDS, st.text(min_size=1, max_size=60)).filter(str.strip)


@st.composite
def some_blocks(draw) -> list[Block]:
    found = []
    page = 1
    for _ in range(draw(st.integers(1, 25))):
        page += draw(st.integers(0, 1))
        kind = draw(st.sampled_from([*BlockKind, "pasal", "bab"]))
        text = draw(TEXTS).strip()
        if kind == "pasal":
            number = draw(st.integers(1, 9))
            found.append(Block(BlockKind.HEADING, f"Pasal {number}", page, level=4))
        elif kind == "bab":
            found.append(Block(BlockKind.HEADING, "BAB II", page, level=1))
        elif kind is BlockKind.HEADING:
            found.append(Block(kind, text[:40].strip(), page, level=draw(st.integers(1, 6))))
        elif kind is BlockKind.TABLE_ROW:
            header = draw(st.sampled_from([(), ("Nama", "Nilai"), ("Kota", "Luas")]))
            found.append(Block(kind, f"{text} | 5", page, header=header))
        else:
            continues = kind is BlockKind.PARAGRAPH and bool(found) and draw(st.booleans())
            found.append(Block(kind, text, page, continues=continues))
    return found


def check_laws(document: StructuredText, passages, count, maximum: int) -> None:
    covered = 0
    for passage in passages:
        text = document.text[passage.start : passage.end]
        assert covered <= passage.start < passage.end <= len(document.text)
        assert not document.text[covered : passage.start].strip()
        assert text == text.strip()
        assert count([text])[0] <= maximum
        assert len(passage.context) <= CONTEXT_CHARS_MAX
        covered = passage.end
        inside = [a for a in document.blocks if a.start < passage.end and passage.start < a.end]
        articles = {at.article for at in inside if at.block.kind is not BlockKind.HEADING}
        assert len(articles) <= 1, "a passage straddles two articles"
        assert sum(is_article(at.block) for at in inside) <= 1
        page = next(at.block.page for at in document.blocks if at.end > passage.start)
        assert passage.page == page
    assert not document.text[covered:].strip()


@settings(max_examples=120, deadline=None)
@given(some_blocks())
def test_laws(blocks: list[Block]) -> None:
    document = structure(blocks)
    passages = split(document, "Judul", count_tokens, SIZES)
    check_laws(document, passages, count_tokens, SIZES.maximum)


@settings(max_examples=120, deadline=None)
@given(some_blocks())
def test_a_heading_never_stands_at_the_end(blocks: list[Block]) -> None:
    short = [b for b in blocks if b.kind is not BlockKind.HEADING or len(b.text) <= 12]
    if not short:
        return
    document = structure(short)
    for passage in split(document, "Judul", count_tokens, Sizes(target=200, maximum=400)):
        inside = [a for a in document.blocks if a.start < passage.end and passage.start < a.end]
        follows = next((a for a in document.blocks if a.start >= passage.end), None)
        below = next(
            (
                a
                for a in document.blocks
                if a.start >= passage.end and a.block.kind is not BlockKind.HEADING
            ),
            None,
        )
        fits = (
            below is not None and count_tokens([document.text[passage.start : below.end]])[0] <= 400
        )
        if inside[-1].block.kind is BlockKind.HEADING and follows is not None and fits:
            # Nothing but headings, and another article begins: one without text.
            assert all(at.block.kind is BlockKind.HEADING for at in inside)
            assert any(is_article(at.block) for at in inside)


def _passages(blocks: list[Block], sizes: Sizes = SIZES):
    document = structure(blocks)
    found = split(document, "Judul", count_tokens, sizes)
    return [(p, document.text[p.start : p.end]) for p in found]


def test_context_is_not_part_of_the_slice() -> None:
    ((passage, text),) = _passages([Block(BlockKind.PARAGRAPH, "Isi saja.")])
    assert (text, passage.context) == ("Isi saja.", "Judul")


def test_context_names_headings_and_the_article_but_not_what_the_passage_holds() -> None:
    long = "Kalimat ini cukup panjang untuk mengisi satu kutipan. " * 3
    blocks = [
        Block(BlockKind.HEADING, "BAB I UMUM", level=1),
        Block(BlockKind.HEADING, "Pasal 3", level=4),
        Block(BlockKind.LIST_ITEM, f"(1) {long.strip()}"),
        Block(BlockKind.LIST_ITEM, f"(2) {long.strip()}"),
    ]
    found = _passages(blocks)
    first, last = found[0], found[-1]
    assert first[1].startswith("BAB I UMUM\n\nPasal 3\n\n(1) ")
    assert first[0].context == "Judul"
    assert first[0].locator == "Pasal 3 ayat (1)"
    assert last[0].context == "Judul › BAB I UMUM › Pasal 3"
    assert last[0].locator == "Pasal 3 ayat (2)"


def test_a_passage_of_several_letters_says_what_they_share() -> None:
    blocks = [
        Block(BlockKind.HEADING, "Pasal 3", level=4),
        Block(BlockKind.LIST_ITEM, "(1) Syarat:"),
        Block(BlockKind.LIST_ITEM, "a. umur;", level=2),
        Block(BlockKind.LIST_ITEM, "b. ijazah.", level=2),
    ]
    ((passage, _),) = _passages(blocks)
    assert passage.locator == "Pasal 3 ayat (1)"


def test_rows_carry_their_header_and_tables_are_kept_apart() -> None:
    towns = [Block(BlockKind.TABLE_ROW, f"Kota {n} | {n}", header=("Kota", "Luas")) for n in "ab"]
    people = [Block(BlockKind.TABLE_ROW, f"Ani {n} | {n}", header=("Nama", "Umur")) for n in "cd"]
    found = _passages([*towns, *people])
    assert [(text, p.context) for p, text in found] == [
        ("Kota a | a\nKota b | b", "Judul › Kota | Luas"),
        ("Ani c | c\nAni d | d", "Judul › Nama | Umur"),
    ]


def test_rows_with_empty_cells_are_of_one_table() -> None:
    rows = [
        Block(BlockKind.TABLE_ROW, "Air | 5", header=("Nama", "Nilai")),
        Block(BlockKind.TABLE_ROW, "Jalan | desa | 7", header=("Nama", "Ket", "Nilai")),
    ]
    ((passage, _),) = _passages(rows)
    assert passage.context == "Judul › Nama | Nilai | Ket"


def test_a_sentence_over_two_pages_is_one_and_has_the_page_of_its_start() -> None:
    filler = "Kalimat pertama ini mengisi kutipan sampai penuh sekali rasanya begitu panjang. " * 2
    blocks = [
        Block(BlockKind.PARAGRAPH, f"{filler}Rapat itu dihadiri oleh", page=1),
        Block(BlockKind.PARAGRAPH, "para camat. Lalu mereka pulang.", page=2, continues=True),
    ]
    found = _passages(blocks)
    (spanning,) = [(p, text) for p, text in found if "oleh para camat." in text]
    assert spanning[0].page == 1


def test_a_long_title_leaves_room_for_the_nearest_heading_and_the_header() -> None:
    blocks = [
        Block(BlockKind.HEADING, "Bab " + "luar " * 40, level=1),
        Block(BlockKind.HEADING, "Tarif", level=2),
        Block(BlockKind.PARAGRAPH, "Kalimat pengisi yang panjang sekali. " * 8),
        Block(BlockKind.TABLE_ROW, "Air | 5", header=("Nama", "Nilai")),
    ]
    document = structure(blocks)
    last = split(document, "J" * 300, count_tokens, SIZES)[-1]
    assert last.context == f"{'J' * 180} › Tarif › Nama | Nilai"


def test_a_window_too_small_for_one_character_is_refused() -> None:
    with pytest.raises(ValueError, match="too small"):
        split(structure([Block(BlockKind.PARAGRAPH, "a")]), "", lambda t: [9] * len(t), Sizes(1, 1))


@settings(max_examples=10, deadline=None)
@given(some_blocks())
def test_laws_with_the_models_own_tokenizer(model, blocks: list[Block]) -> None:
    document = structure(blocks)
    passages = split(document, "Judul", model.count_tokens, Sizes(target=60, maximum=90))
    check_laws(document, passages, model.count_tokens, 90)


@pytest.mark.data
def test_laws_on_real_documents(shared_data, model) -> None:
    folder = shared_data / "governance" / "banyuwangi-diskominfo"
    with ParserProcess() as process:
        for name in (
            "PERBUP_NO_19_Pedoman_PPID.pdf",
            "DIP_PPID.pdf",
            "blade/pedoman-ppid.blade.php",
        ):
            document = structure(process.parse(folder / name).blocks)
            passages = split(document, "Judul", model.count_tokens, Sizes(180, 300))
            check_laws(document, passages, model.count_tokens, 300)
            if "edoman" in name:
                assert {"Pasal 7 ayat (1)", "Pasal 7"} & {p.locator for p in passages}


def test_a_label_above_several_columns_stands_once_and_is_not_cut() -> None:
    years = [f"Target Kinerja Program / {year}" for year in range(2031, 2036)]
    funds = [f"Kerangka Pendanaan (juta rupiah) / {year}" for year in range(2031, 2036)]
    row = Block(
        BlockKind.TABLE_ROW, " | ".join("abcdefghijkl"), header=("No", "Urusan", *years, *funds)
    )
    (passage,) = split(structure([row]), "Renstra Desa Contoh", count_tokens, SIZES)
    assert passage.context == (
        "Renstra Desa Contoh › No | Urusan | Target Kinerja Program / 2031 | 2032 | 2033 | 2034 | "
        "2035 | Kerangka Pendanaan (juta rupiah) / 2031 | 2032 | 2033 | 2034 | 2035"
    )


def test_a_header_ends_with_a_whole_cell() -> None:
    header = tuple(f"Kolom yang panjang nomor {n}" for n in range(30))
    row = Block(BlockKind.TABLE_ROW, "a | b", header=header)
    (passage,) = split(structure([row]), "Judul", count_tokens, SIZES)
    assert len(passage.context) <= CONTEXT_CHARS_MAX
    assert passage.context.rpartition(" | ")[2] in header
    assert len(passage.context) > CONTEXT_CHARS_MAX - 40
