"""What is loaded in the background, so that the first question finds it there."""

import pytest

from assistant import reader
from docs_store import embedding_model
from docs_store.embedding_model import EmbeddingModel
from docs_store.errors import WrongModel
from docs_store.store import DocumentStore
from tests.fake_model import FakeModel
from ui.opened_store import warm_up


def test_both_models_and_the_index_are_loaded(sample_store):
    sample_store.generations.forget()
    reader._loaded.cache_clear()
    warm_up(sample_store).join()
    assert reader._loaded.cache_info().currsize == 1
    assert embedding_model._loaded.cache_info().currsize >= 1
    assert sample_store.generations._index is not None


def test_a_store_of_another_model_is_refused_before_the_page_is_up(sample_store):
    other = DocumentStore(sample_store.path, FakeModel("lain", 8))
    with pytest.raises(WrongModel, match="docs rebuild"):
        warm_up(other)
    other.close()


def test_a_model_that_cannot_be_loaded_is_left_to_the_first_question(tmp_path, capfd):
    store = DocumentStore(tmp_path / "store", EmbeddingModel(str(tmp_path / "none")))
    warm_up(store).join()
    assert "Traceback" not in capfd.readouterr().err
