"""What kind of document it is, from its layout and words; a file name alone tells nothing."""

from __future__ import annotations

import re

from docs_store.dates import find_dates
from ingest.blocks import BlockKind, ParsedDocument

_SHEETS = ("spreadsheet", "excel", "csv")
_TABLE_SHARE = 0.9
_LETTER_PARTS = (
    re.compile(r"^(?:nomor|number|no\.)\s*:", re.IGNORECASE | re.MULTILINE),
    re.compile(r"^sifat\s*:", re.IGNORECASE | re.MULTILINE),
    re.compile(r"^lampiran\s*:", re.IGNORECASE | re.MULTILINE),
    re.compile(r"^(?:hal|perihal|subject)\s*:", re.IGNORECASE | re.MULTILINE),
    re.compile(r"\b(?:kepada\s+)?yth\b|^kepada\b", re.IGNORECASE | re.MULTILINE),
)
_CIRCULAR = re.compile(r"^(?:salinan\s+)?surat\s+edaran\b", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(?:rpjm[dn]|rpjp[dn]|rkpd|renstra|renja|rencana (?:strategis|kerja|aksi|pembangunan|induk|"
    r"tata ruang)|rad|rtrw|rdtr|master ?plan|road ?map|peta jalan|(?:strategic|action|work|"
    r"development) plan)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:lkpj|lakip|lkjip|lkpd|lppd|rlppd|ilppd|laporan(?! (?:warga|wartawan|reporter))|"
    r"dalam angka|in figures|(?:annual|progress|evaluation|performance) report|report (?:on|of)|"
    r"sec filing|(?:form )?18-k)\b",
    re.IGNORECASE,
)
# "JAKARTA, KOMPAS.com – ", "Banyuwangi – ", "LAMONGAN - ", "Batam (gokepri.com) – "
_DATELINE = re.compile(
    r"^[A-Z][\w.]+(?: [A-Z][\w.]+){0,3}(?:, ?[\w. ]{2,30})?(?: ?\([\w., /]{2,40}\))?\.?,? ?"
    r"(?:[–—]|-(?= )|--) ?\w"
)
_SAID = re.compile(
    r"[\"”’'],?\s*(?:kata|ujar|tutur|ungkap|jelas|terang|papar|tegas|imbuh|tambah|sebut|ucap|"
    r"said|says)(?:nya)?\b|\b(?:kata|ujar|tutur|ungkap|jelas|tandas)(?:nya)? (?:dia|[A-Z])",
)
_WEEKDAY = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum[’']?at|sabtu|minggu|ahad)\s*,?\s*(?:lalu\s*)?"
    r"\(\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:oleh|by|penulis|editor|reporter|laporan wartawan|pewarta)\b.{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_NEWS_POINTS = 2
_HEAD_BLOCKS = 25


def document_kind(document: ParsedDocument, title: str, *, is_regulation: bool) -> str:
    """One of ``docs_store.records.KINDS``."""
    blocks = document.blocks
    if any(word in document.media_type for word in _SHEETS):
        return "table"
    head = "\n".join(block.text[:3_000] for block in blocks[:_HEAD_BLOCKS])[:3_000]
    if _CIRCULAR.match(title) or _is_letter(head):
        return "letter"
    if is_regulation:
        return "regulation"
    if _PLAN.search(title) and _news_points(document, head) < _NEWS_POINTS:
        return "plan"
    if _REPORT.search(title) and _news_points(document, head) < _NEWS_POINTS:
        return "report"
    rows = sum(block.kind is BlockKind.TABLE_ROW for block in blocks)
    if rows and rows >= _TABLE_SHARE * len(blocks):
        return "table"
    if _news_points(document, head) >= _NEWS_POINTS:
        return "news"
    if _says_so_at_the_top(_PLAN, head):
        return "plan"
    if _says_so_at_the_top(_REPORT, head):
        return "report"
    return "web_page" if "html" in document.media_type else "other"


def _is_letter(head: str) -> bool:
    return sum(bool(part.search(head)) for part in _LETTER_PARTS) >= 4


def _says_so_at_the_top(pattern: re.Pattern[str], head: str) -> bool:
    """Whether a short line at the top names the kind, as a cover page does."""
    return any(
        pattern.search(line) and len(line) <= 90 and not line.endswith((".", ",", ";"))
        for line in head.split("\n")[:6]
    )


def _news_points(document: ParsedDocument, head: str) -> int:
    body = "\n".join(block.text[:2_000] for block in document.blocks[:80])[:20_000]
    running = [block.text for block in document.blocks[:8] if len(block.text) > 80]
    points = 2 * any(_DATELINE.match(text) for text in running)
    points += min(2, sum(1 for _ in _SAID.finditer(body)))
    points += bool(_WEEKDAY.search(body)) + bool(_BYLINE.search(head))
    points += 2 * any(_is_date_line(block.text) for block in document.blocks[:4])
    return points + bool(document.date and "html" in document.media_type)


def _is_date_line(text: str) -> bool:
    """A line that is nothing but a date, as stands under a headline."""
    dates = find_dates(text[:60])
    return bool(dates) and len(text) <= dates[0].end - dates[0].start + 22 and ":" not in text[:12]
