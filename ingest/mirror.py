"""Keeps the store as its folders are: what is gone from them, what a run would do, and watching."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from docs_store.errors import DocumentNotFound
from docs_store.records import Document
from docs_store.store import DocumentStore
from ingest.errors import IngestError
from ingest.folders import IGNORE_FILE, FoundFile, find_files, read_found, source_of
from ingest.identify import identify
from ingest.limits import Limits
from ingest.pipeline import ProgressCallback, ingest_files
from ingest.report import DocumentReport, IngestReport, failed, removed, unchanged
from ingest.settings import IngestSettings

WATCH_TIMEOUT_MS = 500
DEBOUNCE_MS = 1_000
"""How long a folder must be quiet before what changed in it is taken: a copy may be going on."""


def plan_paths(
    store: DocumentStore,
    paths: Sequence[Path | str],
    settings: IngestSettings | None = None,
    *,
    prune: bool = False,
) -> IngestReport:
    """What `ingest_paths` (and, if asked, `prune_documents`) would do; nothing is written.

    Files are read (pages fetched) and identified, not parsed, so what only parsing finds is not
    foretold: a damaged file, a scan, a duplicate text.
    """
    limits = (settings or IngestSettings()).limits
    lines = [_plan(store, file, limits) for file in find_files(paths, store.path)]
    if prune:
        lines += [removed(document) for document in gone_documents(store, paths)]
    return IngestReport(tuple(lines), dry_run=True)


def _plan(store: DocumentStore, file: FoundFile, limits: Limits) -> DocumentReport:
    try:
        content, name = read_found(file, limits)
        identify(content, name)
    except IngestError as error:
        return failed(file.source, error)
    try:
        document = store.document_by_source(file.source)
    except DocumentNotFound:
        return DocumentReport(file.source, "added")
    if document.content_sha256 == hashlib.sha256(content).hexdigest():
        return unchanged(document)
    return DocumentReport(file.source, "replaced", document.document_id, title=document.title)


def gone_documents(store: DocumentStore, paths: Iterable[Path | str]) -> list[Document]:
    """The documents that came from these folders and whose files are no longer there.

    A folder that is missing itself (a share that is not mounted) or that cannot be read says
    nothing about its files: none of them counts as gone.
    """
    folders = [Path(os.path.abspath(p)) for p in paths if isinstance(p, Path) and p.is_dir()]
    if not folders:
        return []
    found = find_files(folders, store.path)
    sources = {file.source for file in found}
    unreadable = [
        source_of(file.path.parent if file.path.name == IGNORE_FILE else file.path)
        for file in found
        if file.error is not None
    ]
    return [
        document
        for document in store.documents()
        if any(_is_under(document.source, source_of(folder)) for folder in folders)
        and not any(_is_under(document.source, place) for place in unreadable)
        and document.source not in sources
        and not os.path.lexists(document.source)
    ]


def _is_under(source: str, folder: str) -> bool:
    return source.startswith(folder.rstrip(os.sep) + os.sep)


def prune_documents(
    store: DocumentStore,
    documents: Iterable[Document],
    progress: ProgressCallback = lambda _: None,
) -> tuple[DocumentReport, ...]:
    """Take documents out of answers (their history stays), a line for each.

    Raises:
        docs_store.errors.StoreError: the store cannot be written.
    """
    lines = []
    for document in documents:
        try:
            store.remove(document.document_id)
        except DocumentNotFound:
            continue  # another process was faster
        line = removed(document)
        progress(line)
        lines.append(line)
    return tuple(lines)


def watch_paths(
    store: DocumentStore,
    paths: Sequence[Path | str],
    settings: IngestSettings | None = None,
    progress: ProgressCallback = lambda _: None,
    *,
    prune: bool = False,
    stop: Event | None = None,
) -> Iterator[IngestReport]:
    """Take in what is there, then whatever changes, until ``stop`` is set; a report each time.

    Args:
        prune: also take out documents whose files go away.
        stop: ends the watching, between two documents; without it, KeyboardInterrupt does.
    """
    from watchfiles import watch

    stop = stop or Event()
    existing = [path for path in paths if isinstance(path, Path) and path.exists()]
    if not existing:
        yield ingest_files(store, find_files(paths, store.path), settings, progress)
        return
    seen_first = False
    # Watching begins before the first look, so that nothing changes unseen in between.
    for changes in watch(
        *existing,
        watch_filter=None,
        debounce=DEBOUNCE_MS,
        stop_event=stop,
        rust_timeout=WATCH_TIMEOUT_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        if seen_first and not changes:
            continue
        files = find_files(paths, store.path)
        if seen_first:
            files = _changed(files, [Path(path) for _, path in changes])
        seen_first = True
        report = ingest_files(store, files, settings, progress, stop.is_set)
        lines = report.documents
        if prune and report.stopped is None:
            lines += prune_documents(store, gone_documents(store, paths), progress)
        if lines or report.interrupted:
            yield replace(report, documents=lines)


def _changed(files: Sequence[FoundFile], changed: Sequence[Path]) -> list[FoundFile]:
    """The files that changed, or stand in a folder that did; all if an ignore file changed."""
    if any(path.name == IGNORE_FILE for path in changed):
        return list(files)
    places = {source_of(path) for path in changed}
    return [
        file
        for file in files
        if file.source in places or any(source_of(parent) in places for parent in file.path.parents)
    ]
