"""Slides in the order of the eye, with notes; OpenDocument with spans and list numbers."""

from __future__ import annotations

from ingest.blocks import BlockKind
from ingest.limits import Limits
from ingest.parsers import opendocument, pptx
from tests.sample_files.samples import zipped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    f'xmlns:r="{OFFICE}"'
)


def shape(text: str, x: int = -1, y: int = -1, kind: str = "") -> str:
    """A shape; x and y in EMU, none where it stands where the layout puts it."""
    place = f'<a:xfrm><a:off x="{x}" y="{y}"/></a:xfrm>' if x >= 0 else ""
    holder = f'<p:ph type="{kind}"/>' if kind else ""
    return (
        f"<p:sp><p:nvSpPr><p:nvPr>{holder}</p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>"
        f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def relations(**targets: str) -> bytes:
    return (
        f'<Relationships xmlns="{PACKAGE}">'
        + "".join(
            f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
            for kind, target in targets.items()
        )
        + "</Relationships>"
    ).encode()


def deck(shapes: str, notes: str = "") -> bytes:
    def tree(content: str, name: str) -> bytes:
        return (
            f"<p:{name} {NAMES}><p:cSld><p:spTree>{content}</p:spTree></p:cSld></p:{name}>".encode()
        )

    main = f'<p:presentation {NAMES}><p:sldIdLst><p:sldId r:id="slide"/></p:sldIdLst>'
    return zipped(
        {
            "_rels/.rels": relations(officeDocument="ppt/presentation.xml"),
            "ppt/presentation.xml": f"{main}</p:presentation>".encode(),
            "ppt/_rels/presentation.xml.rels": relations(slide="slides/s1.xml"),
            "ppt/slides/s1.xml": tree(shapes, "sld"),
            "ppt/slides/_rels/s1.xml.rels": relations(notesSlide="../notes/n1.xml"),
            "ppt/notes/n1.xml": tree(notes, "notes"),
        }
    )


def test_shapes_come_as_the_eye_meets_them_then_the_notes() -> None:
    group = (
        '<p:grpSp><p:grpSpPr><a:xfrm><a:off x="100" y="2000000"/></a:xfrm></p:grpSpPr>'
        + shape("dalam kanan", 900, 50)
        + shape("dalam kiri", 10, 60)
        + "</p:grpSp>"
    )
    cells = [["Nama", "Nilai"], ["Air", "5"]]
    rows = "".join(
        "<a:tr>" + "".join(f"<a:tc><a:p><a:r><a:t>{c}</a:t></a:r></a:p></a:tc>" for c in r)
        + "</a:tr>"
        for r in cells
    )  # fmt: skip
    table = (
        '<p:graphicFrame><p:xfrm><a:off x="100" y="4000000"/></p:xfrm><a:graphic><a:graphicData>'
        f"<a:tbl>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    shapes = (
        shape("bawah", 100, 6_000_000)
        + table
        + shape("kanan", 5_000_000, 1_010_000)
        + shape("kiri", 100, 1_020_000)
        + group
        + shape("Judul", 100, 9_000_000, "title")
        + shape("7", 100, 9_000_000, "sldNum")
        + shape("isi", kind="body")
    )
    notes = shape("Catatan pembicara.", kind="body") + shape("7", kind="sldNum")
    document = pptx.parse(deck(shapes, notes), "uji.pptx", Limits())
    assert [block.text for block in document.blocks] == [
        "Judul", "isi", "kiri", "kanan", "dalam kiri", "dalam kanan", "Nama | Nilai", "Air | 5",
        "bawah", "Catatan pembicara.",
    ]  # fmt: skip
    assert document.blocks[0].kind == BlockKind.HEADING
    assert {block.page for block in document.blocks} == {1}


ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("text", "table", "office", "style")
)


def odt(body: str, styles: str = "") -> list[str]:
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    data = zipped({"content.xml": content.encode()})
    return [block.text for block in opendocument.parse(data, "uji.odt", Limits()).blocks]


def items(*texts: str) -> str:
    return "".join(
        f"<text:list-item>{t if t[0] == '<' else f'<text:p>{t}</text:p>'}</text:list-item>"
        for t in texts
    )


def test_opendocument_lists_carry_their_numbers() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
        'style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" '
        'style:num-format="a" style:num-suffix=")"/></text:list-style>'
    )
    inner = f"<text:list>{items('huruf', 'huruf lagi')}</text:list>"
    body = (
        f'<text:list text:style-name="L">{items("satu", inner, "<text:p>dua</text:p>" + inner)}'
        f'</text:list><text:list text:style-name="L" text:continue-numbering="true">'
        f'{items("tiga")}</text:list><text:list text:style-name="L">{items("satu lagi")}'
        f'</text:list><text:list text:style-name="M">{items("bulatan")}</text:list>'
    )
    assert odt(body, styles) == [
        "1. satu", "a) huruf", "b) huruf lagi", "2. dua", "a) huruf", "b) huruf lagi", "3. tiga",
        "1. satu lagi", "bulatan",
    ]  # fmt: skip


def test_opendocument_cells_over_rows_stand_in_each() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    inner = f"<table:table><table:table-row>{cell('dalam')}</table:table-row></table:table>"
    rows = [
        cell("Wilayah") + cell("Tahun") + cell("Nilai"),
        cell("Kota A", 'table:number-rows-spanned="3"') + cell("2024") + cell("10"),
        covered + cell("2025") + cell("11"),
        covered + cell("2026") + f"<table:table-cell>{inner}</table:table-cell>",
        cell("Kota B") + cell("2024") + cell("12"),
    ]
    made = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    assert odt(f"<table:table>{made}</table:table>")[1:] == [
        "Kota A | 2024 | 10", "Kota A | 2025 | 11", "Kota A | 2026 | dalam", "Kota B | 2024 | 12",
    ]  # fmt: skip
