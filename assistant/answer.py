"""The way of a question: understand, retrieve, weigh, compose, ground."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache

from assistant.compose_quotes import LEAD, LEADS, compose, whole_article
from assistant.conversation import Answer, AnswerPart, Language
from assistant.drafts import DraftStatement
from assistant.evidence import TextOf, article_sentences, listed_items, weigh
from assistant.ground import ground
from assistant.notices import notice_texts
from assistant.places import placed
from assistant.reader import PassageReader, shipped_reader
from assistant.regulations import at_clause
from assistant.rerank import Reranked, rerank
from assistant.retrieve import find, to_read
from assistant.understand import Kind, Question, understand
from docs_store.records import Hit
from docs_store.store import DocumentStore

PASSAGES_READ = 8
"""How many of the passages found are read sentence by sentence."""

_NO_ANSWER: dict[Language, str] = {
    "id": "Tidak ada jawaban yang dapat dibuktikan dari dokumen yang ada.",
    "en": "There is no answer that the documents here can prove.",
}


def answer_question(
    store: DocumentStore,
    question: str,
    language: Language | None = None,
    reader: PassageReader | None = None,
) -> Answer:
    """Answer from the store's documents with proof, or say that they hold no answer.

    Args:
        store: the documents.
        question: as typed.
        language: of the framing; the question's own if None.
        reader: the one that comes with the package if None.

    Raises:
        EmptyQuestion, QuestionTooLong, ReaderNotLoadable: see `assistant.errors`.
        docs_store.errors.BilingualError: the store or the model cannot be used.
    """
    clock = _Clock()
    asked = understand(question, language)
    clock.stop("understand")
    in_store = find(store, asked)
    found = rerank(reader or shipped_reader(), asked.text, in_store.hits)
    hits = found.hits
    clock.stop("retrieve")
    text_of = cache(store.text)  # an answer looks at the same few texts many times
    drafts = [] if in_store.missing else _draft(store, text_of, in_store.question or asked, found)
    clock.stop("compose")
    statements, _refused = ground(drafts, text_of)
    notices_of = cache(lambda document_id: notice_texts(store, document_id, asked.language))
    statements = [
        replace(
            statement,
            citations=tuple(
                replace(placed(store, text_of, cited), notices=notices_of(cited.document_id))
                for cited in statement.citations
            ),
        )
        for statement in statements
    ]
    clock.stop("ground")
    if not statements:
        return _abstain(store, asked, hits, clock.timings_ms(), in_store.missing)
    return _answer(asked, statements, hits, clock.timings_ms())


def _draft(
    store: DocumentStore, text_of: TextOf, question: Question, found: Reranked
) -> list[DraftStatement]:
    hits = found.hits
    article = [hit for hit in hits if "article" in hit.scores]
    if article and question.asks_openly:
        return whole_article(at_clause(article_sentences(article), question.clause))
    read = to_read(hits, PASSAGES_READ)
    sentences = weigh(store, text_of, question, read, found.readings)
    return compose(question, sentences, lambda lead: listed_items(text_of, lead))


def _answer(
    question: Question,
    statements: list[DraftStatement],
    hits: list[Hit],
    timings_ms: dict[str, float],
) -> Answer:
    lead = LEADS.get(question.kind, LEAD)[question.language]
    opens_list = statements[0].text.endswith(":")
    listed = len(statements) > 1 and (
        opens_list or question.article or question.kind in (Kind.SEQUENCE, Kind.LIST)
    )
    return Answer(
        question=question.text,
        language=question.language,
        mode="quotes",
        abstained=False,
        reason=None,
        parts=(
            AnswerPart("lead", lead),
            *(
                AnswerPart(
                    "item" if listed and (at > 0 or not opens_list) else "statement",
                    statement.text,
                    tuple(citation.marker for citation in statement.citations),
                )
                for at, statement in enumerate(statements)
            ),
        ),
        citations=tuple(c for statement in statements for c in statement.citations),
        passages=tuple(hits),
        timings_ms=timings_ms,
    )


def _abstain(
    store: DocumentStore,
    question: Question,
    hits: list[Hit],
    timings_ms: dict[str, float],
    missing: dict[Language, str] | None = None,
) -> Answer:
    documents = store.document_count()
    looked_for = ", ".join(concept.name for concept in question.concepts) or question.text[:80]
    reason: dict[Language, str]
    if missing and documents:
        reason = missing
    elif documents == 0:
        reason = {
            "id": "Belum ada dokumen. Tambahkan dengan: tanya ingest FOLDER",
            "en": "There are no documents yet. Add some with: tanya ingest FOLDER",
        }
    else:
        reason = {
            "id": f"Dicari di {documents} dokumen: {looked_for}. Tidak ada kalimat yang memuat "
            "jawabannya. Tambahkan dokumen yang membahasnya, atau ubah pertanyaannya.",
            "en": f"Searched {documents} documents for: {looked_for}. No sentence holds the "
            "answer. Add a document on the subject, or put the question differently.",
        }
    return Answer(
        question=question.text,
        language=question.language,
        mode="quotes",
        abstained=True,
        reason=reason[question.language],
        parts=(AnswerPart("note", _NO_ANSWER[question.language]),),
        citations=(),
        passages=tuple(hits),
        timings_ms=timings_ms,
    )


class _Clock:
    """Milliseconds by stage, and in all."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._stages: dict[str, float] = {}

    def stop(self, stage: str) -> None:
        now = time.perf_counter()
        self._stages[stage] = round((now - self._last) * 1_000, 2)
        self._last = now

    def timings_ms(self) -> dict[str, float]:
        total = round((self._last - self._started) * 1_000, 2)
        return {**self._stages, "total": total}
