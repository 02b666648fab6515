"""Photos and scans (.png .jpg .tiff .webp .bmp), read with OCR."""

from __future__ import annotations

import io
from dataclasses import replace
from statistics import median

import numpy as np

from ingest.blocks import ParsedDocument
from ingest.errors import DamagedFile, FileTooLarge, NoText
from ingest.limits import Limits
from ingest.ocr_time import OcrTime
from ingest.parsers.glued_words import unglued
from ingest.parsers.ocr import DPI, Reader, reader, recognise, rulings
from ingest.parsers.page_text import PageText
from ingest.parsers.page_tilt import TiltedFrame
from ingest.parsers.pdf_layout import reading_order
from ingest.parsers.pdf_paragraphs import Paragraphs

_SIDE_MAX = 3_000


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """An image; each frame of a TIFF is a page.

    Raises:
        DamagedFile, FileTooLarge (pixels), NeedsTesseract, NoText (no OCR here)
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    del name
    Image.MAX_IMAGE_PIXELS = None  # the check below names our own limit
    engine = reader(limits)
    if engine is None:
        raise NoText(kind="gambar / image")
    time = OcrTime(limits)
    pages: list[PageText] = []
    try:
        image = Image.open(io.BytesIO(data))
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        for index in range(min(count, limits.pages_max)):
            image.seek(index)
            if image.width * image.height > limits.image_pixels_max:
                raise FileTooLarge(
                    what="piksel / pixels",
                    found=image.width * image.height,
                    limit=limits.image_pixels_max,
                    setting="INGEST_IMAGE_PIXELS_MAX",
                )
            if not time.is_left():
                break
            upright = ImageOps.exif_transpose(image).convert("RGB")
            upright.thumbnail((_SIDE_MAX, _SIDE_MAX))
            pages.append(ocr_page(np.asarray(upright), index + 1, DPI, engine))
            time.page_read()
    except UnidentifiedImageError as error:
        raise DamagedFile(kind="gambar / image", why="tidak dikenal / unknown") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise DamagedFile(kind="gambar / image", why=str(error)[:80]) from error
    pages = unglued(pages)
    blocks = Paragraphs(pages, [reading_order(page) for page in pages]).blocks()
    warnings = ["Dibaca dengan OCR; periksa kutipannya. / Read by OCR; check its quotes."]
    if len(pages) < count:
        why_id, why_en = (
            ("naikkan INGEST_PAGES_MAX", "raise INGEST_PAGES_MAX")
            if len(pages) == limits.pages_max
            else (f"waktu habis; naikkan {time.setting}", f"out of time; raise {time.setting}")
        )
        warnings.append(
            f"Hanya {len(pages)} dari {count} halaman yang dibaca: {why_id}. / "
            f"Only {len(pages)} of {count} pages were read: {why_en}."
        )
    return ParsedDocument(
        "image/*",
        tuple(blocks),
        page_count=count,
        page_methods=("ocr",) * len(pages),
        warnings=tuple(warnings),
    )


def ocr_page(
    image: np.ndarray, number: int, dpi: float = DPI, engine: Reader | None = None
) -> PageText:
    """A page image as text, in points, as though it had a text layer; rapidocr's by default."""
    read = recognise(image, engine)
    pieces = read.pieces
    scale = 72 / dpi
    height, width = image.shape[0] * scale, image.shape[1] * scale
    frame = TiltedFrame(0, 0, width, height, read.turn, 0, read.tilt)
    height, width = read.upright.shape[0] * scale, read.upright.shape[1] * scale
    # The height of a found box depends on its letters; most text of a page has one size.
    usual = median(piece.size for piece in pieces) if pieces else 0.0
    scaled = tuple(
        replace(piece, size=usual if 0.65 < piece.size / usual < 1.5 else piece.size).scaled(scale)
        for piece in pieces
    )
    horizontal, vertical = rulings(read.upright)
    return PageText(
        number,
        width,
        height,
        frame,
        scaled,
        tuple(line.scaled(scale) for line in horizontal),
        tuple(line.scaled(scale) for line in vertical),
    )
