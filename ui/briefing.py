"""An answer as a briefing: what stands in it, in order, with numbered notes; and as a file.

Only what passed the gate comes in: a statement without a citation is left out. Notes are numbered
in the order in which they are read, which is the order that Word numbers its footnotes in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import PurePath
from typing import Literal, TypeAlias

from assistant.conversation import Answer, AnswerPart, Citation, Language, Table
from docs_store.errors import DocumentNotFound
from docs_store.records import Document
from ui import texts
from ui.source_viewer import confidence_text, place_text

Form = Literal["docx", "md", "pdf"]
MEDIA_TYPES: dict[Form, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
    "pdf": "application/pdf",
}
LineKind = Literal["lead", "part", "value", "statement", "item", "note"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or an item of a list, and the numbers of its notes."""

    kind: LineKind
    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A comparison or a timeline: a row of headings, then rows of as many cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


Block: TypeAlias = Line | Grid


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the quote, where it stands, and what to know before relying on it."""

    number: int
    quote: str
    place: str
    translation: str | None
    """Labelled as a machine's."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document version that is cited, and what is known of it."""

    title: str
    facts: tuple[str, ...]
    remarks: tuple[str, ...]
    """What was done to it since: revoked, amended, a newer version."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a briefing says, without a file format. Texts are single lines of printable text."""

    language: Language
    heading: str
    byline: str
    read_as: str | None
    """The question as it was read in its conversation."""
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    sources: tuple[Source, ...]
    closing: tuple[str, ...]
    """How it came about, and what is to be checked."""


def briefing_file(
    answer: Answer, form: Form, document_of: Callable[[str], Document], today: date
) -> bytes:
    """An answer, or an abstention, as the bytes of a briefing.

    Args:
        answer: what passed the gate.
        form: which kind of file.
        document_of: a document by its id; may raise DocumentNotFound, if it is gone by now.
        today: the date that stands on it.
    """
    briefing = briefing_of(answer, document_of, today)
    if form == "docx":
        from ui.briefing_docx import docx_bytes

        return docx_bytes(briefing)
    if form == "pdf":
        from ui.briefing_pdf import pdf_bytes

        return pdf_bytes(briefing)
    from ui.briefing_markdown import markdown_text

    return markdown_text(briefing).encode()


def briefing_of(answer: Answer, document_of: Callable[[str], Document], today: date) -> Briefing:
    """What a briefing of this answer says; see `briefing_file`."""
    language = answer.language
    numbers = _Numbers(answer)
    blocks = _blocks(answer, numbers)
    cited = numbers.cited()
    byline = texts.BRIEFING_BYLINE(
        language,
        date=texts.format_date(today.isoformat(), language),
        version=version("tanya-daerah"),
    )
    read_as = plain(answer.standalone) if answer.standalone else None
    return Briefing(
        language=language,
        heading=plain(answer.question),
        byline=byline,
        read_as=texts.BRIEFING_READ_AS(language, question=read_as) if read_as else None,
        blocks=tuple(blocks),
        notes=tuple(_note(number, one, document_of, language) for number, one in cited),
        sources=tuple(_sources([one for _, one in cited], document_of, language)),
        closing=tuple(_closing(answer)),
    )


def plain(text: str) -> str:
    """The text on one line, without what is not printed and what XML cannot hold."""
    kept = "".join(
        character
        for character in text
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn")
    )
    return " ".join(kept.split())


