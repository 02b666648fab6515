"""Which of the places that may open an article do: those whose numbers rise, one by one.

The heaviest rising chain of candidates, by dynamic programming: 7 is followed by 7A or 8; a gap
costs, a misread sign costs a little, a line of its own counts more than a word in running text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.article_candidates import Candidate, Reading

_GAP_COST = 0.5
_GAP_COST_MAX = 3.5
_BACK = 40
"""Gaps wider than this are not bridged; a chain may begin anew at the cost of a wide gap."""
CANDIDATES_MAX = 20_000


@dataclass(frozen=True, slots=True)
class _Node:
    score: float
    candidate: Candidate
    reading: Reading
    before: _Node | None


def rising(found: Sequence[Candidate]) -> list[tuple[Candidate, Reading]]:
    """The candidates that open the articles of one text, each with the reading that holds."""
    best: dict[int, dict[str, _Node]] = {}
    top: _Node | None = None
    for candidate in found[:CANDIDATES_MAX]:
        new = [_node(best, candidate, reading) for reading in candidate.readings]
        for node in new:
            known = best.setdefault(node.reading.number, {})
            if node.reading.suffix not in known or known[node.reading.suffix].score < node.score:
                known[node.reading.suffix] = node
            if top is None or node.score > top.score:
                top = node
    chain = []
    while top is not None:
        chain.append((top.candidate, top.reading))
        top = top.before
    return chain[::-1]


def _node(best: dict[int, dict[str, _Node]], candidate: Candidate, reading: Reading) -> _Node:
    own = candidate.weight - reading.cost
    wanted = reading.number if reading.suffix == "" else reading.number + 1
    start_cost = min(_GAP_COST_MAX - 1, _GAP_COST * max(0, wanted - 1))
    if reading.suffix:
        start_cost += 0.5
    chosen, score = None, own - start_cost
    for number in range(reading.number, max(0, reading.number - _BACK) - 1, -1):
        for suffix, node in best.get(number, {}).items():
            if node.candidate is candidate:
                continue
            if number == reading.number:
                if _rank(suffix) >= _rank(reading.suffix):
                    continue
                missing = _rank(reading.suffix) - _rank(suffix) - 1
            else:
                missing = reading.number - number - 1 + (1 if reading.suffix else 0)
                missing += _rank(reading.suffix) - 1 if reading.suffix else 0
            total = node.score + own - min(_GAP_COST_MAX, _GAP_COST * missing)
            if total > score:
                chosen, score = node, total
    return _Node(score, candidate, reading, chosen)


def _rank(suffix: str) -> int:
    """0 for "7", 1 for "7A", 27 for "7AA"."""
    rank = 0
    for letter in suffix:
        rank = rank * 26 + ord(letter) - 64
    return rank
