"""The way of a document: identify, parse, split, describe, embed, publish."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docs_store.errors import BilingualError
from docs_store.records import VersionDraft
from docs_store.store import DocumentStore
from ingest.blocks import ParsedDocument
from ingest.confidence import confidence_warnings
from ingest.describe import describe
from ingest.errors import IngestError, NoText
from ingest.folders import FoundFile, find_files, read_found
from ingest.read_ahead import read_ahead
from ingest.recognised import text_boxes, with_confidence
from ingest.regulation_links import find_links
from ingest.report import DocumentReport, IngestReport, failed, reading_report, unchanged
from ingest.sandbox import ParserProcess
from ingest.settings import IngestSettings
from ingest.split import Sizes, split
from ingest.structure import structure

CONTEXT_TOKENS = 120
"""Room in the embedding window for title and headings (at most 300 characters of them)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is: which document of how many, and how many of its passages are embedded."""

    source: str
    document: int
    documents: int
    bytes_done: int
    """Of the documents before this one; with ``bytes_total`` it tells how long the rest takes."""
    bytes_total: int
    size: int
    """Bytes of this document."""
    passages_done: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document that is read and split, and not yet embedded."""

    content: bytes
    draft: VersionDraft
    pages: int | None
    seconds: float
    """What reading took."""


ProgressCallback = Callable[[Progress | DocumentReport], None]


