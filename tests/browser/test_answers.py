"""Forms of answers in a real browser: growing, tables, timelines, chips, questions to ask next."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ask
from tests.ui.fake_services import FIRST, PERIOD
from ui import texts

pytestmark = pytest.mark.browser


def test_a_growing_answer_is_read_before_it_is_whole(address, services, open_page):
    services.may_grow.clear()
    page = open_page(address)
    ask(page, "tumbuh")
    expect(page.locator(".answer-text li")).to_have_count(1)
    expect(page.locator(".turn")).to_have_attribute("aria-busy", "true")
    page.locator(".citation").first.click()
    expect(page.locator("#source-panel mark")).to_have_text(FIRST)
    services.may_grow.set()
    expect(page.locator(".answer-text li")).to_have_count(3)
    expect(page.locator(".searching")).to_have_count(0)


def test_the_keyboard_keeps_its_place_in_a_growing_answer(address, services, open_page):
    services.may_grow.clear()
    page = open_page(address)
    ask(page, "tumbuh")
    expect(page.locator(".answer-text li")).to_have_count(1)
    page.locator(".citation").first.focus()
    services.may_grow.set()
    expect(page.locator(".answer-text li")).to_have_count(3)
    expect(page.locator(".searching")).to_have_count(0)
    expect(page.locator(".citation").first).to_be_focused()


def test_a_source_opened_from_a_growing_answer_leads_back_to_its_marker(
    address, services, open_page
):
    services.may_grow.clear()
    page = open_page(address)
    ask(page, "tumbuh")
    page.locator(".citation").first.click()
    expect(page.locator("#source-panel mark")).to_be_focused()
    services.may_grow.set()
    expect(page.locator(".answer-text li")).to_have_count(3)
    expect(page.locator(".searching")).to_have_count(0)
    expect(page.locator("#source-panel mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".citation").first).to_be_focused()


def test_a_growing_answer_can_be_stopped_and_what_came_stays(address, services, open_page):
    services.may_grow.clear()
    page = open_page(address)
    ask(page, "tumbuh")
    expect(page.locator(".answer-text li")).to_have_count(1)
    page.get_by_role("button", name=texts.STOP("id")).click()
    expect(page.get_by_text(texts.STOPPED("id"))).to_be_visible()
    services.may_grow.set()
    page.wait_for_timeout(2_000)
    expect(page.locator(".answer-text li")).to_have_count(1)


def test_an_inferred_chip_is_removed_by_keyboard(address, services, open_page):
    page = open_page(address)
    ask(page, "linimasa")
    remove = page.get_by_role("button", name=texts.WITHOUT("id", label=PERIOD.label))
    remove.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".asked-without")).to_have_text("Tanpa: tahun 2022")
    expect(page.locator(".turn").nth(1).locator(".inference")).to_have_count(1)
    assert services.asked[-1][2] == (PERIOD.key,)


def test_a_timeline_is_saved_as_csv_and_as_a_picture(address, open_page):
    page = open_page(address)
    ask(page, "linimasa")
    expect(page.locator(".timeline li")).to_have_count(3)
    with page.expect_download() as saved:
        page.get_by_role("button", name=texts.EXPORT_CSV("id")).click()
    assert saved.value.suggested_filename == "jawaban.csv"
    assert FIRST in saved.value.path().read_text("utf-8")
    for _ in range(2):  # the same picture twice is two pictures
        with page.expect_download() as saved:
            page.get_by_role("button", name=texts.EXPORT_PNG("id")).click()
        assert saved.value.suggested_filename == "jawaban.png"
        assert saved.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("label", "begins"), [("DOCX", b"PK"), ("PDF", b"%PDF-")])
def test_an_answer_is_taken_home_as_a_briefing(address, open_page, label, begins):
    page = open_page(address)
    ask(page, "linimasa")
    with page.expect_download() as saved:
        page.get_by_role("button", name=getattr(texts, f"BRIEFING_{label}")("id")).click()
    assert saved.value.suggested_filename == f"ringkasan.{label.lower()}"
    assert saved.value.path().read_bytes().startswith(begins)


def test_a_marker_in_a_table_opens_its_quote(address, open_page):
    page = open_page(address)
    ask(page, "bandingkan")
    page.locator(".comparison td .citation").first.click()
    expect(page.locator("#source-panel mark")).to_have_text(FIRST)


def test_options_and_further_questions_are_asked_at_a_click(address, open_page):
    page = open_page(address)
    ask(page, "taksa")
    page.locator(".questions button").nth(1).click()
    expect(page.locator(".turn .question").nth(1)).to_have_text("When does the market open?")
    ask(page, "linimasa")
    page.locator(".turn").nth(2).locator(".questions button").click()
    expect(page.locator(".turn")).to_have_count(4)
    expect(page.locator(".abstention")).to_have_count(2)
