"""Earlier conversations and verdicts, in a real browser."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ask
from tests.ui.fake_services import FIRST, FakeServices
from ui import texts

pytestmark = pytest.mark.browser


def opener(page, title):
    return page.locator(".history-open").filter(has_text=title)


def test_a_conversation_is_reopened_after_a_reload_and_goes_on(address, services, open_page):
    page = open_page(address)
    expect(page.locator(".history")).to_contain_text(texts.NO_CONVERSATIONS("id"))
    ask(page, "Bagaimana urutan pertama?")
    expect(page.locator(".citation")).to_have_count(3)
    page.get_by_role("button", name=texts.NEW_CONVERSATION("id")).click()
    ask(page, "When does the market open?")
    expect(page.locator(".citation")).to_have_count(1)
    expect(page.locator(".history-open")).to_have_count(2)
    page.reload()
    expect(page.locator(".history-open")).to_have_count(2)
    opener(page, "urutan pertama").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".citation")).to_have_count(3)
    expect(opener(page, "urutan pertama")).to_have_attribute("aria-current", "true")
    page.locator(".citation").first.click()
    expect(page.locator("#source-panel mark")).to_have_text(FIRST)
    ask(page, "market lagi")
    expect(page.locator(".turn")).to_have_count(2)
    assert len(services.asked[-1][1]) == 1
    expect(page.locator(".history-open")).to_have_count(2)


def test_the_open_conversation_is_there_again_after_a_reload(address, services, open_page):
    page = open_page(address)
    ask(page, "Bagaimana urutan di tab ini?")
    expect(page.locator(".citation")).to_have_count(3)
    page.locator(".citation").first.click()
    expect(page.locator("#source-panel mark")).to_have_text(FIRST)
    page.reload()
    expect(page.locator(".turn .question")).to_have_text("Bagaimana urutan di tab ini?")
    expect(page.locator(".citation")).to_have_count(3)
    expect(opener(page, "di tab ini")).to_have_attribute("aria-current", "true")
    expect(page.locator("#source-panel mark")).to_have_text(FIRST)
    ask(page, "market lagi")  # it goes on in the same conversation
    expect(page.locator(".turn")).to_have_count(2)
    assert len(services.asked[-1][1]) == 1
    page.get_by_role("button", name=texts.NEW_CONVERSATION("id")).click()
    expect(page.get_by_role("heading", name=texts.WELCOME("id"))).to_be_visible()
    page.reload()
    expect(page.locator(".history-open")).to_have_count(1)
    expect(page.get_by_role("heading", name=texts.WELCOME("id"))).to_be_visible()


def test_each_tab_of_a_person_comes_back_with_its_own_conversation(address, open_page):
    one = open_page(address)
    ask(one, "Bagaimana urutan pertama?")
    expect(one.locator(".citation")).to_have_count(3)
    other = one.context.new_page()
    other.goto(address)
    expect(other.get_by_role("heading", name=texts.WELCOME("id"))).to_be_visible()
    ask(other, "When does the market open?")
    expect(other.locator(".citation")).to_have_count(1)
    for page, count in ((one, 3), (other, 1)):
        page.reload()
        expect(page.locator(".citation")).to_have_count(count)


def test_a_question_that_is_quicker_than_the_page_keeps_its_answer(serve, open_page):
    services = FakeServices()
    turns = services.kept.turns
    services.kept.turns = lambda *named: (time.sleep(2), turns(*named))[1]
    page = open_page(serve(services))
    ask(page, "Bagaimana urutannya?")
    expect(page.locator(".citation")).to_have_count(3)
    page.wait_for_timeout(2_500)
    expect(page.locator(".citation")).to_have_count(3)
    expect(page.locator(".history-open")).to_have_attribute("aria-current", "true")


def test_the_conversation_of_someone_else_is_not_opened(address, open_page):
    page = open_page(address)
    ask(page, "Bagaimana urutan rahasia?")
    expect(page.locator(".citation")).to_have_count(3)
    conversation = page.evaluate("sessionStorage.getItem('tanya-conversation')")
    stranger = open_page(address)
    stranger.evaluate("id => sessionStorage.setItem('tanya-conversation', id)", conversation)
    stranger.reload()
    expect(stranger.get_by_role("heading", name=texts.WELCOME("id"))).to_be_visible()
    expect(stranger.locator("body")).not_to_contain_text("rahasia")


def test_a_conversation_is_deleted_only_when_one_is_sure(address, open_page):
    page = open_page(address)
    ask(page, "Bagaimana urutan ini?")
    expect(page.locator(".citation")).to_have_count(3)
    delete = page.locator(".history li .icon-button")
    page.once("dialog", lambda dialog: dialog.dismiss())
    delete.click()
    page.wait_for_timeout(500)
    expect(page.locator(".turn")).to_have_count(1)
    page.once("dialog", lambda dialog: dialog.accept())
    delete.click()
    expect(page.get_by_role("heading", name=texts.WELCOME("id"))).to_be_visible()
    expect(page.locator(".history-open")).to_have_count(0)
    page.reload()
    expect(page.locator(".history")).to_contain_text(texts.NO_CONVERSATIONS("id"))


def test_a_question_under_way_at_a_reload_is_found_again(address, open_page):
    page = open_page(address)
    ask(page, "lambat")
    page.get_by_text(texts.SEARCHING("id")).wait_for()
    page.reload()
    opener(page, "lambat").click()
    expect(page.locator(".turn .question")).to_have_text("lambat")
    expect(page.locator(".searching")).to_have_count(0)


def test_a_quote_of_an_erased_document_is_gone_from_the_conversation(serve, open_page):
    services = FakeServices()
    page = open_page(serve(services))
    ask(page, "Bagaimana urutannya?")
    expect(page.locator(".citation")).to_have_count(3)
    services.remove("plan")
    page.reload()
    opener(page, "Bagaimana").click()
    expect(page.locator(".problem")).to_contain_text("dikeluarkan atau dihapus")
    expect(page.locator("#workplace")).not_to_contain_text(FIRST)


def test_an_answer_is_judged_with_a_reason(address, services, open_page):
    page = open_page(address)
    ask(page, "Bagaimana urutannya?")
    down = page.get_by_role("button", name=texts.VERDICT_DOWN("id"), exact=True)
    down.click()
    expect(down).to_have_attribute("aria-pressed", "true")
    reason = page.get_by_role("textbox", name=texts.VERDICT_REASON("id"))
    reason.fill('kurang "lengkap" <b>')
    page.keyboard.press("Enter")
    expect(page.get_by_text(texts.VERDICT_SAVED("id"))).to_be_visible()
    page.reload()
    opener(page, "Bagaimana").first.click()
    expect(reason).to_have_value('kurang "lengkap" <b>')
    page.get_by_role("button", name=texts.VERDICT_DOWN("id"), exact=True).click()
    expect(reason).to_have_count(0)


def test_on_a_phone_the_list_lies_over_the_chat(address, open_page):
    page = open_page(address, viewport={"width": 390, "height": 780})
    ask(page, "Bagaimana urutannya?")
    expect(page.locator(".citation")).to_have_count(3)
    expect(page.locator("#history-frame")).to_be_hidden()
    page.get_by_role("button", name=texts.CONVERSATIONS_SWITCH("id")).click()
    expect(opener(page, "Bagaimana")).to_be_visible()
    opener(page, "Bagaimana").click()
    expect(page.locator("#history-frame")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
