"""Questions that name a regulation or an article: its own passages, and no other's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conversation import Language
from assistant.evidence import Sentence
from assistant.understand import Question, understand
from docs_store.analysis import terms
from docs_store.fusion import boosted
from docs_store.records import Document, Hit
from docs_store.regulation_keys import RegulationName, find_regulations, matches, title_regulation
from docs_store.store import DocumentStore

REGULATION_BOOST = 2.0
"""Added to passages of the regulation that the question names: more than any fused score."""
OWN_PASSAGES = 12
_ASKS_ITS_CONTENT = re.compile(
    r"\b(?:isi|bunyi|menurut|berdasarkan|sesuai|according\s+to|under|contents?\s+of|text\s+of|say|"
    r"says|state|states)\W+(?:\w+\W+){0,3}$|\b(?:dalam|in)\s+$|\(\s*$",
    re.IGNORECASE,
)
_CALLED_BEFORE = re.compile(
    r"\b(?:UU|PP|Perda|Perbup|Perpres|Permen\w*|Undang-Undang|Law|Act)\s+[^,.?!()]{2,60}\(\s*$"
)
"""A regulation's name for short, which its number explains: "UU HKPD (UU 1/2022)"."""
_PART_HEADING = re.compile(r"(?:BAB\s+[IVXLC]+|Bagian\s+Ke\w+|Paragraf\s+\d+)\b[^.;:]*$")
_FIRST_ARTICLES = ("Pasal 1", "Pasal I")
_SAYS_AFTER = re.compile(r"\W*(?:mengatur|menyebut\w*|menyatakan|says?|states?|regulates?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """What the store holds of what a question names."""

    hits: list[Hit]
    missing: dict[Language, str] | None = None
    """Why nothing can be said, where the regulation or the article that is asked for is not
    there."""
    question: Question | None = None
    """The question without the regulation's name, where the hits are of that regulation alone: its
    sentences need not hold its name."""


def of_named_regulation(store: DocumentStore, question: Question, hits: Sequence[Hit]) -> Found:
    """The hits with those of the regulation and the article that the question names in front.

    An article of a named regulation is answered from that regulation alone; where the store does
    not have it, ``missing`` says so. Without an article the regulation's own passages come first.

    Args:
        store: the documents.
        question: what is asked.
        hits: found by keywords and vectors, best first.
    """
    names = find_regulations(question.text)
    if not names:
        if question.article is None:
            return Found(list(hits))
        anywhere = [
            h for h in store.passages_at(question.article) if at_article(h, question.article)
        ]
        return Found(_in_front(anywhere, hits, "article"))
    documents = {name: documents_named(store, name) for name in names}
    own = {d.duplicate_of or d.document_id for found in documents.values() for d in found}
    from_own = [hit for hit in hits if hit.document_id in own]
    absent = next((name for name in names if not documents[name]), None)
    if question.article is None:
        if absent is not None and _asks_content(question.text, absent):
            return Found(list(hits), _no_regulation(_named(question.text, absent)))
        if not own:
            return Found(list(hits))
        if any(_asks_content(question.text, name) for name in names):
            rest = _without_names(question, names)
            if not rest.concepts:  # "Apa isi UU 9/2015?": it is quoted from its first article
                first = _opening(store, sorted(own))
                return Found(_in_front(first, from_own, "article"), question=rest)
            alone = _in_front(_passages(store, question, own), from_own, "named")
            return Found(alone, question=rest)
        return Found(_in_front(from_own or _passages(store, question, own), hits, "named"))
    name = _nearest(question.text, names)
    if not documents[name]:
        return Found(list(hits), _no_regulation(_named(question.text, name)))
    own = {document.duplicate_of or document.document_id for document in documents[name]}
    from_own = [hit for hit in from_own if hit.document_id in own]
    article = _article(store, question, sorted(own))
    if not article:
        return Found(from_own, _no_article(_named(question.text, name), question.article))
    alone = _in_front(article, from_own, "article")
    return Found(alone, question=_without_names(question, names))


def at_article(hit: Hit, article: str) -> bool:
    """Whether the passage stands in the article ("Pasal 7", not "Pasal 71")."""
    return re.match(rf"{re.escape(article)}(?!\w)", hit.locator or "") is not None


def at_clause(sentences: Sequence[Sentence], clause: tuple[str, ...]) -> list[Sentence]:
    """Of an article's sentences those of the ayat and huruf asked for; all if they have no marks.

    The heading of a BAB, Bagian or Paragraf above an article is none of its sentences.

    Args:
        sentences: in order.
        clause: ``("2", "b")`` for "ayat (2) huruf b", ``("", "b")`` for "huruf b".
    """
    kept = [sentence for sentence in sentences if not _PART_HEADING.match(sentence.text)]
    for mark, pattern in zip(clause, (r"\((\d{1,2}[a-z]?)\)", r"([a-z])[.)]\s"), strict=False):
        if not mark:
            continue
        inside: list[Sentence] = []
        is_open = False
        for sentence in kept:
            found = re.match(pattern, sentence.text)
            is_open = found[1] == mark if found else is_open
            if is_open:
                inside.append(sentence)
        kept = inside or kept
    return kept


def documents_named(store: DocumentStore, name: RegulationName) -> list[Document]:
    """The documents that are the regulation named; several where its region is left open."""
    if name.is_whole and (found := store.regulations(name.key)):
        return found
    return [
        document
        for document in store.documents()
        if (key := _key(document)) is not None and matches(key, name)
    ]


def _key(document: Document) -> str | None:
    if document.regulation is not None:
        return document.regulation
    named = title_regulation(document.title)  # of a version that an older reader took in
    return named.key if named is not None else None


def _article(store: DocumentStore, question: Question, documents: Sequence[str]) -> list[Hit]:
    """The article's passages; of an amending act the wording that it gives to that article."""
    article = question.article or ""
    own = [
        hit for hit in store.passages_at(article, documents=documents) if at_article(hit, article)
    ]
    return own or [
        hit
        for hit in store.passages_at("Pasal I", documents=documents)
        if f"({article})" in (hit.locator or "")
    ]


def _opening(store: DocumentStore, documents: Sequence[str]) -> list[Hit]:
    """The passages of the first article, with the instructions of an amending one."""
    for article in _FIRST_ARTICLES:
        held = store.passages_at(article, documents=documents)
        if own := [hit for hit in held if at_article(hit, article)]:
            return own
    return []


def _passages(store: DocumentStore, question: Question, documents: set[str]) -> list[Hit]:
    """Passages of the documents that share most words with the question, else the first."""
    asked = set(terms(question.text))
    held = store.passages_at("", documents=sorted(documents))
    ranked = sorted(held, key=lambda hit: -len(asked & set(terms(hit.text))))
    return ranked[:OWN_PASSAGES]


def _in_front(first: Sequence[Hit], hits: Sequence[Hit], stage: str) -> list[Hit]:
    known = {hit.passage_id: hit for hit in hits}
    ids = {hit.passage_id for hit in first}
    front = [boosted(known.get(hit.passage_id, hit), stage, REGULATION_BOOST) for hit in first]
    return [*front, *(hit for hit in hits if hit.passage_id not in ids)]


def without_spans(question: Question, spans: Sequence[tuple[int, int]]) -> Question:
    """The question without the concepts and years that stand in these parts of its text."""
    text = question.text
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    rest = understand(f"{text} isi", question.language)
    return replace(question, concepts=rest.concepts, years=rest.years)


def _without_names(question: Question, names: Sequence[RegulationName]) -> Question:
    spans = []
    for name in names:
        called = _CALLED_BEFORE.search(question.text[: name.start])
        spans.append((called.start() if called else name.start, name.end))
    return without_spans(question, spans)


def _nearest(text: str, names: Sequence[RegulationName]) -> RegulationName:
    """The regulation that is named nearest to the article."""
    article = re.search(r"\b(?:pasal|article)\b", text, re.IGNORECASE)
    at = article.start() if article else 0
    return min(names, key=lambda name: min(abs(name.start - at), abs(name.end - at)))


def _asks_content(text: str, name: RegulationName) -> bool:
    return bool(_ASKS_ITS_CONTENT.search(text[: name.start]) or _SAYS_AFTER.match(text, name.end))


def _named(text: str, name: RegulationName) -> str:
    return " ".join(text[name.start : name.end].split())


def _no_regulation(name: str) -> dict[Language, str]:
    return {
        "id": f"{name} tidak ada di antara dokumen. Tambahkan dengan: tanya ingest FILE",
        "en": f"{name} is not among the documents. Add it with: tanya ingest FILE",
    }


def _no_article(name: str, article: str) -> dict[Language, str]:
    return {
        "id": f"Tidak ditemukan {article} dalam {name} yang ada di antara dokumen.",
        "en": f"No {article} was found in {name} as it is among the documents.",
    }
