"""Fits the evidence model: what a sentence's signals say of whether it answers.

``python -m assistant.training.evidence --data FOLDER --cache FOLDER`` asks questions whose answers
are known over stores that are made for measuring, takes the signals of the sentences that the
program would weigh, and fits a logistic regression on whether each holds the answer. Sets: FacQA
valid, IDK-MRC valid (with its unanswerable half), our own questions for figures in long documents
and the development questions about governance documents. Each answerable question is taken a
second time without the passages that answer it: what is left must not pass as evidence.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation import sets
from assistant.evaluation.answers import answer_questions, stands
from assistant.evaluation.figures import holds
from assistant.evaluation.public_answers import PublicQuestion, PublicSet, pooled_questions
from assistant.evaluation.sets import FigureQuestion
from assistant.evaluation.stores import place_of, pool_store
from assistant.evidence import Counted, Judged, judge
from assistant.evidence_model import Signals
from assistant.finder import PASSAGES_READ
from assistant.question_kinds import UNPHRASED_KINDS
from assistant.reader import MODEL_FOLDER, PassageReader, shipped_reader
from assistant.rerank import rerank
from assistant.retrieve import find, to_read
from assistant.understand import understand
from docs_store.embedding_model import DEFAULT_MODEL, EmbeddingModel
from docs_store.records import Hit
from docs_store.store import DocumentStore

LEAST = {"exact": 0.44, "other": 0.38}
"""The probabilities from which a sentence is evidence. Where a wrong answer costs `WRONG_COST`
withheld ones the curve is flat: the officials' questions cost least at 0.47 (63.6; 64.4 here), all
together at 0.6 (312; 322). A sentence that is shown whole, with no value picked from it, costs less
where it is wrong."""
WRONG_COST = 1.5
OWN_QUESTIONS_WEIGHT = 8.0
"""Of the officials' questions, which are few, beside those of the public sets."""
UNANSWERED_WEIGHT = 0.4
"""Of a question that nothing found answers, beside one that something does: people mostly ask what
they have documents on."""
RIDGE = 1e-4
PUBLIC_QUESTIONS_MAX = 250
"""Of each public set: more of them outweigh the officials' questions and take longer."""
FOLDS = 5
SEED = 7
_REPOSITORY = Path(__file__).parents[2]
QUESTIONS = _REPOSITORY / "tests/evaluation"


