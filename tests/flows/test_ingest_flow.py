"""Folders as people have them: good files go in, each bad one is one clear line."""

from __future__ import annotations

import importlib.util
import json
import os
import stat
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from docs_store.errors import StoreNotWritable
from docs_store.records import VersionDraft
from docs_store.store import DocumentStore
from ingest.errors import FileChanging
from ingest.folders import find_files
from ingest.identify import read_file
from ingest.limits import MIB, Limits
from ingest.mirror import gone_documents, plan_paths, prune_documents, watch_paths
from ingest.pipeline import ingest_paths
from ingest.settings import IngestSettings

_spec = importlib.util.spec_from_file_location(
    "samples", Path(__file__).parent.parent / "sample_files" / "samples.py"
)
s = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(s)


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)


def statuses(report) -> dict[str, str]:
    return {Path(line.source).name: line.status for line in report.documents}


def texts_found(store: DocumentStore, question: str) -> str:
    return " ".join(hit.text for hit in store.search(question))


# --- every bad input of a run, side by side with the good ------------------------------------

DOCX = s.docx(s.paragraph("Rencana kerja kecamatan."))
BAD = {
    "kosong.txt": (b"", "kosong"),
    "hanya-spasi.txt": (b" \n\n ", "kosong"),
    "salah-akhiran.pdf": (b"Ini teks biasa.", "bukan PDF"),
    "gambar.docx": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, None),
    "tanpa-teks.pdf": (s.scanned_pdf(2), "Tidak ada teks"),
    "terkunci.pdf": (s.pdf([[(72, 72, "rahasia")]], encrypt="sandi"), "kata sandi"),
    "rusak.docx": (DOCX[: len(DOCX) // 2], "rusak"),
    "rusak.pdf": (b"%PDF-1.7\nrusak", "rusak"),
    "data.json": (b'{"a": 1}', "JSON"),
}
GOOD = {
    "surat.txt": b"Rapat desa membahas jalan.",
    "catatan.md": b"# Catatan\n\nPasar dibuka kembali.",
    "berita.html": b"<html><body><h1>Berita</h1><p>Taman kota diresmikan.</p></body></html>",
    "rencana.docx": DOCX,
    "aturan.pdf": s.pdf([[(72, 72, "Retribusi parkir ditetapkan.")]]),
    "bukan-pdf.txt": s.pdf([[(72, 72, "Berkas ini sebenarnya PDF.")]]),
}


@pytest.fixture
def mixed_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "arsip"
    folder.mkdir()
    for name, data in GOOD.items():
        (folder / name).write_bytes(data)
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    with (folder / "besar.pdf").open("wb") as file:
        file.truncate(200 * MIB)
    os.mkfifo(folder / "pipa.txt")
    (folder / "putus.txt").symlink_to(folder / "tidak-ada")
    (folder / "putaran.txt").symlink_to(folder / "putaran.txt")
    (folder / "melingkar").symlink_to(folder, target_is_directory=True)
    return folder


def test_bad_files_cost_a_line_each_and_the_others_go_in(
    store: DocumentStore, mixed_folder: Path
) -> None:
    missing = mixed_folder / "hilang" / "x.txt"
    report = ingest_paths(store, [mixed_folder, missing])
    expected = dict.fromkeys(GOOD, "added") | dict.fromkeys(BAD, "failed")
    expected |= dict.fromkeys(["besar.pdf", "pipa.txt", "putus.txt", "putaran.txt"], "failed")
    assert statuses(report) == expected | {"x.txt": "failed"}
    assert report.exit_status == 1
    for line in report.failed:
        name = Path(line.source).name
        assert line.reason.count(" / ") >= 1, name
        assert "\n" not in line.reason
        assert "Traceback" not in line.reason
        assert (BAD.get(name, (b"", None))[1] or "") in line.reason
    reasons = {Path(line.source).name: line.reason for line in report.failed}
    assert "INGEST_BYTES_MAX" in reasons["besar.pdf"]
    assert "Tidak ada berkas" in reasons["x.txt"]
    assert "Retribusi parkir" in texts_found(store, "retribusi parkir")
    assert store.document_count() == len(GOOD)
    json.dumps(report.to_json())


def test_again_all_is_unchanged_and_nothing_is_written(
    store: DocumentStore, mixed_folder: Path
) -> None:
    ingest_paths(store, [mixed_folder])
    kept = {d.document_id: (d.version, d.added_at) for d in store.documents()}
    again = ingest_paths(store, [mixed_folder])
    assert {line.status for line in again.documents} == {"unchanged", "failed"}
    assert {d.document_id: (d.version, d.added_at) for d in store.documents()} == kept


def test_no_file_at_all(store: DocumentStore, tmp_path: Path) -> None:
    (tmp_path / "hampa").mkdir()
    assert ingest_paths(store, [tmp_path / "hampa"]).exit_status == 2


# --- names and folders ------------------------------------------------------------------------


def test_odd_names_go_in(store: DocumentStore, tmp_path: Path) -> None:
    names = [
        b"dua\nbaris.txt", b"n" * 251 + b".txt", b"rusak\xff\xfe.txt", b"rusak\xff\xfd.txt",
        b"a..b.txt", b"<b>tebal.txt", "é漢🙂.txt".encode(), b"%2e%2e%2f.txt",
    ]  # fmt: skip
    for number, name in enumerate(names):
        (tmp_path / os.fsdecode(name)).write_text(f"Isi nomor {number}.")
    report = ingest_paths(store, [tmp_path / ".." / tmp_path.name])
    assert [line.status for line in report.documents] == ["added"] * len(names)
    assert len({line.document_id for line in report.documents}) == len(names)
    for line in report.documents:
        line.source.encode()
        assert ".." not in Path(line.source).parts
    assert [line.status for line in ingest_paths(store, [tmp_path]).documents] == [
        "unchanged"
    ] * len(names)


def test_two_unicode_forms_of_a_name_are_one_document(store: DocumentStore, tmp_path: Path) -> None:
    composed = unicodedata.normalize("NFC", "é.txt")
    taken_apart = unicodedata.normalize("NFD", "é.txt")
    (tmp_path / composed).write_text("Isi pertama.")
    ingest_paths(store, [tmp_path])
    (tmp_path / composed).rename(tmp_path / taken_apart)
    assert statuses(ingest_paths(store, [tmp_path])) == {composed: "unchanged"}
    assert gone_documents(store, [tmp_path]) == []
    (tmp_path / composed).write_text("Isi kedua.")
    report = ingest_paths(store, [tmp_path])
    (clash,) = report.failed
    assert "Unicode" in clash.reason
    assert store.document_count() == 1


def test_a_path_named_twice_is_taken_once(store: DocumentStore, tmp_path: Path) -> None:
    write(tmp_path, a="Satu.")
    paths = [tmp_path / "a.txt", tmp_path, tmp_path / "." / "a.txt"]
    assert len(ingest_paths(store, paths).documents) == 1


def test_the_stores_own_folder_is_no_document(store: DocumentStore, tmp_path: Path) -> None:
    write(tmp_path, a="Satu.")
    ingest_paths(store, [tmp_path])
    assert tmp_path in store.path.parents
    assert statuses(ingest_paths(store, [tmp_path])) == {"a.txt": "unchanged"}


def test_ignore_files_work_as_gitignore_does(tmp_path: Path) -> None:
    (tmp_path / "a" / "dalam").mkdir(parents=True)
    (tmp_path / "rahasia").mkdir()
    for name in ("x.txt", "x.log", "a/y.log", "a/z.tmp", "a/dalam/penting.log", "rahasia/k.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / ".tanyaignore").write_text("*.log\nrahasia/\n/x.tmp\n")
    (tmp_path / "a" / ".tanyaignore").write_text("!penting.log\n*.tmp # bukan catatan\n")
    found = {str(file.path.relative_to(tmp_path)) for file in find_files([tmp_path])}
    assert found == {"x.txt", "a/z.tmp", "a/dalam/penting.log"}
    assert [file.path.name for file in find_files([tmp_path / "x.log"])] == ["x.log"]


def test_a_broken_ignore_file_keeps_its_folder_out_and_is_told(
    store: DocumentStore, tmp_path: Path
) -> None:
    write(tmp_path, a="Rahasia.")
    (tmp_path / ".tanyaignore").write_bytes(b"\xff\xfe\x00a*")
    report = ingest_paths(store, [tmp_path])
    assert statuses(report) == {".tanyaignore": "failed"}


@contextmanager
def without_rights() -> Iterator[None]:
    """Root may read everything: become nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_without_permission_is_told_and_its_documents_are_not_gone(
    store: DocumentStore,
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root, closed = Path(name), Path(name) / "tertutup"
        closed.mkdir()
        write(root, a="Boleh dibaca.")
        write(closed, b="Tidak boleh dibaca.")
        root.chmod(0o755)
        assert len(ingest_paths(store, [root]).documents) == 2
        closed.chmod(0)
        try:
            with without_rights():
                found = find_files([root])
                gone = gone_documents(store, [root])
        finally:
            closed.chmod(stat.S_IRWXU)
        (error,) = [file for file in found if file.error is not None]
        assert error.path == closed
        assert "izin" in str(error.error)
        assert gone == []


# --- what changes ------------------------------------------------------------------------------


def test_a_file_that_is_being_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "tumbuh.txt"
    with path.open("wb") as file:
        file.truncate(60 * MIB)  # long enough to read for the writer to come between
    done = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not done.is_set():
                file.write(b"b")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        with pytest.raises(FileChanging):
            read_file(path, Limits())
    finally:
        done.set()
        writer.join()
    assert read_file(path, Limits()) == path.read_bytes()


def test_dry_run_tells_and_does_nothing(store: DocumentStore, tmp_path: Path) -> None:
    write(tmp_path, lama="Tetap begini.", ubah="Sebelum.", hilang="Akan dihapus.")
    ingest_paths(store, [tmp_path])
    (tmp_path / "hilang.txt").unlink()
    (tmp_path / "kosong.txt").touch()
    write(tmp_path, ubah="Sesudah.", baru="Isi baru.")
    before = [(d.document_id, d.version) for d in store.documents()]
    plan = plan_paths(store, [tmp_path], prune=True)
    assert statuses(plan) == {
        "lama.txt": "unchanged",
        "ubah.txt": "replaced",
        "baru.txt": "added",
        "kosong.txt": "failed",
        "hilang.txt": "removed",
    }
    assert plan.to_json()["dry_run"] is True
    assert [(d.document_id, d.version) for d in store.documents()] == before


def test_prune_takes_out_what_is_gone_from_the_folder_and_nothing_else(
    store: DocumentStore, tmp_path: Path
) -> None:
    kept, other = tmp_path / "arsip", tmp_path / "arsip-lain"
    kept.mkdir()
    other.mkdir()
    write(kept, a="Alun-alun kota.", b="Balai desa.")
    write(other, c="Cagar budaya.")
    ingest_paths(store, [kept, other])
    (kept / "b.txt").unlink()
    (other / "c.txt").unlink()
    gone = gone_documents(store, [kept])
    assert [Path(document.source).name for document in gone] == ["b.txt"]
    (line,) = prune_documents(store, gone)
    assert line.status == "removed"
    assert {Path(d.source).name for d in store.documents()} == {"a.txt", "c.txt"}
    assert "Balai desa" not in texts_found(store, "balai desa")


def test_a_missing_folder_says_nothing_about_its_files(
    store: DocumentStore, tmp_path: Path
) -> None:
    folder = tmp_path / "jaringan"
    folder.mkdir()
    write(folder, a="Di jaringan.")
    ingest_paths(store, [folder])
    folder.rename(tmp_path / "lepas")
    assert gone_documents(store, [folder]) == []


def test_renamed_then_pruned_still_answers(store: DocumentStore, tmp_path: Path) -> None:
    write(tmp_path, lama="Jembatan gantung diperbaiki.")
    ingest_paths(store, [tmp_path])
    (tmp_path / "lama.txt").rename(tmp_path / "baru.txt")
    assert statuses(ingest_paths(store, [tmp_path])) == {"baru.txt": "duplicate"}
    prune_documents(store, gone_documents(store, [tmp_path]))
    (hit,) = store.search("jembatan gantung")
    assert Path(hit.source).name == "baru.txt"


def test_watching_takes_in_what_comes_changes_and_goes(
    store: DocumentStore, tmp_path: Path
) -> None:
    write(tmp_path, a="Awal sekali.")
    (tmp_path / ".tanyaignore").write_text("*.log")
    stop = threading.Event()
    reports = watch_paths(store, [tmp_path], prune=True, stop=stop)
    assert statuses(next(reports)) == {"a.txt": "added"}

    def change() -> None:
        time.sleep(0.2)
        write(tmp_path, a="Sudah berubah.", b="Berkas baru.")
        (tmp_path / "c.log").write_text("Diabaikan.")

    threading.Thread(target=change).start()
    assert statuses(next(reports)) == {"a.txt": "replaced", "b.txt": "added"}
    threading.Timer(0.2, (tmp_path / "a.txt").unlink).start()
    assert statuses(next(reports)) == {"a.txt": "removed"}
    stop.set()
    assert list(reports) == []


# --- runs that end early -----------------------------------------------------------------------


class FullDisk:
    """A store whose disk is full after a number of documents."""

    def __init__(self, store: DocumentStore, room: int) -> None:
        self._store, self._room = store, room

    def __getattr__(self, name: str):
        return getattr(self._store, name)

    def publish(self, draft: VersionDraft, *arguments):
        if self._room == 0:
            raise StoreNotWritable(path=self._store.path, why="No space left on device")
        self._room -= 1
        return self._store.publish(draft, *arguments)


def test_a_full_disk_ends_the_run_but_not_the_report(store: DocumentStore, tmp_path: Path) -> None:
    write(tmp_path, a="Satu.", b="Dua.", c="Tiga.")
    shown = []
    report = ingest_paths(FullDisk(store, room=1), [tmp_path], progress=shown.append)
    assert statuses(report) == {"a.txt": "added", "b.txt": "failed"}
    assert "No space left" in report.stopped
    assert report.to_json()["stopped"] == report.stopped
    assert report.exit_status == 1
    assert report.documents[-1] in shown
    assert ingest_paths(FullDisk(store, room=0), [tmp_path / "b.txt"]).exit_status == 2
    assert statuses(ingest_paths(store, [tmp_path])) == {
        "a.txt": "unchanged",
        "b.txt": "added",
        "c.txt": "added",
    }


def test_a_run_stops_between_documents_when_asked(store: DocumentStore, tmp_path: Path) -> None:
    write(tmp_path, a="Satu.", b="Dua.", c="Tiga.")
    done = []

    def progress(event: object) -> None:
        done.extend([event] if hasattr(event, "status") else [])

    report = ingest_paths(store, [tmp_path], progress=progress, stop=lambda: len(done) == 2)
    assert statuses(report) == {"a.txt": "added", "b.txt": "added"}
    assert report.interrupted
    assert report.exit_status == 130


def test_a_photo_is_read_by_ocr(store: DocumentStore, tmp_path: Path) -> None:
    (tmp_path / "foto.png").write_bytes(s.photo("Rapat Kerja 2026"))
    (line,) = ingest_paths(store, [tmp_path], IngestSettings()).documents
    assert line.status == "added"
    assert line.pages_by_method == {"ocr": 1}
    assert 0.5 < line.confidence_min <= line.confidence_mean <= 1
    assert set(line.seconds_by_stage) == {"reading", "embedding"}
    (hit,) = store.search("rapat kerja")
    (box,) = store.boxes(hit.document_id, hit.version, 1)
    assert store.text(hit.document_id)[box.start : box.end] == "Rapat Kerja 2026"
    assert 0 < box.left < box.right < 1
    assert hit.confidence == box.confidence
    report = store.report(hit.document_id)
    assert report["pages_by_method"] == line.pages_by_method
    assert report["confidence_min"] == line.confidence_min
    assert report["seconds"] == line.seconds_by_stage


def test_a_row_is_found_by_its_header(store: DocumentStore, tmp_path: Path) -> None:
    (tmp_path / "luas.csv").write_text("Wilayah;Kepadatan\nUtara;12\nSelatan;40\n")
    ingest_paths(store, [tmp_path])
    (hit, *_) = store.candidates("kepadatan wilayah utara", 5)
    assert "Utara | 12" in hit.text
    assert "Kepadatan" in hit.context
    assert "keyword" in hit.scores
    assert "vector" in hit.scores


def test_what_a_document_is_reaches_the_store(store: DocumentStore, tmp_path: Path) -> None:
    (tmp_path / "pasar.md").write_text(
        "# PERATURAN BUPATI BANYUWANGI NOMOR 190 TAHUN 2031 TENTANG PASAR DESA\n\n"
        "Pasal 1\n\nPasar di Kabupaten Banyuwangi dibuka setiap hari.\n\n"
        "Ditetapkan di Banyuwangi\n\npada tanggal 3 Mei 2031\n"
    )
    (line,) = ingest_paths(store, [tmp_path]).documents
    document = store.document(line.document_id)
    assert document.kind == line.kind == "regulation"
    assert document.regulation == "perbup/banyuwangi/190/2031"
    assert "35.10" in [region.code for region in document.regions]
    assert store.regulations("perbup/banyuwangi/190/2031") == [document]
