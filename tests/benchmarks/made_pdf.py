"""A long PDF for measuring: prose, a ruled table, a running header and a page number a page."""

from __future__ import annotations

import io
import random

_WORDS = (
    "pemerintah daerah menyusun rencana kerja tahunan bersama masyarakat desa untuk layanan air "
    "bersih jalan pasar sekolah puskesmas dengan anggaran yang wajar serta laporan terbuka"
).split()


def made_pdf(pages: int) -> bytes:
    """The same bytes' worth of text for the same ``pages``: words are drawn from a fixed seed."""
    from reportlab.pdfgen import canvas

    words = random.Random(pages)
    stream = io.BytesIO()
    drawing = canvas.Canvas(stream, pagesize=(595, 842))
    for number in range(1, pages + 1):
        drawing.setFont("Helvetica", 10)
        drawing.drawString(72, 806, "Laporan Contoh Kabupaten")
        for line in range(28):
            drawing.drawString(72, 770 - 14 * line, " ".join(words.choices(_WORDS, k=12)))
        for row in range(16):
            y = 360 - 18 * row
            cells = ("No", "Uraian", "Tarif") if row == 0 else _row(row, words)
            for x, cell in zip((76, 116, 416), cells, strict=True):
                drawing.drawString(x, y, cell)
            drawing.line(72, y - 5, 520, y - 5)
        drawing.line(72, 373, 520, 373)
        for x in (72, 112, 412, 520):
            drawing.line(x, 373, x, 85)
        drawing.drawCentredString(297, 40, str(number))
        drawing.showPage()
    drawing.save()
    return stream.getvalue()


def _row(row: int, words: random.Random) -> tuple[str, str, str]:
    return str(row), " ".join(words.choices(_WORDS, k=6)), f"Rp{words.randrange(1, 999)}.000"
