"""The whole program in a real Chromium: the shipped samples, asked, answered, checked."""

import pytest

from ui.wiring import Services

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(serve, sample_store):
    return serve(Services(sample_store))


def ask(page, question):
    page.get_by_role("textbox").first.fill(question)
    page.keyboard.press("Enter")
    page.locator(".citation").first.wait_for(timeout=30_000)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Bagaimana Banyuwangi mengurutkan program pariwisatanya?", "bertahap"),
        ("How did Banyuwangi sequence its tourism push?", "tourism"),
    ],
)
def test_the_first_question_shows_its_proof(browser, address, sample_store, question, word):
    page = browser.new_page()
    page.goto(address)
    ask(page, question)
    marker = page.locator(".citation").first
    marker.click()
    mark = page.locator("mark")
    mark.first.wait_for(timeout=10_000)
    assert word in page.inner_text("body")
    quotes = {sample_store.text(document.document_id) for document in sample_store.documents()}
    shown = mark.first.inner_text()
    assert any(shown in text for text in quotes)
    page.close()


def test_every_marker_opens_its_own_quote(browser, address):
    page = browser.new_page()
    page.goto(address)
    ask(page, "Bagaimana Banyuwangi mengurutkan program pariwisatanya?")
    shown = []
    for at in range(page.locator(".citation").count()):
        page.locator(".citation").nth(at).focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(700)
        shown.append(page.locator("mark").first.inner_text())
    assert len(shown) >= 3
    assert len(set(shown)) == len(shown)
    page.close()


def test_silence_is_shown_as_silence(browser, address):
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("textbox").first.fill("Berapa anggaran pariwisata Banyuwangi tahun 2022?")
    page.keyboard.press("Enter")
    page.get_by_text("Bukan jawaban").first.wait_for(timeout=30_000)
    assert "Tidak ada jawaban" in page.inner_text("body")
    page.close()
