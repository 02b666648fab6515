"""Text as a person would have typed it: decoded, composed, without control characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

from ingest.identify import looks_utf16

_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" *\n *")
# Soft hyphens, zero-width marks, direction marks and byte order marks are unseen by a reader.
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)


def clean(text: str) -> str:
    """One block's text: NFC, single spaces, no control characters; meant line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    text = text.replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _CONTROLS.sub("", _UNSEEN.sub("", text)).translate(_LIGATURES)
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    return _LINE_ENDS.sub("\n", _SPACES.sub(" ", text)).strip()


def clean_line(text: str) -> str:
    """As ``clean``, with line breaks turned to spaces."""
    return " ".join(clean(text).split())


def decode(data: bytes, declared: str | None = None) -> str:
    """Bytes as text: by BOM, else as declared, else UTF-8, else the likeliest code page."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    wide = looks_utf16(data[: 2**16])
    if wide:
        return data.decode(wide, errors="replace")
    for encoding in ("utf-8", declared or "utf-8"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(_likeliest(data), errors="replace")


def _likeliest(data: bytes) -> str:
    """cp1252 unless the bytes speak clearly for another code page.

    Indonesian and English are ASCII but for typographic quotes and dashes, too little for a
    statistical guess, so it counts only where many bytes are beyond ASCII.
    """
    sample = data[: 2**16]
    if sum(byte >= 0x80 for byte in sample) < len(sample) * 0.1:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"
