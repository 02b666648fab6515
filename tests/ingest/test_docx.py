"""Word as Word shows it: each thing once, changes accepted, what is hidden left out."""

from __future__ import annotations

import time

import pytest

from ingest.blocks import Block, BlockKind
from ingest.limits import Limits
from ingest.parsers.docx import parse
from tests.sample_files import samples as s

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def para(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    made = (c if c.startswith("<w:tc>") else cell(s.paragraph(c)) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def blocks(body: str, **parts: str) -> tuple[Block, ...]:
    return parse(s.docx(body, **parts), "uji.docx", Limits()).blocks


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


def box(text: str) -> str:
    return f"<w:txbxContent>{s.paragraph(text)}</w:txbxContent>"


@pytest.mark.parametrize(
    ("choice", "fallback"),
    [(box("kotak"), box("kotak")), ("<w:drawing/>", box("kotak")), (box("kotak"), "")],
)
def test_a_text_box_stands_once_after_its_paragraph(choice: str, fallback: str) -> None:
    both = (
        f'<mc:AlternateContent {MC}><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )
    found = texts(para(run("Sebelum"), f"<w:r>{both}</w:r>", run(" sesudah")))
    assert found == ["Sebelum sesudah", "kotak"]


def test_changes_count_as_accepted() -> None:
    body = (
        para(run("Tetap "), f"<w:ins>{run('baru')}</w:ins>")
        + para("<w:del><w:r><w:delText>lama</w:delText></w:r></w:del>", run("Sisa"))
        + para(f"<w:moveFrom>{run('pindahan')}</w:moveFrom>")
        + para(f"<w:moveTo>{run('pindahan')}</w:moveTo>")
        + para(run("Disambung "), properties="<w:rPr><w:del/></w:rPr>")
        + para(run("menjadi satu."))
        + table(row("a", "b"), row("c", "d", properties="<w:del/>"))
    )
    assert texts(body) == ["Tetap baru", "Sisa", "pindahan", "Disambung menjadi satu.", "a | b"]


def test_a_deleted_end_of_the_last_paragraph_loses_nothing() -> None:
    assert texts(para(run("Akhir."), properties="<w:rPr><w:del/></w:rPr>")) == ["Akhir."]


STYLES = f"""<w:styles {s.W}>
<w:style w:type="paragraph" w:styleId="N" w:default="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Tebal"><w:name w:val="Judul Kecil"/><w:rPr><w:b/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="Turunan"><w:name w:val="X"/><w:basedOn w:val="Tebal"/>
</w:style>
<w:style w:type="paragraph" w:styleId="Garis"><w:name w:val="Judul Dinas"/><w:pPr>
<w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Bawah"><w:name w:val="Y"/><w:basedOn w:val="Garis"/>
</w:style>
<w:style w:type="paragraph" w:styleId="Gelap"><w:name w:val="Z"/><w:rPr><w:vanish/></w:rPr>
</w:style>
<w:style w:type="character" w:styleId="G"><w:name w:val="g"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"""


def test_hidden_text_is_left_out_and_counted() -> None:
    body = (
        para(run("Terang "), run("gelap", "<w:vanish/>"), run("kelam", '<w:rStyle w:val="G"/>'))
        + para(run("sembunyi"), properties='<w:pStyle w:val="Gelap"/>')
        + para(run("putih", '<w:color w:val="FFFFFF"/>'), run("renik", '<w:sz w:val="2"/>'))
        + para(run("tampak", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="Gelap"/>')
    )
    document = parse(s.docx(body, styles=STYLES), "uji.docx", Limits())
    assert [block.text for block in document.blocks] == ["Terang", "tampak"]
    assert document.warnings[0].startswith("28 karakter tersembunyi")


def test_white_letters_on_a_dark_ground_are_read() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    body = para(run("terang", white + '<w:shd w:fill="000000"/>')) + table(
        row(cell(para(run("Kepala", white))), "Nilai"), row("Air", "5")
    )
    document = parse(s.docx(body), "uji.docx", Limits())
    assert [block.text for block in document.blocks] == ["terang", "Kepala | Nilai", "Air | 5"]
    assert document.warnings == ()


def test_headings_by_outline_level_and_by_inherited_bold() -> None:
    def styled(text: str, style: str, more: str = "") -> str:
        return s.paragraph(text, f'<w:pStyle w:val="{style}"/>{more}')

    body = (
        styled("Satu", "Garis")
        + styled("Dua", "Bawah")
        + styled("Tiga", "Turunan")
        + styled("Kalimat tebal yang berakhir dengan titik.", "Turunan")
        + styled("Empat", "Garis", '<w:outlineLvl w:val="9"/>')
        + para(run("Lima", '<w:b w:val="0"/>'), properties='<w:pStyle w:val="Tebal"/>')
    )
    found = [(b.kind == BlockKind.HEADING, b.level) for b in blocks(body, styles=STYLES)]
    assert found == [(True, 2), (True, 2), (True, 5), (False, 0), (False, 0), (False, 0)]


def test_where_all_text_is_bold_it_tells_no_headings() -> None:
    styles = STYLES.replace('w:val="Normal"/>', 'w:val="Normal"/><w:rPr><w:b/></w:rPr>')
    assert blocks(s.paragraph("Baris biasa"), styles=styles)[0].kind == BlockKind.PARAGRAPH


def test_what_word_fills_in_is_read_and_its_codes_are_not() -> None:
    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    nested = sign("begin") + run("10") + sign("separate") + run("11") + sign("end")
    field = (
        sign("begin")
        + "<w:r><w:instrText>IF PAGE &gt; </w:instrText></w:r>"
        + nested
        + sign("separate")
        + run("hasil")
        + sign("end")
    )
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Klik di sini')}"
    body = (
        para(run("Lihat "), field, run(" ini."))
        + para(f'<w:hyperlink w:anchor="x">{run("tautan")}</w:hyperlink>')
        + para(f'<w:fldSimple w:instr="DATE">{run("5 Mei 2026")}</w:fldSimple>')
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{s.paragraph('isian')}</w:sdtContent></w:sdt>"
        + para(run("Nama: "), f"{prompt}</w:sdtContent></w:sdt>")
    )
    assert texts(body) == ["Lihat hasil ini.", "tautan", "5 Mei 2026", "isian", "Nama:"]


def test_notes_follow_the_paragraph_that_calls_them_once() -> None:
    def call(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    def notes(kind: str, inner: str) -> str:
        return (
            f'<w:{kind}s {s.W}><w:{kind} w:id="-1"><w:p><w:r><w:t>pemisah</w:t></w:r></w:p>'
            f'</w:{kind}><w:{kind} w:id="1">{para(run(f"Isi {kind}"), inner)}</w:{kind}>'
            f"</w:{kind}s>"
        )

    found = texts(
        para(run("Satu"), call("footnote", 1)) + para(run("Dua"), call("endnote", 1)),
        footnotes=notes("footnote", call("footnote", 1)),  # a note that calls itself
        endnotes=notes("endnote", ""),
    )
    assert found == ["Satu", "Isi footnote", "Dua", "Isi endnote"]


def level(number: int, text: str, form: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(text: str, number: int, depth: int = 0) -> str:
    return s.paragraph(
        text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def test_numbers_as_drawn_restart_and_nest() -> None:
    numbering = (
        f'<w:numbering {s.W}><w:abstractNum w:abstractNumId="0">'
        + level(0, "%1.", "upperRoman")
        + level(1, "%1.%2", more="<w:isLgl/>")
        + level(2, "%3)", "lowerLetter", '<w:lvlRestart w:val="0"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="x">'
        "<w:startOverride/></w:lvlOverride></w:num></w:numbering>"
    )
    body = (
        numbered("satu", 1)
        + numbered("satu-satu", 1, 1)
        + numbered("huruf", 1, 2)
        + numbered("", 1)  # an empty item is drawn with its number too
        + numbered("tiga", 1)
        + numbered("tiga-satu", 1, 1)
        + numbered("huruf", 1, 2)
        + numbered("lima", 2)
        + numbered("lima-satu", 2, 1)
    )
    assert texts(body, numbering=numbering) == [
        "I. satu", "1.1 satu-satu", "a) huruf", "III. tiga", "3.1 tiga-satu", "b) huruf",
        "V. lima", "5.1 lima-satu",
    ]  # fmt: skip


def test_a_style_counts_on_the_level_that_names_it() -> None:
    numbering = (
        f'<w:numbering {s.W}><w:abstractNum w:abstractNumId="0">'
        + level(0, "BAB %1", "upperRoman", '<w:pStyle w:val="J1"/>')
        + level(1, "%2.", "upperLetter", '<w:pStyle w:val="J2"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    styles = f"<w:styles {s.W}>" + "".join(
        f'<w:style w:type="paragraph" w:styleId="J{n}"><w:name w:val="heading {n}"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2)
    )
    body = s.paragraph("Umum", '<w:pStyle w:val="J1"/>') + s.paragraph(
        "Dasar", '<w:pStyle w:val="J2"/>'
    )
    found = texts(body, numbering=numbering, styles=styles + "</w:styles>")
    assert found == ["BAB I Umum", "A. Dasar"]


def test_merged_cells_and_header_rows() -> None:
    start, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    head = "<w:tblHeader/>"
    body = table(
        row(
            cell(s.paragraph("Daerah"), start),
            cell(s.paragraph("Tahun"), '<w:gridSpan w:val="2"/>'),
            properties=head,
        ),
        row(cell(s.paragraph(""), goes_on), "2024", "2025", properties=head),
        row(cell(s.paragraph("Kota A"), start), "10", "11"),
        row(cell(s.paragraph(""), goes_on), "12", "13"),
        row("14", "15", properties='<w:gridBefore w:val="1"/>'),
    )
    found = blocks(body)
    assert [block.text for block in found[2:]] == [
        "Kota A | 10 | 11", "Kota A | 12 | 13", "14 | 15",
    ]  # fmt: skip
    assert found[2].header == ("Daerah", "Tahun / 2024", "Tahun / 2025")
    assert found[4].header == ("Tahun / 2024", "Tahun / 2025")


def test_nested_tables() -> None:
    inner = table(row("Nama", "Nilai"), row("Air", "5"))
    frame = table(row(cell(inner)))
    side = table(row("Program", "Rincian"), row("Jalan", cell(inner + s.paragraph(""))))
    alone = table(row("x", "y"), row(cell(s.paragraph("")), cell(inner)))
    assert texts(frame) == ["Nama | Nilai", "Air | 5"]
    assert texts(side) == ["Program | Rincian", "Jalan | Nama / Nilai; Air / 5"]
    assert texts(alone) == ["x | y", "Nama | Nilai", "Air | 5"]


def test_tables_nested_deep_cost_no_more_than_their_size() -> None:
    body = s.paragraph("inti", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    for _ in range(60):
        body = table(row(cell(body)))
    began = time.monotonic()
    assert texts(body) == ["inti"]
    assert time.monotonic() - began < 5


def test_comments_stay_out() -> None:
    comments = (
        f'<w:comments {s.W}><w:comment w:id="1">{s.paragraph("catatan")}</w:comment></w:comments>'
    )
    marked = '<w:commentRangeStart w:id="1"/>' + run("Isi") + '<w:commentRangeEnd w:id="1"/>'
    body = para(marked, '<w:r><w:commentReference w:id="1"/></w:r>')
    assert texts(body, comments=comments) == ["Isi"]
