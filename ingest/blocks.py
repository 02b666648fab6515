"""What a parser hands over: blocks of text in reading order, and what the format says of itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal, get_args

Layer = Literal["good", "bad", "none"]


class BlockKind(StrEnum):
    """What a block is; it decides how blocks are joined and split."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class LineBox:
    """Where a piece of a block's text stands on its page, to draw a quote on the page image.

    ``start`` and ``end`` count in ``Block.text``; the sides are shares of the page's width and
    height (0 to 1), from the left and from the top.
    """

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None
    """0 to 1 where the line was recognised from an image, else None."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row.

    ``text`` is what a person would have typed: NFC, no control characters, single spaces, no
    spaces at the ends, and never empty. A line break in it is meant (an address, a verse). The
    text of a table row is its filled cells, joined by ``docs_store.sentences.CELL_SEPARATOR``.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    """Page number from 1, in formats that have pages."""
    level: int = 0
    """1 to 6 for headings (1 is the largest), nesting from 1 for list items, else 0."""
    header: tuple[str, ...] = ()
    """For a table row: the column header of each filled cell, in the cells' order; empty where
    the table has none. Context for the reader of the row, not part of the text."""
    continues: bool = False
    """The sentence goes on from the block before (over a page break): join with one space."""
    confidence: float | None = None
    """0 to 1 where the text was recognised from an image, else None."""
    lines: tuple[LineBox, ...] = ()
    """Line by line places on the page, in formats that have them."""


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """What a PDF page's text layer is worth, and the measures that decided it.

    For the report (``tanya docs show``): one line a page, those that are not ``"good"`` first.
    Shares are 0 to 1; None where there was nothing to measure, or the script is not Latin.
    """

    page: int
    layer: Layer
    """``"bad"``: the characters are not those that the page shows; ``"none"``: there are none, or
    no more than a stamp on a page image."""
    why: str
    """The measure that decided against the layer: ``"unmapped"``, ``"vowels"``, ``"words"``,
    ``"letters"`` (too few on a page image); ``""`` for a good or an empty one."""
    letters: int
    letters_per_cm2: float
    unmapped_share: float
    """Of the characters: those that the font maps to no known character."""
    vowel_share: float | None
    """Of the letters."""
    word_share: float | None
    """Of the words of three letters and more: those that could be words."""
    invisible_share: float
    """Of the characters: those laid unpainted over a page image, as OCR programs do."""
    image_share: float
    """Of the page: what images cover."""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One document as read from its file."""

    media_type: str
    blocks: tuple[Block, ...]
    title: str | None = None
    """The title that the format declares (HTML ``<title>``, PDF and DOCX properties)."""
    date: str | None = None
    """ISO date that the format declares for the document (a news page's publication date)."""
    language: str | None = None
    page_count: int | None = None
    page_labels: tuple[str, ...] = ()
    page_methods: tuple[str, ...] = ()
    """How each page was read: ``"text"``, ``"ocr"``, ``"bad text"`` or ``"none"``."""
    page_measures: tuple[PageMeasures, ...] = ()
    """Of each PDF page that could be opened, in order."""
    warnings: tuple[str, ...] = ()
    """What a person should know, Indonesian first: pages without text, text cut."""
    author: str | None = None
    """Who wrote it, where the format declares that (HTML ``author``)."""
    publisher: str | None = None
    """Whose page it is, where the format declares that (HTML ``og:site_name``)."""


def document_to_json(document: ParsedDocument) -> dict[str, Any]:
    """The document as plain JSON values; defaults of blocks are left out."""
    value = asdict(document)
    for block in value["blocks"]:
        for line in block["lines"]:
            if line["confidence"] is None:
                del line["confidence"]
    value["blocks"] = [
        {name: field for name, field in block.items() if field not in (None, (), 0, False)}
        for block in value["blocks"]
    ]
    return value


def document_from_json(value: Any) -> ParsedDocument:
    """The document again, each field checked, since its writer may have been taken over.

    Raises ValueError where a name, type or offset is not as ``document_to_json`` writes it.
    """
    try:
        blocks = tuple(_block_from_json(block) for block in value["blocks"])
        return ParsedDocument(
            media_type=_typed(value["media_type"], str),
            blocks=blocks,
            title=_optional(value["title"], str),
            date=_optional(value["date"], str),
            author=_optional(value.get("author"), str),
            publisher=_optional(value.get("publisher"), str),
            language=_optional(value["language"], str),
            page_count=_optional(value["page_count"], int),
            page_labels=tuple(_typed(label, str) for label in value["page_labels"]),
            page_methods=tuple(_typed(method, str) for method in value["page_methods"]),
            page_measures=tuple(_measures_from_json(page) for page in value["page_measures"]),
            warnings=tuple(_typed(warning, str) for warning in value["warnings"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a document: {error!r}") from error


def _measures_from_json(value: dict[str, Any]) -> PageMeasures:
    layer = value["layer"]
    if layer not in get_args(Layer):
        raise ValueError(f"{layer!r} is no text layer")
    return PageMeasures(
        page=_typed(value["page"], int),
        layer=layer,
        why=_typed(value["why"], str),
        letters=_typed(value["letters"], int),
        letters_per_cm2=float(value["letters_per_cm2"]),
        unmapped_share=float(value["unmapped_share"]),
        vowel_share=_optional_share(value["vowel_share"]),
        word_share=_optional_share(value["word_share"]),
        invisible_share=float(value["invisible_share"]),
        image_share=float(value["image_share"]),
    )


def _block_from_json(value: dict[str, Any]) -> Block:
    text = _typed(value["text"], str)
    lines = tuple(
        LineBox(
            start=_typed(line["start"], int),
            end=_typed(line["end"], int),
            left=float(line["left"]),
            top=float(line["top"]),
            right=float(line["right"]),
            bottom=float(line["bottom"]),
            confidence=_optional_share(line.get("confidence")),
        )
        for line in value.get("lines", ())
    )
    if not text.strip() or any(not 0 <= line.start <= line.end <= len(text) for line in lines):
        raise ValueError("an empty block, or a line outside it")
    return Block(
        kind=BlockKind(value["kind"]),
        text=text,
        page=_optional(value.get("page"), int),
        level=_typed(value.get("level", 0), int),
        header=tuple(_typed(cell, str) for cell in value.get("header", ())),
        continues=_typed(value.get("continues", False), bool),
        confidence=_optional_share(value.get("confidence")),
        lines=lines,
    )


def _optional_share(value: Any) -> float | None:
    return None if value is None else float(value)


def _typed(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _optional(value: Any, kind: type) -> Any:
    return None if value is None else _typed(value, kind)
