"""The command line ``tanya``: ingest, ask, search, docs, chat, doctor.

Everything readable goes to stdout, progress and warnings to stderr. Exit status: 0 all well,
1 some documents failed and the rest are in, 2 the call was wrong or nothing could be done.
Heavy libraries are imported where they are used, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docs_store.store import DocumentStore

EPILOG = "Contoh / example:  tanya ingest FOLDER && tanya ask 'Siapa Sekda Banyuwangi?'"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    from docs_store.errors import BilingualError

    options = _parser().parse_args(arguments)
    _quiet_environment()
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except BilingualError as error:
        _warn(f"tanya: {error}")
        return 2
    except KeyboardInterrupt:
        _warn("tanya: dihentikan; jalankan lagi untuk melanjutkan / stopped; run it again to go on")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tanya",
        description="Tanya jawab atas dokumen daerah, dengan bukti. / Questions and answers over "
        "documents of Indonesian regions, with proof.",
        epilog=EPILOG,
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--store", type=Path, metavar="DIR", help="folder penyimpanan / the store")
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="satu objek JSON / one JSON object")
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")

    ingest = commands.add_parser(
        "ingest", parents=[shared, as_json], help="masukkan dokumen / take documents in"
    )
    ingest.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    ingest.set_defaults(run=_ingest)

    ask = commands.add_parser(
        "ask", parents=[shared, as_json], help="ajukan pertanyaan / ask a question"
    )
    _question_arguments(ask, "QUESTION")
    ask.add_argument("--language", choices=("id", "en"), help="bahasa jawaban / of the answer")
    ask.set_defaults(run=_ask)

    search = commands.add_parser(
        "search", parents=[shared, as_json], help="cari kutipan / find passages"
    )
    _question_arguments(search, "QUERY")
    search.add_argument("-k", type=_positive, default=20, help="banyaknya / how many (20)")
    search.set_defaults(run=_search)

    _docs_commands(commands, [shared, as_json])

    chat = commands.add_parser("chat", parents=[shared], help="buka halaman tanya / open the chat")
    chat.add_argument("--host", default="127.0.0.1")
    chat.add_argument("--port", type=int, default=7860)
    chat.set_defaults(run=_chat)

    doctor = commands.add_parser(
        "doctor", parents=[shared, as_json], help="periksa pemasangan / check the installation"
    )
    doctor.set_defaults(run=_doctor)
    return parser


def _docs_commands(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    docs = commands.add_parser("docs", help="dokumen yang tersimpan / the kept documents")
    actions = docs.add_subparsers(required=True, metavar="AKSI")
    for name, run, text in (
        ("list", _docs_list, "daftar / list"),
        ("show", _docs_show, "keterangan / what is known of one"),
        ("text", _docs_text, "teksnya / its text, in which offsets count"),
        ("history", _docs_history, "riwayat versi / its versions"),
        ("remove", _docs_remove, "keluarkan dari jawaban / take out of answers"),
        ("erase", _docs_erase, "hapus di semua tempat / delete everywhere"),
        ("check", _docs_check, "buktikan isinya / prove the store"),
        ("rebuild", _docs_rebuild, "buat ulang indeks / make the indexes anew"),
    ):
        action = actions.add_parser(name, parents=parents, help=text)
        if name in ("show", "text", "history", "remove", "erase"):
            action.add_argument("id", metavar="ID")
        if name == "text":
            action.add_argument("--version", type=_positive, metavar="N")
        action.set_defaults(run=run)


def _question_arguments(parser: argparse.ArgumentParser, name: str) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", metavar=name)
    what.add_argument("--batch", metavar="FILE", help="JSONL {id, question}; - = stdin")


def _ingest(options: argparse.Namespace) -> int:
    from docs_store.settings import load_settings
    from ingest.pipeline import ingest_paths
    from ingest.settings import IngestSettings
    from ui.ingest_progress import IngestProgress

    settings = load_settings(IngestSettings)
    store = _open(options)
    with IngestProgress(lines=not options.json) as progress:
        report = ingest_paths(store, options.paths, settings, progress)
    if options.json:
        _print_json(report.to_json())
    elif not report.documents:
        _warn("tanya: tidak ada berkas di jalur itu / there are no files at that path")
    return report.exit_status


def _ask(options: argparse.Namespace) -> int:
    from assistant.answer import answer_question
    from docs_store.errors import BilingualError

    store = _open(options)
    if options.batch is None:
        answer = answer_question(store, options.question, options.language)
        if options.json:
            _print_json(answer.to_json())
        else:
            from ui.plain_answer import plain_answer

            print(plain_answer(answer))  # noqa: T201
        return 0

    def answered(question_id: Any, question: str) -> dict[str, Any]:
        try:
            return answer_question(store, question, options.language).to_json(question_id)
        except BilingualError as error:
            return {
                "id": question_id, "question": question, "language": "id", "mode": "quotes",
                "abstained": True, "reason": str(error), "answer": "", "citations": [],
                "computed": [], "passages": [], "timings_ms": {},
            }  # fmt: skip

    return _batch(options.batch, answered)


def _search(options: argparse.Namespace) -> int:
    from assistant.conversation import passage_json
    from assistant.retrieve import retrieve
    from assistant.understand import understand

    store = _open(options)

    def found(query_id: Any, query: str) -> dict[str, Any]:
        hits = retrieve(store, understand(query), options.k)
        return {"id": query_id, "query": query, "hits": [passage_json(hit) for hit in hits]}

    if options.batch is not None:
        return _batch(options.batch, found)
    result = found(None, options.question)
    if options.json:
        _print_json(result)
        return 0
    for number, hit in enumerate(result["hits"], start=1):
        place = ", ".join(
            str(part)
            for part in (hit["title"], hit["page"] and f"hlm. {hit['page']}", hit["locator"])
            if part
        )
        text = " ".join(hit["text"].split())
        print(f"{number}. {place}\n   {text[:300]}{'…' if len(text) > 300 else ''}")  # noqa: T201
    return 0


def _batch(path: str, run: Callable[[Any, str], dict[str, Any]]) -> int:
    """Run a JSONL file of {"id", "question"}; one JSON line each, in the same order."""
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            question = asked.get("question", asked.get("query"))
            if not isinstance(question, str):
                raise TypeError
        except (ValueError, TypeError, AttributeError):
            _warn(
                f'tanya: {path} baris {number} bukan {{"id", "question"}} / line {number} is not '
                '{"id", "question"}'
            )
            return 2
        _print_json(run(asked.get("id"), question))
    return 0


def _lines(path: str) -> Iterator[str]:
    if path == "-":
        yield from sys.stdin
        return
    try:
        yield from Path(path).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        _warn(f"tanya: {path}: {error}")
        raise SystemExit(2) from error


def _docs_list(options: argparse.Namespace) -> int:
    documents = _open(options).documents()
    if options.json:
        from dataclasses import asdict

        _print_json({"documents": [asdict(document) for document in documents]})
        return 0
    if not documents:
        _warn("Belum ada dokumen: tanya ingest FOLDER / no documents yet: tanya ingest FOLDER")
    for document in documents:
        print(  # noqa: T201
            f"{document.document_id}  v{document.version}  {document.date or '-':<10}  "
            f"{document.passages:>5}  {document.title}  ({document.source})"
        )
    return 0


def _docs_show(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    _print_fields(options, asdict(_open(options).document(options.id)))
    return 0


def _docs_text(options: argparse.Namespace) -> int:
    text = _open(options).text(options.id, options.version)
    if options.json:
        _print_json({"document_id": options.id, "version": options.version, "text": text})
    else:
        sys.stdout.write(text)  # exactly the text that offsets count in: no line end is added
    return 0


def _docs_history(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    versions = [asdict(version) for version in _open(options).history(options.id)]
    if options.json:
        _print_json({"document_id": options.id, "versions": versions})
        return 0
    for version in versions:
        ended = (
            f"  {version['retired_why']} {version['retired_at']}" if version["retired_at"] else ""
        )
        print(  # noqa: T201
            f"v{version['version']}  {version['added_at']}{ended}  "
            f"+{version['passages_added']} -{version['passages_removed']} "
            f"={version['passages_kept']}  {version['title']}"
        )
    return 0


def _docs_remove(options: argparse.Namespace) -> int:
    _open(options).remove(options.id)
    _print_fields(options, {"document_id": options.id, "status": "removed"})
    return 0


def _docs_erase(options: argparse.Namespace) -> int:
    from docs_store.maintenance import erase

    erase(_open(options), options.id)
    _print_fields(options, {"document_id": options.id, "status": "erased"})
    return 0


def _docs_check(options: argparse.Namespace) -> int:
    from docs_store.maintenance import check

    report = check(_open(options))
    _print_fields(options, report.to_json())
    return 0 if report.sound else 1


def _docs_rebuild(options: argparse.Namespace) -> int:
    from docs_store.maintenance import check, rebuild

    store = _open(options)
    rebuild(store)
    return 0 if check(store).sound else 1


def _chat(options: argparse.Namespace) -> int:
    from ui.chat_page import launch_chat
    from ui.wiring import Services

    store = _open(options)
    store.search("pariwisata", 1)  # loads model and index now, not at the first question
    launch_chat(Services(store), options.host, options.port)
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from ui.doctor import examine

    findings = examine(options.store)
    _print_fields(options, findings)
    return 0 if findings["problems"] == [] else 1


def _open(options: argparse.Namespace) -> DocumentStore:
    from ui.wiring import open_store

    return open_store(options.store)


def _quiet_environment() -> None:
    """No library may phone home or write its own progress over ours."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)  # noqa: T201


def _print_fields(options: argparse.Namespace, fields: dict[str, Any]) -> None:
    if options.json:
        _print_json(fields)
        return
    for name, value in fields.items():
        print(f"{name}: {value}")  # noqa: T201


def _warn(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("1 atau lebih / 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
