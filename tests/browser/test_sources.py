"""Sources beside the chat: rows of a sheet, links to a passage, the size of a page image."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ask
from tests.ui.fake_services import FIRST, LAST, THEN, FakeServices, citation
from tests.ui.pdf_by_hand import pdf_of
from tests.ui.test_page_view import FIRST_PAGE, SECOND_PAGE, TEXT, PdfServices
from tests.ui.test_sheet_table import SheetServices, csv_of
from ui import texts, texts_source
from ui.passage import PassageAddress
from ui.passage_link import link_to

pytestmark = pytest.mark.browser

CITED = citation(2, "plan", THEN)
PASSAGE = PassageAddress("plan", 1, CITED.start, CITED.end)
HEADER = ("No", "Desa", "Kecamatan", "Penduduk", "Luas (ha)", "Kepala desa", "Keterangan")
VILLAGES = csv_of(
    HEADER,
    *(
        (str(n), f"Desa Contoh {n}", f"Kecamatan {n % 7}", f"{1000 + n}", f"{n * 3},5", "", "baik")
        for n in range(1, 201)
    ),
)
ROW = "120 | Desa Contoh 120 | Kecamatan 1 | 1120 | 360,5 | baik"


def panel(page):
    return page.locator("#source-panel")


def sheet_link(services, quote):
    start = services.stored.index(quote)
    return link_to(PassageAddress("plan", 1, start, start + len(quote)))


def test_a_quoted_row_of_a_sheet_is_seen_under_its_header(serve, open_page):
    services = SheetServices(VILLAGES)
    page = open_page(serve(services) + sheet_link(services, ROW))
    marks = panel(page).locator("table mark")
    expect(marks).to_have_count(6)
    expect(marks.first).to_be_in_viewport()
    expect(marks.first).to_be_focused()
    header = panel(page).get_by_role("columnheader")
    expect(header).to_have_text(list(HEADER))
    expect(header.first).to_be_in_viewport()
    expect(panel(page).locator("tbody tr")).to_have_count(25)
    more = panel(page).get_by_role("button", name=texts_source.MORE_ROWS_BEFORE("id"))
    more.focus()
    page.keyboard.press("Enter")
    expect(panel(page).locator("tbody tr")).to_have_count(97)
    expect(panel(page).locator("p mark")).to_have_text(ROW)


def test_a_quoted_cell_far_to_the_right_is_scrolled_into_view(serve, open_page):
    header = [f"Kolom {n}" for n in range(28)]
    services = SheetServices(
        csv_of(header, *([f"isi {r}.{c}" for c in range(28)] for r in range(60)))
    )
    page = open_page(serve(services) + sheet_link(services, "isi 40.27"))
    expect(panel(page).locator("table mark")).to_have_text("isi 40.27")
    expect(panel(page).locator("table mark")).to_be_in_viewport(ratio=1)
    expect(panel(page).get_by_role("heading", name=texts.QUOTE("id"))).to_be_attached()


def test_the_link_of_a_passage_opens_it_for_someone_else(address, open_page):
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Bagaimana urutannya?")
    page.locator('.citation[data-marker="2"]').click()
    expect(panel(page).locator("mark")).to_have_text(THEN)
    copy = panel(page).get_by_role("button", name=texts_source.COPY_LINK("id"))
    copy.focus()
    page.keyboard.press("Enter")
    expect(panel(page).locator(".copy-link")).to_have_text(texts.COPIED("id"))
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == address + link_to(PASSAGE)
    assert page.url == link
    other = open_page(link)
    expect(panel(other).locator("mark")).to_have_text(THEN)
    expect(panel(other).locator("mark")).to_be_in_viewport()
    expect(other.get_by_role("heading", name=texts.WELCOME("id"))).to_be_visible()


def test_the_address_bar_names_what_is_open(address, open_page):
    page = open_page(address + link_to(PASSAGE))
    expect(panel(page).locator("mark")).to_have_text(THEN)
    page.reload()
    expect(panel(page).locator("mark")).to_have_text(THEN)
    page.keyboard.press("Escape")
    expect(panel(page).locator("mark")).to_have_count(0)
    assert urlsplit(page.url).query == ""
    page.reload()
    expect(panel(page)).to_contain_text(texts.NO_SOURCE_YET("id"))


def test_a_link_to_an_erased_document_says_so(serve, open_page):
    services = FakeServices()
    link = serve(services) + link_to(PASSAGE)
    services.remove("plan")
    page = open_page(link)
    expect(panel(page)).to_contain_text(texts.SOURCE_REMOVED("id"))
    expect(page.locator("body")).not_to_contain_text(LAST)
    ask(page, "When does the market open?")
    expect(page.locator(".citation")).to_have_count(1)


@pytest.mark.parametrize(
    "viewport", [{"width": 1280, "height": 800}, {"width": 390, "height": 780}]
)
def test_a_link_that_was_cut_off_says_so(address, open_page, viewport):
    page = open_page(address + link_to(PASSAGE).split("&end")[0], viewport=viewport)
    expect(panel(page)).to_contain_text(texts_source.LINK_BROKEN("id"))
    expect(panel(page)).to_be_visible()
    panel(page).get_by_role("button", name=texts.CLOSE("id")).click()
    ask(page, "Bagaimana urutannya?")
    page.locator(".citation").first.click()
    expect(panel(page).locator("mark")).to_have_text(FIRST)


def test_a_link_beyond_the_text_says_so(address, open_page):
    page = open_page(address + link_to(replace(PASSAGE, end=10**6)))
    expect(panel(page)).to_contain_text(texts.SOURCE_MOVED("id"))


PDF = pdf_of([[(60, 700, FIRST_PAGE)], [(300, 120, SECOND_PAGE)]])
PAGE_LINK = link_to(PassageAddress("plan", 1, 0, len(TEXT), image_page=1))


def box_and_image(page):
    """Where the quote's box and the image are on the screen, in CSS pixels."""
    return page.evaluate(
        """() => [".quote-box", ".page-image img"].map((part) => {
          const { x, y, width, height } = document.querySelector(part).getBoundingClientRect();
          return { x, y, width, height };
        })"""
    )