@dataclass(frozen=True, slots=True)
class Known:
    """A question and what answers it."""

    question: str
    source: str
    answers: Callable[[Counted], bool]
    holds_answer: Callable[[Hit], bool]
    """Whether a passage may answer: it is taken away in the second round."""
    is_answerable: bool = True


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sentences of one question, the best counted first."""

    source: str
    question: str
    is_answerable: bool
    signals: NDArray[np.float64]
    """(sentences, signals)."""
    answers: NDArray[np.float64]
    """(sentences,), 1 where the sentence holds the answer."""


def gather(
    store: DocumentStore, reader: PassageReader, known: Sequence[Known]
) -> Iterator[Weighed]:
    """Ask each question, with and without the passages that answer."""
    text_of = cache(store.text)
    for one in known:
        asked = understand(one.question)
        if asked.kind in UNPHRASED_KINDS:
            continue
        found = find(store, asked)
        if found.missing:
            continue
        asked = found.question or asked
        rounds = [(found.hits, one.is_answerable)]
        if one.is_answerable:
            left = [hit for hit in found.hits if not one.holds_answer(hit)]
            rounds.append((left, False))
        for hits, is_answerable in rounds:
            ranked = rerank(reader, asked.text, hits)
            read = to_read(ranked.hits, PASSAGES_READ)
            judged = judge(store, text_of, asked, read, ranked.readings)
            if judged:
                yield _weighed(one, judged, is_answerable)


def _weighed(one: Known, judged: Sequence[Judged], is_answerable: bool) -> Weighed:
    return Weighed(
        source=one.source,
        question=one.question,
        is_answerable=is_answerable,
        signals=np.array([astuple(each.signals) for each in judged]),
        answers=np.array([float(is_answerable and one.answers(each.counted)) for each in judged]),
    )


def public_questions(data: Path) -> list[PublicSet]:
    """FacQA valid and IDK-MRC valid, each with its pool."""
    return [
        pooled_questions(pooled, {pooled.name: reading}, PUBLIC_QUESTIONS_MAX)
        for pooled, reading in (
            (sets.facqa_retrieval(data), sets.facqa_reading(data)),
            (sets.idk_retrieval(data), sets.idk_reading(data)),
        )
    ]


def known_of(one: PublicQuestion) -> Known:
    """A question of a public set: its own passage answers, where one of its answers stands."""

    def is_own(hit: Hit) -> bool:
        return place_of(hit.source) in one.places

    def answers(counted: Counted) -> bool:
        return is_own(counted.hit) and any(stands(word, counted.text) for word in one.answers)

    return Known(one.question, one.part, answers, is_own, bool(one.places))


def figure_questions(path: Path) -> list[Known]:
    """Our questions for figures in long documents."""

    def known(one: FigureQuestion) -> Known:
        def may_answer(hit: Hit) -> bool:
            return hit.source.endswith(one.document) and any(
                holds(hit.text.lower(), figure) for figure in one.figures
            )

        def answers(counted: Counted) -> bool:
            said = " ".join(f"{counted.hit.context} {counted.hit.text}".lower().split())
            return (
                counted.hit.source.endswith(one.document)
                and " ".join(one.beside.lower().split()) in said
                and any(holds(counted.text.lower(), figure) for figure in one.figures)
            )

        return Known(one.question, "figures", answers, may_answer)

    return [known(one) for one in sets.figure_questions(path)]


def governance_questions(path: Path) -> list[Known]:
    """The development questions about governance documents."""
    known = []
    for one in answer_questions(path):
        if one.split != "dev":
            continue

        def answers(counted: Counted, facts: tuple[tuple[str, ...], ...] = one.facts) -> bool:
            return any(stands(word, counted.text) for fact in facts for word in fact)

        def may_answer(hit: Hit, facts: tuple[tuple[str, ...], ...] = one.facts) -> bool:
            return any(stands(word, hit.text) for fact in facts for word in fact)

        known.append(Known(one.question, "governance", answers, may_answer, bool(one.facts)))
    return known


def fit(weighed: Sequence[Weighed]) -> tuple[NDArray[np.float64], float]:
    """Weights and bias of the signals, by a multinomial logit with "none of them" as a choice.

    Of each question's sentences, and nothing with a logit of 0, the ones that answer are to be
    likely together (McFadden 1974; the loss of span readers with a null answer). So the weights
    serve the choice of the best sentence, and its logit tells it from none.
    """
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    sizes = np.array([len(one.answers) for one in weighed])
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    x = np.column_stack([np.concatenate([one.signals for one in weighed]), np.ones(sizes.sum())])
    answers = np.concatenate([one.answers for one in weighed])
    weights = np.array([_weight(one) for one in weighed])
    weights /= weights.sum()

    def loss(fitted: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        chances = np.exp(np.clip(x @ fitted, -30, 30))
        total = 1 + np.add.reduceat(chances, firsts)
        right = np.add.reduceat(chances * answers, firsts)
        none = right == 0
        likely = np.log(np.where(none, 1.0, right) / total)
        each = np.repeat(weights, sizes)
        share = chances / np.repeat(total, sizes)
        share_of_right = chances * answers / np.repeat(np.where(none, 1.0, right), sizes)
        gradient = x.T @ (each * (share - share_of_right)) + 2 * RIDGE * fitted
        return float(-(weights * likely).sum() + RIDGE * fitted @ fitted), gradient

    fitted = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return fitted[:-1], float(fitted[-1])


def _weight(one: Weighed) -> float:
    weight = OWN_QUESTIONS_WEIGHT if one.source in ("figures", "governance") else 1.0
    return weight if one.is_answerable else weight * UNANSWERED_WEIGHT


def best_of(one: Weighed, weights: NDArray[np.float64], bias: float) -> tuple[float, bool]:
    """The probability of a question's best sentence, and whether it answers."""
    logits = one.signals @ weights + bias
    at = int(np.argmax(logits))
    return float(1 / (1 + np.exp(-logits[at]))), bool(one.answers[at])


