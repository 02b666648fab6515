import io
from dataclasses import replace

import pytest
from PIL import Image

from docs_store.records import TextBox
from tests.ui.pdf_by_hand import pdf_of
from ui.page_image import (
    PAGE_HEIGHT_PX_MAX,
    PAGE_WIDTH_PX,
    draw_image,
    draw_page,
    occurrence_on_page,
    recognised_boxes,
)

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


def picture(lines, fmt="PNG", size=(1_200, 1_600), **more):
    """A page image with black bars where lines of text would stand, in pixels."""
    image = Image.new("RGB", size, "white")
    for box in lines:
        image.paste("black", box)
    out = io.BytesIO()
    image.save(out, fmt, **more)
    return out.getvalue()


LINE = TextBox(1, 10, 30, left=0.1, top=0.2, right=0.9, bottom=0.23, confidence=0.9)


def boxes_of(start, end, line=LINE, text="x" * 60):
    page = draw_image(picture([]), 1)
    return recognised_boxes([line], text, start, end, page)


@pytest.mark.parametrize(
    ("start", "end", "left", "right"),
    [(0, 60, 0.1, 0.9), (10, 30, 0.1, 0.9), (20, 60, 0.48, 0.9), (0, 15, 0.1, 0.32)],
)
def test_a_recognised_line_is_trimmed_to_what_is_quoted_of_it(start, end, left, right):
    (box,) = boxes_of(start, end)
    assert (box.left, box.left + box.width) == pytest.approx((left, right))
    assert (box.top, box.height) == pytest.approx((0.2, 0.03))


@pytest.mark.parametrize(("start", "end"), [(0, 10), (30, 60)])
def test_a_line_beside_the_quote_gets_no_box(start, end):
    assert boxes_of(start, end) == ()


def test_rows_and_blocks_of_several_lines_are_boxed_whole():
    row = "x" * 15 + " | " + "x" * 42
    (box,) = boxes_of(25, 30, text=row)
    assert (box.left, box.width) == pytest.approx((0.1, 0.8))
    (box,) = boxes_of(25, 30, replace(LINE, right=0.15, bottom=0.5))
    assert (box.left, box.width) == pytest.approx((0.1, 0.05))


def test_a_photo_is_drawn_upright_and_within_its_limits():
    turned = Image.Exif()
    turned[0x0112] = 6  # to be turned by 90 degrees clockwise
    photo = picture([(0, 0, 2_400, 320)], "JPEG", (2_400, 3_200), exif=turned.tobytes())
    page = draw_image(photo, 1)
    assert (page.width_px, page.height_px) == (PAGE_WIDTH_PX, round(PAGE_WIDTH_PX * 3 / 4))
    image = Image.open(io.BytesIO(page.jpeg)).convert("L")
    assert image.getpixel((PAGE_WIDTH_PX - 20, 400)) < 50
    assert image.getpixel((20, 400)) > 200


def test_a_scan_of_two_frames_is_two_pages():
    second = Image.new("RGB", (300, 300), "black")
    scan = picture([], "TIFF", (300, 400), save_all=True, append_images=[second])
    first, last = draw_image(scan, 1), draw_image(scan, 2)
    assert (first.page, first.page_count, first.height_px) == (1, 2, 400)
    assert (last.page, last.height_px) == (2, 300)
    assert draw_image(scan, 3) is None
    assert draw_image(scan, 0) is None


def test_what_is_no_image_or_too_large_is_not_drawn(monkeypatch):
    assert draw_image(b"\x89PNG\r\n\x1a\nbroken", 1) is None
    assert draw_image(b"GIF89a" + bytes(20), 1) is None
    monkeypatch.setattr("ui.page_image.IMAGE_PIXELS_MAX", 1_000)
    assert draw_image(picture([]), 1) is None
