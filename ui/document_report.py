"""``tanya docs show``: what is known of one document and how it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from docs_store.records import Document, Notice, RegulationLink
from docs_store.regulation_keys import regulation_name
from ingest.page_ranges import page_ranges
from ui.printing import print_json, print_line

if TYPE_CHECKING:
    from docs_store.store import DocumentStore

PAGES_SHOWN_MAX = 20
LINKS_SHOWN_MAX = 20
QUOTE_CHARS_MAX = 200
_KINDS = {
    "news": "berita / news",
    "regulation": "peraturan / regulation",
    "plan": "rencana / plan",
    "report": "laporan / report",
    "table": "tabel / table",
    "web_page": "halaman web / web page",
    "letter": "surat / letter",
    "other": "lainnya / other",
}
_RELATIONS = {
    "revokes": "mencabut / revokes",
    "amends": "mengubah / amends",
    "revoked_by": "dicabut dengan / revoked by",
    "amended_by": "diubah dengan / amended by",
}
_METHODS = {
    "text": "teks / text",
    "ocr": "OCR",
    "bad text": "teks rusak / bad text",
    "none": "tanpa teks / no text",
}
_LAYERS = {"bad": "teks rusak / bad text layer", "none": "tanpa lapisan teks / no text layer"}
_REASONS = {
    "unmapped": "huruf tak dikenal / unmapped characters",
    "vowels": "susunan vokal / vowels",
    "words": "kata yang bukan kata / words that are none",
    "letters": "terlalu sedikit huruf / too few letters",
}


@dataclass(frozen=True, slots=True)
class DocumentView:
    """All that the store knows of one document but its text."""

    document: Document
    report: dict[str, Any]
    """See `ingest.report.reading_report`; empty where an older reader read it."""
    notices: tuple[Notice, ...]
    links: tuple[tuple[RegulationLink, str], ...]
    """Each with its quote."""
    corrected_at: dict[str, str]


def view_document(store: DocumentStore, document_id: str) -> DocumentView:
    """Look a document up.

    Raises:
        DocumentNotFound
    """
    document = store.document(document_id)
    links = store.links_from(document_id)
    text = store.text(document_id) if links else ""
    return DocumentView(
        document,
        store.report(document_id),
        store.notices(document_id),
        tuple((link, text[link.start : link.end]) for link in links),
        store.corrected_at(document_id),
    )


def print_document(store: DocumentStore, document_id: str, *, as_json: bool) -> None:
    """Print a document's view, for programs or for people.

    Raises:
        DocumentNotFound
    """
    view = view_document(store, document_id)
    if as_json:
        print_json(document_json(view))
        return
    for line in document_lines(view):
        print_line(line)


def document_json(view: DocumentView) -> dict[str, Any]:
    """The object that ``tanya docs show --json`` prints."""
    return {
        **asdict(view.document),
        "corrected_at": view.corrected_at,
        "notices": [asdict(notice) for notice in view.notices],
        "links": [{**asdict(link), "quote": quote} for link, quote in view.links],
        "report": view.report,
    }


def document_lines(view: DocumentView) -> Iterator[str]:
    """The same for people, a line each; what is not known is left out."""
    document, report = view.document, view.report
    yield _shown(document.title)
    for field, label, value in (
        ("", "Nomor / id", f"{document.document_id}, versi / version {document.version}"),
        ("", "Berkas / source", document.source),
        ("kind", "Jenis / kind", _KINDS.get(document.kind, document.kind)),
        ("date", "Tanggal / date", document.date or ""),
        ("publisher", "Penerbit / publisher", document.publisher or ""),
        ("regions", "Daerah / regions", _regions(document)),
        ("", "Orang / people", _people(document)),
        ("", "Peraturan / regulation", _regulation(document.regulation)),
        ("", "Ditambahkan / added", document.added_at),
    ):
        if value or field in document.corrected:
            yield f"  {label}: {_shown(value) or '-'}"
    for field, when in view.corrected_at.items():
        yield f"  Dikoreksi / corrected: {field}, {when}"
    for notice in view.notices:
        told = f"{_RELATIONS[notice.relation]} {_regulation(notice.target)}"
        where = "" if notice.stated_in == document.document_id else f" ({notice.stated_in})"
        yield f"  Perhatian / notice: {told}{where}: {_quote(notice.quote)}"
    for link, quote in view.links[:LINKS_SHOWN_MAX]:
        told = f"{_RELATIONS[link.relation]} {_regulation(link.target)}"
        yield f"  Tautan / link: {told}: {_quote(quote)}"
    if len(view.links) > LINKS_SHOWN_MAX:
        yield f"  Tautan / link: … +{len(view.links) - LINKS_SHOWN_MAX}"
    yield from _reading(document, report)


def _reading(document: Document, report: dict[str, Any]) -> Iterator[str]:
    pages = f"{document.pages} halaman / pages, " if document.pages else ""
    yield (
        f"  Isi / content: {pages}{document.passages} kutipan / passages, "
        f"{document.characters} karakter / characters"
    )
    methods = report.get("page_methods", [])
    for method in dict.fromkeys(methods):
        numbers = [number for number, one in enumerate(methods, start=1) if one == method]
        yield f"  Cara baca / read by: {_METHODS.get(method, method)}: {page_ranges(numbers)}"
    if report.get("confidence_min") is not None:
        yield (
            f"  Keyakinan OCR / OCR confidence: terendah / lowest {report['confidence_min']:.0%}, "
            f"rata-rata / mean {report['confidence_mean']:.0%}"
        )
    weak = [page for page in report.get("page_measures", []) if page["layer"] != "good"]
    for page in weak[:PAGES_SHOWN_MAX]:
        yield f"  Halaman / page {page['page']}: {_measures(page)}"
    if len(weak) > PAGES_SHOWN_MAX:
        rest = page_ranges([page["page"] for page in weak[PAGES_SHOWN_MAX:]])
        yield f"  Halaman lain seperti itu / more such pages: {rest}"
    for warning in document.warnings:
        yield f"  Peringatan / warning: {_shown(warning)}"
    seconds = report.get("seconds", {})
    if seconds:
        reading, embedding = seconds.get("reading", 0.0), seconds.get("embedding", 0.0)
        yield f"  Waktu / time: baca / reading {reading:.1f} s, embedding {embedding:.1f} s"


def _measures(page: dict[str, Any]) -> str:
    told = [_LAYERS[page["layer"]]]
    if page["why"]:
        told.append(_REASONS.get(page["why"], page["why"]))
    told.append(f"{page['letters']} huruf / letters")
    for name, label in (
        ("unmapped_share", "tak dikenal / unmapped"),
        ("vowel_share", "vokal / vowels"),
        ("word_share", "kata / words"),
        ("invisible_share", "tak terlihat / invisible"),
        ("image_share", "gambar / images"),
    ):
        if page[name] is not None:
            told.append(f"{label} {page[name]:.0%}")
    return ", ".join(told)


def _regions(document: Document) -> str:
    return ", ".join(f"{region.name} ({region.code})" for region in document.regions)


def _people(document: Document) -> str:
    return "; ".join(", ".join(filter(None, (p.name, p.office))) for p in document.people)


def _regulation(key: str | None) -> str:
    return "" if key is None else f"{regulation_name(key)} ({key})"


def _quote(text: str) -> str:
    shown = _shown(text)
    return f"“{shown if len(shown) <= QUOTE_CHARS_MAX else shown[:QUOTE_CHARS_MAX] + '…'}”"


def _shown(text: str) -> str:
    """On one line and without control characters, which a terminal would obey."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())
