"""The whole measurement on tiny sets: every table, the page, the pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.evaluation.curves import cost_curves, reliability_diagram
from assistant.evaluation.measures import Bin, Cost, Estimate
from assistant.evaluation.measuring import Evaluation, Measuring
from assistant.evaluation.run import evaluate, evaluation_page
from assistant.evaluation.tables import table
from assistant.reader import Judgement
from tests.assistant.evaluation.sets_by_hand import write_sets
from tests.assistant.evaluation.test_retrieval import WordReader
from tests.fake_model import FakeModel


class WordJudge(WordReader):
    """A reader that says of every claim that it is entailed."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        return [Judgement(0.8, 0.1, 0.1)] * len(pairs)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    data = write_sets(tmp_path_factory.mktemp("data"))
    cache = tmp_path_factory.mktemp("cache")
    return evaluate(Measuring(data, cache, FakeModel(), WordJudge()))  # type: ignore[arg-type]


def test_each_stage_has_its_table(measured: Evaluation) -> None:
    page = evaluation_page(measured, "Measured by hand.")
    for heading in (
        "FacQA valid",
        "IDK-MRC valid",
        "MIRACL-id train",
        "Reader",
        "Entailment",
        "Gate",
    ):
        assert heading in page
    assert page.count("with reader") == 3
    assert "flatters" in page
    assert "trained on these questions" in page
    assert measured.estimates["Entailment"]["IndoNLI val"]["accuracy"].value == pytest.approx(1 / 3)


def test_public_sets_are_answered_over_the_pools_that_retrieval_is_measured_on(
    measured: Evaluation,
) -> None:
    rows = measured.estimates["Answers: public sets"]
    assert set(rows) == {
        "FacQA valid, passage not in train",
        "IDK-MRC valid, answerable",
        "IDK-MRC valid, unanswerable",
        "NoMIRACL, relevant half",
        "NoMIRACL, non-relevant half",
    }
    for row in rows.values():
        assert row["right"].value + row["wrong"].value + row["withheld"].value == 1.0
    assert rows["IDK-MRC valid, answerable"]["right, own passage"].count == 1


def test_reading_is_given_for_all_parts(measured: Evaluation) -> None:
    [reading] = [rows for title, rows in measured.estimates.items() if title.startswith("Reader")]
    assert set(reading) == {
        "IDK-MRC valid, all",
        "IDK-MRC valid, answerable",
        "IDK-MRC valid, unanswerable",
        "FacQA valid, all",
        "FacQA valid, passage not in train",
        "FacQA valid, answerable",
    }
    assert reading["FacQA valid, passage not in train"]["EM"].count == 1


def test_no_passage_of_the_sets_is_on_the_page(measured: Evaluation) -> None:
    page = evaluation_page(measured, "")
    assert "Telaga" not in page
    assert "Pasar" not in page


def test_without_a_reader_only_the_searches_are_measured(tmp_path: Path) -> None:
    data = write_sets(tmp_path / "data")
    result = evaluate(Measuring(data, tmp_path / "cache", FakeModel(), None))  # type: ignore[arg-type]
    assert all(title.startswith("Retrieval") for title in result.estimates)
    assert not result.pictures


def test_the_pictures_are_well_formed_and_escape_names(measured: Evaluation) -> None:
    assert set(measured.pictures) == {"reliability.svg", "cost.svg"}
    for picture in (
        *measured.pictures.values(),
        reliability_diagram({"<b>&": [Bin(0.5, 0.5, 2)]}),
        cost_curves({"<b>&": [Cost(0.0, 0.0, 0.0), Cost(1.0, 0.0, 0.0)]}, 3.0),
    ):
        root = ET.fromstring(picture)
        assert root.tag.endswith("svg")


def test_a_point_of_the_diagram_is_where_its_bar_says() -> None:
    root = ET.fromstring(reliability_diagram({"x": [Bin(0.0, 0.0, 1), Bin(1.0, 1.0, 1)]}))
    low, high = (one for one in root if one.tag.endswith("circle"))
    assert float(low.get("cx")) < float(high.get("cx"))
    assert float(low.get("cy")) > float(high.get("cy"))  # up is more


def test_a_table_marks_the_best_and_keeps_its_shape() -> None:
    rows = {
        "a|b": {"R@1": Estimate(0.5, 0.4, 0.6, 10)},
        "c": {"R@1": Estimate(0.75, 0.7, 0.8, 10), "R@5": Estimate(float("nan"), 0, 0, 0)},
    }
    made = table("T", "", "system", rows, best=True)
    assert made.columns == ("system", "R@1", "R@5")
    assert made.rows == (
        ("a|b", "50.0 (40.0–60.0)", "–"),
        ("c", "**75.0** (70.0–80.0)", "–"),
    )
    result = Evaluation(parts=[made])
    lines = [line for line in evaluation_page(result, "").splitlines() if line.startswith("|")]
    assert len(lines) == 4
    assert "a\\|b" in lines[2]
