"""``tanya feedback``: what people thought of answers, for measuring and mending."""

from __future__ import annotations

import argparse
from typing import Any

from ui.printing import print_json, print_line, warn

QUESTION_CHARS_SHOWN = 100


def add_feedback_command(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """Put ``feedback`` into the parser."""
    command = commands.add_parser(
        "feedback", parents=parents, help="penilaian atas jawaban / what people thought of answers"
    )
    command.set_defaults(run=_feedback)


def _feedback(options: argparse.Namespace) -> int:
    from ui.kept_conversations import feedback_lines
    from ui.opened_store import store_path

    folder = store_path(options.store)
    lines = feedback_lines(folder) if folder.is_dir() else []
    if options.json:
        print_json({"feedback": lines})
        return 0
    if not lines:
        warn("Belum ada penilaian / no one has judged an answer yet")
    for line in lines:
        question = " ".join(line["question"].split())[:QUESTION_CHARS_SHOWN]
        told = f"{line['asked_at']}  {line['verdict']:<4}  {question}  {line['reason']}"
        print_line(told.rstrip())
    return 0