def shares(page):
    box, image = box_and_image(page)
    return [
        (box["x"] - image["x"]) / image["width"],
        (box["y"] - image["y"]) / image["height"],
        box["width"] / image["width"],
        box["height"] / image["height"],
    ]


def test_a_page_image_is_enlarged_by_keyboard_and_the_box_stays_on_its_words(serve, open_page):
    page = open_page(serve(PdfServices(PDF)) + PAGE_LINK)
    level = panel(page).locator(".zoom-level")
    expect(level).to_have_text("100%")
    placed = shares(page)
    width = box_and_image(page)[1]["width"]
    larger = panel(page).get_by_role("button", name=texts_source.ZOOM_IN("id"))
    larger.focus()
    for percent in (150, 200, 300, 300):
        page.keyboard.press("Enter")
        expect(level).to_have_text(f"{percent}%")
        assert box_and_image(page)[1]["width"] == pytest.approx(width * percent / 100, rel=0.02)
        assert shares(page) == pytest.approx(placed, abs=0.002)
        expect(panel(page).locator(".quote-box")).to_be_in_viewport()
        expect(larger).to_be_focused()
    expect(larger).to_have_attribute("aria-disabled", "true")
    panel(page).get_by_role("button", name=texts.NEXT_PAGE("id")).click()
    expect(panel(page).get_by_role("img")).to_have_attribute("alt", "Halaman 2 dari 2")
    expect(level).to_have_text("300%")
    expect(panel(page).locator(".quote-box")).to_be_in_viewport()
    for key, percent in (("-", 200), ("0", 100), ("-", 75), ("+", 100)):
        page.keyboard.press(key)
        expect(level).to_have_text(f"{percent}%")


def test_the_size_stays_when_the_language_is_switched(serve, open_page):
    page = open_page(serve(PdfServices(PDF)) + PAGE_LINK)
    panel(page).get_by_role("button", name=texts_source.ZOOM_IN("id")).click()
    page.get_by_role("button", name="EN: English").click()
    expect(panel(page).get_by_role("button", name=texts_source.ZOOM_IN("en"))).to_be_visible()
    expect(panel(page).locator(".zoom-level")).to_have_text("150%")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_large_page_image_makes_the_panel_scroll_and_not_the_page(serve, open_page, width):
    page = open_page(serve(PdfServices(PDF)) + PAGE_LINK, viewport={"width": width, "height": 780})
    larger = panel(page).get_by_role("button", name=texts_source.ZOOM_IN("id"))
    for _ in range(3):
        larger.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(larger).to_be_in_viewport()
    scroller = panel(page).get_by_role("region")
    assert scroller.evaluate("one => one.scrollWidth > one.clientWidth")
