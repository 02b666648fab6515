"""``tanya brief``: the answer to a question as a file for a letter or a meeting."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from docs_store.errors import BilingualError
from ui.docs_commands import opened_store
from ui.printing import print_json, print_line

FORMS = (".docx", ".md", ".pdf")


class BriefingNotWritable(BilingualError):
    """The file cannot be written."""

    indonesian = "Berkas {path} tidak dapat ditulis ({why}). Sebut berkas lain dengan --out."
    english = "The file {path} cannot be written ({why}). Name another file with --out."


def add_brief_command(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """Put ``brief`` into the parser."""
    command = commands.add_parser(
        "brief", parents=parents, help="jawaban sebagai berkas / an answer as a file"
    )
    command.add_argument("question", metavar="QUESTION")
    command.add_argument(
        "--out", type=_briefing_path, required=True, metavar="FILE", help=".docx, .md, .pdf"
    )
    command.add_argument("--language", choices=("id", "en"), help="bahasa jawaban / of the answer")
    command.set_defaults(run=_brief)


def _briefing_path(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in FORMS:
        raise argparse.ArgumentTypeError(
            f"{text}: akhirannya harus salah satu dari / must end in one of {', '.join(FORMS)}"
        )
    return path


def _brief(options: argparse.Namespace) -> int:
    from assistant.answer import answer_question
    from assistant.chat_model import configured_chat_model
    from ui.briefing import briefing_file

    store = opened_store(options)
    chat = configured_chat_model()
    answer = answer_question(store, options.question, options.language, chat=chat)
    form: Any = options.out.suffix.lower()[1:]
    content = briefing_file(answer, form, store.document, date.today())
    try:
        options.out.write_bytes(content)
    except OSError as error:
        raise BriefingNotWritable(path=options.out, why=error.strerror or error) from error
    cited = len({citation.document_id for citation in answer.citations})
    if options.json:
        told = {"file": str(options.out), "abstained": answer.abstained, "documents": cited}
        print_json(told | {"citations": len(answer.citations)})
        return 0
    print_line(
        f"{options.out}: {len(answer.citations)} kutipan dari {cited} dokumen / "
        f"{len(answer.citations)} quotes from {cited} documents"
    )
    return 0
