from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from ingest.limits import Limits
from ingest.parsers import parse
from ingest.pipeline import ingest_paths
from ingest.structure import structure
from tests.ingest.test_sheets import sheet, workbook
from tests.ui.fake_services import DOCUMENTS, FakeServices
from ui import texts, texts_source
from ui.passage import PassageAddress
from ui.sheet_html import CELL_CHARS_SHOWN
from ui.sheet_rows import CHARS_MAX, SheetReader, read_rows
from ui.sheet_table import COLUMNS_MAX, ROWS_AROUND, merged_columns, places
from ui.source_viewer import panel_html
from ui.wiring import Services


def text_of(content, name):
    parsed = parse(content, name, Limits())
    return structure(parsed.blocks, parsed.page_labels).text


class SheetServices(FakeServices):
    """One CSV file, or another sheet, read as the program reads it."""

    def __init__(self, content, name="data.csv"):
        super().__init__([replace(DOCUMENTS[0], source=name, media_type="text/csv")])
        self.stored = text_of(content, name)
        self.rows_kept = read_rows(content, name, self.stored, Limits())
        assert self.rows_kept

    def text(self, document_id, version):
        return self.stored

    def rows(self, document_id, version):
        return self.rows_kept


def csv_of(*rows):
    return "\n".join(";".join(row) for row in rows).encode()


HEADER = ("No", "Desa", "Penduduk", "Keterangan")
VILLAGES = SheetServices(
    csv_of(HEADER, *((str(n), f"Desa {n}", str(1000 + n), "baik" * (n % 3)) for n in range(1, 101)))
)


def panel(services, quote, language="id", **more):
    start = services.stored.index(quote)
    address = PassageAddress("plan", 1, start, start + len(quote), **more)
    return BeautifulSoup(panel_html(services, address, language), "html.parser")


def cells(row):
    return [cell.get_text() for cell in row.select("th, td")]


def test_the_quoted_row_is_marked_among_a_dozen_on_each_side():
    shown = panel(VILLAGES, "50 | Desa 50 | 1050 | baikbaik")
    assert cells(shown.thead.tr) == list(HEADER)
    rows = shown.select("tbody tr")
    assert len(rows) == 2 * ROWS_AROUND + 1
    assert cells(rows[ROWS_AROUND]) == ["50", "Desa 50", "1050", "baikbaik"]
    assert [rows.index(row) for row in shown.select(".quoted-row")] == [ROWS_AROUND]
    assert [mark.get_text() for mark in shown.select("table mark")] == cells(rows[ROWS_AROUND])
    assert shown.select("mark")[-1].get_text() == "50 | Desa 50 | 1050 | baikbaik"
    assert [button.get_text() for button in shown.select(".source-more")] == [
        texts_source.MORE_ROWS_BEFORE("id"),
        texts_source.MORE_ROWS_AFTER("id"),
    ]


def test_an_empty_cell_stays_empty_and_the_rest_stands_under_its_header():
    shown = panel(VILLAGES, "51 | Desa 51 | 1051")
    assert cells(shown.select_one(".quoted-row")) == ["51", "Desa 51", "1051", ""]


def test_one_cell_alone_can_be_quoted():
    shown = panel(VILLAGES, "1052")
    (mark,) = shown.select("table mark")
    assert mark.get_text() == "1052"
    assert cells(shown.select_one(".quoted-row"))[1] == "Desa 52"


def test_at_the_top_the_header_stands_once_and_nothing_is_before_it():
    shown = panel(VILLAGES, "1 | Desa 1 | 1001")
    assert cells(shown.select_one("tbody tr"))[1] == "Desa 1"
    assert len(shown.select(".source-more")) == 1


def test_a_quoted_header_is_marked_too():
    shown = panel(VILLAGES, "No | Desa | Penduduk")
    assert [mark.get_text() for mark in shown.select("table mark")] == list(HEADER[:3])


def test_more_rows_on_request_up_to_a_limit():
    shown = panel(VILLAGES, "50 | Desa 50 | 1050", surroundings_chars=6_000)
    assert len(shown.select("tbody tr")) == 2 * 4 * ROWS_AROUND + 1
    assert not panel(VILLAGES, "Desa 50", surroundings_chars=60_000).select(".source-more")


def test_what_a_cell_holds_is_text_and_a_long_one_is_cut_unless_it_is_quoted():
    evil, long = "<img src=x onerror=alert(1)>", "kata " * 200
    services = SheetServices(
        csv_of(("No", "Isi", "Lain"), ("1", evil, "a"), ("2", long, "b"), ("3", "c", "d"))
    )
    shown = panel(services, "3 | c")
    assert not shown.select("img")
    assert cells(shown.select("tbody tr")[0])[1] == evil
    assert len(cells(shown.select("tbody tr")[1])[1]) <= CELL_CHARS_SHOWN + 1
    assert panel(services, long.strip()).select_one("table mark").get_text() == long.strip()


def test_of_many_columns_those_around_the_quote_are_shown():
    header = [f"K{n:03}" for n in range(100)]
    services = SheetServices(csv_of(header, *([f"{c}{r:03}" for c in header] for r in range(5))))
    shown = panel(services, "K080003", "en")
    assert len(shown.thead.select("th")) == COLUMNS_MAX
    assert shown.select_one("table mark").get_text() == "K080003"
    assert shown.select_one(".sheet-note").get_text() == "Columns 71 to 100 of 100."
    from_the_left = panel(services, services.stored.split("\n")[3])
    assert from_the_left.thead.th.get_text() == "K000"


