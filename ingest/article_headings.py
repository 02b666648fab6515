"""Finds the articles of a regulation, wherever their headings stand, and sets each on its own.

What a document holds is read in regions: the body up to "Agar setiap orang mengetahuinya", then
the Penjelasan, then Lampiran; in each the numbers rise anew. An amending act has Pasal I and II;
what it quotes of the amended act stands in their angka.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.article_amendments import amending_cuts, is_amending
from ingest.article_candidates import Candidate, Reading, candidates, plainest, reads_as_article
from ingest.article_order import rising
from ingest.article_pieces import Cut, MarkedBlock, by_clause, pieces
from ingest.article_regions import regions_of
from ingest.blocks import Block, BlockKind

_LONG_RUN = 5
_NEAR = 3
"""Articles by which one may stand too early or too late."""


def mark_articles(blocks: Sequence[Block]) -> list[MarkedBlock]:
    """The blocks again, article headings apart from what they are run together with.

    No character is lost but the spaces at the cuts. A line "Pasal 12" that the order of the
    articles has no place for, in the middle of a sentence, is a reference and becomes text.
    """
    found = candidates(blocks)
    if not found:
        return [MarkedBlock(block) for block in blocks]
    amends = is_amending(blocks, found)
    cuts: dict[int, list[Cut]] = {}
    for region in regions_of(blocks):
        inside = [c for c in found if region.start <= (c.block, c.start) < region.end]
        if amends:
            for at, cut in amending_cuts(blocks, inside, region):
                cuts.setdefault(at, []).append(cut)
        else:
            for candidate, reading in _opening(inside):
                label = f"{region.prefix}Pasal {reading.number}{reading.suffix}"
                cut = Cut(candidate.start, reading.end, label)
                cuts.setdefault(candidate.block, []).append(cut)
        if region.start[1]:
            end = Cut(region.start[1], region.start[1], None)
            cuts.setdefault(region.start[0], []).append(end)
    marked: list[MarkedBlock] = []
    for index, block in enumerate(blocks):
        if index in cuts:
            marked += pieces(block, sorted(cuts[index], key=lambda cut: cut.start))
        elif block.kind is BlockKind.HEADING and reads_as_article(block.text):
            marked.append(MarkedBlock(replace(block, kind=BlockKind.PARAGRAPH, level=0)))
        else:
            marked.append(MarkedBlock(block))
    return [piece for at in marked for piece in by_clause(at)]


def _opening(inside: Sequence[Candidate]) -> Iterator[tuple[Candidate, Reading]]:
    """Those that open an article: the rising ones, and lines that stand as only a heading does.

    Such a line out of order is another regulation's in the same file, unless it only repeats a
    number of a long run: then it announces the next page or is a reference that lost its line.
    """
    chain = rising(inside)
    rise = {id(candidate): reading for candidate, reading in chain}
    numbers = {(reading.number, reading.suffix) for _, reading in chain}
    others = [
        (candidate, plainest(candidate.readings))
        for candidate in inside
        if id(candidate) not in rise
        and candidate.is_alone
        and candidate.weight >= 3
        and candidate.readings
    ]
    kept = _displaced(inside, chain)
    for at, (candidate, reading) in enumerate(others):
        beside = [other.number for _, other in others[max(0, at - 1) : at + 2]]
        runs = reading.number + 1 in beside or reading.number - 1 in beside
        repeats = (reading.number, reading.suffix) in numbers and len(chain) >= _LONG_RUN
        if reading.cost == 0 and (runs or not repeats):
            kept[id(candidate)] = reading
    for candidate in inside:
        opened = rise.get(id(candidate)) or kept.get(id(candidate))
        if opened is not None:
            yield candidate, opened


def _displaced(
    inside: Sequence[Candidate], chain: Sequence[tuple[Candidate, Reading]]
) -> dict[int, Reading]:
    """Of the numbers that the rising ones lack, those that only one place near can open.

    Where the lines of two columns or pages got mixed up, articles stand before the one that they
    follow: 3, 2, 5, 4.
    """
    if len(chain) < _LONG_RUN:
        return {}
    position = {id(candidate): at for at, candidate in enumerate(inside)}
    rise = {reading.number: position[id(candidate)] for candidate, reading in chain}
    taken = {id(candidate) for candidate, _ in chain}
    last = max(rise)
    missing: dict[int, list[tuple[int, Candidate, Reading]]] = {}
    for at, candidate in enumerate(inside):
        for reading in () if id(candidate) in taken else candidate.readings:
            if not reading.suffix and reading.number not in rise and reading.number < last:
                missing.setdefault(reading.number, []).append((at, candidate, reading))
    found: dict[int, Reading] = {}
    for number, places in sorted(missing.items()):
        low = max((at for n, at in rise.items() if n < number - _NEAR), default=-1)
        high = min((at for n, at in rise.items() if n > number + _NEAR), default=len(inside))
        near = [(candidate, reading) for at, candidate, reading in places if low < at < high]
        if len({id(candidate) for candidate, _ in near}) == 1:
            candidate, reading = min(near, key=lambda one: one[1].cost)
            found.setdefault(id(candidate), reading)
    return found
