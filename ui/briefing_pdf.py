"""A briefing as a PDF. Its notes stand at the end, linked from their numbers.

The font is Bitstream Vera, which comes with reportlab and has the letters of Indonesian and of
Europe's languages; what it lacks is replaced by what it is made of, or by a sign that says so.
"""

from __future__ import annotations

import io
import unicodedata
from html import escape
from pathlib import Path

import reportlab
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    ListFlowable,
    ListItem,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

from ui import texts
from ui.briefing import Block, Briefing, Grid, Line, Note, Source

MISSING = "¤"
_FONTS = {"Vera": "Vera.ttf", "Vera-Bold": "VeraBd.ttf", "Vera-Italic": "VeraIt.ttf"}
_BODY = ParagraphStyle("body", fontName="Vera", fontSize=9.5, leading=13.5, spaceAfter=5)
_SMALL = ParagraphStyle("small", parent=_BODY, fontSize=8, leading=11, spaceAfter=3)
_TITLE = ParagraphStyle("title", parent=_BODY, fontName="Vera-Bold", fontSize=16, leading=20)
_HEAD = ParagraphStyle(
    "head", parent=_BODY, fontName="Vera-Bold", fontSize=11.5, leading=15, spaceBefore=9
)
_GRID_STYLE = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)


def pdf_bytes(briefing: Briefing) -> bytes:
    """The whole briefing."""
    words = _Words()
    language = briefing.language
    story: list[Flowable] = [
        Paragraph(words.marked(briefing.heading), _TITLE),
        Paragraph(words.marked(briefing.byline), _SMALL),
    ]
    if briefing.read_as:
        story.append(Paragraph(words.marked(briefing.read_as), _BODY))
    story.append(Paragraph(texts.BRIEFING_ANSWER(language), _HEAD))
    story += _blocks(briefing.blocks, words)
    if briefing.sources:
        story.append(Paragraph(texts.SOURCES(language), _HEAD))
        story += [Paragraph(_source(source, words), _BODY) for source in briefing.sources]
    if briefing.notes:
        story.append(Paragraph(texts.BRIEFING_NOTES(language), _HEAD))
        story += [Paragraph(_note(note, words), _SMALL) for note in briefing.notes]
    closing = list(briefing.closing)
    if words.missing:
        closing.append(texts.BRIEFING_FONT(language, count=words.missing))
    story += [Paragraph(f"<font name='Vera-Italic'>{escape(t)}</font>", _SMALL) for t in closing]
    file = io.BytesIO()
    SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=2.2 * cm,
        rightMargin=2.2 * cm,
        topMargin=2 * cm,
        bottomMargin=2 * cm,
        title=briefing.heading,
        author="Tanya Daerah",
        lang=language,
    ).build(story, onFirstPage=_page_number, onLaterPages=_page_number)
    return file.getvalue()


class _Words:
    """Text as reportlab's markup, in characters that the font has; counts those that it lacks."""

    def __init__(self) -> None:
        folder = Path(reportlab.__file__).parent / "fonts"
        for name, file in _FONTS.items():
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, str(folder / file)))
        self._known = pdfmetrics.getFont("Vera").face.charToGlyph
        self.missing = 0

    def marked(self, text: str) -> str:
        return escape("".join(map(self._shown, text)))

    def stated(self, line: Line) -> str:
        text = self.marked(line.text)
        if line.kind == "value":
            text = f"<font name='Vera-Bold'>{text}</font>"
        links = ", ".join(f"<a href='#note{n}'>{n}</a>" for n in line.notes)
        return f"{text}<super>{links}</super>" if links else text

    def _shown(self, character: str) -> str:
        if ord(character) in self._known:
            return character
        if unicodedata.category(character) == "Pd":
            return "-"
        parts = "".join(
            part
            for part in unicodedata.normalize("NFKD", character)
            if not unicodedata.combining(part)
        )
        if parts and all(ord(part) in self._known for part in parts):
            return parts
        self.missing += 1
        return MISSING


def _blocks(blocks: tuple[Block, ...], words: _Words) -> list[Flowable]:
    story: list[Flowable] = []
    items: list[ListItem] = []
    for block in blocks:
        if isinstance(block, Line) and block.kind == "item":
            items.append(ListItem(Paragraph(words.stated(block), _BODY), leftIndent=14))
            continue
        if items:
            story.append(_list(items))
            items = []
        if isinstance(block, Grid):
            story.append(_grid(block, words))
        else:
            style = _HEAD if block.kind == "part" else _BODY
            story.append(Paragraph(words.stated(block), style))
    return [*story, _list(items)] if items else story


def _list(items: list[ListItem]) -> ListFlowable:
    return ListFlowable(items, bulletType="bullet", start="•", bulletFontName="Vera")


def _grid(grid: Grid, words: _Words) -> Table:
    head = [
        Paragraph(f"<font name='Vera-Bold'>{words.marked(text)}</font>", _SMALL)
        for text in grid.head
    ]
    rows = [[Paragraph(words.stated(cell), _SMALL) for cell in row] for row in grid.rows]
    width = A4[0] - 4.4 * cm
    first = min(width / len(grid.head), 4 * cm)
    rest = (width - first) / max(1, len(grid.head) - 1)
    return Table(
        [head, *rows],
        colWidths=[first, *[rest] * (len(grid.head) - 1)],
        repeatRows=1,
        splitInRow=1,  # a cell may be longer than a page
        style=_GRID_STYLE,
        spaceBefore=4,
        spaceAfter=8,
    )


def _note(note: Note, words: _Words) -> str:
    told = f"“{words.marked(note.quote)}” {words.marked(note.place)}."
    if note.translation:
        told += f" <font name='Vera-Italic'>{words.marked(note.translation)}</font>"
    return f"<a name='note{note.number}'/>{note.number}. {told}"


def _source(source: Source, words: _Words) -> str:
    facts = words.marked(", ".join(source.facts))
    told = f"<font name='Vera-Bold'>{words.marked(source.title)}</font>, {facts}."
    if source.remarks:
        told += f" <font name='Vera-Italic'>{words.marked('; '.join(source.remarks))}.</font>"
    return told


def _page_number(canvas: object, document: object) -> None:
    canvas.setFont("Vera", 8)  # type: ignore[attr-defined]
    canvas.drawCentredString(A4[0] / 2, 1.2 * cm, str(document.page))  # type: ignore[attr-defined]