def test_each_sheet_of_a_workbook_is_a_table_of_its_own():
    parts = [
        sheet(["Data Desa", "Desa\tLuas\tHasil", "Mawar\t10\t3", "Melati\t\t7"]),
        sheet(["Kota\tLuas", "Contoh\t99"]),
    ]
    services = SheetServices(workbook(parts), "data.xlsx")
    shown = panel(services, "Melati | 7")
    assert cells(shown.thead.tr) == ["Desa", "Luas", "Hasil"]
    assert cells(shown.select_one(".quoted-row")) == ["Melati", "", "7"]
    assert "Contoh" not in shown.table.get_text()
    assert panel(services, services.stored).select("table") == []
    assert panel(services, "Data Desa").select_one(".source-text").get_text() == services.stored


def test_cells_whose_columns_are_not_sure_stay_together():
    rows = [("Nama", "Nilai", "Nilai"), ("a", "1", "2"), ("b", "", "3"), ("c", "4", "5")]
    shown = panel(SheetServices(csv_of(*rows)), "b | 3", "en")
    (cell,) = shown.select(".quoted-row td")
    assert (cell.get_text(), cell["colspan"]) == ("b | 3", "3")
    assert cell["title"] == texts_source.NOT_IN_COLUMNS("en")


def test_a_list_without_a_header_has_none():
    shown = panel(SheetServices(csv_of(("Camat", "Ana"), ("Lurah", "Budi"))), "Budi")
    assert shown.thead is None
    assert cells(shown.select_one(".quoted-row")) == ["Lurah", "Budi"]


def test_a_text_that_the_file_no_longer_gives_is_shown_as_text():
    content = csv_of(HEADER, ("1", "Desa 1", "1001", "baik"))
    assert read_rows(content, "data.csv", "teks yang lain", Limits()) == ()
    assert read_rows(b"PK\x03\x04 rusak", "data.xlsx", "x", Limits()) == ()


def test_a_file_is_read_once_for_all_who_look_at_it():
    content, asked = csv_of(HEADER, ("1", "Desa 1", "1001", "baik")), []

    def original():
        asked.append(1)
        return content

    reader, text = SheetReader(Limits()), text_of(content, "data.csv")
    first = reader.rows("d", 1, "data.csv", text, original)
    assert len(first) == 2
    assert reader.rows("d", 1, "data.csv", text, original) is first
    assert reader.rows("d", 2, "data.csv", "x" * (CHARS_MAX + 1), original) == ()
    assert len(asked) == 1


def test_a_lost_original_leaves_the_text():
    def lost():
        raise FileNotFoundError

    assert SheetReader(Limits()).rows("d", 1, "data.csv", "x", lost) == ()


def test_the_program_tells_the_rows_of_sheets_alone(store, tmp_path):
    (tmp_path / "desa.csv").write_bytes(csv_of(HEADER, ("1", "Desa Mawar", "1001", "baik")))
    (tmp_path / "desa.txt").write_text("Desa Mawar berpenduduk 1001 jiwa.")
    ingest_paths(store, [tmp_path / "desa.csv", tmp_path / "desa.txt"])
    services = Services(store)
    sheet_id, text_id = (
        store.document_by_source(str(tmp_path / name)).document_id
        for name in ("desa.csv", "desa.txt")
    )
    text = services.text(sheet_id, 1)
    (_, row) = services.rows(sheet_id, 1)
    assert text[row.start : row.end] == "1 | Desa Mawar | 1001 | baik"
    assert row.header == HEADER
    assert services.rows(text_id, 1) == ()


@given(
    st.lists(st.text("abc", min_size=1, max_size=2), unique=True, max_size=8),
    st.lists(st.lists(st.booleans(), min_size=8, max_size=8), max_size=5),
)
def test_rows_that_leave_columns_out_find_their_places(columns, masks):
    kept = [[at for at, _ in enumerate(columns) if mask[at]] for mask in masks]
    headers = [tuple(columns[at] for at in places_kept) for places_kept in kept]
    assert merged_columns([*headers, tuple(columns)]) == columns
    assert [places(header, columns) for header in headers] == kept


@pytest.mark.parametrize(
    ("header", "columns", "found"),
    [
        (["a", "a"], ["a", "b", "a"], [0, 2]),
        (["a"], ["a", "b", "a"], None),
        (["b", "a"], ["a", "b"], None),
        ([], ["a"], []),
    ],
)
def test_a_place_is_told_only_where_there_is_one_way(header, columns, found):
    assert places(header, columns) == found


def test_a_header_that_contradicts_the_others_adds_no_column():
    assert merged_columns([("a", "b", "c"), ("c", "x", "a"), ("b", "d")]) == ["a", "b", "d", "c"]


def test_a_reader_is_told_of_the_table_and_not_of_the_text():
    shown = panel(VILLAGES, "Desa 50", "en")
    assert shown.select_one('[role="region"]')["aria-label"] == texts_source.ROWS_IN_CONTEXT("en")
    assert shown.table["aria-label"] == texts_source.ROWS_IN_CONTEXT("en")
    assert shown.select_one(".source-text").get_text() == "Desa 50"
    assert shown.select_one(".source-notice") is None
    assert texts.QUOTE("en") in shown.get_text()


def test_a_column_that_is_empty_in_all_rows_keeps_its_place():
    services = SheetServices(csv_of(HEADER, ("1", "Desa 1", "", "baik"), ("2", "Desa 2", "", "b")))
    shown = panel(services, "2 | Desa 2")
    assert cells(shown.thead.tr) == list(HEADER)
    assert [cells(row) for row in shown.select("tbody tr")][1] == ["2", "Desa 2", "", "b"]