def cross_validated(weighed: Sequence[Weighed]) -> list[tuple[float, bool]]:
    """As `best_of`, each question judged by a model that was fitted without it."""
    questions = sorted({one.question for one in weighed})
    np.random.default_rng(SEED).shuffle(questions)
    fold_of = {question: at % FOLDS for at, question in enumerate(questions)}
    best: list[tuple[float, bool]] = [(0.0, False)] * len(weighed)
    for fold in range(FOLDS):
        weights, bias = fit([one for one in weighed if fold_of[one.question] != fold])
        for at, one in enumerate(weighed):
            if fold_of[one.question] == fold:
                best[at] = best_of(one, weights, bias)
    return best


def cheapest(judged: Sequence[tuple[Weighed, tuple[float, bool]]]) -> float:
    """The threshold of least cost: a wrong answer costs `WRONG_COST`, one withheld costs 1."""
    costs = {}
    for threshold in (percent / 100 for percent in range(5, 96)):
        costs[threshold] = sum(
            _weight(one)
            * (
                (0.0 if right else WRONG_COST)
                if probability >= threshold
                else float(one.is_answerable)
            )
            for one, (probability, right) in judged
        )
    return min(costs, key=lambda threshold: costs[threshold])


def shares(
    weighed: Sequence[Weighed], best: Sequence[tuple[float, bool]], least: float
) -> dict[str, dict[str, float]]:
    """By source: right, wrong and withheld of the answerable; answered of the others."""
    rows: dict[str, dict[str, float]] = {}
    for source in dict.fromkeys(one.source for one in weighed):
        for answerable in (True, False):
            outcomes = [
                ("right" if right else "wrong") if probability >= least else "withheld"
                for one, (probability, right) in zip(weighed, best, strict=True)
                if one.source == source and one.is_answerable is answerable
            ]
            name = f"{source}, {'answerable' if answerable else 'not answered by what is found'}"
            rows[name] = {"n": len(outcomes)} | {
                outcome: round(outcomes.count(outcome) / max(1, len(outcomes)), 3)
                for outcome in ("right", "wrong", "withheld")
            }
    return rows


def main() -> None:
    """Fit the model and write it beside the reader."""
    parser = argparse.ArgumentParser(prog="python -m assistant.training.evidence")
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/")
    parser.add_argument(
        "--cache", type=Path, required=True, help="the folder where tanya eval keeps its stores"
    )
    options = parser.parse_args()
    model, reader = EmbeddingModel(DEFAULT_MODEL), shipped_reader()
    weighed: list[Weighed] = []
    for public in public_questions(options.data):
        store = pool_store(options.cache, public.pool, model)
        weighed += _gathered(store, reader, [known_of(one) for one in public.questions])
    for folder, known in (
        (options.cache / "long-documents", figure_questions(QUESTIONS / "planning_figures.jsonl")),
        (
            options.cache / "answers/store",
            governance_questions(QUESTIONS / "governance_questions.jsonl"),
        ),
    ):
        weighed += _gathered(DocumentStore(folder, model), reader, known)
    best = cross_validated(weighed)
    weights, bias = fit(weighed)
    card = {
        "weights": {
            field.name: round(float(weight), 4)
            for field, weight in zip(fields(Signals), weights, strict=True)
        },
        "bias": round(bias, 4),
        "least": LEAST,
        "cheapest": cheapest(list(zip(weighed, best, strict=True))),
        "cross_validated": shares(weighed, best, LEAST["exact"]),
    }
    text = json.dumps(card, indent=2) + "\n"
    (MODEL_FOLDER / "evidence.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _gathered(store: DocumentStore, reader: PassageReader, known: list[Known]) -> list[Weighed]:
    try:
        gathered = list(gather(store, reader, known))
    finally:
        store.close()
    sys.stderr.write(f"{known[0].source if known else store}: {len(gathered)}\n")
    return gathered


if __name__ == "__main__":
    main()
