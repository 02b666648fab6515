"""Who published a document: a site, an issuing office, a government, where the document says so."""

from __future__ import annotations

import re

from docs_store.gazetteer import find_regions
from ingest.blocks import ParsedDocument

PUBLISHER_CHARS_MAX = 120
_HEADER_CHARS_MAX = 200
_BODY = r"(?:BADAN|DINAS|KEMENTERIAN|INSPEKTORAT|SEKRETARIAT|DEWAN PERWAKILAN|KOMISI|LEMBAGA|RSUD)"
_HEADER = re.compile(rf"^(?:PEMERINTAH\s+(?:KABUPATEN|KOTA|PROVINSI|DAERAH|ACEH)|{_BODY})\b", re.I)
_ISSUED_BY = re.compile(
    r"^(?:salinan\s+)?(?:rancangan\s+)?(?:peraturan|keputusan|instruksi|surat\s+edaran|"
    r"surat\s+keputusan|maklumat)\s+(?:bersama\s+)?(?P<office>.+?)"
    r"(?=\s+(?:nomor|no\b|tentang|number)|\s*:|$)",
    re.IGNORECASE,
)
_NATIONAL_LAW = re.compile(
    r"^(?:salinan\s+)?(?:rancangan\s+)?(?:undang\s?-?\s?undang|peraturan\s+pemerintah)\b",
    re.IGNORECASE,
)
_DOMAIN = r"[A-Za-z][\w-]{1,30}\.(?:com|co\.id|id|net|go\.id|org|news)"
_PLACE = r"[A-Z][\w .]{1,30}"
# "JAKARTA, KOMPAS.com – ", "TRIBUNJATIM.COM, BANYUWANGI - ", "Batam (gokepri.com) – "
_DOMAIN_AT_START = re.compile(
    rf"^(?:{_PLACE}[,.]? ?[-–—(]? ?)?\b(?P<site>{_DOMAIN})\)?,? ?(?:{_PLACE})?[-–—:]", re.IGNORECASE
)
_NEWS_AGENCY = re.compile(r"^[A-Z .]{3,30}, ?\((?P<site>[A-Za-z][\w.]{1,20})\)[. ]{0,2}[-–—]")
_SITE_IN_TITLE = re.compile(r"^(?P<title>.{8,}?)\s+[|–—-]\s+(?P<site>[^|–—]{3,40})$")
_SMALL_WORDS = frozenset("dan di dari untuk atas oleh of and the".split())


def find_publisher(document: ParsedDocument, title: str, kind: str) -> str | None:
    """The publisher as a name to show, or None where the document names none."""
    found = (
        document.publisher
        or (_issuer(title) if kind in ("regulation", "letter") else None)
        or _site(document, title, kind)
        or _header(document)
    )
    return " ".join(found.split())[:PUBLISHER_CHARS_MAX].strip(" ,.-") or None if found else None


def _issuer(title: str) -> str | None:
    if _NATIONAL_LAW.match(title):
        return "Presiden Republik Indonesia"
    issued = _ISSUED_BY.match(title)
    if issued is None:
        return None
    office = issued["office"]
    if re.match(r"daerah\b", office, re.IGNORECASE):
        regions = find_regions(office)
        return f"Pemerintah {regions[0].region.name}" if regions else None
    return _as_name(office)


def _site(document: ParsedDocument, title: str, kind: str) -> str | None:
    declared = _SITE_IN_TITLE.match(" ".join((document.title or "").split())[:300])
    if declared and declared["title"].casefold()[:40] == title.casefold()[:40]:
        return declared["site"]
    if kind != "news":
        return None
    for block in document.blocks[:8]:
        found = _DOMAIN_AT_START.match(block.text[:120]) or _NEWS_AGENCY.match(block.text[:80])
        if found and not block.text.startswith(("http", "www")):
            return found["site"]
    return None


def _header(document: ParsedDocument) -> str | None:
    """The letterhead: a line of its own that is a government or an office."""
    for block in document.blocks[:10]:
        for line in block.text.split("\n")[:4]:
            line = _up_to_region(line[:_HEADER_CHARS_MAX])
            if _HEADER.match(line) and len(line) <= 100 and line.isupper():
                return _as_name(line)
    return None


def _up_to_region(line: str) -> str:
    """What stands before the title where both are on one line."""
    regions = find_regions(line)
    return line[: regions[0].end] if regions else line


def _as_name(capitals: str) -> str:
    """ "BUPATI BANYUWANGI" as "Bupati Banyuwangi"; what has small letters stays."""
    if not capitals.isupper():
        return capitals
    words = capitals.lower().split()
    return " ".join(
        word if at and word in _SMALL_WORDS else _capitalised(word) for at, word in enumerate(words)
    )


def _capitalised(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
