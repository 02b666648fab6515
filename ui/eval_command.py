"""``tanya eval``: measure the program on public sets and write the page of figures."""

from __future__ import annotations

import argparse
import hashlib
import time
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.printing import print_json, print_line, warn

if TYPE_CHECKING:
    from assistant.evaluation.answers import AnswerQuestion
    from assistant.evaluation.sets import FigureQuestion
    from docs_store.embedding_model import EmbeddingModel
    from docs_store.store import DocumentStore

FIGURES = Path("tests/evaluation/planning_figures.jsonl")
CORPUS = Path("tests/evaluation/planning_corpus.txt")
ANSWERS = Path("tests/evaluation/governance_questions.jsonl")
ANSWERS_CORPUS = Path("tests/evaluation/governance_corpus.txt")
PROGRESS_EVERY_S = 2.0


def add_eval_command(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """Put ``eval`` into the parser."""
    command = commands.add_parser(
        "eval", parents=parents, help="ukur mutunya / measure how good it is"
    )
    command.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="DIR",
        help="folder berisi qa/ dan governance/ / with qa/ and governance/",
    )
    command.add_argument(
        "--cache",
        type=Path,
        metavar="DIR",
        help="tempat indeks yang dapat dipakai lagi / where stores are kept for the next run",
    )
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="halaman hasil (Markdown) / the page to write"
    )
    command.add_argument(
        "--quick", action="store_true", help="sebagian saja / fewer questions, small pools"
    )
    command.add_argument(
        "--no-reader", action="store_true", help="pencarian saja / only the searches"
    )
    command.add_argument(
        "--only",
        choices=["answers", "public-answers", "gate"],
        help="jawaban utuh (dari dokumen, dari himpunan publik) atau gerbangnya saja / only whole "
        "answers (over documents, over the public sets), or the gate",
    )
    command.set_defaults(run=_eval)


def _eval(options: argparse.Namespace) -> int:
    from assistant.evaluation.measuring import Measuring
    from assistant.evaluation.run import evaluate, evaluation_page
    from assistant.reader import shipped_reader
    from docs_store.embedding_model import EmbeddingModel
    from docs_store.settings import StoreSettings, load_settings
    from ui.opened_store import store_path

    model = EmbeddingModel(load_settings(StoreSettings).embedding_model)
    reader = None if options.no_reader else shipped_reader()
    cache = options.cache or store_path().parent / "eval"
    figures = None if options.only else _figures(options.data, cache, model)
    without_answers = options.no_reader or options.only not in (None, "answers")
    answers = None if without_answers else _answers(options.data, cache, model)
    result = evaluate(
        Measuring(
            data=options.data,
            cache=cache,
            model=model,
            reader=reader,
            quick=options.quick,
            figures=figures,
            answers=answers,
            only=options.only,
            progress=_Progress(),
        )
    )
    for measured in (figures, answers):
        if measured is not None:
            measured[0].close()
    if options.json:
        print_json(
            {
                title: {
                    row: {name: asdict(one) for name, one in figures_of_row.items()}
                    for row, figures_of_row in rows.items()
                }
                for title, rows in result.estimates.items()
            }
        )
    page = evaluation_page(result, _opening(options, model))
    if options.out is not None:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(page, encoding="utf-8")
        for name, picture in result.pictures.items():
            beside = options.out.parent / "evaluation" / name
            beside.parent.mkdir(exist_ok=True)
            beside.write_text(picture, encoding="utf-8")
    elif not options.json:
        print_line(page)
    return 0


def _figures(
    data: Path, cache: Path, model: EmbeddingModel
) -> tuple[DocumentStore, list[FigureQuestion]] | None:
    """The long documents, taken in, and the questions about them; None where they are missing."""
    from assistant.evaluation.sets import figure_questions
    from docs_store.store import DocumentStore
    from ingest.pipeline import ingest_paths

    if not (FIGURES.is_file() and CORPUS.is_file()):
        warn(f"tanya: {FIGURES} tidak ada, dilewati / is not here, left out")
        return None
    paths = [data / "governance" / name for name in CORPUS.read_text("utf-8").split()]
    store = DocumentStore(cache / "long-documents", model)
    report = ingest_paths(store, paths)
    for line in report.documents:
        if line.status == "failed":
            warn(f"tanya: {line.source}: {line.reason}")
    return store, figure_questions(FIGURES)


def _answers(
    data: Path, cache: Path, model: EmbeddingModel
) -> tuple[DocumentStore, list[AnswerQuestion]] | None:
    """The documents that are asked about, taken in, and the questions; None where missing."""
    from assistant.evaluation.answers import answer_questions
    from ui.measured_documents import measured_store

    if not (ANSWERS.is_file() and ANSWERS_CORPUS.is_file()):
        warn(f"tanya: {ANSWERS} tidak ada, dilewati / is not here, left out")
        return None
    names = ANSWERS_CORPUS.read_text("utf-8").split()
    store = measured_store(data / "governance", names, cache / "answers", model)
    return store, answer_questions(ANSWERS)


def _opening(options: argparse.Namespace, model: EmbeddingModel) -> str:
    from assistant.reader import MODEL_FOLDER

    reader = "none"
    if not options.no_reader:
        content = (MODEL_FOLDER / "reader.onnx").read_bytes()
        reader = f"`{hashlib.sha256(content).hexdigest()[:12]}`"
    return (
        f"Written by `tanya eval{' --quick' if options.quick else ''}"
        f"{f' --only {options.only}' if options.only else ''}`, version "
        f"{version('tanya-daerah')}: embedding model `{model.name}`, reader {reader}. All figures "
        "are percentages; in brackets the 95% interval of a bootstrap over the questions (1,000 "
        "resamples). The shipped reader saw no passage of the FacQA and IDK-MRC valid sets in "
        "training, but its calibration and the evidence model were fitted on them, the latter "
        "also on the questions for figures and the development half of the questions about "
        "government documents; it saw MIRACL's questions, and NoMIRACL's nowhere."
    )


class _Progress:
    """A line on stderr now and then: which stage, how far."""

    def __init__(self) -> None:
        self._last: tuple[str, float] = ("", 0.0)

    def __call__(self, stage: str, done: int, total: int) -> None:
        before, at = self._last
        now = time.monotonic()
        if stage != before or now - at > PROGRESS_EVERY_S:
            self._last = (stage, now)
            warn(f"{stage}: {done}/{total}")
