"""Hard negatives: passages that a search finds for a question and that do not answer it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.training.examples import Example, Passage, plain
from docs_store.analysis import terms

K1, B = 1.2, 0.75
DEPTH = 12
"""How far down the two rankings a negative may stand."""
_BATCH = 256


def mine(
    examples: Sequence[Example],
    pool: Sequence[Passage],
    vectors: tuple[NDArray[np.float32], NDArray[np.float32]] | None,
    count: int,
) -> list[list[Passage]]:
    """For each example, up to ``count`` passages of the pool that do not hold its answer.

    Args:
        examples: those whose passage answers.
        pool: all passages.
        vectors: unit vectors of the questions and of the pool, or None for keywords alone.
        count: how many at most, best ranked first, the two rankings taking turns.
    """
    keyword = _bm25_rankings([example.question for example in examples], pool)
    plain_texts = [plain(passage.text) for passage in pool]
    mined = []
    for at, example in enumerate(examples):
        rankings = [keyword[at]]
        if vectors is not None:
            cosines = vectors[1] @ vectors[0][at]
            rankings.append(np.argsort(-cosines)[:DEPTH].tolist())
        own = plain(example.passage.text)
        answer = plain(example.passage.text[slice(*example.answer)]) if example.answer else own
        found: dict[int, None] = {}
        for turn in zip(*(ranking[:DEPTH] for ranking in rankings), strict=False):
            for index in turn:
                text = plain_texts[index]
                if f" {answer} " not in f" {text} " and own[:80] not in text and text not in own:
                    found[index] = None
        mined.append([pool[index] for index in list(found)[:count]])
    return mined


def _bm25_rankings(questions: Sequence[str], pool: Sequence[Passage]) -> list[list[int]]:
    """The pool's best by BM25 (Robertson & Zaragoza 2009) over stemmed words."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    words: dict[str, int] = {}
    rows, columns, counts, lengths = [], [], [], []
    for row, passage in enumerate(pool):
        found: dict[int, int] = {}
        for term in terms(f"{passage.context} {passage.text}", "id"):
            column = words.setdefault(term, len(words))
            found[column] = found.get(column, 0) + 1
        rows += [row] * len(found)
        columns += list(found)
        counts += list(found.values())
        lengths.append(sum(found.values()))
    tf = np.array(counts, np.float64)
    row_of = np.array(rows)
    length = np.array(lengths, np.float64)
    df = np.bincount(np.array(columns), minlength=len(words))
    idf = np.log(1 + (len(pool) - df + 0.5) / (df + 0.5))
    weight = idf[columns] * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length[row_of] / length.mean()))
    index = csr_matrix((weight, (row_of, columns)), shape=(len(pool), len(words)))
    rankings: list[list[int]] = []
    for first in range(0, len(questions), _BATCH):
        asked_rows, asked = [], []
        for row, question in enumerate(questions[first : first + _BATCH]):
            known = {words[term] for term in terms(question, "id") if term in words}
            asked_rows += [row] * len(known)
            asked += list(known)
        size = min(_BATCH, len(questions) - first)
        query = csr_matrix((np.ones(len(asked)), (asked_rows, asked)), shape=(size, len(words)))
        scores = (query @ index.T).toarray()
        best = np.argpartition(-scores, DEPTH, axis=1)[:, :DEPTH]
        order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1)
        rankings += np.take_along_axis(best, order, axis=1).tolist()
    return rankings


def pick(
    mined: Sequence[Passage], known: Sequence[Passage], count: int, rng: random.Random
) -> list[Passage]:
    """``count`` negatives of those judged by people and those mined; other ones each time."""
    chosen = rng.sample(list(known), min(count, len(known)))
    rest = count - len(chosen)
    return chosen + rng.sample(list(mined), min(rest, len(mined)))
