"""The command line ``tanya``: ingest, ask, brief, search, docs, chat, eval, doctor.

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
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.folders import path_or_url
from ui.brief_command import add_brief_command
from ui.docs_commands import add_docs_commands, opened_store
from ui.eval_command import add_eval_command
from ui.feedback_command import add_feedback_command
from ui.printing import positive, print_fields, print_json, print_line, warn
from ui.users_command import add_users_command

if TYPE_CHECKING:
    from ingest.report import IngestReport

EPILOG = "Contoh / example:  tanya ingest FOLDER && tanya ask 'Siapa Sekda Banyuwangi?'"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    from docs_store.errors import BilingualError

    options = _parser().parse_args(arguments)
    _quiet_environment()
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        if arguments is None and options.run in (_ask, _search):
            # They have written nothing; taking models and index down in order takes half a second.
            sys.stderr.flush()
            os._exit(status)
        return status
    except BilingualError as error:
        warn(f"tanya: {error}")
        return 2
    except KeyboardInterrupt:
        warn("tanya: dihentikan; jalankan lagi untuk melanjutkan / stopped; run it again to go on")
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
    ingest.add_argument("paths", nargs="+", type=path_or_url, metavar="PATH")
    ingest.add_argument(
        "--dry-run", action="store_true", help="katakan saja / only tell what would be done"
    )
    ingest.add_argument(
        "--prune",
        action="store_true",
        help="keluarkan yang berkasnya sudah tidak ada / take out what is gone from the folders",
    )
    ingest.add_argument(
        "--watch", action="store_true", help="terus ikuti perubahan / go on as files change"
    )
    ingest.set_defaults(run=_ingest)

    ask = commands.add_parser(
        "ask", parents=[shared, as_json], help="ajukan pertanyaan / ask a question"
    )
    _question_arguments(ask, "QUESTION")
    ask.add_argument("--language", choices=("id", "en"), help="bahasa jawaban / of the answer")
    ask.add_argument(
        "--timeline", action="store_true", help="urutan sebagai linimasa / a sequence as a timeline"
    )
    ask.set_defaults(run=_ask)

    add_brief_command(commands, [shared, as_json])

    search = commands.add_parser(
        "search", parents=[shared, as_json], help="cari kutipan / find passages"
    )
    _question_arguments(search, "QUERY")
    search.add_argument("-k", type=positive, default=20, help="banyaknya / how many (20)")
    search.add_argument(
        "--explain", action="store_true", help="nilai tiap tahap / why each passage is there"
    )
    search.set_defaults(run=_search)

    add_docs_commands(commands, [shared, as_json])

    chat = commands.add_parser("chat", parents=[shared], help="buka halaman tanya / open the chat")
    chat.add_argument("--host", default="127.0.0.1")
    chat.add_argument("--port", type=int, default=7860)
    chat.add_argument(
        "--low-memory",
        action="store_true",
        help="satu inti, 2 GB, tanpa OCR / one core, 2 GB, without OCR",
    )
    chat.add_argument(
        "--users", type=Path, metavar="FILE", help="dari tanya users add / made by tanya users add"
    )
    chat.set_defaults(run=_chat)

    add_eval_command(commands, [as_json])
    add_feedback_command(commands, [shared, as_json])
    add_users_command(commands, [shared, as_json])

    doctor = commands.add_parser(
        "doctor", parents=[shared, as_json], help="periksa pemasangan / check the installation"
    )
    doctor.set_defaults(run=_doctor)
    return parser


def _question_arguments(parser: argparse.ArgumentParser, name: str) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", metavar=name)
    what.add_argument("--batch", metavar="FILE", help="JSONL {id, question}; - = stdin")


def _ingest(options: argparse.Namespace) -> int:
    from docs_store.settings import load_settings
    from ingest.jobs import record_command_line_run
    from ingest.mirror import gone_documents, plan_paths, prune_documents, watch_paths
    from ingest.pipeline import ingest_paths
    from ingest.settings import IngestSettings
    from ui.ingest_progress import IngestProgress

    settings = load_settings(IngestSettings)
    store = opened_store(options)
    if options.dry_run:
        return _reported(options, plan_paths(store, options.paths, settings, prune=options.prune))
    with (
        IngestProgress(lines=not options.json) as progress,
        record_command_line_run(store.path, options.paths, progress) as run,
    ):
        if options.watch:
            for report in watch_paths(
                store, options.paths, settings, run, prune=options.prune, stop=progress.stop
            ):
                if options.json:
                    print_json(report.to_json())
            return 0
        report = ingest_paths(
            store, options.paths, settings, run, lambda: progress.stop.is_set() or run.cancelled()
        )
        run.ended(report)
        if options.prune and report.stopped is None and not report.interrupted:
            gone = gone_documents(store, options.paths)
            for document in gone:  # what will be taken out is told before it is
                warn(f"berkasnya tidak ada lagi / its file is gone: {document.source}")
            lines = report.documents + prune_documents(store, gone, progress)
            report = replace(report, documents=lines)
    return _reported(options, report, lines=False)


def _reported(options: argparse.Namespace, report: IngestReport, *, lines: bool = True) -> int:
    if options.json:
        print_json(report.to_json())
    elif lines:
        from ui.ingest_progress import document_line

        for line in report.documents:
            print_line(document_line(line))
    if report.stopped is not None:
        warn(f"tanya: {report.stopped}")
    if not report.documents and report.stopped is None:
        warn("tanya: tidak ada berkas di jalur itu / there are no files at that path")
    return report.exit_status


def _ask(options: argparse.Namespace) -> int:
    from assistant.answer import answer_question
    from assistant.chat_model import configured_chat_model
    from assistant.conversation import Answer
    from docs_store.errors import BilingualError

    store = opened_store(options)
    chat = configured_chat_model()
    if options.batch is None:
        answer = answer_question(store, options.question, options.language, chat=chat)
        if options.json:
            print_json(answer.to_json())
        else:
            from ui.plain_answer import plain_answer, plain_timeline

            show = plain_timeline if options.timeline and answer.timeline else plain_answer
            print_line(show(answer))
        return 0

    def answered(question_id: Any, question: str) -> dict[str, Any]:
        try:
            answer = answer_question(store, question, options.language, chat=chat)
            return answer.to_json(question_id)
        except BilingualError as error:
            unasked = Answer(
                question, "id", "quotes", abstained=True, reason=str(error), parts=(), citations=()
            )
            return unasked.to_json(question_id)

    return _batch(options.batch, answered)


def _search(options: argparse.Namespace) -> int:
    from ui.opened_store import warm_up

    store = opened_store(options)
    warm_up(store)  # the models load while the libraries of the index are imported

    from assistant.conversation import passage_json
    from assistant.reader import shipped_reader
    from assistant.rerank import PASSAGES_READ_MAX, rerank
    from assistant.retrieve import retrieve
    from assistant.understand import understand

    def found(query_id: Any, query: str) -> dict[str, Any]:
        first = retrieve(store, understand(query), max(options.k, PASSAGES_READ_MAX))
        hits = rerank(shipped_reader(), query, first).hits[: options.k]
        return {"id": query_id, "query": query, "hits": [passage_json(hit) for hit in hits]}

    if options.batch is not None:
        return _batch(options.batch, found)
    result = found(None, options.question)
    if options.json:
        print_json(result)
        return 0
    for number, hit in enumerate(result["hits"], start=1):
        place = ", ".join(
            str(part)
            for part in (hit["title"], hit["page"] and f"hlm. {hit['page']}", hit["locator"])
            if part
        )
        text = " ".join(hit["text"].split())
        print_line(f"{number}. {place}\n   {text[:300]}{'…' if len(text) > 300 else ''}")
        if options.explain:
            print_line("   " + ", ".join(f"{k} {v:.3f}" for k, v in hit["scores"].items()))
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
            warn(
                f'tanya: {path} baris {number} bukan {{"id", "question"}} / line {number} is not '
                '{"id", "question"}'
            )
            return 2
        print_json(run(asked.get("id"), question))
    return 0


def _lines(path: str) -> Iterator[str]:
    if path == "-":
        yield from sys.stdin
        return
    try:
        yield from Path(path).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        warn(f"tanya: {path}: {error}")
        raise SystemExit(2) from error


LOW_MEMORY_READER_MB = 512
"""What the process that reads uploaded documents may hold then; beside it the chat has a GB."""


def _chat(options: argparse.Namespace) -> int:
    if options.low_memory:
        os.environ["OMP_NUM_THREADS"] = "1"  # read when the models are loaded
        warn(
            "Memori hemat (2 GB, satu inti). Yang ditinggalkan: OCR, jadi unggahan hasil pindai "
            f"tidak terbaca; dan berkas yang butuh lebih dari {LOW_MEMORY_READER_MB} MB untuk "
            "dibaca. Masukkan keduanya di komputer lain dengan tanya ingest. / Low memory (2 GB, "
            "one core). Left out: OCR, so scans that are uploaded cannot be read; and files that "
            f"need more than {LOW_MEMORY_READER_MB} MB to be read. Take these in on another "
            "computer with tanya ingest."
        )
    from docs_store.settings import load_settings
    from ingest.settings import IngestSettings
    from ui.chat_page import launch_chat
    from ui.opened_store import warm_up
    from ui.visitors import AuditLog, Gate, users_for
    from ui.wiring import Services

    users = users_for(options.host, options.users)
    store = opened_store(options)
    settings = load_settings(IngestSettings)
    if options.low_memory:
        less = min(settings.memory_mb, LOW_MEMORY_READER_MB)
        settings = settings.model_copy(update={"ocr": False, "memory_mb": less})
    services = Services(store, settings)
    gate = Gate(users, AuditLog(store.path))
    try:
        page = launch_chat(services, options.host, options.port, gate=gate, wait=False)
        warm_up(store)  # while the person reads the page and types
        page.block_thread()
    finally:
        services.close()  # lets the document that is being taken in finish
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from ui.doctor import examine

    findings = examine(options.store)
    print_fields(options, findings)
    return 0 if findings["problems"] == [] else 1


def _quiet_environment() -> None:
    """No library may phone home or write its own progress over ours."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["LANGSMITH_TRACING_V2"] = "false"  # it would send each prompt to a service
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")


if __name__ == "__main__":
    sys.exit(main())
