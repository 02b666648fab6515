"""Gathers what a training run needs from a data folder, and keeps it, so that a run can go on."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.training import examples as sets
from assistant.training.evidence import QUESTIONS
from assistant.training.examples import Example, Pair, Passage, TableRow, plain
from assistant.training.law_questions import law_questions
from assistant.training.negatives import mine
from assistant.training.tariff_questions import tariff_questions

NEGATIVES_MAX = 8
DEFINITIONS_MAX = 1_500
TABLE_QUESTIONS_MAX = 700
LAW_QUESTIONS_MAX = 2_600
TARIFF_QUESTIONS = 1_500
MIRACL_TIMES = 2
"""MIRACL's judged passages are few, and the only ones that people found not to answer."""
_NOT_SEARCHED = frozenset({"laws", "tariffs"})
"""Other laws say the same: what a search finds there may answer. These come with wrong passages."""
_EMBEDDED_CHARS = 260
"""The first characters of a passage stand for it when negatives are looked for by vector."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Examples, the hard negatives of each, and sentence pairs."""

    examples: list[Example]
    mined: list[list[Passage]]
    pairs: list[Pair]


def prepare(data: Path, cache: Path, seed: int) -> Prepared:
    """Read the sets of a data folder (``qa/``, ``governance/``), once for each cache file."""
    if cache.exists():
        with cache.open("rb") as file:
            kept: Prepared = pickle.load(file)  # noqa: S301 - written by this function
        return kept
    rng = random.Random(seed)  # noqa: S311
    examples = _training_examples(data, rng)
    searched = [example for example in examples if example.source not in _NOT_SEARCHED]
    pool = [example.passage for example in searched]
    pool += [p for e in searched for p in e.wrong]
    pool = list(dict.fromkeys(pool))
    answering = [example for example in searched if example.answers]
    vectors = _vectors(answering, pool)
    found = iter(mine(answering, pool, vectors, NEGATIVES_MAX))
    mined = [
        next(found) if example.answers and example.source not in _NOT_SEARCHED else []
        for example in examples
    ]
    prepared = Prepared(examples, mined, list(sets.indonli(data / "qa/indonli/train.jsonl")))
    with cache.open("wb") as file:
        pickle.dump(prepared, file)
    return prepared


def vocabulary_texts(data: Path) -> Iterator[str]:
    """All plain texts of the data folder, for choosing the vocabulary."""
    for part in ("qa", "governance", "seed"):
        for path in sorted((data / part).rglob("*")):
            if path.suffix in (".md", ".txt", ".html", ".json", ".jsonl", ".csv", ".tsv"):
                yield path.read_text(encoding="utf-8", errors="ignore")


def _training_examples(data: Path, rng: random.Random) -> list[Example]:
    qa = data / "qa"
    held_back = {
        plain(example.passage.text)
        for example in [
            *sets.facqa(qa / "facqa/valid_preprocess.csv"),
            *sets.idk_mrc(qa / "idk-mrc/valid.json"),
        ]
    }
    excluded = sets.excluded_questions(qa / "nomiracl-id")
    laws, left_out = data / "governance/laws-regional-gov", _measured_laws()
    all_examples = [
        *sets.idk_mrc(qa / "idk-mrc/train.json"),
        *sets.facqa(qa / "facqa/train_preprocess.csv"),
        *(list(sets.miracl(qa / "miracl-id")) * MIRACL_TIMES),
        *sets.definitions(laws, left_out, rng, DEFINITIONS_MAX),
        *law_questions(laws, left_out, rng, LAW_QUESTIONS_MAX),
        *tariff_questions(rng, TARIFF_QUESTIONS),
        *sets.table_rows(_sheet_rows(data / "governance"), rng, TABLE_QUESTIONS_MAX),
    ]
    return [
        example
        for example in all_examples
        if plain(example.passage.text) not in held_back and plain(example.question) not in excluded
    ]


def _measured_laws() -> set[str]:
    """Laws that the project's own questions are about, as paths below their folder."""
    lines = [
        line.strip()
        for path in sorted(QUESTIONS.glob("*_corpus.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return {line.removeprefix("laws-regional-gov/") for line in lines}


def _sheet_rows(folder: Path) -> list[TableRow]:
    from python_calamine import CalamineWorkbook

    rows: list[TableRow] = []
    for path in sorted(folder.rglob("*.xlsx")):
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        header = next((at for at, row in enumerate(sheet) if sum(c != "" for c in row) > 4), 0)
        names = [str(cell) for cell in sheet[header]]
        for row in sheet[header + 1 :]:
            cells = tuple(
                (name, _shown(cell))
                for name, cell in zip(names, row, strict=False)
                if cell != "" and name
            )
            rows.append(TableRow(cells))
    return rows


def _shown(cell: object) -> str:
    """As a sheet shows it to an Indonesian reader."""
    if isinstance(cell, float) and cell.is_integer():
        return f"{int(cell):,}".replace(",", ".") if abs(cell) >= 10_000 else str(int(cell))
    return " ".join(str(cell).split())


def _vectors(
    answering: list[Example], pool: list[Passage]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    from docs_store.embedding_model import DEFAULT_MODEL, EmbeddingModel

    model = EmbeddingModel(DEFAULT_MODEL)
    questions = model.embed_questions([example.question for example in answering])
    passages = model.embed_passages([passage.text[:_EMBEDDED_CHARS] for passage in pool])
    return questions, passages
