from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from tests.ui.fake_services import DOCUMENTS
from ui import texts
from ui.documents_page import ROWS_SHOWN_MAX, TableOrder, choose_documents, documents_html

PLAN, LETTER = DOCUMENTS


def table(documents, words="", order=None, language="id"):
    return BeautifulSoup(
        documents_html(documents, words, order or TableOrder(), language), "html.parser"
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [("", [LETTER, PLAN]), ("MARKETS letter", [LETTER]), ("2022-01", [PLAN]), ("tiada", [])],
)
def test_every_word_must_be_found(words, found):
    assert choose_documents(DOCUMENTS, words, TableOrder()) == found


def test_a_second_click_on_a_column_turns_the_order_round():
    by_date = TableOrder().after_click("date")
    assert choose_documents(DOCUMENTS, "", by_date) == [LETTER, PLAN]
    assert choose_documents(DOCUMENTS, "", by_date.after_click("date")) == [PLAN, LETTER]
    assert by_date.after_click("__class__") == by_date


def test_a_row_tells_what_a_document_is():
    warned = replace(PLAN, warnings=("Halaman 3 tanpa teks.",), media_type="application/pdf")
    (row,) = table([warned]).select("tbody tr")
    assert [cell.get_text() for cell in row.select("td")] == [
        "PDF",
        "27 Januari 2022",
        "2",
        "1",
        "2 Mei 2024",
        "Keluarkan",
    ]
    (remove,) = row.select("button")
    assert remove["data-document"] == PLAN.document_id
    assert remove["aria-label"] == f"Keluarkan {PLAN.title}"
    assert PLAN.title in remove["data-confirm"]
    assert row.select_one(".row-title").get_text() == PLAN.title
    assert row.select_one(".row-warning").get_text() == "Halaman 3 tanpa teks."
    assert not row.select("script")


def test_the_sorted_column_is_told_to_screen_readers():
    headings = table(DOCUMENTS, order=TableOrder("pages", descending=True)).select("thead th")
    assert [heading.get("aria-sort") for heading in headings].count("descending") == 1


def test_ten_thousand_documents_give_a_page_that_a_browser_can_show():
    many = [replace(PLAN, document_id=str(n), title=f"Dokumen {n}") for n in range(10_000)]
    shown = table(many)
    assert len(shown.select("tbody tr")) == ROWS_SHOWN_MAX
    assert shown.select_one(".row-count").get_text() == "300 dari 10.000 dokumen"


def test_nothing_found_is_told():
    assert table(DOCUMENTS, "tiada").get_text() == texts.NO_MATCH("id")
    assert table([]).get_text() == texts.EMPTY_STORE("id")