def ingest_paths(
    store: DocumentStore,
    paths: Iterable[Path | str],
    settings: IngestSettings | None = None,
    progress: ProgressCallback = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> IngestReport:
    """Take in files and folders; a document that fails costs its line in the report, no more.

    Args:
        store: where the documents go.
        paths: files, folders, and addresses of web pages (see `ingest.folders.find_files`).
        settings: limits and sizes.
        progress: called with a `Progress` as work goes on and with each document's report.
        stop: asked before each document; when it says so, the run ends there.

    Where the store or the model fails (disk full, store busy, another model), the run ends with
    that document; the report says what went in before and, in ``stopped``, why it ended.
    """
    return ingest_files(store, find_files(paths, store.path), settings, progress, stop)


def ingest_files(
    store: DocumentStore,
    files: Sequence[FoundFile],
    settings: IngestSettings | None = None,
    progress: ProgressCallback = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> IngestReport:
    """As `ingest_paths`, for files that were found already."""
    settings = settings or IngestSettings()
    lines: list[DocumentReport] = []
    at = Progress("", 0, len(files), 0, sum(file.size for file in files), 0)

    def read(file: FoundFile, parser: ParserProcess) -> ReadDocument | DocumentReport:
        return _read_file(store, file, parser, settings)

    with read_ahead(files, read, settings.limits) as documents:
        for file in files:
            if stop():
                return IngestReport(tuple(lines), interrupted=True)
            at = replace(
                at,
                source=file.source,
                document=at.document + 1,
                bytes_done=at.bytes_done + at.size,
                size=file.size,
            )
            progress(at)

            def embedded(done: int, total: int, at: Progress = at) -> None:
                progress(replace(at, passages_done=done, passages=total))

            try:
                document = next(documents)
                if isinstance(document, ReadDocument):
                    document = publish_document(store, document, embedded)
                line, stopped = document, None
            except BilingualError as error:
                line, stopped = failed(file.source, error), error
            progress(line)
            lines.append(line)
            if stopped is not None:
                return IngestReport(tuple(lines), stopped=str(stopped))
    return IngestReport(tuple(lines))


def _read_file(
    store: DocumentStore, file: FoundFile, parser: ParserProcess, settings: IngestSettings
) -> ReadDocument | DocumentReport:
    """Read one file; what is wrong with it is in the report."""
    started = time.monotonic()
    try:
        content, name = read_found(file, settings.limits)
        return read_document(store, content, file.source, name, parser, settings)
    except IngestError as error:
        return failed(file.source, error, _seconds_since(started))


def ingest_bytes(
    store: DocumentStore,
    content: bytes,
    source: str,
    name: str,
    parser: ParserProcess,
    settings: IngestSettings,
    embedded: Callable[[int, int], None] = lambda _done, _total: None,
) -> DocumentReport:
    """Take in one document's bytes, under the source that names it.

    Raises:
        IngestError: the document cannot be read.
        docs_store.errors.BilingualError: the store or the model cannot be used.
    """
    document = read_document(store, content, source, name, parser, settings)
    if isinstance(document, DocumentReport):
        return document
    return publish_document(store, document, embedded)


def read_document(
    store: DocumentStore,
    content: bytes,
    source: str,
    name: str,
    parser: ParserProcess,
    settings: IngestSettings,
) -> ReadDocument | DocumentReport:
    """Everything that is done before embedding; only the report where it is kept already.

    Raises:
        IngestError: the document cannot be read.
        docs_store.errors.BilingualError: the store or the model cannot be used.
    """
    started = time.monotonic()
    content_sha256 = hashlib.sha256(content).hexdigest()
    if store.is_unchanged(source, content_sha256):
        return unchanged(store.document_by_source(source), _seconds_since(started))
    parsed = parser.parse_bytes(content, name)
    draft = draft_version(store, parsed, source, content_sha256, name, settings)
    seconds = _seconds_since(started)
    report = reading_report(parsed, draft.warnings, seconds)
    return ReadDocument(content, replace(draft, report=report), parsed.page_count, seconds)


def publish_document(
    store: DocumentStore,
    document: ReadDocument,
    embedded: Callable[[int, int], None] = lambda _done, _total: None,
) -> DocumentReport:
    """Embed and publish what was read.

    Raises:
        docs_store.errors.BilingualError: the store or the model cannot be used.
    """
    started = time.monotonic()
    draft, report = document.draft, document.draft.report
    published = store.publish(draft, document.content, embedded)
    return DocumentReport(
        source=draft.source,
        status=published.status,
        document_id=published.document_id,
        pages=document.pages,
        passages=published.passages,
        seconds=round(document.seconds + _seconds_since(started), 3),
        title=draft.title,
        warnings=draft.warnings,
        pages_by_method=report["pages_by_method"],
        confidence_min=report["confidence_min"],
        confidence_mean=report["confidence_mean"],
        kind=draft.kind,
        seconds_by_stage={**report["seconds"], "embedding": published.embedding_s},
    )


def draft_version(
    store: DocumentStore,
    parsed: ParsedDocument,
    source: str,
    content_sha256: str,
    name: str,
    settings: IngestSettings,
) -> VersionDraft:
    """The version that a parsed document becomes: one text, its passages, its description."""
    structured = structure(parsed.blocks, parsed.page_labels)
    if not structured.text:
        raise NoText(kind=parsed.media_type)
    about = describe(parsed, structured.text, Path(name).stem)
    model = store.model
    maximum = model.window_tokens - model.reserved_tokens - CONTEXT_TOKENS
    sizes = Sizes(target=min(settings.passage_tokens, maximum), maximum=maximum)
    passages = split(structured, about.title, model.count_tokens, sizes)
    return VersionDraft(
        source=source,
        content_sha256=content_sha256,
        media_type=parsed.media_type,
        title=about.title,
        date=about.date,
        language=about.language,
        text=structured.text,
        pages=structured.pages,
        passages=with_confidence(passages, structured.blocks),
        headings=tuple(
            (at.start, at.end, at.block.level)
            for at in structured.blocks
            if at.block.kind == "heading"
        ),
        warnings=(*parsed.warnings, *confidence_warnings(parsed)),
        kind=about.kind,
        publisher=about.publisher,
        regions=about.regions,
        people=about.people,
        links=find_links(structured.text, about.regulation),
        regulation=about.regulation,
        boxes=text_boxes(structured.blocks),
    )


def _seconds_since(started: float) -> float:
    return round(time.monotonic() - started, 3)
