"""How high the right passage stands: each search alone, their fusions, and the whole way.

All rank the same candidates. nDCG@10, R@1, R@5, R@10 and MRR@10 come from `ir_measures`
(MacAvaney, Macdonald & Ounis 2022).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.measures import Estimate, mean
from assistant.evaluation.sets import RetrievalSet
from assistant.evaluation.stores import place_of
from assistant.reader import PassageReader
from assistant.rerank import PASSAGES_READ_MAX, Reranked, rerank
from assistant.retrieve import CANDIDATES, retrieve
from assistant.understand import understand
from docs_store.fusion import STAGES, fuse
from docs_store.kept_vectors import Progress
from docs_store.records import Hit
from docs_store.store import DocumentStore

BM25, DENSE, RANK_FUSION = "BM25", "dense", "rank fusion"
SCORE_FUSION, RETRIEVE, READER = "score fusion", "retrieve", "with reader"
SYSTEMS = (BM25, DENSE, RANK_FUSION, SCORE_FUSION, RETRIEVE, READER)
MEASURES = ("nDCG@10", "R@1", "R@5", "R@10", "RR@10")
RANK_CONSTANT = 60
DEPTH = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What each system found for one question."""

    rankings: Mapping[str, Sequence[Hit]]
    """By system, best first; "with reader" only where there is one."""
    reranked: Reranked | None


def find(store: DocumentStore, question: str, reader: PassageReader | None) -> Found:
    """Ask each system one question."""
    asked = understand(question)
    hits = store.candidates(asked.text, CANDIDATES, asked.extra_terms)
    retrieved = retrieve(store, asked, max(DEPTH, PASSAGES_READ_MAX))
    rankings: dict[str, Sequence[Hit]] = {
        BM25: _by_stage(hits, "keyword"),
        DENSE: _by_stage(hits, "vector"),
        RANK_FUSION: _rank_fusion(hits),
        SCORE_FUSION: fuse(hits),
        RETRIEVE: retrieved,
    }
    reranked = None if reader is None else rerank(reader, asked.text, retrieved)
    if reranked is not None:
        rankings[READER] = reranked.hits
    return Found(rankings, reranked)


def find_all(
    store: DocumentStore,
    questions: Sequence[str],
    reader: PassageReader | None,
    progress: Progress = lambda _done, _total: None,
) -> list[Found]:
    """Ask each system each question; ``progress`` is called with (asked, to ask)."""
    found = []
    for at, question in enumerate(questions):
        progress(at, len(questions))
        found.append(find(store, question, reader))
    return found


def retrieval_estimates(
    questions: RetrievalSet, found: Sequence[Found]
) -> dict[str, dict[str, Estimate]]:
    """By system and measure, over the questions of a set."""
    return {
        system: {
            measure: mean(values)
            for measure, values in _values(questions, [f.rankings[system] for f in found]).items()
        }
        for system in SYSTEMS
        if found and system in found[0].rankings
    }


def _values(questions: RetrievalSet, rankings: Sequence[Sequence[Hit]]) -> dict[str, list[float]]:
    """Each measure's value for each question, in the set's order."""
    import ir_measures
    from ir_measures import Qrel, ScoredDoc

    measures = {name: ir_measures.parse_measure(name) for name in MEASURES}
    judged = [
        Qrel(str(at), str(place), 1)
        for at, relevant in enumerate(questions.relevant)
        for place in relevant
    ]
    run = [
        ScoredDoc(str(at), str(place_of(hit.source)), float(-rank))
        for at, ranking in enumerate(rankings)
        for rank, hit in enumerate(ranking[:DEPTH])
    ]
    values = {name: [0.0] * len(rankings) for name in MEASURES}
    names = {measure: name for name, measure in measures.items()}
    for metric in ir_measures.iter_calc(list(measures.values()), judged, run):
        values[names[metric.measure]][int(metric.query_id)] = float(metric.value)
    return values


def _by_stage(hits: Sequence[Hit], stage: str) -> list[Hit]:
    found = [hit for hit in hits if stage in hit.scores]
    return sorted(found, key=lambda hit: (-hit.scores[stage], hit.passage_id))


def _rank_fusion(hits: Sequence[Hit]) -> list[Hit]:
    """Reciprocal rank fusion (Cormack, Clarke & Büttcher 2009), to compare with."""
    fused = {hit.passage_id: 0.0 for hit in hits}
    for stage in STAGES:
        for rank, hit in enumerate(_by_stage(hits, stage), start=1):
            fused[hit.passage_id] += 1.0 / (RANK_CONSTANT + rank)
    return sorted(hits, key=lambda hit: (-fused[hit.passage_id], hit.passage_id))
