"""An answer as a briefing: what is in it, and that each file opens and says the same."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from assistant.conversation import AnswerPart, Cell, Computed, Table, TableRow, TimelineStep
from tests.ui.fake_services import (
    DOCUMENTS,
    FIRST,
    LAST,
    THEN,
    FakeServices,
    abstention,
    citation,
    market_answer,
    sequence_answer,
)
from ui.briefing import Grid, briefing_file, briefing_of, plain

TODAY = date(2026, 3, 9)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = (
    'Buka [di sini](https://jahat.example) <img src=x> & "www.jahat.example" | **tebal** `x` 1) #'
)


def document_of(document_id):
    return FakeServices().document(document_id)


def made(answer, form, documents=document_of):
    return briefing_file(answer, form, documents, TODAY)


def of(answer, documents=document_of):
    return briefing_of(answer, documents, TODAY)


def pdf_text(content):
    with pypdfium2.PdfDocument(content) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def footnotes(content):
    """Number and text of each real footnote of a Word file."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml"))
    notes = {}
    for note in root.iter(f"{W}footnote"):
        if note.get(f"{W}type") is None:
            notes[int(note.get(f"{W}id"))] = "".join(t.text for t in note.iter(f"{W}t"))
    return notes


def references(content):
    """The footnotes that a Word file's body refers to, in order."""
    body = docx.Document(io.BytesIO(content)).element.body
    return [int(one.get(f"{W}id")) for one in body.iter(f"{W}footnoteReference")]


def squeezed(text):
    return re.sub(r"\s", "", text)


@pytest.fixture
def compared():
    """An answer with a value, a table, a working and all that a reader must know."""
    answer = sequence_answer("Bandingkan biayanya.")
    first, second, third = answer.citations
    second = replace(second, notices=("Diubah dengan UU 9/2015",), confidence=0.839)
    third = replace(third, translation="Only then did the reform begin in the third year.")
    return replace(
        answer,
        parts=(
            AnswerPart("lead", "Menurut dokumen:"),
            AnswerPart("value", "tahun ketiga", (3,)),
            AnswerPart("statement", LAST, (3,)),
            AnswerPart("item", "Layanan, Contoh: kantor camat", (2,)),
            AnswerPart("item", "Layanan, Misal: tidak ditemukan di dokumen"),
            AnswerPart("note", "Dibandingkan menurut aspek."),
        ),
        citations=(first, second, third),
        table=Table(
            ("Contoh", "Misal"),
            (
                TableRow(
                    "Layanan",
                    (Cell("kantor camat", (2,)), Cell("tidak ditemukan di dokumen")),
                ),
            ),
        ),
        computed=(Computed("2", "3 - 1", (1, 3)),),
        dropped=2,
        standalone="Bandingkan biaya di Contoh dan Misal.",
    )


def test_notes_are_numbered_as_they_are_read(compared):
    briefing = of(compared)
    used = [n for block in briefing.blocks if not isinstance(block, Grid) for n in block.notes]
    assert used == [1, 1, 3, 1]
    assert [note.number for note in briefing.notes] == [1, 2, 3]
    assert [note.quote for note in briefing.notes] == [LAST, THEN, FIRST]
    (grid,) = [block for block in briefing.blocks if isinstance(block, Grid)]
    assert grid.rows[0][1].notes == (2,)
    assert not any(block.kind == "item" for block in briefing.blocks if block is not grid)


def test_a_note_tells_place_version_notices_and_doubt(compared):
    note = of(compared).notes[1]
    assert note.place == (
        'Rencana <script>alert("judul")</script> Pariwisata, 27 Januari 2022, halaman 2, versi 1, '
        "Diubah dengan UU 9/2015, dibaca dengan OCR, keyakinan 83%"
    )
    assert of(compared).notes[0].translation.startswith("Terjemahan mesin, bukan bukti: Only")


def test_what_no_citation_proves_is_left_out():
    answer = sequence_answer()
    bare = (AnswerPart("statement", "Tanpa bukti."), AnswerPart("item", "Salah nomor.", (9,)))
    answer = replace(answer, parts=(*answer.parts, *bare))
    for form in ("docx", "md", "pdf"):
        content = made(answer, form)
        text = footless(content, form)
        assert "Tanpa bukti" not in text
        assert "Salah nomor" not in text


