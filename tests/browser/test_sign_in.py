"""Signing in, and what readers and editors may do, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import free_port
from tests.ui.fake_services import THEN, FakeServices, citation
from ui import texts
from ui.chat_page import launch_chat
from ui.passage import PassageAddress
from ui.passage_link import link_to
from ui.users import Users, add_user, remove_user
from ui.visitors import AuditLog, EditorsOnly, Gate, RateLimit, TooOften

pytestmark = pytest.mark.browser
PASSWORD = "sandi untuk uji"


@pytest.fixture
def guarded(tmp_path):
    """A page that asks who one is; its services, gate and address."""
    file = tmp_path / "users.json"
    add_user(file, "ana", "editor", PASSWORD)
    add_user(file, "budi", "reader", PASSWORD)
    gate = Gate(Users(file), AuditLog(tmp_path))
    services = FakeServices()
    port = free_port()
    running = launch_chat(services, "127.0.0.1", port, gate=gate, wait=False)
    yield services, gate, f"http://127.0.0.1:{port}/"
    running.close(verbose=False)


@pytest.fixture
def sign_in(guarded, browser):
    contexts = []

    def sign(name, password=PASSWORD, link=""):
        context = browser.new_context(locale="id-ID")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(guarded[2] + link)
        page.locator("input").first.fill(name)
        page.locator("input[type=password]").fill(password)
        page.locator("button").first.click()
        return page

    yield sign
    for context in contexts:
        context.close()


def test_no_one_gets_in_with_a_wrong_password(sign_in):
    page = sign_in("ana", "tebakan belaka")
    page.wait_for_timeout(1_500)
    expect(page.locator(".page-head")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text(texts.WELCOME("id"))


def test_a_stranger_gets_no_answer_from_the_server_either(guarded, browser):
    context = browser.new_context()
    asked = context.request.post(f"{guarded[2]}gradio_api/queue/join", data={"data": []})
    assert asked.status == 401
    sent = context.request.post(
        f"{guarded[2]}gradio_api/upload",
        multipart={"files": {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"}},
    )
    assert sent.status == 401
    context.close()


def test_an_editor_changes_documents_and_it_is_noted(guarded, sign_in, tmp_path):
    services, _, _ = guarded
    page = sign_in("ana")
    expect(page.locator(".signed-in")).to_contain_text("ana")
    page.get_by_role("button", name=texts.DOCUMENTS("id"), exact=True).click()
    expect(page.locator(".upload-button")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator('[data-action="remove"][data-document="letter"]').click()
    expect(page.locator(".row-title")).to_have_count(1)
    assert (
        '"who": "ana", "action": "remove", "document": "letter"'
        in (tmp_path / "audit.jsonl").read_text()
    )
    assert list(services.documents_kept) == ["plan"]


def test_a_reader_asks_and_reads_but_changes_nothing(guarded, sign_in, tmp_path):
    services, _, _ = guarded
    page = sign_in("budi")
    page.locator("#question-box textarea").fill("Bagaimana urutannya?")
    page.keyboard.press("Enter")
    expect(page.locator(".citation")).to_have_count(3)
    page.get_by_role("button", name=texts.DOCUMENTS("id"), exact=True).click()
    expect(page.locator(".row-title")).to_have_count(2)
    expect(page.locator(".upload-button")).to_have_count(0)
    expect(page.locator('[data-action="remove"]')).to_have_count(0)
    # A page that was altered asks the server all the same.
    page.locator('[data-action="inspect"]').first.evaluate(
        "button => { button.dataset.action = 'remove'; button.click(); }"
    )
    expect(page.locator(".toast-wrap")).to_contain_text(EditorsOnly().text("id"))
    assert len(services.documents_kept) == 2
    assert not (tmp_path / "audit.jsonl").exists()


def test_conversations_follow_the_person_to_another_browser(sign_in):
    page = sign_in("budi")
    page.locator("#question-box textarea").fill("Bagaimana urutan milik budi?")
    page.keyboard.press("Enter")
    expect(page.locator(".citation")).to_have_count(3)
    again = sign_in("budi")
    expect(again.locator(".history-title")).to_have_text("Bagaimana urutan milik budi?")
    other = sign_in("ana")
    expect(other.locator(".history")).to_contain_text(texts.NO_CONVERSATIONS("id"))


@pytest.mark.parametrize("change", ["removed", "made a reader"])
def test_one_who_is_taken_out_is_out_at_once(guarded, sign_in, tmp_path, change):
    services, _, address = guarded
    page = sign_in("ana")
    page.get_by_role("button", name=texts.DOCUMENTS("id"), exact=True).click()
    page.on("dialog", lambda dialog: dialog.accept())
    expect(page.locator(".upload-button")).to_be_visible()
    file = tmp_path / "users.json"
    if change == "removed":
        remove_user(file, "ana")
    else:
        add_user(file, "ana", "reader", PASSWORD)
    with page.expect_response(lambda response: response.status == 401):
        page.locator('[data-action="remove"][data-document="letter"]').click()
    expect(page.locator("input[type=password]")).to_be_visible()
    expect(page.locator(".page-head")).to_have_count(0)
    assert len(services.documents_kept) == 2
    assert page.context.request.get(f"{address}gradio_api/user").text() == "null"


def test_a_page_that_no_one_touches_goes_back_to_signing_in(sign_in, tmp_path):
    page = sign_in("budi")
    page.locator(".page-head").wait_for()
    remove_user(tmp_path / "users.json", "budi")
    expect(page.locator("input[type=password]")).to_be_visible(timeout=15_000)


def test_a_link_opens_its_passage_only_for_those_who_sign_in(sign_in):
    cited = citation(1, "plan", THEN)
    link = link_to(PassageAddress("plan", 1, cited.start, cited.end))
    stranger = sign_in("budi", "tebakan belaka", link)
    stranger.wait_for_timeout(1_500)
    expect(stranger.locator("body")).not_to_contain_text(THEN)
    expect(sign_in("budi", link=link).locator("#source-panel mark")).to_have_text(THEN)


def test_one_who_asks_too_often_is_told_to_wait(guarded, sign_in):
    guarded[1].questions = RateLimit(1, 60.0)
    page = sign_in("budi")
    for question in ("Bagaimana urutannya?", "Bagaimana urutan lagi?"):
        page.locator("#question-box textarea").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".turn .question").last).to_have_text(question)
        expect(page.locator(".searching")).to_have_count(0)
    expect(page.locator(".problem")).to_have_text(TooOften(most=1, minutes=1).text("id"))
    expect(page.locator(".citation")).to_have_count(3)
