"""Sample files that the tests write themselves: small, and with what each format can do."""

from __future__ import annotations

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(pages: list[list[tuple[float, float, str]]], size: float = 11, encrypt: str = "") -> bytes:
    """A PDF: a page is a list of (points from the left, points from the top, text)."""
    from reportlab.pdfgen import canvas

    stream = io.BytesIO()
    drawing = canvas.Canvas(stream, pagesize=(595, 842), encrypt=encrypt or None)
    for page in pages:
        drawing.setFont("Helvetica", size)
        for x, y, text in page:
            drawing.drawString(x, 842 - y, text)
        drawing.showPage()
    drawing.save()
    return stream.getvalue()


def lines(
    x: float, top: float, texts: list[str], step: float = 14
) -> list[tuple[float, float, str]]:
    """Lines of text for ``pdf``, one below the other."""
    return [(x, top + step * index, text) for index, text in enumerate(texts)]


def pdf_with_hidden_text() -> bytes:
    """A PDF with a seen line, three hidden ones, and a white line on a dark ground."""
    from reportlab.lib.colors import Color
    from reportlab.pdfgen import canvas

    stream = io.BytesIO()
    drawing = canvas.Canvas(stream, pagesize=(595, 842))
    drawing.drawString(72, 700, "Kalimat yang terlihat.")
    drawing.setFillColorRGB(0.1, 0.2, 0.5)
    drawing.rect(60, 590, 400, 30, fill=1, stroke=0)
    drawing.setFillColorRGB(1, 1, 1)
    drawing.drawString(72, 600, "Judul di atas biru.")
    drawing.drawString(72, 500, "Putih di atas putih.")
    drawing.setFillColor(Color(0, 0, 0, alpha=0))
    drawing.drawString(72, 400, "Tembus pandang.")
    drawing.setFillColor(Color(0, 0, 0, alpha=1))
    unpainted = drawing.beginText(72, 300)
    unpainted.setTextRenderMode(3)
    unpainted.textLine("Tidak dilukis.")
    drawing.drawText(unpainted)
    drawing.save()
    return stream.getvalue()


def scanned_pdf(pages: int = 2, text_page: str = "") -> bytes:
    """A PDF of page images; ``text_page`` adds a page with a text layer."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    stream = io.BytesIO()
    drawing = canvas.Canvas(stream, pagesize=(595, 842))
    for _ in range(pages):
        drawing.drawImage(ImageReader(Image.new("L", (200, 280), 235)), 0, 0, 595, 842)
        drawing.showPage()
    if text_page:
        drawing.drawString(72, 700, text_page)
        drawing.showPage()
    drawing.save()
    return stream.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file from the XML of its body; ``parts`` are further parts by name (footnotes)."""
    relations = "".join(
        f'<Relationship Id="r{name}" Target="{name}.xml" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/{name}"/>'
        for name in parts
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        'Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{relations}</Relationships>",
        **{f"word/{name}.xml": xml for name, xml in parts.items()},
    }
    return zipped({name: text.encode() for name, text in files.items()})


def paragraph(text: str, properties: str = "") -> str:
    """A Word paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            # OpenDocument and EPUB want to be known by their first part, which is not compressed.
            how = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, data, how)
    return stream.getvalue()


def photo(text: str) -> bytes:
    """A PNG with one line of black text on white."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (700, 200), "white")
    ImageDraw.Draw(image).text((60, 70), text, "black", ImageFont.load_default(48))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
