"""The evidence model's file, and what its probability does with the signals."""

import json
import shutil
from dataclasses import replace

import pytest

from assistant import evidence_model as module
from assistant.counts import Counts
from assistant.errors import ReaderNotLoadable
from assistant.evidence_model import evidence_model, signals
from assistant.reader import MODEL_FOLDER
from assistant.understand import understand

ASKED = understand("Berapa jumlah kecamatan di Banyuwangi?")
COUNTS = Counts(
    coverage=0.9, context=1.0, expected=1.0, nearness=1.0, density=0.4, lacking=1.0,
    in_scope=1.0, is_row=False, is_heading=False, opens_list=False, follows_order=False,
    gives_name=False,
)  # fmt: skip


def seen(margin, **counted):
    return signals(
        ASKED, replace(COUNTS, **counted), "id", ahead=0.2, margin=margin, others=0.0, lift=0.0
    )


def test_what_the_reader_sees_the_answer_in_is_likelier_than_what_it_does_not():
    model = evidence_model()
    assert model.probability(seen(8.0)) > model.least_exact
    assert model.probability(seen(8.0)) > model.probability(seen(-8.0))
    assert (
        model.probability(seen(-8.0, coverage=0.4, context=0.5, expected=0.0)) < model.least_exact
    )


@pytest.mark.parametrize("damage", ["", "{}", '{"weights": {}, "bias": 0, "least": {}}'])
def test_a_damaged_file_is_named_with_the_cure(tmp_path, monkeypatch, damage):
    (tmp_path / "evidence.json").write_text(damage)
    monkeypatch.setattr(module, "MODEL_FOLDER", tmp_path)
    with pytest.raises(ReaderNotLoadable, match=r"evidence\.json"):
        evidence_model()


def test_the_file_tells_what_it_was_fitted_on(tmp_path):
    shutil.copy(MODEL_FOLDER / "evidence.json", tmp_path)
    card = json.loads((tmp_path / "evidence.json").read_text())
    assert card["cross_validated"]
    assert 0 < card["least"]["exact"] < 1
