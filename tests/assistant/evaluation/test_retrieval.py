"""Rankings and figures over a real store: what each system finds, and what is counted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.evaluation.abstention import Scored, abstention_estimates, passage_taken_out
from assistant.evaluation.figures import figure_estimates, holds, share_held
from assistant.evaluation.retrieval import (
    BM25,
    DENSE,
    RANK_FUSION,
    READER,
    RETRIEVE,
    SYSTEMS,
    Found,
    find_all,
    retrieval_estimates,
)
from assistant.evaluation.sets import FigureQuestion, RetrievalSet
from assistant.evaluation.stores import place_of, pool_store
from assistant.reader import Reading
from assistant.training.examples import Passage
from docs_store.store import DocumentStore
from tests.assistant.evaluation.sets_by_hand import BRIDGE, LAKE, MARKET, SCHOOL
from tests.fake_model import FakeModel

POOL = tuple(Passage(text) for text in (MARKET, BRIDGE, LAKE, SCHOOL))
QUESTIONS = RetrievalSet(
    "by hand",
    POOL,
    ("Kapan Jembatan Rindu selesai dibangun?", "Berapa siswa baru SMA Harapan?"),
    (frozenset({1}), frozenset({3})),
)


class WordReader:
    """Takes the share of the question's words in a passage for the probability."""

    def read(
        self, question: str, passages: Sequence[str], contexts: Sequence[str] | None = None
    ) -> list[Reading]:
        asked = set(question.lower().rstrip("?").split())
        shares = [len(asked & set(text.lower().split())) / len(asked) for text in passages]
        return [Reading(0, 5, share, 0.5, share * 20, share) for share in shares]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentStore]:
    made = pool_store(tmp_path_factory.mktemp("pools"), POOL, FakeModel())  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture(scope="module")
def found(store: DocumentStore) -> list[Found]:
    return find_all(store, QUESTIONS.questions, WordReader())


def test_each_passage_is_a_document_in_its_place(store: DocumentStore) -> None:
    documents = sorted(store.documents(), key=lambda document: document.source)
    assert [place_of(document.source) for document in documents] == [0, 1, 2, 3]
    assert [store.text(document.document_id) for document in documents] == [
        passage.text for passage in POOL
    ]


def test_a_store_is_made_once_and_another_pool_is_another_store(tmp_path: Path) -> None:
    model = FakeModel()
    pool_store(tmp_path, POOL, model).close()  # type: ignore[arg-type]
    count = len(model.embedded)
    pool_store(tmp_path, POOL, model).close()  # type: ignore[arg-type]
    assert len(model.embedded) == count
    pool_store(tmp_path, POOL[:2], model).close()  # type: ignore[arg-type]
    assert len(list(tmp_path.iterdir())) == 2


def test_every_system_ranks_and_the_searches_stand_alone(found: list[Found]) -> None:
    for one in found:
        assert set(one.rankings) == set(SYSTEMS)
        assert all("keyword" in hit.scores for hit in one.rankings[BM25])
        cosines = [hit.scores["vector"] for hit in one.rankings[DENSE]]
        assert cosines == sorted(cosines, reverse=True)
        assert {h.passage_id for h in one.rankings[RANK_FUSION]} == {
            h.passage_id for h in (*one.rankings[BM25], *one.rankings[DENSE])
        }
    assert place_of(found[0].rankings[READER][0].source) == 1


def test_the_measures_count_the_rank_of_the_relevant_passage(found: list[Found]) -> None:
    # Asked for the passages that stand first and second in its own ranking.
    ranking = [place_of(hit.source) for hit in found[0].rankings[RETRIEVE]]
    turned = RetrievalSet(
        "turned",
        POOL,
        (QUESTIONS.questions[0],) * 2,
        (frozenset({ranking[0]}), frozenset({ranking[1]})),
    )
    figures = retrieval_estimates(turned, [found[0]] * 2)[RETRIEVE]
    assert figures["R@1"].value == 0.5
    assert figures["R@5"].value == 1.0
    assert figures["RR@10"].value == 0.75
    assert figures["nDCG@10"].value == pytest.approx((1 + 1 / math.log2(3)) / 2)


def test_a_passage_that_is_not_found_counts_as_nothing(found: list[Found]) -> None:
    nowhere = RetrievalSet("nowhere", POOL, (QUESTIONS.questions[0],), (frozenset({99}),))
    figures = retrieval_estimates(nowhere, found[:1])[BM25]
    assert [one.value for one in figures.values()] == [0.0] * 5


def test_taking_the_passage_out_leaves_the_best_of_the_others(found: list[Found]) -> None:
    scored = passage_taken_out(QUESTIONS, found, WordReader())
    assert list(scored.answerable) == [True, False] * 2
    for with_it, without in zip(scored.probabilities[::2], scored.probabilities[1::2], strict=True):
        assert with_it > without
    estimates = abstention_estimates(scored, threshold=0.5)
    assert estimates["AUROC"].value == 1.0
    assert estimates["withheld, unanswerable"].value == 1.0


def test_the_shares_of_both_halves_are_at_the_threshold() -> None:
    scored = Scored("by hand", np.array([0.9, 0.4, 0.6, 0.1]), np.array([True, True, False, False]))
    estimates = abstention_estimates(scored, threshold=0.5)
    assert estimates["answered, answerable"].value == 0.5
    assert estimates["withheld, unanswerable"].value == 0.5
    assert estimates["AUROC"].value == 0.75


@pytest.mark.parametrize(
    ("text", "figure", "stands"),
    [
        ("tarif 15% berlaku", "15%", True),
        ("tarif 115% berlaku", "15%", False),
        ("biaya 1.500.000 rupiah", "500.000", False),
        ("biaya 8.000/hari", "8.000", True),
        ("biaya 8.000.000/hari", "8.000", False),
        ("paling lama 7 (tujuh)\nhari kerja", "7 (tujuh) hari", True),
    ],
)
def test_a_figure_stands_whole(text: str, figure: str, stands: bool) -> None:
    assert holds(" ".join(text.split()), figure) is stands


def test_a_figure_counts_beside_its_words_and_in_its_document(found: list[Found]) -> None:
    hits = found[0].rankings[RETRIEVE]
    source = next(hit.source for hit in hits if hit.text == BRIDGE)

    def share(figures: tuple[str, ...], beside: str, document: str = source) -> float:
        return share_held(FigureQuestion("?", figures, document, "", beside), hits)

    assert share(("2019",), "jembatan rindu") == 1.0
    assert share(("2019", "2020"), "jembatan rindu") == 0.5
    assert share(("2019",), "telaga") == 0.0
    assert share(("2019",), "jembatan rindu", "passage-000000") == 0.0
    question = FigureQuestion("?", ("2019",), source, "", "Jembatan Rindu")
    assert figure_estimates([question], found[:1])[READER].value == 1.0
