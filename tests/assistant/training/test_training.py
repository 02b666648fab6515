"""Examples, negatives, losses, export and calibration, on small made-up material."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")

from transformers import BertConfig  # noqa: E402

from assistant.reader import MODEL_FOLDER  # noqa: E402
from assistant.reader_input import ReaderTokenizer  # noqa: E402
from assistant.training import examples as sets  # noqa: E402
from assistant.training.calibrate import fit  # noqa: E402
from assistant.training.examples import Example, Pair, Passage  # noqa: E402
from assistant.training.export import export  # noqa: E402
from assistant.training.negatives import mine  # noqa: E402
from assistant.training.network import ReaderNetwork  # noqa: E402
from assistant.training.train import Recipe, train  # noqa: E402
from docs_store.onnx_graph import narrowed  # noqa: E402

PARKING = Passage("Tarif parkir motor sebesar Rp2.500 sekali parkir.", "Perda parkir")
MARKET = Passage("Retribusi pasar untuk kios sebesar Rp5.000 sehari.", "Perda pasar")


def _network(vocabulary: int) -> ReaderNetwork:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=vocabulary, hidden_size=48, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=96, max_position_embeddings=256, layer_norm_eps=1e-12, hidden_act="gelu",
    )  # fmt: skip
    return ReaderNetwork(config)


def test_idk_mrc_leaves_out_a_misplaced_answer(tmp_path: Path) -> None:
    def answered(start: int) -> dict[str, object]:
        answers = [{"text": "Rp2.500", "answer_start": start}]
        return {"question": "Berapa?", "is_impossible": False, "answers": answers}

    at = PARKING.text.index("Rp2.500")
    unanswerable = {"question": "Kapan?", "is_impossible": True, "answers": []}
    path = tmp_path / "train.json"
    path.write_text(
        json.dumps(
            [{"context": PARKING.text, "qas": [answered(at), answered(at + 1), unanswerable]}]
        )
    )
    found = list(sets.idk_mrc(path))
    assert [example.answers for example in found] == [True, False]
    assert found[0].answer == (at, at + 7)


def test_words_are_joined_as_people_write_them() -> None:
    words = ["Bupati", "(", "Ipuk", ")", ",", "tahun", "2021", "-", "2024", "."]
    text, spans = sets.join_words(words)
    assert text == "Bupati (Ipuk), tahun 2021-2024."
    assert [text[slice(*span)] for span in spans] == words


def test_definitions_ask_for_the_meaning(tmp_path: Path) -> None:
    (tmp_path / "law.md").write_text(
        "# Contoh\nPasal 1\n1. Pajak Contoh yang selanjutnya disebut PC adalah pungutan yang "
        "dibuat untuk pengujian ini saja.\n2. Orang adalah siapa saja yang ikut dalam contoh ini."
    )
    found = list(sets.definitions(tmp_path, set(), random.Random(3), 10))
    assert len(found) == 2
    example = found[0]
    assert example.answer is not None
    assert example.passage.text[slice(*example.answer)].startswith("pungutan yang dibuat")


def test_mined_passages_do_not_hold_the_answer() -> None:
    at = PARKING.text.index("Rp2.500")
    example = Example("Berapa tarif parkir motor?", PARKING, (at, at + 7), True, "x")
    same = Passage("Parkir motor di terminal juga bertarif Rp2.500 saja.")
    pool = [PARKING, same, MARKET, *(Passage(f"Isian {n} tentang tarif") for n in range(20))]
    [found] = mine([example], pool, None, 5)
    assert found
    assert PARKING not in found
    assert same not in found


def test_training_lowers_the_loss_and_keeps_frozen_layers(tmp_path: Path) -> None:
    tokenizer = ReaderTokenizer.from_file(MODEL_FOLDER / "reader-vocabulary.json.gz")
    network = _network(tokenizer.size)
    before = network.bert.encoder.layer[0].output.dense.weight.clone()
    upper = network.bert.encoder.layer[1].output.dense.weight.clone()
    at = PARKING.text.index("Rp2.500")
    examples = [
        Example("Berapa tarif parkir?", PARKING, (at, at + 7), True, "facqa"),
        Example("Kapan pasar buka?", MARKET, None, False, "idk-mrc"),
    ] * 30
    pairs = [Pair("Tarif itu Rp2.500.", PARKING.text, 0), Pair("Gratis.", PARKING.text, 2)] * 10
    recipe = replace(Recipe(), epochs=90, frozen_layers=1, learning_rate=3e-3, warm_up_steps=5)
    mined = [[MARKET]] * len(examples)
    train(network, tokenizer, examples, mined, pairs, recipe, tmp_path)
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert log[-1]["span"] < 0.5 * log[1]["span"]
    assert torch.equal(before, network.bert.encoder.layer[0].output.dense.weight)
    assert not torch.equal(upper, network.bert.encoder.layer[1].output.dense.weight)
    assert (tmp_path / "network.pt").exists()


def test_a_share_of_the_public_sets_leaves_all_made_by_rule(tmp_path: Path) -> None:
    tokenizer = ReaderTokenizer.from_file(MODEL_FOLDER / "reader-vocabulary.json.gz")
    examples = [
        Example(f"Berapa tarif {source}?", PARKING, None, False, source)
        for source in ("idk-mrc", "facqa", "miracl", "laws", "tariffs")
    ]
    recipe = replace(Recipe(), epochs=1, public_share=0.0)
    train(_network(tokenizer.size), tokenizer, examples, [[]] * 5, [], recipe, tmp_path)
    planned = json.loads((tmp_path / "log.jsonl").read_text().splitlines()[0])["tokens_planned"]
    recipe = replace(recipe, public_share=1.0)
    train(_network(tokenizer.size), tokenizer, examples, [[]] * 5, [], recipe, tmp_path)
    lines = (tmp_path / "log.jsonl").read_text().splitlines()
    assert 0 < planned < 0.6 * json.loads(lines[-1])["tokens_planned"]


def test_the_exported_file_computes_what_the_network_does(tmp_path: Path) -> None:
    import onnxruntime

    network = _network(300).eval()
    export(network, tmp_path / "reader.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "reader.onnx"))
    ids = torch.randint(4, 300, (3, 40))
    mask = torch.ones_like(ids)
    mask[1, 25:] = 0
    with torch.no_grad():
        expected = network(ids, mask)
    found = session.run(None, {"ids": ids.numpy(), "mask": mask.numpy()})
    expected[0][1, 25:] = 0
    found[0][1, 25:] = 0
    for one, other in zip(expected, found, strict=True):
        assert np.abs(one.numpy() - other).max() < 0.05 * max(1.0, np.abs(other).max())


def test_narrowed_weights_are_at_most_half_a_step_off() -> None:
    weight = np.random.default_rng(2).normal(size=(32, 16)).astype(np.float32)
    narrow, scale = narrowed(weight, 1)
    assert np.abs(narrow * scale - weight).max() <= 0.501 * scale.max()


def test_calibration_finds_the_curve_that_made_the_answers() -> None:
    rng = np.random.default_rng(5)
    features = rng.normal(size=(20_000, 2)) * 2
    p = 1 / (1 + np.exp(-(1.5 * features[:, 0] + 0.5 * features[:, 1] - 1)))
    found = fit(features, (rng.random(20_000) < p).astype(float))
    assert (found.relevance, found.margin, found.bias) == pytest.approx((1.5, 0.5, -1), abs=0.12)
