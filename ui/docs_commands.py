"""``tanya docs``: the kept documents, one function a command."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.docs_correct import add_correct_arguments, correct_document
from ui.printing import positive, print_fields, print_json, print_line, warn

if TYPE_CHECKING:
    from docs_store.store import DocumentStore

_WITH_ID = ("show", "correct", "text", "history", "remove", "erase")


def add_docs_commands(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """Put ``docs`` and its commands into the parser."""
    docs = commands.add_parser("docs", help="dokumen yang tersimpan / the kept documents")
    actions = docs.add_subparsers(required=True, metavar="AKSI")
    made = {}
    for name, run, text in (
        ("list", _list, "daftar / list"),
        ("show", _show, "keterangan dan laporan bacanya / what is known of one, how it was read"),
        ("correct", correct_document, "betulkan keterangannya / correct its description"),
        ("text", _text, "teksnya, tempat offset dihitung / its text, in which offsets count"),
        ("history", _history, "riwayat versi / its versions"),
        ("remove", _remove, "keluarkan dari jawaban / take out of answers"),
        ("erase", _erase, "hapus di semua tempat / delete everywhere"),
        ("check", _check, "buktikan isinya / prove the store"),
        ("rebuild", _rebuild, "buat ulang indeks / make the indexes anew"),
        ("backup", _backup, "cadangkan ke satu berkas / keep a copy in one file"),
        ("restore", _restore, "pulihkan ke folder kosong / restore into an empty folder"),
    ):
        made[name] = actions.add_parser(name, parents=parents, help=text)
        made[name].set_defaults(run=run)
        if name in _WITH_ID:
            made[name].add_argument("id", metavar="ID")
    add_correct_arguments(made["correct"])
    made["text"].add_argument("--version", type=positive, metavar="N")
    made["check"].add_argument(
        "--repair", action="store_true", help="buat ulang yang turunan / make anew what is derived"
    )
    made["rebuild"].add_argument("--model", metavar="NAME", help="model embedding lain / another")
    for name in ("backup", "restore"):
        made[name].add_argument("file", type=Path, metavar="FILE")


def _list(options: argparse.Namespace) -> int:
    documents = opened_store(options).documents()
    if options.json:
        print_json({"documents": [asdict(document) for document in documents]})
        return 0
    if not documents:
        warn("Belum ada dokumen: tanya ingest FOLDER / no documents yet: tanya ingest FOLDER")
    for document in documents:
        print_line(
            f"{document.document_id}  v{document.version}  {document.date or '-':<10}  "
            f"{document.passages:>5}  {document.title}  ({document.source})"
        )
    return 0


def _show(options: argparse.Namespace) -> int:
    from ui.document_report import print_document

    print_document(opened_store(options), options.id, as_json=options.json)
    return 0


def _text(options: argparse.Namespace) -> int:
    text = opened_store(options).text(options.id, options.version)
    if options.json:
        print_json({"document_id": options.id, "version": options.version, "text": text})
    else:
        sys.stdout.write(text)  # exactly the text that offsets count in: no line end is added
    return 0


def _history(options: argparse.Namespace) -> int:
    versions = [asdict(version) for version in opened_store(options).history(options.id)]
    if options.json:
        print_json({"document_id": options.id, "versions": versions})
        return 0
    for version in versions:
        ended = f"{version['retired_why']} {version['retired_at']}" if version["retired_at"] else ""
        changed = (
            f"+{version['passages_added']} -{version['passages_removed']} "
            f"={version['passages_kept']}"
        )
        print_line(
            f"v{version['version']}  {version['added_at']}  {changed}  {version['title']}  {ended}"
        )
    return 0


def _remove(options: argparse.Namespace) -> int:
    opened_store(options).remove(options.id)
    print_fields(options, {"document_id": options.id, "status": "removed"})
    return 0


def _erase(options: argparse.Namespace) -> int:
    from docs_store.maintenance import erase

    remaining = erase(opened_store(options), options.id)
    fields: dict[str, Any] = {"document_id": options.id, "status": "erased"}
    if remaining:
        fields["same_text_in"] = [document.source for document in remaining]
        warn("Teks yang sama masih ada di dokumen lain / the same text stands in other documents")
    print_fields(options, fields)
    return 0


def _check(options: argparse.Namespace) -> int:
    from docs_store.maintenance import check, check_and_repair

    store = opened_store(options)
    report = check_and_repair(store) if options.repair else check(store)
    print_fields(options, report.to_json())
    return 0 if report.sound else 1


def _rebuild(options: argparse.Namespace) -> int:
    from docs_store.embedding_model import EmbeddingModel
    from docs_store.maintenance import check, rebuild

    store = opened_store(options)
    rebuild(store, EmbeddingModel(options.model) if options.model else None, _progress)
    report = check(store)
    print_fields(options, report.to_json())
    if options.model:
        warn(f"Pakai selanjutnya / use from now on: STORE_EMBEDDING_MODEL={options.model}")
    return 0 if report.sound else 1


def _backup(options: argparse.Namespace) -> int:
    from docs_store.backup import backup
    from ui.users import USERS_FILE
    from ui.visitors import AUDIT_FILE

    backup(opened_store(options), options.file, beside=(USERS_FILE, AUDIT_FILE))
    size = options.file.stat().st_size
    print_fields(options, {"file": str(options.file), "bytes": size})
    return 0


def _restore(options: argparse.Namespace) -> int:
    from docs_store.backup import restore
    from docs_store.maintenance import rebuild
    from ui.opened_store import store_path

    restore(options.file, store_path(options.store))
    store = opened_store(options)
    rebuild(store, progress=_progress)  # a backup holds no index: it is made here
    print_fields(options, {"store": str(store.path), "documents": store.document_count()})
    return 0


def opened_store(options: argparse.Namespace) -> DocumentStore:
    """The store that ``--store`` names; its heavy libraries are imported only now."""
    from ui.machine import network_drive
    from ui.opened_store import on_network_drive, open_store

    store = open_store(options.store)
    drive = network_drive(store.path)
    if drive is not None:
        warn(f"tanya: {on_network_drive(drive)}")
    return store


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr)  # noqa: T201
