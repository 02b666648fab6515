"""The store as a LangChain retriever, for chains and agents of others."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from docs_store.records import Hit
from docs_store.store import DocumentStore


class StoreRetriever(BaseRetriever):
    """Finds passages by keywords and vectors; ``metadata`` says where each one stands.

    ``page_content`` is exactly ``text[start:end]`` of the document version in the metadata.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    store: DocumentStore
    k: int = Field(default=10, ge=1)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  (LangChain's signature)
        k: int | None = None,
    ) -> list[LangChainDocument]:
        return [_to_langchain(hit) for hit in self.store.search(query, k or self.k)]


def _to_langchain(hit: Hit) -> LangChainDocument:
    return LangChainDocument(
        id=str(hit.passage_id),
        page_content=hit.text,
        metadata={
            "document_id": hit.document_id,
            "version": hit.version,
            "title": hit.title,
            "source": hit.source,
            "date": hit.date,
            "page": hit.page,
            "locator": hit.locator,
            "start": hit.start,
            "end": hit.end,
            "score": hit.score,
        },
    )
