"""The store answers LangChain as its own retriever suite asks."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from langchain_tests.integration_tests import RetrieversIntegrationTests

from docs_store.retriever import StoreRetriever
from docs_store.store import DocumentStore
from tests.drafts import publish_text
from tests.fake_model import FakeModel

TEXT = "\n\n".join(f"Pasal {number} tentang pasar desa." for number in range(12))


@pytest.fixture(scope="module", autouse=True)
def _store():
    with tempfile.TemporaryDirectory() as folder:
        TestStoreRetriever.store = DocumentStore(Path(folder), FakeModel())
        publish_text(TestStoreRetriever.store, TEXT, "pasar.txt", "Pasar")
        yield
        TestStoreRetriever.store.close()


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.mark.anyio
class TestStoreRetriever(RetrieversIntegrationTests):
    store: DocumentStore

    @property
    def retriever_constructor(self):
        return StoreRetriever

    @property
    def retriever_constructor_params(self):
        return {"store": self.store}

    @property
    def retriever_query_example(self):
        return "pasar desa"

    def test_each_document_is_the_slice_that_its_metadata_names(self):
        documents = StoreRetriever(store=self.store, k=4).invoke("pasal 7 pasar")
        assert len(documents) == 4
        for document in documents:
            text = self.store.text(document.metadata["document_id"], document.metadata["version"])
            place = slice(document.metadata["start"], document.metadata["end"])
            assert document.page_content == text[place]
            assert document.metadata["source"] == "pasar.txt"
