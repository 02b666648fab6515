"""Every format through every entrance: the function, the command line, an upload."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from docs_store.jobs import JobQueue
from docs_store.maintenance import check
from docs_store.store import DocumentStore
from ingest.blocks import document_from_json, document_to_json
from ingest.jobs import run_job
from ingest.limits import Limits
from ingest.pipeline import draft_version, ingest_paths
from ingest.sandbox import ParserProcess
from ingest.settings import IngestSettings
from ingest.uploads import Upload, queue_uploads
from tests.fake_model import FakeModel
from tests.sample_files.every_format import SAMPLES, Sample
from ui.command_line import main

NAMES = [sample.name for sample in SAMPLES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("arsip")
    for sample in SAMPLES:
        (path / sample.name).write_bytes(sample.data)
    return path


@pytest.fixture(scope="module")
def process():
    with ParserProcess(Limits(timeout_s=60)) as running:
        yield running


def _by_function(folder: Path, path: Path) -> DocumentStore:
    store = DocumentStore(path, FakeModel())
    assert not ingest_paths(store, [folder]).failed
    return store


def _by_command_line(folder: Path, path: Path) -> DocumentStore:
    assert main(["ingest", "--json", "--store", str(path), str(folder)]) == 0
    return DocumentStore(path)


def _by_upload(folder: Path, path: Path) -> DocumentStore:
    store = DocumentStore(path, FakeModel())
    queue = JobQueue(path)
    sent = [folder / name for name in NAMES]
    uploads = [Upload(file.name, file, file.stat().st_size) for file in sent]
    queue_uploads(path, queue, uploads, Limits())
    job = queue.claim()
    run_job(store, queue, job, IngestSettings())
    assert queue.job(job.job_id).state == "done"
    return store


@pytest.fixture(
    scope="module",
    params=[_by_function, _by_command_line, _by_upload],
    ids=lambda way: way.__name__,
)
def filled(request, folder, tmp_path_factory):
    """A store that all samples went into by one of the entrances."""
    copy = tmp_path_factory.mktemp("kiriman")  # an upload's file is moved away
    for file in folder.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    store = request.param(copy, tmp_path_factory.mktemp("toko") / "store")
    yield store
    store.close()


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_the_text_of_each_format_and_its_place(filled: DocumentStore, sample: Sample) -> None:
    (document,) = [d for d in filled.documents() if sample.name in re.split("[/:]", d.source)]
    text = filled.text(document.document_id)
    assert [part for part in sample.must if part not in text] == []
    assert [part for part in sample.must_not if part in text] == []
    hits = [
        hit
        for hit in filled.candidates(sample.must[-1], 50)
        if hit.document_id == document.document_id and sample.must[-1] in hit.text
    ]
    assert hits, "what is in the text is found"
    pages = filled.pages(document.document_id)

    def page_of(at: int) -> int | None:
        return next((page.number for page in pages if page.start <= at < page.end), None)

    first = min(hits, key=lambda hit: hit.start)
    assert page_of(text.index(sample.must[-1])) == sample.page
    assert (first.page, first.locator) == (page_of(first.start), sample.locator)
    assert all(hit.text == text[hit.start : hit.end] for hit in hits)


def test_all_that_went_in_is_found_and_nothing_else(filled: DocumentStore) -> None:
    assert filled.document_count() == len(SAMPLES)
    assert check(filled).problems == []


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_the_offsets_law(process: ParserProcess, sample: Sample) -> None:
    """Blocks are clean; passages, headings, pages and boxes are slices; no word is left out."""
    parsed = process.parse_bytes(sample.data, sample.name)
    assert document_from_json(json.loads(json.dumps(document_to_json(parsed)))) == parsed
    for block in parsed.blocks:
        assert block.text == block.text.strip()
        assert "  " not in block.text
        assert all(0 <= box.start <= box.end <= len(block.text) for box in block.lines)
    store = SimpleNamespace(model=FakeModel())
    draft = draft_version(store, parsed, sample.name, "0" * 64, sample.name, IngestSettings())
    at = 0
    for passage in draft.passages:
        assert at <= passage.start < passage.end <= len(draft.text)
        assert not draft.text[at : passage.start].strip()
        at = passage.end
    assert not draft.text[at:].strip()
    texts = [block.text for block in parsed.blocks]
    assert all(draft.text[start:end] in texts for start, end, _ in draft.headings)
    assert all(0 <= page.start < page.end <= len(draft.text) for page in draft.pages)
    assert all(draft.text[box.start : box.end].strip() for box in draft.boxes)
    assert bool(draft.boxes) == any(block.confidence is not None for block in parsed.blocks)
