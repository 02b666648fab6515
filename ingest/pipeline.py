"""The way of a document: identify, parse, split, describe, embed, publish."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docs_store.records import VersionDraft
from docs_store.store import DocumentStore, normalise_source
from ingest.blocks import ParsedDocument
from ingest.describe import describe
from ingest.errors import IngestError, NoText
from ingest.identify import read_file
from ingest.report import DocumentReport, IngestReport
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
    passages_done: int = 0
    passages: int = 0


ProgressCallback = Callable[[Progress | DocumentReport], None]


def ingest_paths(
    store: DocumentStore,
    paths: Sequence[Path],
    settings: IngestSettings | None = None,
    progress: ProgressCallback = lambda _: None,
) -> IngestReport:
    """Take in files and folders; a document that fails costs its line in the report, no more.

    Args:
        store: where the documents go.
        paths: files, or folders that are walked.
        settings: limits and sizes.
        progress: called with a `Progress` as work goes on and with each document's report.

    Raises:
        docs_store.errors.BilingualError: the store or the model cannot be used at all.
    """
    settings = settings or IngestSettings()
    files = list(_walk(paths))
    lines = []
    with ParserProcess(settings.limits) as parser:
        for number, path in enumerate(files, start=1):
            at = Progress(str(path), number, len(files))
            progress(at)

            def embedded(done: int, total: int, at: Progress = at) -> None:
                progress(Progress(at.source, at.document, at.documents, done, total))

            line = ingest_file(store, path, parser, settings, embedded)
            progress(line)
            lines.append(line)
    return IngestReport(tuple(lines))


def ingest_file(
    store: DocumentStore,
    path: Path,
    parser: ParserProcess,
    settings: IngestSettings,
    embedded: Callable[[int, int], None] = lambda _done, _total: None,
) -> DocumentReport:
    """Take in one file; what is wrong with the file is in the report."""
    started = time.monotonic()
    source = normalise_source(_printable(str(path)))
    try:
        content = read_file(path, settings.limits)
        return ingest_bytes(store, content, source, path.name, parser, settings, embedded)
    except IngestError as error:
        return DocumentReport(source, "failed", reason=str(error), seconds=_seconds_since(started))


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
    started = time.monotonic()
    content_sha256 = hashlib.sha256(content).hexdigest()
    if store.is_unchanged(source, content_sha256):
        document = store.document_by_source(source)
        return DocumentReport(
            source,
            "unchanged",
            document.document_id,
            pages=document.pages or None,
            passages=document.passages,
            seconds=_seconds_since(started),
            title=document.title,
        )
    parsed = parser.parse_bytes(content, name)
    draft = draft_version(store, parsed, source, content_sha256, name, settings)
    published = store.publish(draft, content, embedded)
    return DocumentReport(
        source,
        published.status,
        published.document_id,
        pages=parsed.page_count,
        passages=published.passages,
        seconds=_seconds_since(started),
        title=draft.title,
        warnings=parsed.warnings,
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
    return VersionDraft(
        source=source,
        content_sha256=content_sha256,
        media_type=parsed.media_type,
        title=about.title,
        date=about.date,
        language=about.language,
        text=structured.text,
        pages=structured.pages,
        passages=split(structured, about.title, model.count_tokens, sizes),
        headings=tuple(
            (at.start, at.end, at.block.level)
            for at in structured.blocks
            if at.block.kind == "heading"
        ),
        warnings=parsed.warnings,
    )


def _walk(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to take in, by absolute path, each once; links to folders are not followed."""
    seen: set[Path] = set()
    for path in paths:
        absolute = Path(os.path.abspath(path))
        if absolute.is_dir():
            found = [
                Path(folder) / name
                for folder, folders, names in os.walk(absolute)
                for name in sorted(_visible(names, folders))
            ]
        else:
            found = [absolute]  # a missing path is reported when it is read
        for file in found:
            if file not in seen:
                seen.add(file)
                yield file


def _visible(names: list[str], folders: list[str]) -> list[str]:
    """Names that are not hidden; also sorts and prunes the folders that the walk goes on to."""
    folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
    return [name for name in names if not name.startswith((".", "~$"))]


def _printable(path: str) -> str:
    """A path as text that can be stored and printed, whatever bytes its name holds."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _seconds_since(started: float) -> float:
    return round(time.monotonic() - started, 3)
