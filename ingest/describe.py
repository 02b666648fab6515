"""What a document is: its title, date and language, where the document shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docs_store.dates import find_dates
from docs_store.languages import detect_language
from ingest.blocks import Block, BlockKind, ParsedDocument

TITLE_CHARS_MAX = 300
_REGULATION = re.compile(
    r"^(?:SALINAN\s+)?(?P<kind>(?:RANCANGAN\s+)?(?:PERATURAN|KEPUTUSAN|UNDANG-?\s?UNDANG|INSTRUKSI|"
    r"SURAT EDARAN|SURAT KEPUTUSAN|MAKLUMAT)\b)",
    re.IGNORECASE,
)
_AFTER_SUBJECT = re.compile(
    r"^(?:DENGAN RAHMAT|MENIMBANG|MENGINGAT|MEMUTUSKAN|BUPATI|WALI ?KOTA|GUBERNUR|PRESIDEN|MENTERI|"
    r"KEPALA|SEKRETARIS)\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^(?:oleh|by|penulis|editor|reporter|foto|sumber|source|home|beranda|menu|\d+|lampiran|salinan)\b"
    r"[\s:.-]*(?:\S+\s*){0,4}$",
    re.IGNORECASE,
)
_TOOL_TITLE = re.compile(
    r"^(?:microsoft word\s*-|untitled|document\d*|dokumen\d*|slide \d+|"
    r".*\.(?:docx?|pdf|xlsx?|rtf|odt|indd)$)",
    re.IGNORECASE,
)
_REGULATION_LINE_CHARS_MAX = 160
_BLESSING = re.compile(r"\s+DENGAN RAHMAT\b.*", re.DOTALL)
_SIGNED = re.compile(
    r"(?:ditetapkan|diundangkan|disahkan|dikeluarkan)\s+di\b.{0,80}?\bpada\s+tanggal\b",
    re.IGNORECASE | re.DOTALL,
)
_REGULATION_YEAR = re.compile(r"\bNOMOR\b.{0,60}?\bTAHUN\s+((?:19|20)\d{2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Description:
    """Title, date and language of a document."""

    title: str
    date: str | None
    language: str


def describe(document: ParsedDocument, text: str, source_name: str) -> Description:
    """Read title, date and language off a document.

    Args:
        document: the parsed document.
        text: its stored text.
        source_name: the file's name, the title where the document shows none.
    """
    title = _regulation_title(document.blocks)
    is_regulation = title is not None
    title = title or _shown_title(document) or source_name
    return Description(
        title=" ".join(title.split())[:TITLE_CHARS_MAX],
        date=_date(document, text, is_regulation),
        language=document.language
        if document.language in ("id", "en")
        else detect_language(f"{title}\n{text}"),
    )


def _shown_title(document: ParsedDocument) -> str | None:
    for block in document.blocks[:40]:
        is_title = block.kind is BlockKind.HEADING and block.level == 1
        if is_title and not _NO_TITLE.match(block.text):
            return block.text
    declared = document.title
    if declared and not _TOOL_TITLE.match(declared.strip()):
        return declared
    for block in document.blocks[:8]:
        first_line = block.text.split("\n", 1)[0].strip()
        if block.kind is BlockKind.TABLE_ROW or _NO_TITLE.match(first_line):
            continue
        if len(first_line) <= 200 and any(character.isalpha() for character in first_line):
            return first_line
        return None  # the text has begun: there is no title
    return None


def _regulation_title(blocks: tuple[Block, ...]) -> str | None:
    """ "PERATURAN BUPATI … NOMOR 19 TAHUN 2012 TENTANG …" from the lines it is spread over."""
    lines = [line.strip() for block in blocks[:25] for line in block.text.split("\n")]
    for first, line in enumerate(lines[:20]):
        if (
            not _REGULATION.match(line)
            or len(line) > _REGULATION_LINE_CHARS_MAX
            or line.endswith(".")
        ):
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
            return _BLESSING.sub("", " ".join(title))
    return None


def _date(document: ParsedDocument, text: str, is_regulation: bool) -> str | None:
    if document.date:
        return document.date
    signed = _SIGNED.search(text)
    if signed is not None:
        after = find_dates(text[signed.end() : signed.end() + 60])
        if after:
            return after[0].iso
    if is_regulation:
        year = _REGULATION_YEAR.search(text[:2_000])
        return year.group(1) if year else None
    shown = find_dates(text[:2_500])
    return shown[0].iso if shown else None