class _Numbers:
    """Gives notes their numbers, from 1, as they are first used."""

    def __init__(self, answer: Answer) -> None:
        self._citations = {citation.marker: citation for citation in answer.citations}
        self._numbers: dict[int, int] = {}

    def of(self, markers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(
            self._numbers.setdefault(marker, len(self._numbers) + 1)
            for marker in markers
            if marker in self._citations
        )

    def cited(self) -> list[tuple[int, Citation]]:
        return [(number, self._citations[marker]) for marker, number in self._numbers.items()]


def _blocks(answer: Answer, numbers: _Numbers) -> list[Block]:
    language = answer.language
    if answer.abstained:
        told = answer.reason or (texts.OPTIONS(language) if answer.options else answer.text)
        options = [Line("item", plain(option)) for option in answer.options]
        return [Line("lead", texts.ABSTAINED(language)), Line("note", plain(told)), *options]
    in_grid = _texts_in_grids(answer)
    grids_due = bool(answer.table or answer.timeline)
    blocks: list[Block] = []
    for part in answer.parts:
        if part.text in in_grid and part.kind == "item":
            if grids_due:
                blocks += _grids(answer, numbers)
                grids_due = False
            continue
        line = _line(part, numbers)
        if line is not None:
            blocks.append(line)
    if grids_due:
        blocks += _grids(answer, numbers)
    shown = {part.text for part in answer.parts}
    for figure in answer.computed:
        notes = numbers.of(figure.markers)
        if notes and figure.expression not in shown:
            working = f"{texts.COMPUTED(language)} {figure.expression} = {figure.value}"
            blocks.append(Line("statement", plain(working), notes))
    return blocks


def _line(part: AnswerPart, numbers: _Numbers) -> Line | None:
    notes = numbers.of(part.markers)
    states = part.kind in ("value", "statement", "item")
    if not part.text.strip() or (states and not notes):
        return None
    return Line(part.kind, plain(part.text), notes)


def _texts_in_grids(answer: Answer) -> set[str]:
    """The lines that a table or a timeline shows as well."""
    shown = {step.text for step in answer.timeline}
    if answer.table is not None:
        shown |= {
            f"{row.label}, {column}: {cell.text}"
            for row in answer.table.rows
            for column, cell in zip(answer.table.columns, row.cells, strict=False)
        }
    return shown


def _grids(answer: Answer, numbers: _Numbers) -> list[Block]:
    language = answer.language
    grids: list[Block] = []
    if answer.table is not None:
        grids.append(_comparison(answer.table, numbers))
    if answer.timeline:
        rows = []
        for step in answer.timeline:
            notes = numbers.of(step.markers)
            if notes:
                rows.append((Line("lead", plain(step.label)), _stated(step.text, notes)))
        head = (texts.BRIEFING_WHEN(language), texts.BRIEFING_STEP(language))
        grids.append(Grid(head, tuple(rows)))
    return grids


def _comparison(table: Table, numbers: _Numbers) -> Grid:
    rows = tuple(
        (
            Line("lead", plain(row.label)),
            *(_stated(cell.text, numbers.of(cell.markers)) for cell in row.cells),
        )
        for row in table.rows
    )
    return Grid(("", *map(plain, table.columns)), rows)


def _stated(text: str, notes: tuple[int, ...]) -> Line:
    return Line("statement" if notes else "note", plain(text), notes)


def _note(
    number: int, citation: Citation, document_of: Callable[[str], Document], language: Language
) -> Note:
    document = _document(citation, document_of)
    stated = document.date if document is not None else None
    place = [
        plain(citation.title),
        texts.format_date(stated, language) if stated else "",
        plain(place_text(citation.page, citation.locator, language)),
        texts.VERSION(language, version=citation.version),
        *map(plain, citation.notices),
        confidence_text(citation.confidence, language),
    ]
    translation = plain(citation.translation or "")
    return Note(
        number,
        plain(citation.quote),
        ", ".join(part for part in place if part),
        texts.BRIEFING_TRANSLATION(language, text=translation) if translation else None,
    )


def _sources(
    cited: list[Citation], document_of: Callable[[str], Document], language: Language
) -> list[Source]:
    by_version: dict[tuple[str, int], list[Citation]] = {}
    for citation in cited:
        by_version.setdefault((citation.document_id, citation.version), []).append(citation)
    sources = []
    for citations in by_version.values():
        first = citations[0]
        document = _document(first, document_of)
        facts = [texts.VERSION(language, version=first.version)]
        remarks = [plain(notice) for one in citations for notice in one.notices]
        if document is None:
            remarks.append(texts.BRIEFING_SOURCE_GONE(language))
        else:
            dated = texts.format_date(document.date, language) if document.date else None
            facts = [dated or texts.BRIEFING_NO_DATE(language), plain(document.publisher or "")]
            facts.append(texts.VERSION(language, version=first.version))
            if document.version != first.version:
                remarks.append(texts.BRIEFING_NEWER(language, version=document.version))
        scores = [one.confidence for one in citations if one.confidence is not None]
        remarks.append(confidence_text(min(scores, default=None), language))
        facts.append(plain(_file_name(first.source)))
        sources.append(Source(plain(first.title), _told(facts), _told(remarks)))
    return sources


def _told(parts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in parts if part))


def _file_name(source: str) -> str:
    """Without the folders of the machine that it was read on."""
    return source if "://" in source else PurePath(source.replace("\\", "/")).name


def _document(citation: Citation, document_of: Callable[[str], Document]) -> Document | None:
    try:
        return document_of(citation.document_id)
    except DocumentNotFound:
        return None


def _closing(answer: Answer) -> list[str]:
    language = answer.language
    if answer.abstained:
        return [texts.BRIEFING_SILENT(language)]
    told = texts.BRIEFING_QUOTED if answer.mode == "quotes" else texts.BRIEFING_BY_MODEL
    closing = [told(language)]
    if answer.dropped:
        closing.append(texts.DROPPED(language, count=answer.dropped))
    return closing
