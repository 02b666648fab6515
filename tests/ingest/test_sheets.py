"""Sheets as offices make them: titles, merged headers, hidden rows, dialects of CSV."""

from __future__ import annotations

import struct
import time

import pytest

from ingest.errors import DamagedFile, EncryptedFile, NoText
from ingest.limits import Limits
from ingest.parsers import csv_text
from ingest.parsers import parse as parse_any
from ingest.parsers.sheet_header import find_header
from ingest.parsers.sheet_notes import sheet_warnings
from ingest.parsers.spreadsheet import parse
from tests.sample_files.outlook import compound_file
from tests.sample_files.samples import zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def sheet(rows: list[str], merges: tuple[str, ...] = (), hidden: tuple[int, ...] = ()) -> str:
    """A sheet's part from tab-separated lines; a cell that begins with ``<`` is its own XML."""
    made = []
    for number, line in enumerate(rows, 1):
        cells = []
        for column, value in zip("ABCDEFGH", line.split("\t"), strict=False):
            place = f"{column}{number}"
            if value.startswith("<"):
                cells.append(value.replace("<c", f'<c r="{place}"', 1))
            elif value.replace(".", "").isdigit():
                cells.append(f'<c r="{place}"><v>{value}</v></c>')
            elif value:
                cells.append(f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>')
        mark = ' hidden="1"' if number in hidden else ""
        made.append(f'<row r="{number}"{mark}>{"".join(cells)}</row>')
    joined = "".join(f'<mergeCell ref="{place}"/>' for place in merges)
    merged = f"<mergeCells>{joined}</mergeCells>" if merges else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(made)}</sheetData>{merged}</worksheet>'


def workbook(parts: list[str], hidden: bool = False) -> bytes:
    relation = f'<Relationship Type="{OFFICE}'
    head = f'<Relationships xmlns="{PACKAGE}/relationships">'
    state = ' state="hidden"' if hidden else ""
    styles = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="3"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'{head}{relation}/officeDocument" Id="a" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="L{n}" sheetId="{n}"{state} r:id="r{n}"/>'
            for n in range(1, len(parts) + 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": head
        + "".join(
            f'{relation}/worksheet" Id="r{n}" Target="worksheets/s{n}.xml"/>'
            for n in range(1, len(parts) + 1)
        )
        + f'{relation}/styles" Id="s" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": styles,
        **{f"xl/worksheets/s{n}.xml": part for n, part in enumerate(parts, 1)},
    }
    return zipped({name: text.encode() for name, text in files.items()})


def test_a_title_above_and_a_header_of_two_merged_rows() -> None:
    part = sheet(
        [
            "Realisasi Padi",
            "",
            "No\tWilayah\tRealisasi\t\tKeterangan",
            "\t\t2024\t2025",
            "1\tKota A\t10\t11\tnaik",
            "2\t\t12\t13\tnaik",
        ],
        ("A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "B5:B6"),
    )
    blocks = parse(workbook([part]), "uji.xlsx", Limits()).blocks
    assert [b.text for b in blocks[:2]] == ["L1", "Realisasi Padi"]
    assert [b.text for b in blocks[4:]] == [
        "1 | Kota A | 10 | 11 | naik",
        "2 | Kota A | 12 | 13 | naik",
    ]
    assert blocks[4].header == (
        "No", "Wilayah", "Realisasi / 2024", "Realisasi / 2025", "Keterangan",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["Nama", "Nilai", ""], ["Air", "5", "6"], ["Api", "7", "8"]], (0, 1)),
        ([["Judul", "", ""], ["No", "Nama", "Nilai"], ["1", "Air", "5"]], (1, 1)),
        ([["Nama", "Luas", "", ""], ["", "sawah", "kebun", "x"], ["A", "1", "2", "3"]], (0, 2)),
        ([["Nama", "Luas", "Isi"], ["", "12", "13"], ["A", "1", "2"]], (0, 1)),
    ],
)  # fmt: skip
def test_where_the_header_stands(rows: list[list[str]], found: tuple[int, int]) -> None:
    assert find_header(rows) == found


def test_hidden_sheets_and_rows_are_read_and_told() -> None:
    part = sheet(["Nama\tNilai", "Air\t5", "Api\t7"], hidden=(3,))
    document = parse(workbook([part], hidden=True), "uji.xlsx", Limits())
    assert document.blocks[-1].text == "Api | 7"
    assert [warning.partition(" / ")[0] for warning in document.warnings] == [
        "Lembar L1 tersembunyi, tetapi dibaca.",
        "Lembar L1: 1 baris tersembunyi ikut dibaca.",
    ]


