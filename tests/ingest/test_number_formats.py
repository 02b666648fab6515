"""Figures of a workbook as it shows them."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.limits import Limits
from ingest.parsers.number_formats import shown_figure
from ingest.parsers.spreadsheet import parse

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234567.891, "#,##0.00", "1.234.567,89"),
        (2500000, '"Rp"#,##0', "Rp2.500.000"),
        (-2500.5, '[$Rp-421]#,##0.00;-[$Rp-421]#,##0.00', "-Rp2.500,50"),
        (0.1234, "0.0%", "12,3%"),
        (0.5, "0%", "50%"),
        (2026, "0", "2026"),
        (7, "00000", "00007"),
        (3.5, "0.0##", "3,5"),
        (0.125, "0.00", "0,13"),
        (999, "#,##0", "999"),
        (12, "0.00E+00", None),
        (45000, "dd/mm/yyyy", None),
        (1500000, "#,##0,", None),
    ],
)  # fmt: skip
def test_a_figure_as_its_format_shows_it(value: float, code: str, shown: str | None) -> None:
    assert shown_figure(value, code) == shown


def _workbook() -> bytes:
    def sheet_row(number: int, *cells: str) -> str:
        return f'<row r="{number}">{"".join(cells)}</row>'

    def text(place: str, value: str) -> str:
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'

    rows = (
        sheet_row(3, text("B3", "Kegiatan"), text("C3", "Tahun"), text("D3", "Nilai"),
                  text("E3", "Capaian"))
        + sheet_row(4, text("B4", "Irigasi"), '<c r="C4"><v>2024</v></c>',
                    '<c r="D4" s="1"><v>1250000</v></c>', '<c r="E4" s="2"><v>0.875</v></c>')
        + sheet_row(5, text("B5", "Jembatan"), '<c r="C5"><v>2025</v></c>',
                    '<c r="D5" s="1"><v>900</v></c>', '<c r="E5" s="2"><v>1</v></c>')
    )  # fmt: skip
    relation = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}'
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Rekap" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" '
        'formatCode="&quot;Rp&quot;#,##0"/></numFmts><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="170"/><xf numFmtId="10"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="B3:E5"/>'
        f"<sheetData>{rows}</sheetData></worksheet>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_rows_show_figures_as_the_workbook_does_wherever_the_table_stands() -> None:
    document = parse(_workbook(), "rekap.xlsx", Limits())
    assert [block.text for block in document.blocks] == [
        "Rekap",
        "Kegiatan | Tahun | Nilai | Capaian",
        "Irigasi | 2024 | Rp1.250.000 | 87,50%",
        "Jembatan | 2025 | Rp900 | 100,00%",
    ]
    assert document.blocks[2].header == ("Kegiatan", "Tahun", "Nilai", "Capaian")
