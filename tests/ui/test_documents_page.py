from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from docs_store.records import Region
from tests.ui.fake_services import DOCUMENTS
from ui import texts
from ui.document_filter import ROWS_ON_A_PAGE, TableOrder, TableView, choose_documents, page_of
from ui.documents_page import documents_html

PLAN, LETTER = DOCUMENTS
REGULATION = replace(
    PLAN,
    document_id="perbup",
    title="Peraturan <b>",
    kind="regulation",
    regions=(Region("99.01", "Kabupaten Contoh"), Region("99", "Provinsi Contoh")),
    warnings=("Halaman 3 tanpa teks.",),
)
CORRECTED = replace(LETTER, document_id="surat", kind="letter", corrected=("kind",), date="2019")


def table(documents, view=None, language="id", **who):
    return BeautifulSoup(
        documents_html(documents, view or TableView(), language, **who), "html.parser"
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [("", [LETTER, PLAN]), ("MARKETS letter", [LETTER]), ("2022-01", [PLAN]), ("tiada", [])],
)
def test_every_word_must_be_found(words, found):
    assert choose_documents(DOCUMENTS, TableView().searched(words)) == found


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("kind", "regulation", [REGULATION]),
        ("region", "99.01", [REGULATION]),
        ("region", "99.02", []),
        ("year", "2022", [REGULATION, PLAN]),
        ("year", "2019", [CORRECTED]),
        ("state", "warned", [REGULATION]),
        ("state", "corrected", [CORRECTED]),
        ("state", "", [REGULATION, CORRECTED, PLAN]),
        ("__class__", "x", [REGULATION, CORRECTED, PLAN]),
    ],
)
def test_filters_let_through_what_has_the_value(name, value, found):
    documents = [PLAN, REGULATION, CORRECTED]
    chosen = choose_documents(documents, TableView().filtered(name, value))
    assert {one.document_id for one in chosen} == {one.document_id for one in found}


def test_filters_and_words_work_together_and_begin_at_the_first_page():
    view = TableView(page=7).filtered("year", "2022").searched("peraturan")
    assert choose_documents([PLAN, REGULATION, CORRECTED], view) == [REGULATION]
    assert view.page == 1


def test_a_second_click_on_a_column_turns_the_order_round():
    by_date = TableView().sorted_by("date")
    assert choose_documents(DOCUMENTS, by_date) == [LETTER, PLAN]
    assert choose_documents(DOCUMENTS, by_date.sorted_by("date")) == [PLAN, LETTER]
    assert by_date.sorted_by("__class__").order == by_date.order


@pytest.mark.parametrize("column", ["title", "kind", "format", "date", "regions", "pages", "added"])
def test_every_column_sorts(column):
    documents = [PLAN, REGULATION, CORRECTED]
    chosen = choose_documents(documents, TableView().sorted_by(column))
    assert sorted(one.document_id for one in chosen) == ["perbup", "plan", "surat"]


def test_a_row_tells_what_a_document_is():
    (row,) = table([replace(REGULATION, media_type="application/pdf")]).select("tbody tr")
    assert [cell.get_text() for cell in row.select("td")] == [
        "peraturan",
        "27 Januari 2022",
        "Kabupaten Contoh, Provinsi Contoh",
        "PDF",
        "2",
        "1",
        "2 Mei 2024",
        "Keluarkan",
    ]
    title, remove = row.select("button")
    assert (title.get_text(), title["data-document"]) == ("Peraturan <b>", "perbup")
    assert remove["aria-label"] == "Keluarkan Peraturan <b>"
    assert "Peraturan <b>" in remove["data-confirm"]
    assert row.select_one(".row-warning").get_text() == "Halaman 3 tanpa teks."
    assert not row.select("b")


def test_a_reader_cannot_even_see_how_to_remove():
    page = table([PLAN], may_edit=False)
    assert not page.select('[data-action="remove"]')
    assert page.select('[data-action="inspect"]')
    assert len(page.select("thead th")) == len(page.select("tbody tr > *"))


def test_the_sorted_column_is_told_to_screen_readers():
    view = TableView(order=TableOrder("pages", descending=True))
    headings = table(DOCUMENTS, view).select("thead th")
    assert [heading.get("aria-sort") for heading in headings].count("descending") == 1


def test_filters_offer_what_there_is_and_keep_what_was_chosen():
    view = TableView().filtered("kind", "letter")
    kind, region, year, state = table([PLAN, REGULATION, CORRECTED], view).select("select")
    assert [option.get_text() for option in kind.select("option")] == [
        "semua",
        "peraturan (1)",
        "surat (1)",
        "lainnya (1)",
    ]
    assert kind.select_one("[selected]")["value"] == "letter"
    assert [option["value"] for option in region.select("option")] == ["", "99.01", "99"]
    assert [option["value"] for option in year.select("option")] == ["", "2022", "2019"]
    assert [option["value"] for option in state.select("option")] == ["", "warned", "corrected"]


def test_the_collection_is_drawn_in_bars_that_filter():
    bars = table([PLAN, REGULATION, CORRECTED]).select(".collection li button")
    drawn = {(b["data-field"], b["data-value"], b.select_one(".bar")["style"]) for b in bars}
    assert ("year", "2022", "width:100.0%") in drawn
    assert ("year", "2019", "width:50.0%") in drawn
    assert ("region", "99.01", "width:100.0%") in drawn
    assert {action["data-action"] for action in bars} == {"filter"}


MANY = [replace(PLAN, document_id=str(n), title=f"Dokumen {n:05}") for n in range(10_000)]


def test_ten_thousand_documents_give_pages_that_a_browser_can_show():
    shown = table(MANY, TableView(page=2))
    assert len(shown.select("tbody tr")) == ROWS_ON_A_PAGE
    assert shown.select_one("tbody .row-title").get_text() == "Dokumen 00100"
    assert shown.select_one(".row-count").get_text() == "100 dari 10.000 dokumen"
    before, after = shown.select(".pager button")
    assert (before["data-page"], after["data-page"]) == ("1", "3")
    assert shown.select_one(".pager span").get_text() == "Halaman 2 dari 100"


@pytest.mark.parametrize(
    ("asked", "page", "first"), [(0, 1, "00000"), (100, 100, "09900"), (999, 100, "09900")]
)
def test_a_page_that_there_is_not_is_the_nearest(asked, page, first):
    shown = page_of(MANY, TableView().at_page(asked))
    assert (shown.page, shown.rows[0].title) == (page, f"Dokumen {first}")
    assert TableView(page=3).at_page("x; DROP").page == 3


def test_nothing_found_is_told_and_the_filters_stay():
    shown = table(DOCUMENTS, TableView(words="tiada"))
    assert shown.select_one(".no-documents").get_text() == texts.NO_MATCH("id")
    assert shown.select("select")
    assert table([]).get_text() == texts.EMPTY_STORE("id")
