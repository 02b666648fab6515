"""The title of a document, where the document shows it."""

from __future__ import annotations

import re

from docs_store.sentences import sentence_spans
from ingest.blocks import Block, BlockKind, ParsedDocument

TITLE_CHARS_MAX = 300
_SHOWN_CHARS_MAX = 200
"""A longer heading is running text that lost its way."""
_REGULATION = re.compile(
    r"^(?:SALINAN\s+)?(?P<kind>(?:RANCANGAN\s+)?(?:PERATURAN|KEPUTUSAN|UNDANG[-–]?\s?UNDANG|INSTRUKSI|"
    r"SURAT EDARAN|SURAT KEPUTUSAN|MAKLUMAT)\b)",
    re.IGNORECASE,
)
_AFTER_SUBJECT = re.compile(
    r"^(?:DENGAN RAHMAT|(?:MENIMBANG|MENGINGAT|MEMUTUSKAN|BUPATI|WALI ?KOTA|GUBERNUR|PRESIDEN|"
    r"MENTERI|KEPALA|SEKRETARIS)\b)",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^(?:(?:oleh|by|penulis|editor|reporter|foto|sumber|source|home|beranda|menu|\d+|lampiran|"
    r"salinan)\b[\s:.-]*(?:\S+\s*){0,4}|(?:BAB|PASAL|BAGIAN|PARAGRAF)\s+\S+(?:\s+.{0,60})?)$",
    re.IGNORECASE,
)
_TOOL_TITLE = re.compile(
    r"^(?:untitled|document\d*|dokumen\d*|slide \d+|.*\.(?:docx?|pdf|xlsx?|rtf|odt|indd))$",
    re.IGNORECASE,
)
_TOOL_PREFIX = re.compile(r"^microsoft (?:word|powerpoint|excel)\s*-\s*", re.IGNORECASE)
# A speck before a lone word in capitals, recognised as a list mark: "C. KEPUTUSAN".
_STRAY_MARK = re.compile(r"^[A-Z]\.\s+(?=[A-Z]{6,}$)")
_SPACED_LETTERS = re.compile(r"^\w(?: \w){3,}$")
# Where a whole preamble stands on one line, its parts begin at these words.
_PREAMBLE_BREAK = re.compile(
    r"\s+(?=DENGAN RAHMAT|(?:Menimbang|MENIMBANG|Mengingat|MENGINGAT|MEMUTUSKAN|(?:a\. )?bahwa)\b|"
    r"PRESIDEN REPUBLIK INDONESIA,)|"
    r"(?<=[a-z:])\s+(?=(?:PERATURAN|UNDANG-UNDANG|KEPUTUSAN) (?:(?!TENTANG)[A-Z ]){2,60}? NOMOR\b)"
)
_SAID_TWICE = re.compile(r"^(.{10,80}?)\s+(?=\1\b)")
_REGULATION_LINE_CHARS_MAX = 160


def shown_title(document: ParsedDocument) -> str | None:
    """The title that a document shows: its first large heading, its declared title, its top."""
    headings = [block for block in document.blocks[:40] if block.kind is BlockKind.HEADING]
    titles = [block.text for block in headings if block.level == 1 and _may_be_title(block.text)]
    first = document.blocks[0] if document.blocks else None
    if len(titles) > 1 and first is not None and first in headings and _may_be_title(first.text):
        return first.text  # several headings of the top level: the one above them all
    if titles:
        return titles[0]
    declared = _TOOL_PREFIX.sub("", (document.title or "").strip())
    if declared and not _TOOL_TITLE.match(declared):
        return declared
    for block in document.blocks[:8]:
        first_line = block.text.split("\n", 1)[0].strip()
        if block.kind is BlockKind.TABLE_ROW or _NO_TITLE.match(first_line):
            continue
        return first_line if _may_be_title(first_line) else None  # else the text has begun
    return None


def _may_be_title(line: str) -> bool:
    """Whether a line can be a title: no paragraph, no byline, no "BAB I"."""
    return (
        len(line) <= _SHOWN_CHARS_MAX
        and any(character.isalpha() for character in line)
        and (len(sentence_spans(line)) == 1 or (len(line) <= 120 and line[-1] in "?!"))
        and not (len(line) > 100 and line.endswith((".", ";", ":", ",")))
        and not _NO_TITLE.match(line)
    )


def regulation_title(blocks: tuple[Block, ...]) -> str | None:
    """ "PERATURAN BUPATI … NOMOR 19 TAHUN 2012 TENTANG …" from the lines it is spread over."""
    lines = [
        _closed_up(part.strip())
        for block in blocks[:25]
        for line in block.text.split("\n")
        for part in _PREAMBLE_BREAK.split(_SAID_TWICE.sub("", line))
    ]
    for first, line in enumerate(lines[:20]):
        if not _opens_regulation(line):
            continue
        title: list[str] = []
        about = False
        for part in lines[first : first + 10]:
            if title and about and _AFTER_SUBJECT.match(part):
                break
            title.append(part)
            about = about or "TENTANG" in part.upper()
            if about and part.upper() != "TENTANG" and not part.isupper():
                break
        if about:
            return _SAID_TWICE.sub("", " ".join(title))
    return None


def _opens_regulation(line: str) -> bool:
    if not _REGULATION.match(line) or line.endswith("."):
        return False
    return line.isupper() or len(line) <= _REGULATION_LINE_CHARS_MAX


def _closed_up(line: str) -> str:
    """ "K E P U T U S A N" as one word."""
    line = _STRAY_MARK.sub("", line)
    return line.replace(" ", "") if _SPACED_LETTERS.match(line) else line
