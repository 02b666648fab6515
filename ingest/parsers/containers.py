"""Documents that hold documents: ZIP archives, e-mail with attachments, EPUB books.

Each comes out as one document; what it holds begins with a heading that names it. Pages of what
it holds are left out, since they would not be pages of the container.
"""

from __future__ import annotations

import email
import email.policy
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.errors import DamagedFile, FileTooLarge, IngestError
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.parsers.clean_text import clean_line
from ingest.parsers.zip_parts import ZipParts, parse_xml

_HEADERS = ("From", "To", "Cc", "Date")


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A ZIP archive; what cannot be read in it is a warning that names it."""
    del name
    parts = ZipParts(data, "ZIP", limits)
    names = [n for n in parts.names if not n.endswith("/") and not _is_hidden(n)]
    members = ((member, parts.read(member) or b"") for member in names)
    blocks, warnings = held_blocks(members, limits)
    return ParsedDocument(TYPES["zip"].media_type, tuple(blocks), warnings=tuple(warnings))


def parse_email(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """An e-mail: subject, sender, receivers and date, its text, then its attachments."""
    del name
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    subject = _header(message, "Subject")
    blocks = [Block(BlockKind.HEADING, subject, level=1)] if subject else []
    for header in _HEADERS:
        value = _header(message, header)
        if value:
            blocks.append(Block(BlockKind.PARAGRAPH, f"{header}: {value}"))
    body = message.get_body(("html", "plain"))
    if body is not None and not _payload(body).strip():
        body = message.get_body(("plain",))  # some programs send an empty page beside it
    held: list[tuple[str, bytes]] = []
    if body is not None:
        suffix = "html" if body.get_content_subtype() == "html" else "txt"
        held.append((f".{suffix}", _payload(body)))
    held += [
        (_attachment_name(part), _payload(part))
        for part in message.iter_attachments()
        if not (part.get_content_maintype() == "image" and part.get("Content-ID"))
    ]
    found, warnings = held_blocks(iter(held), limits)
    try:
        date = parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError):
        date = None
    return ParsedDocument(
        "message/rfc822", (*blocks, *found), subject or None, date, warnings=tuple(warnings)
    )


def parse_epub(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """An EPUB book: the pages of its spine, in order."""
    del name
    parts = ZipParts(data, "EPUB", limits)
    container = parts.xml("META-INF/container.xml")
    paths = [] if container is None else container.xpath("//*[local-name()='rootfile']/@full-path")
    package = parts.read(str(paths[0])) if paths else None
    if not package:
        raise DamagedFile(kind="EPUB", why="container.xml")
    root = parse_xml(package, "EPUB", "package")
    folder = posixpath.dirname(str(paths[0]))
    items = {i.get("id"): i.get("href") or "" for i in root.xpath("//*[local-name()='item']")}
    blocks: list[Block] = []
    warnings: list[str] = []
    from ingest.parsers.html import parse as parse_html

    for reference in root.xpath("//*[local-name()='itemref']/@idref"):
        page = parts.read(posixpath.normpath(posixpath.join(folder, items.get(reference, ""))))
        if page:
            blocks += parse_html(page, "page.xhtml", limits).blocks
    title = clean_line(" ".join(root.xpath("//*[local-name()='title']/text()")[:1]))
    return ParsedDocument(
        TYPES["epub"].media_type, tuple(blocks), title or None, warnings=tuple(warnings)
    )


def held_blocks(
    members: Iterator[tuple[str, bytes]], limits: Limits
) -> tuple[list[Block], list[str]]:
    """The blocks of what a container holds; it may hold containers ``nesting_max`` deep."""
    from ingest.parsers.choose import parse as parse_any

    blocks: list[Block] = []
    warnings: list[str] = []
    inner = replace(limits, nesting_max=limits.nesting_max - 1)
    for name, data in members:
        shown = clean_line(posixpath.basename(name))[:120]
        try:
            if limits.nesting_max <= 0:
                raise FileTooLarge(
                    what="tingkat wadah / nesting", found=">", limit=0, setting="INGEST_NESTING_MAX"
                )
            document = parse_any(data, name, inner)
        except IngestError as error:
            warnings.append(f"{shown or 'isi'}: {error}")
            continue
        if shown and not shown.startswith("."):
            blocks.append(Block(BlockKind.HEADING, shown, level=1))
        blocks += [replace(block, page=None, lines=()) for block in document.blocks]
        warnings += [f"{shown}: {warning}" for warning in document.warnings]
    return blocks, warnings


def _header(message: Message, name: str) -> str:
    """A header's text; empty where the standard library cannot make sense of it."""
    try:
        return clean_line(str(message.get(name) or ""))
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _attachment_name(part: EmailMessage) -> str:
    if part.get_content_type() == "message/rfc822":
        return part.get_filename() or "surat.eml"
    return part.get_filename() or "lampiran"


def _payload(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        held = part.get_payload()
        inner = held[0] if isinstance(held, list) and held else None
        return inner.as_bytes() if isinstance(inner, Message) else b""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    if part.get_content_maintype() == "text" and charset:
        try:
            return data.decode(charset, errors="replace").encode()
        except (LookupError, ValueError):
            return data  # read as bytes of an unknown code page
    return data


def _is_hidden(name: str) -> bool:
    base = posixpath.basename(name)
    return name.startswith("__MACOSX/") or base.startswith((".", "~$")) or base == "Thumbs.db"