def test_an_old_workbook_with_a_password_is_told_as_locked() -> None:
    start, password = struct.pack("<HH16x", 0x809, 16), struct.pack("<HH54x", 0x2F, 54)
    for name in ("Workbook", "Book"):
        with pytest.raises(EncryptedFile):
            parse(compound_file({name: start + password + b"\xa5" * 300}), "a.xls", Limits())
    for records in (start + b"\xa5" * 300, start, b""):
        with pytest.raises((DamagedFile, NoText)):
            parse_any(compound_file({"Workbook": records}), "a.xls", Limits())


def test_hidden_columns_with_text_are_read_and_told() -> None:
    part = sheet(["Nama\tKode\tNilai", 'Air\t<c t="str"><v>x</v></c>\t5'])
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="3" max="3"/>'
    columns += '<col hidden="true" max="16384" min="4" width="9"/></cols>'
    part = part.replace("<sheetData>", f"{columns}<sheetData>")
    document = parse(workbook([part]), "uji.xlsx", Limits())
    assert document.blocks[-1].text == "Air | x | 5"
    (warning,) = document.warnings
    assert warning.startswith("Lembar L1: kolom tersembunyi B ikut dibaca.")


def test_columns_are_named_as_in_the_sheet() -> None:
    xml = b'<x:col min="26" max="28" hidden="1" /><col min="703" max="703" hidden="1"/>'
    (warning,) = sheet_warnings("L", False, xml, {25, 26, 27, 702})
    assert "kolom tersembunyi Z, AA, AB, AAA ikut" in warning


def test_formulas_without_results_are_and_error_cells_are_told() -> None:
    part = sheet(
        [
            "Nama\tNilai",
            "Air\t<c><f>SUM(A1:A2)</f></c>",
            "Api\t<c><f>B2*2</f><v></v></c>",
            "Gas\t<c><f>1+1</f><v>2</v></c>",
            'Uap\t<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        ]
    )
    document = parse(workbook([part]), "uji.xlsx", Limits())
    assert [block.text for block in document.blocks[2:]] == [
        "Air",
        "Api",
        "Gas | 2",
        "Uap",
    ]
    assert [w[:29] for w in document.warnings] == [
        "Lembar L1: 2 rumus tanpa hasi",
        "Lembar L1: 1 sel galat (seper",
    ]


def test_years_stay_years_and_dates_are_indonesian() -> None:
    part = sheet(
        [
            "Tahun\tNilai\tTanggal",
            '<c s="1"><v>2024</v></c>\t<c s="1"><v>2024</v></c>\t<c s="2"><v>45292</v></c>',
        ]
    )
    assert (
        parse(workbook([part]), "uji.xlsx", Limits()).blocks[-1].text == "2024 | 2.024 | 01/01/2024"
    )


@pytest.mark.parametrize("xml", [b"</f>" + b" " * 400_000, b"<row " * 80_000, b"<f " * 80_000])
def test_hostile_sheets_are_looked_at_in_linear_time(xml: bytes) -> None:
    began = time.monotonic()
    assert sheet_warnings("L1", False, xml) == []
    assert time.monotonic() - began < 2


CSV = [
    "Nama;Luas (ha);Catatan\nAir;1,5;a, b\nApi;2,5;c, d\n",
    "Nama\tLuas (ha)\tCatatan\nAir\t1,5\ta, b\nApi\t2,5\tc, d\n",
    "Nama|Luas (ha)|Catatan\nAir|1,5|a, b\nApi|2,5|c, d\n",
    'Nama,Luas (ha),Catatan\nAir,"1,5","a, b"\nApi,"2,5","c, d"\n',
    'sep=;\r\nNama;Luas (ha);Catatan\r\nAir;1,5;"a,\r\nb"\r\nApi;2,5;"c, d"\r\n',
    "Nama;Luas (ha);Catatan\rAir;1,5;a, b\rApi;2,5;c, d\r",
]


@pytest.mark.parametrize("text", CSV)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_dialects_of_csv(text: str, encoding: str) -> None:
    blocks = csv_text.parse(text.encode(encoding), "uji.csv", Limits()).blocks
    assert [b.text for b in blocks[1:]] == ["Air | 1,5 | a, b", "Api | 2,5 | c, d"]
    assert blocks[1].header == ("Nama", "Luas (ha)", "Catatan")


def test_csv_of_windows_and_a_stray_quote() -> None:
    old = csv_text.parse("Nama;Ket\nA;“baik” – ya\n".encode("cp1252"), "uji.csv", Limits())
    assert old.blocks[-1].text == "A | “baik” – ya"
    stray = 'Nama;Ukuran\nPipa;"5 inci\n' + "Kabel;2\n" * 20_000
    assert csv_text.parse(stray.encode(), "uji.csv", Limits()).blocks[-1].text == "Kabel | 2"
