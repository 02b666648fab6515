"""Keyword and vector results as one ranking, each text once."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.abbreviations import other_forms
from assistant.asked_thing import asked_thing
from assistant.expected import defines
from assistant.question_kinds import Kind
from assistant.regulations import Found, of_named_regulation, without_spans
from assistant.understand import Question
from docs_store.analysis import terms
from docs_store.fusion import boosted, fuse
from docs_store.records import Hit
from docs_store.regulation_keys import find_regulations
from docs_store.sentences import sentence_spans
from docs_store.store import DocumentStore

CANDIDATES = 50
BEST_OF_EACH = 2
NAMED_BOOST = 2.0
"""Added to passages of the document that the question names: more than any fused score."""
DEFINITIONS_LOOKED_AT = 60
DEFINITIONS_ADDED_MAX = 4
DEFINITION_BOOST = 1.0
SAME_SHARE = 0.9
"""Two passages with this share of their words in common say the same, if nothing that decides
(a number, a "not") differs."""
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")
_NEGATIONS = frozenset(
    "tidak bukan tanpa belum dilarang kecuali not no never without except".split()
)
_NAMED = re.compile(
    r"\b(?:(?:menurut|berdasarkan|dalam|pada|sesuai|according to|under|in) )?"
    r"((?:[Pp]eraturan|[Kk]eputusan|[Uu]ndang-[Uu]ndang|Perda|Perbup|Perwali|Pergub|Perpres|"
    r"Permendagri|Permen\w*|UU|PP|SK)\b[^?!,;:()]{2,120})"
)

_NAME_ENDS = re.compile(r"(?:^|\s)(?!(?:dan|tentang|tahun|nomor|no|atas|of|on|and)\b)[a-z].*$")
"""A name goes on as long as it is written large: what is asked of it is no part of it."""

_KIND_IN_FULL = {
    "perda": "peraturan daerah",
    "perbup": "peraturan bupati",
    "perwali": "peraturan wali kota",
    "pergub": "peraturan gubernur",
    "perpres": "peraturan presiden",
    "permendagri": "peraturan menteri dalam negeri",
    "pp": "peraturan pemerintah",
    "uu": "undang-undang",
    "sk": "keputusan",
}


def retrieve(store: DocumentStore, question: Question, limit: int = 20) -> list[Hit]:
    """The best passages for a question, best first, without repeating the same text."""
    return find(store, question, limit).hits


def find(store: DocumentStore, question: Question, limit: int = 20) -> Found:
    """As `retrieve`, and what the question names that the store does not have.

    Each hit's ``scores`` says why it is there, a name a stage: ``keyword``, ``vector``, ``fused``,
    ``named`` (the question names its document), ``article`` (it names its article), ``definition``
    (it says what the thing asked about is).
    """
    extra_terms = (*question.extra_terms, *other_forms(store, question.text))
    hits = fuse(store.candidates(question.text, CANDIDATES, extra_terms))
    hits, asked, named = _of_named_document(question, hits)
    if asked.kind is Kind.DEFINITION:
        hits = _with_definitions(store, asked, hits)
    if named:
        hits = [hit for hit in hits if hit.document_id in named]
    found = of_named_regulation(store, asked, hits)
    return replace(found, hits=_each_once(found.hits, limit), question=found.question or asked)


def _of_named_document(
    question: Question, hits: list[Hit]
) -> tuple[list[Hit], Question, frozenset[str]]:
    """The passages of the document that the question names by its title, before others.

    "Menurut UU Pelayanan Publik" is answered from that law alone, whose sentences need not name it:
    the question comes back without the name, and with it the law's document ids; none where a
    number tells the law ("UU 25/2009"), which `of_named_regulation` sees to.
    """
    match = _NAMED.search(question.text)
    if match is None:
        return hits, question, frozenset()
    kind, *words = match[1].split()
    names = _NAME_ENDS.split(" ".join(words))[0]
    wanted = set(terms(names.replace("/", " "))) - set(terms("nomor no tahun"))
    if not wanted:
        return hits, question, frozenset()
    kinds = [{*terms(kind)}, {*terms(_KIND_IN_FULL.get(kind.lower(), kind))}]

    def is_named(hit: Hit) -> bool:
        title = set(terms(hit.title))
        return wanted <= title and any(kind <= title for kind in kinds)

    named = [boosted(hit, "named", NAMED_BOOST) for hit in hits if is_named(hit)]
    others = [hit for hit in hits if not is_named(hit)]
    end = match.start(1) + match[1].find(words[0]) + len(names)
    rest = without_spans(question, [(match.start(), end)])
    if not named or find_regulations(question.text) or not rest.concepts:
        return [*named, *others], question, frozenset()
    return named, rest, frozenset(hit.document_id for hit in named)


def _with_definitions(store: DocumentStore, question: Question, hits: list[Hit]) -> list[Hit]:
    """The hits, and before them passages that say what the thing asked about is.

    "Pajak" stands in more passages of a tax law than a search returns, and one defines it.
    """
    ids = {hit.passage_id for hit in hits}
    asked = {term for c in question.concepts for form in c.forms for term in form}
    thing = asked_thing(question.text) or question.text
    words = tuple(term for term in terms(thing, question.asks_in) if term in asked)
    added = [
        boosted(hit, "definition", DEFINITION_BOOST)
        for hit in store.passages_with(words, DEFINITIONS_LOOKED_AT)
        if any(defines(question, hit.text[slice(*span)]) for span in sentence_spans(hit.text))
    ]
    front = added[:DEFINITIONS_ADDED_MAX]
    known = {hit.passage_id for hit in front} & ids
    return [*front, *(hit for hit in hits if hit.passage_id not in known)]


def _each_once(hits: list[Hit], limit: int) -> list[Hit]:
    """The first of passages that say the same in nearly the same words."""
    kept: list[Hit] = []
    seen: list[tuple[frozenset[str], frozenset[str]]] = []
    for hit in hits:
        words = frozenset(_WORD.findall(hit.text.lower()))
        decides = frozenset(word for word in words if word[0].isdigit() or word in _NEGATIONS)
        if any(
            decides == others_decide and len(words & others) >= SAME_SHARE * len(words | others)
            for others, others_decide in seen
        ):
            continue
        seen.append((words, decides))
        kept.append(hit)
        if len(kept) == limit:
            break
    return kept


def to_read(hits: list[Hit], count: int) -> list[Hit]:
    """The passages to read sentence by sentence: the best ``count``, and each search's own best.

    What one search alone puts far ahead may stand low in the fused ranking.
    """
    best = hits[:count]
    for stage in ("keyword", "vector"):
        found = sorted((h for h in hits if stage in h.scores), key=lambda h: -h.scores[stage])
        best += [hit for hit in found[:BEST_OF_EACH] if hit not in best]
    return best
