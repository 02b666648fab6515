"""The measuring sets, as records: questions, the passages that answer, and the pool they stand in.

IDK-MRC (Putri & Oh 2022), FacQA of IndoNLU (Wilie et al. 2020), MIRACL Indonesian (Zhang et al.
2023), NoMIRACL (Thakur et al. 2023), IndoNLI (Mahendra et al. 2021), and our own questions for
figures in long documents. All come from a folder that the person names; none is shipped.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

from assistant.evaluation.errors import MeasuringDataMissing
from assistant.training.examples import (
    Example,
    Pair,
    Passage,
    facqa,
    idk_mrc,
    indonli,
    miracl_files,
    plain,
)

SEED = 20220127
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions whose answering passages are known, and the pool to find them in."""

    name: str
    pool: tuple[Passage, ...]
    questions: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]
    """For each question, the places in the pool of the passages that answer it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A question about one passage, and all answers that count as right; none: unanswerable."""

    question: str
    passage: str
    answers: tuple[str, ...]
    passage_in_train: bool


@dataclass(frozen=True, slots=True)
class NoisyQuestion:
    """A question of NoMIRACL with ten passages, of which one answers, or none does."""

    question: str
    passages: tuple[Passage, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """An official's question for figures that stand in a long document."""

    question: str
    figures: tuple[str, ...]
    """As written in the document; a passage must hold all that it is counted for."""
    document: str
    """The end of the document's source: "uu/2009/28.md"."""
    place: str
    """For people: the article or page."""
    beside: str
    """Words that stand beside the figure: the same figure elsewhere is not the answer."""


def facqa_retrieval(data: Path, *, whole_pool: bool = True) -> RetrievalSet:
    """FacQA valid over the passages of valid and (unless told otherwise) train."""
    train, valid = _facqa(data)
    return _retrieval_set("FacQA valid", valid, train if whole_pool else ())


def idk_retrieval(data: Path, *, whole_pool: bool = True) -> RetrievalSet:
    """The answerable questions of IDK-MRC valid over the passages of valid and train."""
    train = list(idk_mrc(_there(data / "qa/idk-mrc/train.json")))
    valid = list(idk_mrc(_there(data / "qa/idk-mrc/valid.json")))
    return _retrieval_set("IDK-MRC valid", valid, train if whole_pool else ())


def miracl_retrieval(data: Path) -> RetrievalSet:
    """MIRACL's train questions over the stored passages; only those have judgments here."""
    folder = data / "qa/miracl-id"
    for name in ("pool.jsonl", "topics.miracl-v1.0-id-train.tsv", "qrels.miracl-v1.0-id-train.tsv"):
        _there(folder / name)
    files = miracl_files(folder)
    places: dict[str, int] = {}  # a text that stands there twice is one passage
    pool: list[Passage] = []
    for passage in files.pool.values():
        if passage.text not in places:
            places[passage.text] = len(pool)
            pool.append(passage)
    relevant: dict[str, set[int]] = {}
    for number, docid, answers in files.judgments:
        if answers:
            relevant.setdefault(number, set()).add(places[files.pool[docid].text])
    kept = {number: text for number, text in files.questions.items() if number in relevant}
    return RetrievalSet(
        name="MIRACL-id train",
        pool=tuple(pool),
        questions=tuple(kept.values()),
        relevant=tuple(frozenset(relevant[number]) for number in kept),
        note="the reader was trained on these questions: flattering where it takes part",
    )


def facqa_reading(data: Path) -> list[ReadingQuestion]:
    """FacQA valid; most of its passages stand in its train file too."""
    train, valid = _facqa(data)
    trained = {plain(example.passage.text) for example in train}
    return [
        ReadingQuestion(
            example.question,
            example.passage.text,
            (example.passage.text[slice(*example.answer)],) if example.answer else (),
            plain(example.passage.text) in trained,
        )
        for example in valid
    ]


def idk_reading(data: Path) -> list[ReadingQuestion]:
    """All questions of IDK-MRC valid, with all of their right answers."""
    train = _there(data / "qa/idk-mrc/train.json").read_text(encoding="utf-8")
    trained = {plain(paragraph["context"]) for paragraph in json.loads(train)}
    valid = _there(data / "qa/idk-mrc/valid.json").read_text(encoding="utf-8")
    return [
        ReadingQuestion(
            question["question"],
            paragraph["context"],
            tuple(answer["text"] for answer in question["answers"]),
            plain(paragraph["context"]) in trained,
        )
        for paragraph in json.loads(valid)
        for question in paragraph["qas"]
    ]


def nomiracl(data: Path) -> list[NoisyQuestion]:
    """Both halves of NoMIRACL: with an answering passage among the ten, and without."""
    folder = data / "qa/nomiracl-id"
    questions = []
    for name in ("relevant.jsonl", "non_relevant.jsonl"):
        for line in _lines(folder / name):
            entry = json.loads(line)
            passages = tuple(Passage(p["text"], p["title"]) for p in entry["passages"])
            questions.append(NoisyQuestion(entry["query"], passages, bool(entry["answerable"])))
    return questions


def indonli_pairs(data: Path, part: Literal["val", "train"] = "val") -> list[Pair]:
    """The pairs of IndoNLI's validation file, or of its training file."""
    return list(indonli(_there(data / f"qa/indonli/{part}.jsonl")))


def figure_questions(path: Path) -> list[FigureQuestion]:
    """Questions for figures in long documents, one JSON object a line."""
    questions = []
    for line in _lines(path):
        entry = json.loads(line)
        questions.append(
            FigureQuestion(
                question=entry["question"],
                figures=tuple(entry["figures"]),
                document=entry["document"],
                place=entry["place"],
                beside=entry["beside"],
            )
        )
    return questions


def sample_set(questions: RetrievalSet, count: int) -> RetrievalSet:
    """At most ``count`` of its questions, the same at each run, over the same pool."""
    if len(questions.questions) <= count:
        return questions
    chosen = sorted(random.Random(SEED).sample(range(len(questions.questions)), count))  # noqa: S311
    return replace(
        questions,
        questions=tuple(questions.questions[at] for at in chosen),
        relevant=tuple(questions.relevant[at] for at in chosen),
    )


def sample(items: Sequence[T], count: int) -> list[T]:
    """At most ``count`` of the items, in their order, the same at each run."""
    if len(items) <= count:
        return list(items)
    chosen = random.Random(SEED).sample(range(len(items)), count)  # noqa: S311
    return [items[at] for at in sorted(chosen)]


def _facqa(data: Path) -> tuple[list[Example], list[Example]]:
    folder = data / "qa/facqa"
    train = list(facqa(_there(folder / "train_preprocess.csv")))
    return train, list(facqa(_there(folder / "valid_preprocess.csv")))


def _retrieval_set(name: str, asked: Sequence[Example], others: Iterable[Example]) -> RetrievalSet:
    places: dict[str, int] = {}
    pool: list[Passage] = []
    for example in (*asked, *others):
        key = plain(example.passage.text)
        if key not in places:
            places[key] = len(pool)
            pool.append(example.passage)
    answered = [example for example in asked if example.answers]
    return RetrievalSet(
        name=name,
        pool=tuple(pool),
        questions=tuple(example.question for example in answered),
        relevant=tuple(frozenset({places[plain(e.passage.text)]}) for e in answered),
    )


def _lines(path: Path) -> list[str]:
    return [line for line in _there(path).read_text(encoding="utf-8").split("\n") if line.strip()]


def _there(path: Path) -> Path:
    """The path, if a file is there.

    Raises:
        MeasuringDataMissing
    """
    if not path.is_file():
        raise MeasuringDataMissing(path=path)
    return path
