"""Messages that Outlook saved (.msg), read with python-oxmsg: as an e-mail with its attachments."""

from __future__ import annotations

import codecs
import io
import struct
from collections.abc import Iterator
from typing import Any

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.errors import DamagedFile
from ingest.identify import TYPES
from ingest.limits import Limits
from ingest.parsers.clean_text import clean_line
from ingest.parsers.containers import held_blocks

_BROKEN = (OSError, ValueError, KeyError, IndexError, AttributeError, AssertionError, struct.error)
"""What a damaged container raises, in python-oxmsg or the olefile below it."""


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A message: subject, sender, receivers and date, its text, then its attachments.

    Raises:
        DamagedFile
    """
    from oxmsg import Message

    del name
    try:
        message = Message.load(io.BytesIO(data))
        subject = clean_line(message.subject or "")
        sent = message.sent_date
        receivers = "; ".join(map(_address, message.recipients))
        headers = (
            ("From", clean_line(message.sender or "")),
            ("To", clean_line(receivers)),
            ("Date", f"{sent:%d/%m/%Y %H.%M} UTC" if sent else ""),
        )
        held = list(_held(message))
    except _BROKEN as error:
        raise DamagedFile(kind="MSG", why=str(error)[:80] or type(error).__name__) from error
    blocks = [Block(BlockKind.HEADING, subject, level=1)] if subject else []
    blocks += [Block(BlockKind.PARAGRAPH, f"{key}: {value}") for key, value in headers if value]
    found, warnings = held_blocks(iter(held), limits)
    return ParsedDocument(
        TYPES["msg"].media_type,
        (*blocks, *found),
        subject or None,
        sent.date().isoformat() if sent else None,
        warnings=tuple(warnings),
    )


def _address(receiver: Any) -> str:
    name, address = receiver.name or "", receiver.email_address or ""
    return f"{name} <{address}>" if name and address and name != address else name or address


def _held(message: Any) -> Iterator[tuple[str, bytes]]:
    """The text and the attachments, as named files; a picture in the text is none."""
    html = message.html_body or ""
    if html.strip():
        # With its mark, since the page may name the code page that it had before.
        yield ".html", codecs.BOM_UTF8 + html.encode("utf-8", "replace")
    elif message.body:
        yield ".txt", message.body.encode("utf-8", "replace")
    for attachment in message.attachments:
        if attachment.attached_by_value and not _is_shown_in_text(attachment, html):
            yield attachment.file_name or "lampiran", attachment.file_bytes or b""


def _is_shown_in_text(attachment: Any, html: str) -> bool:
    return bool(attachment.file_name) and f"cid:{attachment.file_name}" in html
