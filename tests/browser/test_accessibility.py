"""axe-core over every state of the pages, light and dark, wide and narrow; and the keyboard."""

from __future__ import annotations

from importlib import resources

import pytest
from playwright.sync_api import expect

from tests.ui.fake_services import FakeServices
from tests.ui.pdf_by_hand import pdf_of
from tests.ui.test_page_view import FIRST_PAGE, PdfServices
from tests.ui.test_sheet_table import SheetServices, csv_of
from ui import texts
from ui.passage import PassageAddress
from ui.passage_link import link_to

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 780}


@pytest.fixture(scope="module")
def address(serve):
    return serve(FakeServices())


@pytest.fixture(scope="module")
def axe():
    package = pytest.importorskip("axe_playwright_python")
    return resources.files(package).joinpath("axe.min.js").read_text("utf-8")


def ask(page, question):
    page.locator("#question-box textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .question").last).to_have_text(question)
    expect(page.locator(".searching")).to_have_count(0)


def start(page):
    page.get_by_role("heading", name=texts.WELCOME("id")).wait_for()


def answers(page):
    for question in ("Bagaimana urutannya?", "linimasa", "bandingkan", "taksa", "Berapa anggaran?"):
        ask(page, question)
    page.locator(".turn").first.get_by_role("button", name=texts.VERDICT_DOWN("id")).click()
    page.locator(".verdict form").wait_for()


def source(page):
    ask(page, "Bagaimana urutannya?")
    page.locator(".citation").first.click()
    page.locator("#source-panel mark").wait_for()


def documents(page):
    page.get_by_role("button", name=texts.DOCUMENTS("id"), exact=True).click()
    page.get_by_text(texts.COLLECTION_DRAWN("id")).click()
    page.locator(".bars").wait_for()


def details(page):
    page.get_by_role("button", name=texts.DOCUMENTS("id"), exact=True).click()
    page.locator(".row-title").first.click()
    page.locator(".correction summary").click()
    page.locator(".correction form").wait_for()


def findings(page, axe):
    page.evaluate(axe)
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        (found["impact"], found["id"], node["html"][:200], node["failureSummary"][:300])
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("state", [start, answers, source, documents, details])
def test_axe_finds_nothing_serious(address, open_page, axe, state, look):
    page = open_page(address, color_scheme=look)
    state(page)
    assert findings(page, axe) == []


@pytest.mark.parametrize("state", [answers, source, documents, details])
def test_axe_finds_nothing_serious_on_a_phone(address, open_page, axe, state):
    page = open_page(address, viewport=PHONE)
    state(page)
    assert findings(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


SHEET = SheetServices(csv_of(("No", "Desa", "Ket."), *((f"{n}", "Mawar", "") for n in range(40))))
VIEWS = {
    "sheet": (SHEET, PassageAddress("plan", 1, 50, 90)),
    "page": (
        PdfServices(pdf_of([[(60, 700, FIRST_PAGE)]])),
        PassageAddress("plan", 1, 0, 9, image_page=1),
    ),
    "erased": (FakeServices([]), PassageAddress("plan", 1, 0, 9)),
}


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 800}])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious_in_a_source(serve, open_page, axe, view, viewport, look):
    services, passage = VIEWS[view]
    page = open_page(serve(services) + link_to(passage), color_scheme=look, viewport=viewport)
    page.locator(".source-view").wait_for()
    assert findings(page, axe) == []


def test_axe_itself_sees_a_fault(address, open_page, axe):
    page = open_page(address)
    page.evaluate(
        "document.querySelector('.page-head').insertAdjacentHTML('beforeend', '<button>')"
    )
    assert [found[1] for found in findings(page, axe)] == ["button-name"]


def test_every_control_is_reached_by_tab_and_seen(address, open_page):
    page = open_page(address)
    ask(page, "linimasa")
    page.locator("body").evaluate("body => { document.activeElement.blur(); }")
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                """() => {
                  const at = document.activeElement;
                  const outlined = getComputedStyle(at).outlineStyle !== "none";
                  const seen = outlined || at.matches("textarea");
                  return [at.dataset?.action ?? at.tagName, seen].join();
                }"""
            )
        )
    wanted = (
        "history view language dark ask copy brief without save picture judge edit open reopen "
        "forget"
    )
    assert {f"{action},true" for action in wanted.split()} <= reached
    assert not {told for told in reached if told.endswith("false") and not told.startswith("BODY")}


def test_a_document_is_corrected_by_keyboard_alone(serve, open_page):
    services = FakeServices()
    page = open_page(serve(services))
    page.get_by_role("button", name=texts.DOCUMENTS("id"), exact=True).focus()
    page.keyboard.press("Enter")
    page.locator(".row-title").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".document-details h2")).to_be_focused()
    page.locator(".correction summary").focus()
    page.keyboard.press("Enter")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "title":
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("Judul baru")
    page.keyboard.press("Enter")
    expect(page.locator(".document-details h2")).to_have_text("Judul baru")
    expect(page.locator(".document-details h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".document-details")).to_have_count(0)
    assert services.document("letter").title == "Judul baru"
