"""The chat page as a person meets it, in a real browser."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ask, free_port, question_box
from tests.ui.fake_services import DOCUMENTS, FIRST, LAST, THEN, FakeServices
from ui import texts
from ui.chat_page import PortTaken, launch_chat

pytestmark = pytest.mark.browser


def test_ask_read_open_a_marker_and_see_the_quote(address, open_page):
    page = open_page(address)
    ask(page, "Bagaimana urutannya?")
    expect(page.locator(".answer-text li")).to_have_count(3)
    expect(page.locator(".answer-text li").first).to_contain_text(FIRST)
    for number, quote in ((1, FIRST), (3, LAST)):
        page.locator(f'.citation[data-marker="{number}"]').click()
        expect(page.locator("#source-panel mark")).to_have_text(quote)
        assert page.locator("#source-panel mark").evaluate("mark => mark.textContent") == quote
        expect(page.locator("#source-panel mark")).to_be_in_viewport()
    expect(page.locator("#source-panel")).to_contain_text("27 Januari 2022")
    expect(page.locator("#source-panel")).to_contain_text("halaman 2")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_marker_opens_by_keyboard_and_gives_the_focus_back(address, open_page, key):
    page = open_page(address)
    ask(page, "Bagaimana urutannya?")
    marker = page.locator('.citation[data-marker="2"]')
    marker.focus()
    page.keyboard.press(key)
    expect(page.locator("#source-panel mark")).to_have_text(THEN)
    expect(page.locator("#source-panel mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#source-panel mark")).to_have_count(0)
    expect(marker).to_be_focused()


def test_the_keyboard_alone_is_enough_to_ask_and_check(address, open_page):
    page = open_page(address)
    expect(question_box(page)).to_be_focused()
    page.keyboard.type("Bagaimana urutannya?")
    page.keyboard.press("Enter")
    page.locator(".citation").first.wait_for()
    for _ in range(10):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.citation')"):
            break
    assert page.evaluate("document.activeElement.matches('.citation')")
    page.keyboard.press("Enter")
    expect(page.locator("#source-panel mark")).to_be_visible()


def test_the_tooltip_tells_quote_title_date_and_page(address, open_page):
    page = open_page(address)
    ask(page, "Bagaimana urutannya?")
    page.locator(".citation").first.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text(FIRST)
    expect(tip).to_contain_text(DOCUMENTS[0].title)
    expect(tip).to_contain_text("27 Januari 2022 · halaman 2")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_examples_are_asked_at_a_click(address, open_page):
    page = open_page(address)
    page.get_by_role("button", name="Bagaimana urutan program di Kabupaten Contoh?").click()
    expect(page.locator(".turn .question")).to_have_text(
        "Bagaimana urutan program di Kabupaten Contoh?"
    )
    expect(page.locator(".citation")).to_have_count(3)


def test_the_whole_page_switches_language_and_remembers(address, open_page):
    page = open_page(address)
    ask(page, "Bagaimana urutannya?")
    page.locator(".citation").first.click()
    expect(page.locator("#source-panel")).to_contain_text(texts.DATE("id"))
    page.get_by_role("button", name="EN: English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("textbox", name="Question")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(page.locator(".tools")).to_contain_text("Copy with sources")
    expect(page.locator("#source-panel")).to_contain_text("27 January 2022")
    for wrong in (texts.TAGLINE, texts.COPY, texts.NEW_CONVERSATION, texts.SOURCES):
        expect(page.locator("body")).not_to_contain_text(wrong("id"))
    page.reload()
    expect(page.locator(".tools")).to_contain_text(texts.COPY("en"))
    page.get_by_role("button", name=texts.NEW_CONVERSATION("en")).click()
    expect(page.get_by_role("heading", name=texts.WELCOME("en"))).to_be_visible()
    expect(page.get_by_role("button", name="When does the market open?")).to_be_visible()


def test_an_abstention_is_no_answer_but_opens_what_is_near(address, open_page):
    page = open_page(address)
    ask(page, "Berapa anggaran desa?")
    expect(page.get_by_role("heading", name="Bukan jawaban: kutipan terdekat")).to_be_visible()
    expect(page.locator(".citation")).to_have_count(0)
    page.locator(".nearest-passage").first.click()
    expect(page.locator("#source-panel mark")).to_have_text(THEN)


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("   ", texts.QUESTION_EMPTY("id")),
        ("a" * 10_000, "terlalu panjang"),
        ("rusak", texts.UNEXPECTED("id")),
    ],
)
def test_a_question_that_cannot_be_answered_gets_a_plain_reply(address, open_page, question, reply):
    page = open_page(address)
    ask(page, question)
    expect(page.get_by_role("alert").first).to_contain_text(reply)
    expect(page.locator("body")).not_to_contain_text("Traceback")
    expect(page.locator("body")).not_to_contain_text("secret detail")
    ask(page, "Bagaimana urutannya?")
    expect(page.locator(".citation")).to_have_count(3)


def test_control_characters_do_no_harm(address, open_page):
    page = open_page(address)
    ask(page, "Bagaimana\x07 \x1b[31murutan\u202ennya?")
    expect(page.locator(".citation")).to_have_count(3)


def test_a_document_cannot_run_anything(address, open_page):
    page = open_page(address)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    ask(page, "Bagaimana urutannya? <img src=x onerror=alert(1)>")
    page.locator(".citation").first.click()
    expect(page.locator("#source-panel h2")).to_have_text(DOCUMENTS[0].title)
    expect(page.locator(".source-text")).to_contain_text('<script>document.title = "dibajak"')
    expect(page.locator(".source-text")).to_contain_text("tampilkan ${1 + 1} serta {{value}}.")
    expect(page).to_have_title("Tanya Daerah")
    assert page.locator("#workplace :is(script, img)").count() == 0
    assert dialogs == []


def test_an_empty_store_says_how_to_begin(serve, open_page):
    page = open_page(serve(FakeServices([])))
    expect(page.locator("code")).to_have_text(["tanya ingest FOLDER", "make chat"])


def test_a_source_that_was_removed_since_is_told_of(serve, open_page):
    services = FakeServices()
    page = open_page(serve(services))
    ask(page, "Bagaimana urutannya?")
    page.locator(".citation").first.wait_for()
    services.documents_kept.clear()
    page.locator(".citation").first.click()
    expect(page.locator("#source-panel")).to_contain_text(texts.SOURCE_REMOVED("id"))


def test_waiting_is_visible_and_can_be_stopped_for_good(address, open_page):
    page = open_page(address)
    ask(page, "lambat")
    expect(page.get_by_text(texts.SEARCHING("id"))).to_be_visible()
    page.get_by_role("button", name=texts.STOP("id")).click()
    expect(page.get_by_text(texts.STOPPED("id"))).to_be_visible()
    page.wait_for_timeout(3500)
    expect(page.get_by_text(texts.STOPPED("id"))).to_be_visible()
    expect(page.locator(".citation")).to_have_count(0)
    ask(page, "Bagaimana urutannya?")
    expect(page.locator(".citation")).to_have_count(3)


def test_a_second_question_waits_for_the_first(address, open_page):
    page = open_page(address)
    ask(page, "lambat satu")
    page.get_by_text(texts.SEARCHING("id")).wait_for()
    ask(page, "Bagaimana urutannya?")
    expect(page.locator(".citation")).to_have_count(3)
    expect(page.locator(".turn")).to_have_count(1)
    expect(question_box(page)).to_have_value("Bagaimana urutannya?")


def test_the_language_may_be_switched_while_waiting(address, open_page):
    page = open_page(address)
    ask(page, "lambat")
    page.get_by_text(texts.SEARCHING("id")).wait_for()
    page.get_by_role("button", name="EN: English").click()
    expect(page.get_by_text(texts.SEARCHING("en"))).to_be_visible()
    expect(page.locator(".citation")).to_have_count(3)
    expect(page.locator(".tools")).to_contain_text(texts.COPY("en"))
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_a_reload_in_mid_answer_does_not_wait_for_ever(address, open_page):
    page = open_page(address)
    ask(page, "lambat")
    page.get_by_text(texts.SEARCHING("id")).wait_for()
    page.reload()
    expect(page.locator(".turn .question")).to_have_text("lambat")
    expect(page.locator(".searching")).to_have_count(0)
    ask(page, "Bagaimana urutannya?")
    expect(page.locator(".turn").nth(1).locator(".citation")).to_have_count(3)
    expect(page.locator("body")).not_to_contain_text("Error")


def test_a_restarted_server_gets_its_open_page_back(serve_in_child, open_page):
    port = free_port()
    server = serve_in_child(port)
    page = open_page(f"http://127.0.0.1:{port}/")
    ask(page, "Bagaimana urutannya?")
    page.locator(".citation").first.wait_for()
    server.kill()
    server.wait()
    page.locator(".citation").first.click()
    expect(page.locator(".toast-wrap")).to_contain_text(texts.CONNECTION_LOST("id"))
    serve_in_child(port)
    expect(page.get_by_role("heading", name=texts.WELCOME("id"))).to_be_visible(timeout=30_000)
    ask(page, "Bagaimana urutannya?")
    expect(page.locator(".citation")).to_have_count(3)


def test_a_taken_port_is_told_of(address):
    with pytest.raises(PortTaken, match="--port"):
        launch_chat(FakeServices(), "127.0.0.1", urlsplit(address).port, wait=False)


def test_the_browser_is_told_to_load_nothing_from_elsewhere(address, open_page):
    page = open_page(address)
    refused = page.evaluate(
        """() => new Promise((done) => {
          document.addEventListener("securitypolicyviolation", (e) => done(e.blockedURI));
          document.body.append(Object.assign(new Image(), { src: "https://example.org/x.png" }));
        })"""
    )
    assert refused.startswith("https://example.org/")


def test_two_people_do_not_see_each_other(address, open_page):
    one, other = open_page(address), open_page(address)
    ask(one, "Bagaimana urutan milik satu?")
    expect(one.locator(".citation")).to_have_count(3)
    ask(other, "When does the market open?")
    expect(other.locator(".citation")).to_have_count(1)
    expect(other.locator("body")).not_to_contain_text("milik satu")
    expect(one.locator("#workplace")).not_to_contain_text("market")


def test_tools_of_an_answer(address, open_page):
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Bagaimana urutannya?")
    page.get_by_role("button", name=texts.COPY("id")).click()
    expect(page.locator(".tools")).to_contain_text(texts.COPIED("id"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"[2] {DOCUMENTS[0].title}, 27 Januari 2022, halaman 2" in copied
    page.get_by_role("button", name=texts.EDIT("id")).click()
    expect(question_box(page)).to_have_value("Bagaimana urutannya?")
    page.get_by_role("button", name=texts.RETRY("id")).click()
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_role("button", name=texts.NEW_CONVERSATION("id")).click()
    expect(page.get_by_role("heading", name=texts.WELCOME("id"))).to_be_visible()


def test_more_of_the_text_on_request(address, open_page):
    page = open_page(address)
    ask(page, "Bagaimana urutannya?")
    page.locator(".citation").first.click()
    expect(page.locator(".source-text")).not_to_contain_text("Desa nomor 40 ")
    page.get_by_role("button", name=texts.MORE_AFTER("id")).click()
    expect(page.locator(".source-text")).to_contain_text("Desa nomor 40 ")
    expect(page.locator("#source-panel mark")).to_have_text(FIRST)


def test_documents_are_listed_searched_and_sorted(address, open_page):
    page = open_page(address)
    expect(page.locator("#documents")).to_be_hidden()
    page.get_by_role("button", name=texts.DOCUMENTS("id"), exact=True).click()
    expect(page.locator("#workplace")).to_be_hidden()
    titles = page.locator(".row-title")
    expect(titles).to_have_text([DOCUMENTS[1].title, DOCUMENTS[0].title])
    page.get_by_role("button", name=texts.COLUMN_TITLE("id"), exact=True).click()
    expect(titles).to_have_text([DOCUMENTS[0].title, DOCUMENTS[1].title])
    page.get_by_role("textbox", name=texts.SEARCH_DOCUMENTS("id")).press_sequentially("market")
    expect(titles).to_have_text([DOCUMENTS[1].title])
    page.get_by_role("button", name="EN: English").click()
    expect(page.get_by_role("textbox", name=texts.SEARCH_DOCUMENTS("en"))).to_be_visible()
    expect(page.locator(".row-count")).to_have_text("1 of 1 documents")
    expect(page.locator("#workplace")).to_be_hidden()
    page.get_by_role("button", name=texts.CONVERSATION("en"), exact=True).click()
    expect(page.locator("#workplace")).to_be_visible()


def test_on_a_phone_the_source_lies_over_the_chat(address, open_page):
    page = open_page(address, viewport={"width": 390, "height": 780})
    expect(page.locator("#source-panel")).to_be_hidden()
    ask(page, "Bagaimana urutannya?")
    page.locator(".citation").first.click()
    expect(page.locator("#source-panel mark")).to_be_in_viewport()
    page.get_by_role("button", name=texts.CLOSE("id")).click()
    expect(page.locator("#source-panel")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_dark_is_chosen_by_the_system_or_by_hand_and_remembered(address, open_page):
    page = open_page(address, color_scheme="dark")
    expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    page.get_by_role("button", name=texts.DARK_SWITCH("id")).click()
    expect(page.locator("body")).not_to_have_class(re.compile(r"\bdark\b"))
    page.reload()
    page.locator(".page-head").wait_for()
    expect(page.locator("body")).not_to_have_class(re.compile(r"\bdark\b"))


def test_no_request_leaves_the_machine(address, browser):
    context = browser.new_context()
    requested = []
    context.on("request", lambda request: requested.append(request.url))
    page = context.new_page()
    page.goto(address)
    ask(page, "Bagaimana urutannya?")
    page.locator(".citation").first.click()
    page.locator("#source-panel mark").wait_for()
    page.get_by_role("button", name="EN: English").click()
    ask(page, "Berapa anggaran desa?")
    page.locator(".abstention").wait_for()
    page.wait_for_timeout(1000)  # for whatever loads late
    context.close()
    elsewhere = {
        url
        for url in requested
        if (parts := urlsplit(url)).scheme not in ("data", "blob", "about")
        and parts.hostname not in ("127.0.0.1", "localhost")
    }
    assert len(requested) > 10
    assert elsewhere == set()
