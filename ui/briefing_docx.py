"""A briefing as a Word file with real footnotes.

python-docx writes no footnotes, so their part is written here: footnotes.xml with the two
separators that Word expects, then a footnote a note (ECMA-376, part 1, 17.11). A note that is
referred to again is a superscript number, for a second reference would be a second footnote.
"""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from ui import texts
from ui.briefing import Briefing, Grid, Line, Note, Source

FONT = "Calibri"
MARGIN, TEXT_WIDTH, FIRST_COLUMN = Cm(2.5), Cm(16), Cm(3.5)
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
_STYLES = {"part": "Heading 2", "item": "List Bullet"}


def docx_bytes(briefing: Briefing) -> bytes:
    """The whole briefing."""
    document = _page()
    writer = _Writer(document, briefing)
    document.core_properties.title = briefing.heading[:255]
    document.core_properties.author = "Tanya Daerah"
    document.core_properties.comments = briefing.byline
    document.core_properties.language = briefing.language
    document.add_heading(briefing.heading, 0)
    document.add_paragraph(briefing.byline, style="Subtitle")
    if briefing.read_as:
        document.add_paragraph(briefing.read_as)
    document.add_heading(texts.BRIEFING_ANSWER(briefing.language), 1)
    for block in briefing.blocks:
        if isinstance(block, Grid):
            writer.grid(block)
        else:
            writer.line(block)
    if briefing.sources:
        document.add_heading(texts.SOURCES(briefing.language), 1)
        for source in briefing.sources:
            _source(document.add_paragraph(style="List Number"), source)
    for text in briefing.closing:
        document.add_paragraph().add_run(text).italic = True
    _add_footnotes(document, briefing.notes)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


class _Writer:
    """Writes lines and tables, with a reference to each note at its first mention."""

    def __init__(self, document: DocxDocument, briefing: Briefing) -> None:
        self._document = document
        self._notes = {note.number for note in briefing.notes}
        self._mentioned: set[int] = set()

    def line(self, line: Line) -> None:
        paragraph = self._document.add_paragraph(style=_STYLES.get(line.kind))
        self._write(paragraph, line)

    def grid(self, grid: Grid) -> None:
        table = self._document.add_table(rows=1, cols=len(grid.head), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, grid.head, strict=True):
            _first(cell).add_run(text).bold = True
        _repeat_on_each_page(table.rows[0]._tr)
        for row in grid.rows:
            for cell, line in zip(table.add_row().cells, row, strict=True):
                self._write(_first(cell), line)
        table.autofit = False
        first = min(TEXT_WIDTH // len(grid.head), FIRST_COLUMN)
        rest = (TEXT_WIDTH - first) // max(1, len(grid.head) - 1)
        for at, column in enumerate(table.columns):
            for cell in column.cells:
                cell.width = rest if at else first
        self._document.add_paragraph()

    def _write(self, paragraph: Paragraph, line: Line) -> None:
        paragraph.add_run(line.text).bold = line.kind == "value" or None
        for number in line.notes:
            run = paragraph.add_run()
            if number in self._mentioned:
                run.text = f" {number}"
                run.font.superscript = True
                continue
            self._mentioned.add(number)
            run.style = "footnote reference"
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(number))
            run._r.append(reference)


def _page() -> DocxDocument:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name in ("Normal", "Title"):
            style.font.name = FONT
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Title"].font.size = Pt(20)
    document.styles["Subtitle"].font.size = Pt(11)
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)
    reference = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    return document


def _add_footnotes(document: DocxDocument, notes: tuple[Note, ...]) -> None:
    if not notes:
        return
    root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
    for number, kind in _SEPARATORS:
        root.append(
            parse_xml(
                f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}"><w:p><w:r>'
                f"<w:{kind}/></w:r></w:p></w:footnote>"
            )
        )
    for note in notes:
        root.append(_footnote(document, note))
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    known = parse_xml(
        f"<w:footnotePr {nsdecls('w')}>"
        + "".join(f'<w:footnote w:id="{number}"/>' for number, _ in _SEPARATORS)
        + "</w:footnotePr>"
    )
    settings = document.settings.element
    compatibility = settings.find(qn("w:compat"))  # the schema wants it right before
    if compatibility is not None:
        compatibility.addprevious(known)
    else:
        settings.append(known)


def _footnote(document: DocxDocument, note: Note) -> etree._Element:
    footnote = OxmlElement("w:footnote")
    footnote.set(qn("w:id"), str(note.number))
    element = OxmlElement("w:p")
    footnote.append(element)
    paragraph = Paragraph(element, document._body)
    paragraph.style = document.styles["footnote text"]
    own = paragraph.add_run()
    own.style = document.styles["footnote reference"]
    own._r.append(OxmlElement("w:footnoteRef"))
    paragraph.add_run(f" “{note.quote}” {note.place}.")
    if note.translation:
        paragraph.add_run(f" {note.translation}").italic = True
    return footnote


def _source(paragraph: Paragraph, source: Source) -> None:
    paragraph.add_run(source.title).bold = True
    paragraph.add_run(f", {', '.join(source.facts)}.")
    if source.remarks:
        paragraph.add_run(f" {'; '.join(source.remarks)}.").italic = True


def _first(cell: _Cell) -> Paragraph:
    return cell.paragraphs[0]


def _repeat_on_each_page(row: etree._Element) -> None:
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