def footless(content, form):
    if form == "docx":
        return "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    return pdf_text(content) if form == "pdf" else content.decode()


def test_the_word_file_has_real_footnotes(compared):
    content = made(compared, "docx")
    assert references(content) == [1, 2, 3]
    notes = footnotes(content)
    assert list(notes) == [1, 2, 3]
    for number, quote in ((1, LAST), (2, THEN), (3, FIRST)):
        assert f"“{quote}”" in notes[number]
    file = docx.Document(io.BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "Bandingkan biayanya." in text
    assert "9 Maret 2026" in text
    assert "Dibaca sebagai: Bandingkan biaya di Contoh dan Misal." in text
    assert "Dihitung: 3 - 1 = 2" in text
    assert "2 pernyataan model bahasa tidak ditampilkan" in text
    cells = [cell.text.strip() for row in file.tables[0].rows for cell in row.cells]
    assert cells == ["", "Contoh", "Misal", "Layanan", "kantor camat", "tidak ditemukan di dokumen"]
    assert file.core_properties.author == "Tanya Daerah"


def test_footnotes_come_in_the_order_of_their_references(compared):
    for answer in (compared, sequence_answer(), market_answer("When?")):
        content = made(answer, "docx")
        assert references(content) == sorted(footnotes(content))


def test_the_pdf_says_the_same(compared):
    text = squeezed(pdf_text(made(compared, "pdf")))
    for said in (LAST, THEN, FIRST, "Dihitung: 3 - 1 = 2", "9 Maret 2026", "keyakinan 83%"):
        assert squeezed(said) in text
    assert squeezed("Terjemahan mesin") in text


def test_the_markdown_says_the_same(compared):
    text = made(compared, "md").decode()
    assert "**tahun ketiga**[^1]" in text
    assert "| Layanan | kantor camat[^2] | tidak ditemukan di dokumen |" in text
    for number in (1, 2, 3):
        assert len(re.findall(rf"^\[\^{number}\]: “", text, re.MULTILINE)) == 1


def test_a_timeline_is_a_table_and_is_not_told_twice():
    answer = sequence_answer()
    steps = tuple(
        TimelineStep(f"201{n}", f"201{n}", part.text, part.markers)
        for n, part in enumerate(answer.parts[1:], start=1)
    )
    briefing = of(replace(answer, timeline=steps))
    (grid,) = [block for block in briefing.blocks if isinstance(block, Grid)]
    assert [row[0].text for row in grid.rows] == ["2011", "2012", "2013"]
    assert [row[1].text for row in grid.rows] == [FIRST, THEN, LAST]
    assert [block.kind for block in briefing.blocks if block is not grid] == ["lead"]


@pytest.mark.parametrize("form", ["docx", "md", "pdf"])
def test_silence_is_said(form):
    content = made(abstention("Berapa anggaran?"), form)
    text = squeezed(footless(content, form).replace("\\", ""))
    assert squeezed("Dokumen yang ada tidak menyebut angka anggaran itu.") in text
    assert squeezed("Tidak ada jawaban") in text
    assert squeezed(THEN) not in text  # what is near is no answer
    if form == "docx":
        assert references(content) == []


def test_a_question_with_two_meanings_lists_them():
    asked_back = replace(abstention("Malang?"), reason="", options=("Kota Malang?", "Kab. Malang?"))
    lines = [block.text for block in of(asked_back).blocks]
    assert lines[1:] == ["Maksudnya yang mana?", "Kota Malang?", "Kab. Malang?"]


def test_sources_are_told_once_a_version_with_what_became_of_them():
    answer = sequence_answer()
    newer = replace(DOCUMENTS[0], version=4, publisher="Bappeda Contoh")
    (source,) = of(answer, lambda _: newer).sources
    assert source.facts == ("27 Januari 2022", "Bappeda Contoh", "versi 1", "plan.txt")
    assert source.remarks == ("kini ada versi 4",)
    services = FakeServices(documents=[])
    (source,) = of(answer, services.document).sources
    assert source.remarks == ("sudah dikeluarkan dari penyimpanan",)
    assert len(of(answer, services.document).notes) == 3


@pytest.mark.parametrize("source", ["/home/ani/arsip/plan.pdf", r"C:\Users\Ani\plan.pdf"])
def test_folders_of_the_machine_are_not_told(source):
    answer = market_answer("When?")
    cited = replace(citation(1, "letter", answer.citations[0].quote), source=source)
    (told,) = of(replace(answer, citations=(cited,))).sources
    assert told.facts[-1] == "plan.pdf"


def test_words_of_documents_are_no_markup():
    answer = market_answer("When?")
    answer = replace(
        answer,
        question=HOSTILE,
        parts=(AnswerPart("statement", HOSTILE, (1,)), AnswerPart("item", f"1. {HOSTILE}", (1,))),
        citations=(replace(answer.citations[0], quote=HOSTILE, title=HOSTILE),),
    )
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(made(answer, "md").decode())
    inline = [child for token in tokens for child in token.children or []]
    assert not {t.type for t in tokens + inline} & {
        "link_open", "image", "html_inline", "html_block", "code_inline", "ordered_list_open"
    }  # fmt: skip
    shown = "".join(token.content for token in inline if token.type.startswith("text"))
    assert shown.count(HOSTILE) >= 3
    text = squeezed(pdf_text(made(answer, "pdf")))
    assert text.count(squeezed(HOSTILE)) >= 3
    assert HOSTILE in footnotes(made(answer, "docx"))[1]


def test_any_character_comes_through(tmp_path):
    strange = "Tab\tNol\x00Bel\x07 ﬁnal ā ‑ ½ 漢字 عربي 🙂 \ud800 \uffff selesai"
    answer = market_answer("When?")
    answer = replace(
        answer,
        parts=(AnswerPart("statement", strange, (1,)),),
        citations=(replace(answer.citations[0], quote=strange, title="Judul \x0b"),),
    )
    note = footnotes(made(answer, "docx"))[1]
    assert "ﬁnal ā ‑ ½ 漢字 عربي 🙂" in note
    assert "漢字" in made(answer, "md").decode()
    text = squeezed(pdf_text(made(answer, "pdf")))
    assert squeezed("final a - ½ ¤¤ ¤¤¤¤ ¤ selesai") in text
    assert squeezed("written as ¤: 14") in text


def test_a_long_table_goes_over_pages():
    answer = sequence_answer()
    rows = tuple(TableRow(f"Aspek {n}", (Cell(THEN * 3, (2,)),)) for n in range(60))
    answer = replace(answer, table=Table(("Contoh",), rows))
    content = made(answer, "pdf")
    with pypdfium2.PdfDocument(content) as pdf:
        assert len(pdf) > 2
    assert squeezed("Aspek 59") in squeezed(pdf_text(content))
    assert len(docx.Document(io.BytesIO(made(answer, "docx"))).tables[0].rows) == 61


def test_a_cell_longer_than_a_page_and_many_columns():
    answer = sequence_answer()
    cells = tuple(Cell(f"{THEN} " * 60 + f"akhir-{n}", (2,)) for n in range(6))
    columns = tuple(f"Kabupaten {n}" for n in range(6))
    answer = replace(answer, table=Table(columns, (TableRow("Layanan", cells),)))
    text = squeezed(pdf_text(made(answer, "pdf")))
    assert all(f"akhir-{n}" in text for n in range(6))


def test_a_word_longer_than_the_line():
    answer = market_answer("When?")
    long = "x" * 3_000
    answer = replace(answer, parts=(AnswerPart("statement", long, (1,)),), question=long)
    assert long in squeezed(pdf_text(made(answer, "pdf")))
    assert made(answer, "docx").startswith(b"PK")


@given(st.text(st.sampled_from("a1 .)(-+=*_`~#>|[]!<&;:\\\"'/@$^{}\n\tw"), min_size=1, max_size=40))
def test_any_text_is_only_text_in_markdown(text):
    said = plain(text)
    answer = market_answer("When?")
    parts = (AnswerPart("statement", f"{said}", (1,)), AnswerPart("note", f"akhir {said}"))
    content = made(replace(answer, parts=parts), "md").decode()
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(content.split("## Sources")[0])
    shown = ["".join(c.content for c in t.children) for t in tokens if t.type == "inline"]
    assert shown[3:] == ([f"{said}[^1]"] if said else []) + [f"akhir {said}".strip()]
