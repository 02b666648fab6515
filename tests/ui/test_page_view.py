import io
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from docs_store.records import PageSpan, TextBox
from tests.ui.fake_services import DOCUMENTS, FakeServices
from tests.ui.pdf_by_hand import pdf_of
from ui import texts, texts_source
from ui.passage import PassageAddress
from ui.source_viewer import panel_html

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


def test_the_size_can_be_changed_by_controls_that_say_what_they_do():
    group = panel(image_page=1).select_one('[role="group"].page-zoom')
    assert [button["data-step"] for button in group.select("button")] == ["out", "in", "fit"]
    assert [button["aria-label"] for button in group.select("button")] == [
        texts_source.ZOOM_OUT("id"),
        texts_source.ZOOM_IN("id"),
        texts_source.ZOOM_FIT("id"),
    ]


def test_a_page_that_cannot_be_drawn_gives_its_text():
    shown = panel(PdfServices(b"broken"), image_page=1)
    assert shown.select_one(".source-notice").get_text() == texts.PAGE_NOT_DRAWN("id")
    assert shown.mark.get_text() == TEXT


def test_other_formats_have_no_page_image():
    address = PassageAddress("letter", 1, 0, 6, page=1)
    assert "view-switch" not in panel_html(FakeServices(), address, "id")


class ScanServices(PdfServices):
    """A scan whose lines were recognised, and stand where the store says."""

    def __init__(self, content: bytes, media_type: str) -> None:
        super().__init__(content)
        self.documents_kept = {"plan": replace(DOCUMENTS[0], media_type=media_type)}

    def boxes(self, document_id, version, page):
        first = TextBox(1, 0, len(FIRST_PAGE), 0.1, 0.2, 0.6, 0.23, 0.9)
        second = TextBox(2, len(FIRST_PAGE) + 1, len(TEXT), 0.1, 0.4, 0.6, 0.43, 0.9)
        return [box for box in (first, second) if box.page == page]


def white_png():
    out = io.BytesIO()
    Image.new("L", (600, 800), 255).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(pdf_of([[]]), "application/pdf"), (white_png(), "image/*")],
    ids=["pdf", "image"],
)
def test_a_quote_on_a_scan_is_drawn_where_it_was_recognised(content, media_type):
    services = ScanServices(content, media_type)
    assert len(panel(services).select(".view-switch button")) == 2
    shown = panel(services, image_page=1)
    (box,) = shown.select(".page-image .quote-box")
    assert box["style"] == "left:10.000%;top:20.000%;width:50.000%;height:3.000%"
    assert shown.img["src"].startswith("data:image/jpeg;base64,")


def test_an_image_without_boxes_is_shown_all_the_same():
    shown = panel(PdfServices(white_png()), image_page=1)
    assert shown.select_one(".source-notice") is not None  # a PDF it says it is
    services = ScanServices(white_png(), "image/*")
    services.boxes = lambda *_: ()
    shown = panel(services, image_page=1)
    assert shown.img is not None
    assert not shown.select(".quote-box")
