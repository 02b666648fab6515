"""Adding and removing documents on the page, in a real browser over a real store."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import expect

from docs_store.store import DocumentStore
from ingest.settings import IngestSettings
from tests.ui.fake_services import DOCUMENTS, FakeServices
from ui import texts
from ui.wiring import Services

pytestmark = pytest.mark.browser

BRIDGE = (
    "Jembatan gantung Desa Percontohan dibuka pada 12 Maret 2021. Kepala desa Percontohan ialah "
    "Wulandari Prasasti."
)
TEXT = {"name": "jembatan <script>alert(1)<script>.txt", "mimeType": "text/plain"}


@pytest.fixture
def services(tmp_path, model):
    store = DocumentStore(tmp_path / "store", model)
    services = Services(store, IngestSettings(bytes_max=50_000))
    yield services
    services.close()
    store.close()


@pytest.fixture
def page(services, serve, open_page):
    page = open_page(serve(services))
    page.get_by_role("button", name=texts.DOCUMENTS("id"), exact=True).click()
    return page


def add(page, *files):
    page.locator("#upload-frame input[type=file]").set_input_files(list(files))


def zip_of(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"folder/{name}.txt", text)
    return packed.getvalue()


def test_an_uploaded_document_is_listed_and_answers_at_once(page, services):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    add(page, {**TEXT, "buffer": BRIDGE.encode()})
    expect(page.locator(".job-state")).to_have_text(texts.JOB_STATES["done"]("id"), timeout=60_000)
    expect(page.locator(".line-status")).to_have_text(texts.DOCUMENT_STATUSES["added"]("id"))
    expect(page.locator(".row-title")).to_have_count(1)
    expect(page.locator(".row-source")).to_contain_text("jembatan")
    expect(page.locator(".collection-size")).to_have_text(texts.COLLECTION_OF_ONE("id"))
    assert page.locator("#documents script").count() == 0

    page.get_by_role("button", name=texts.CONVERSATION("id"), exact=True).click()
    page.locator("#question-box textarea").fill("Kapan jembatan gantung Desa Percontohan dibuka?")
    page.keyboard.press("Enter")
    page.locator(".citation").first.click()
    expect(page.locator("#source-panel mark")).to_contain_text("12 Maret 2021")
    assert dialogs == []
    assert not list((services.store.path / "uploads").iterdir())


def test_each_failure_tells_its_reason_and_the_rest_go_in(page):
    add(
        page,
        {"name": "rusak.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04 rusak"},
        {"name": "besar.txt", "mimeType": "text/plain", "buffer": b"besar " * 10_000},
        {"name": "kosong.txt", "mimeType": "text/plain", "buffer": b""},
        {"name": "paket.zip", "mimeType": "application/zip", "buffer": zip_of(a=BRIDGE, b="")},
    )
    expect(page.locator(".job-state")).to_have_text(texts.JOB_STATES["done"]("id"), timeout=60_000)
    lines = page.locator(".job-lines li")
    expect(lines).to_have_count(5)
    expect(lines.filter(has_text="rusak.docx")).to_contain_text("Berkas DOCX rusak")
    expect(lines.filter(has_text="besar.txt")).to_contain_text("Terlalu besar")
    expect(lines.filter(has_text="kosong.txt")).to_contain_text("Berkas kosong")
    expect(lines.filter(has_text="paket.zip/folder/a.txt")).to_contain_text("Baru")
    expect(page.locator(".row-title")).to_have_count(1)
    page.get_by_role("button", name="EN: English").click()
    expect(lines.filter(has_text="rusak.docx")).to_contain_text("The DOCX file is damaged")


def test_a_refused_upload_is_dismissed_and_stays_away(page):
    add(page, {"name": "kosong.txt", "mimeType": "text/plain", "buffer": b""})
    expect(page.locator(".line-reason")).to_contain_text("Berkas kosong", timeout=60_000)
    dismiss = page.get_by_role("button", name=texts.DISMISS("id"))
    dismiss.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".job")).to_have_count(0)
    expect(page.locator("#upload-frame input[type=file]")).to_be_focused()
    page.reload()
    page.get_by_role("button", name=texts.DOCUMENTS("id"), exact=True).click()
    expect(page.locator(".no-documents")).to_be_visible()
    page.wait_for_timeout(1_500)  # the list of jobs comes with the page
    expect(page.locator(".job")).to_have_count(0)
    add(page, {**TEXT, "buffer": BRIDGE.encode()})
    expect(page.locator(".job")).to_have_count(1)


def test_a_document_is_removed_only_when_one_is_sure(page):
    add(page, {**TEXT, "buffer": BRIDGE.encode()})
    expect(page.locator(".row-title")).to_have_count(1, timeout=60_000)
    remove = page.locator('[data-action="remove"]')
    page.once("dialog", lambda dialog: dialog.dismiss())
    remove.click()
    page.wait_for_timeout(500)
    expect(page.locator(".row-title")).to_have_count(1)
    page.once("dialog", lambda dialog: dialog.accept())
    remove.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".no-documents")).to_have_text(texts.EMPTY_STORE("id"))


def test_a_waiting_upload_is_shown_and_can_be_cancelled(page, services):
    with services.store.lock.held(timeout_s=5):  # the worker has to wait
        add(page, {**TEXT, "buffer": BRIDGE.encode()})
        state = page.locator(".job-state")
        expect(state).to_have_text(texts.JOB_STATES["running"]("id"))
        cancel = page.get_by_role("button", name=texts.CANCEL("id"))
        cancel.focus()
        page.keyboard.press("Enter")
        expect(state).to_have_text(texts.JOB_STATES["cancelling"]("id"))
    expect(state).to_have_text(texts.JOB_STATES["done"]("id"), timeout=60_000)


def chosen_by_keyboard(page):
    """The file chooser that Space opens; a page that is still being drawn may lose the focus."""
    for _ in range(10):
        page.locator("#upload-frame input[type=file]").focus()
        try:
            with page.expect_file_chooser(timeout=3_000) as opened:
                page.keyboard.press("Space")
            return opened.value
        except NotInTime:
            continue
    raise AssertionError("Space opened no file chooser")


def test_files_are_chosen_by_keyboard(page):
    opened = chosen_by_keyboard(page)
    opened.set_files([{**TEXT, "buffer": b"x" * 60_000}])
    expect(page.locator(".line-reason")).to_contain_text("Terlalu besar", timeout=30_000)


def test_a_file_that_was_never_uploaded_is_not_believed(page, services, tmp_path):
    """A page that is not ours may claim that any file of this machine was uploaded."""
    secret = tmp_path / "rahasia.txt"
    secret.write_text(BRIDGE)

    def claim(route):
        body = (route.request.post_data or "").replace('"path":null', f'"path":"{secret}"')
        route.continue_(**({"post_data": body} if str(secret) in body else {}))

    page.route(re.compile("/gradio_api/(run|queue)/"), claim)
    with page.expect_response(lambda r: str(secret) in (r.request.post_data or "")) as answered:
        add(page, {**TEXT, "buffer": b"x" * 60_000})
    assert answered.value.ok
    page.wait_for_timeout(1_500)  # the claim is refused when its turn comes
    assert services.jobs() == []
    assert services.documents() == []
    assert secret.exists()


def test_a_document_is_inspected_corrected_and_put_back(page, services):
    add(page, {**TEXT, "buffer": BRIDGE.encode()})
    page.locator(".row-title").click(timeout=60_000)
    details = page.locator(".document-details")
    expect(details.locator("h2")).to_be_focused()
    expect(details.locator(".details-history li")).to_have_count(1)
    page.get_by_text(texts.CORRECT("id"), exact=True).click()
    page.get_by_label(texts.COLUMN_TITLE("id"), exact=True).fill("Jembatan <i>baru</i>")
    page.get_by_label(texts.DATE_FORM("id")).fill("kemarin")
    page.get_by_role("button", name=texts.CORRECTION_SAVE("id")).click()
    expect(page.locator(".toast-wrap")).to_contain_text("kemarin")
    page.get_by_label(texts.DATE_FORM("id")).fill("2021-03")
    page.get_by_label(texts.REGIONS_FORM("id")).fill("Kabupaten Banyuwangi; Kota Malang")
    page.keyboard.press("Enter")
    expect(page.locator(".row-title")).to_have_text("Jembatan <i>baru</i>")
    expect(page.locator("tbody")).to_contain_text("Maret 2021")
    expect(page.locator("tbody")).to_contain_text("Kabupaten Banyuwangi, Kota Malang")
    page.get_by_text(texts.CORRECT("id"), exact=True).click()
    page.get_by_role("button", name=texts.CORRECTION_UNDO("id")).click()
    expect(page.locator(".row-title")).not_to_have_text("Jembatan <i>baru</i>")
    (document,) = services.documents()
    assert document.corrected == ()
    page.keyboard.press("Escape")
    expect(details).to_have_count(0)


def test_a_document_is_read_again_saved_and_erased(page, services):
    add(page, {**TEXT, "buffer": BRIDGE.encode()})
    page.locator(".row-title").click(timeout=60_000)
    page.get_by_role("button", name=texts.READ_AGAIN("id")).click()
    expect(page.locator(".job")).to_have_count(2)
    expect(page.locator(".line-status").first).to_have_text(
        texts.DOCUMENT_STATUSES["unchanged"]("id"), timeout=60_000
    )
    with page.expect_download() as saved:
        page.get_by_role("button", name=texts.ORIGINAL("id")).click()
    assert saved.value.path().read_bytes() == BRIDGE.encode()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=texts.ERASE("id")).click()
    expect(page.locator(".no-documents")).to_have_text(texts.EMPTY_STORE("id"))
    expect(page.locator(".document-details")).to_have_count(0)
    assert services.documents() == []


def test_ten_thousand_documents_are_paged_and_filtered(serve, open_page):
    documents = [
        replace(DOCUMENTS[0], document_id=str(n), title=f"Dokumen {n:05}", date=f"{2000 + n % 20}")
        for n in range(10_000)
    ]
    page = open_page(serve(FakeServices(documents)))
    page.get_by_role("button", name=texts.DOCUMENTS("id"), exact=True).click()
    expect(page.locator(".row-title")).to_have_count(100)
    following = page.get_by_role("button", name=texts.NEXT_PAGE("id"))
    following.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".row-title").first).to_have_text("Dokumen 00100")
    expect(following).to_be_focused()
    page.get_by_label(texts.FILTER_NAMES["year"]("id")).select_option("2007")
    expect(page.locator(".row-count")).to_have_text("100 dari 500 dokumen")
    page.get_by_text(texts.COLLECTION_DRAWN("id")).click()
    page.locator('.bars button[data-value="2008"]').click()
    expect(page.locator(".row-title").first).to_have_text("Dokumen 00008")
    expect(page.locator(".collection")).to_have_attribute("open", "")
