"""The measuring sets are read as meant: who answers what, and what was seen in training."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.evaluation import sets
from assistant.evaluation.errors import MeasuringDataMissing
from tests.assistant.evaluation.sets_by_hand import BRIDGE, LAKE, MARKET, SCHOOL, write_sets

ROOT = Path(__file__).parents[3]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_sets(tmp_path)


def test_a_passage_stands_once_in_the_pool_and_train_widens_it(data: Path) -> None:
    whole = sets.facqa_retrieval(data)
    assert [passage.text for passage in whole.pool] == [MARKET, BRIDGE]
    assert whole.relevant == (frozenset({0}), frozenset({1}))
    idk = sets.idk_retrieval(data)
    assert [passage.text for passage in idk.pool] == [LAKE, SCHOOL]
    assert len(sets.idk_retrieval(data, whole_pool=False).pool) == 1


def test_only_answerable_questions_are_looked_for(data: Path) -> None:
    assert sets.idk_retrieval(data).questions == ("Berapa dalamnya Telaga Wungu?",)


def test_reading_questions_know_whether_their_passage_was_in_train(data: Path) -> None:
    by_hand = {one.question: one for one in [*sets.facqa_reading(data), *sets.idk_reading(data)]}
    assert by_hand["Siapa yang membuka Pasar Senggol?"].passage_in_train
    assert by_hand["Siapa yang membuka Pasar Senggol?"].answers == ("Perdagangan",)
    assert not by_hand["Kapan Jembatan Rindu selesai?"].passage_in_train
    assert by_hand["Siapa penemu Telaga Wungu?"].answers == ()


def test_miracl_texts_that_stand_twice_are_one_passage(data: Path) -> None:
    miracl = sets.miracl_retrieval(data)
    assert [passage.text for passage in miracl.pool] == [MARKET, LAKE]
    assert miracl.questions == ("Di mana Telaga Wungu ?",)  # the other's passage is not at hand
    assert miracl.relevant == (frozenset({1}),)


def test_nomiracl_has_both_halves(data: Path) -> None:
    assert [one.answerable for one in sets.nomiracl(data)] == [True, False]


def test_a_sample_is_the_same_each_time_and_keeps_questions_with_their_passages(
    data: Path,
) -> None:
    whole = sets.facqa_retrieval(data)
    one = sets.sample_set(whole, 1)
    assert one == sets.sample_set(whole, 1)
    assert one.relevant[0] == whole.relevant[whole.questions.index(one.questions[0])]
    assert sets.sample([1, 2, 3], 5) == [1, 2, 3]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MeasuringDataMissing, match=r"miracl-id.*--data"):
        sets.miracl_retrieval(tmp_path)


def test_the_questions_for_figures_are_whole_and_their_documents_are_in_the_corpus() -> None:
    folder = ROOT / "tests" / "evaluation"
    questions = sets.figure_questions(folder / "planning_figures.jsonl")
    corpus = (folder / "planning_corpus.txt").read_text().split()
    assert len(questions) >= 60
    assert len({one.question for one in questions}) == len(questions)
    for one in questions:
        assert one.figures
        assert one.beside
        assert [name for name in corpus if name.endswith(one.document)], one.document


@pytest.mark.data
def test_no_question_copies_its_document(shared_data: Path) -> None:
    questions = sets.figure_questions(ROOT / "tests/evaluation/planning_figures.jsonl")
    laws = {
        one.document: " ".join(
            (shared_data / "governance/laws-regional-gov" / one.document)
            .read_text(errors="ignore")
            .lower()
            .split()
        )
        for one in questions
        if one.document.endswith(".md")
    }
    for one in questions:
        words = one.question.lower().rstrip("?").split()
        for at in range(len(words) - 7):
            assert " ".join(words[at : at + 8]) not in laws.get(one.document, ""), one.question
        for figure in one.figures:
            if one.document in laws:
                assert figure.lower() in laws[one.document], json.dumps([one.question, figure])
