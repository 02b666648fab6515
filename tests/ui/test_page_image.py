import io

import pytest
from PIL import Image

from tests.ui.pdf_by_hand import pdf_of
from ui.page_image import PAGE_HEIGHT_PX_MAX, PAGE_WIDTH_PX, draw_page, occurrence_on_page

TWO_LINES = pdf_of(
    [[(60, 700, "Camat menyusun jadwal"), (60, 400, "setiap akhir bu-"), (60, 370, "lan.")]]
)


def ink_share(page, box):
    """How much of a box on the image is dark."""
    image = Image.open(io.BytesIO(page.jpeg)).convert("L")
    left, top = box.left * image.width, box.top * image.height
    right, bottom = left + box.width * image.width, top + box.height * image.height
    part = image.crop((round(left), round(top), round(right), round(bottom)))
    values = part.tobytes()
    return sum(value < 128 for value in values) / len(values)


def test_the_box_lies_on_the_quote():
    page = draw_page(TWO_LINES, 1, "Camat menyusun jadwal")
    (box,) = page.boxes
    assert box.left == pytest.approx(60 / 600, abs=0.01)
    assert box.top == pytest.approx(1 - 716 / 800, abs=0.02)
    assert ink_share(page, box) > 0.1


def test_a_quote_over_a_line_break_and_a_hyphen_gets_a_box_a_line():
    page = draw_page(TWO_LINES, 1, "setiap akhir bulan.")
    assert len(page.boxes) == 2
    assert page.boxes[0].top < page.boxes[1].top
    assert all(ink_share(page, box) > 0.05 for box in page.boxes)


def test_only_the_very_words_are_boxed():
    assert draw_page(TWO_LINES, 1, "Camat menyusun jadwai").boxes == ()
    assert draw_page(TWO_LINES, 1, "").boxes == ()


def test_the_occurrence_that_is_meant_is_boxed():
    pdf = pdf_of([[(60, 700, "Pasal satu."), (60, 300, "Pasal satu.")]])
    first, second = (draw_page(pdf, 1, "Pasal satu.", n).boxes[0] for n in (0, 1))
    assert first.top < 0.2
    assert second.top > 0.5
    assert occurrence_on_page("Pasal satu. Pasal satu.", "Pasal satu.", 12) == 1


def test_pages_are_counted_from_one_and_checked():
    pdf = pdf_of([[(60, 700, "Satu")], [(60, 700, "Dua")]])
    page = draw_page(pdf, 2, "Dua")
    assert (page.page, page.page_count, len(page.boxes)) == (2, 2, 1)
    assert draw_page(pdf, 3, "Dua") is None
    assert draw_page(pdf, 0, "Dua") is None


@pytest.mark.parametrize("size", [(600, 800), (20, 14_000), (14_000, 20)])
def test_images_stay_within_their_limits(size):
    page = draw_page(pdf_of([[(5, 5, "a")]], size=size), 1, "a")
    assert page.width_px <= PAGE_WIDTH_PX + 1
    assert page.height_px <= PAGE_HEIGHT_PX_MAX + 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 broken", b"not a pdf"])
def test_what_is_no_pdf_is_not_drawn(content):
    assert draw_page(content, 1, "a") is None
