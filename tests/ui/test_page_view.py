from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from docs_store.records import PageSpan
from tests.ui.fake_services import DOCUMENTS, FakeServices
from tests.ui.pdf_by_hand import pdf_of
from ui import texts
from ui.source_viewer import PassageAddress, panel_html

FIRST_PAGE, SECOND_PAGE = "Pasal satu dibuka", "dan ditutup di sini."
TEXT = f"{FIRST_PAGE}\n{SECOND_PAGE}"


class PdfServices(FakeServices):
    """One PDF of two pages, with a sentence that runs over the page break."""

    def __init__(self, content: bytes) -> None:
        super().__init__([replace(DOCUMENTS[0], media_type="application/pdf")])
        self.content = content

    def text(self, document_id, version):
        return TEXT

    def pages(self, document_id, version):
        border = len(FIRST_PAGE)
        return (PageSpan(1, 0, border), PageSpan(2, border + 1, len(TEXT)))

    def original(self, document_id, version):
        return self.content


SERVICES = PdfServices(pdf_of([[(60, 700, FIRST_PAGE)], [(60, 700, SECOND_PAGE)]]))


def panel(services=SERVICES, **more):
    address = PassageAddress("plan", 1, 0, len(TEXT), page=1, **more)
    return BeautifulSoup(panel_html(services, address, "id"), "html.parser")


def test_a_pdf_can_be_seen_as_text_or_as_page():
    buttons = panel().select(".view-switch button")
    assert [button.get_text() for button in buttons] == ["Teks", "Halaman asli"]
    assert [button["aria-pressed"] for button in buttons] == ["true", "false"]
    assert buttons[1]["data-image-page"] == "1"
    assert panel().mark.get_text() == TEXT


@pytest.mark.parametrize("page", [1, 2])
def test_each_page_boxes_its_own_part_of_the_quote(page):
    shown = panel(image_page=page)
    assert len(shown.select(".page-image .quote-box")) == 1
    assert shown.img["src"].startswith("data:image/jpeg;base64,")
    assert shown.img["alt"] == f"Halaman {page} dari 2"
    assert shown.mark.get_text() == TEXT
    previous, following = shown.select(".page-turner button")
    assert previous.has_attr("disabled") == (page == 1)
    assert following.has_attr("disabled") == (page == 2)


def test_a_page_that_cannot_be_drawn_gives_its_text():
    shown = panel(PdfServices(b"broken"), image_page=1)
    assert shown.select_one(".source-notice").get_text() == texts.PAGE_NOT_DRAWN("id")
    assert shown.mark.get_text() == TEXT


def test_other_formats_have_no_page_image():
    address = PassageAddress("letter", 1, 0, 6, page=1)
    assert "view-switch" not in panel_html(FakeServices(), address, "id")
