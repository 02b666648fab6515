"""Finds the articles of a regulation, wherever their headings stand, and sets each on its own.

What a document holds is read in regions: the body up to "Agar setiap orang mengetahuinya", then
the Penjelasan, then Lampiran; in each the numbers rise anew. An amending act has Pasal I and II;
what it quotes of the amended act stands in their angka.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.article_candidates import Candidate, Reading, candidates, part_start, reads_as_article
from ingest.article_order import rising
from ingest.blocks import Block, BlockKind
from ingest.parsers.legal_lines import heading_level, item_level

_BOUNDARY = re.compile(
    r"(?P<closing>\bAgar\s+setiap\s+orang\b|\b(?:Ditetapkan|Disahkan)\s+di\b)"
    r"|(?P<explained>\bPENJELASAN(?=\s+ATAS\b)|^PENJELASAN$|^P E N J E L A S A N\b|"
    r"\bPASAL\s?DEMI\s?PASAL\b|\bPasal\s+[Dd]emi\s+[Pp]asal\b)"
    r"|(?P<annex>^(?:LAMPIRAN|Lampiran)\b)"
    r"|(?P<enacted>\bMEMUTUSKAN\b)"
)
_ANNEX_CHARS_MAX = 150
_CUKUP_JELAS = re.compile(r"\b[Cc]uk\w{1,3}\s?\W?\s?jel")
_AMENDS = re.compile(r"\bperubahan\s+(?:\w+\s+)?atas\b", re.IGNORECASE)
_AMENDS_CHARS = 6_000
_CHANGES = re.compile(r"\b(?:di(?:u|ru)bah|dihapus|disisipkan|ditambah|diganti|berbunyi|mengubah)")
_INSTRUCTION = re.compile(
    r"(?:^|(?<=[.;”\"] ))(?P<number>\d{1,3})[.)]\s?(?=(?:Ketentuan|Di\s?antara|Setelah|Judul|"
    r"Penjelasan|Pasal|Ayat|Bab|BAB|Bagian|Mengubah|Menambah|Menghapus|Lampiran|Diantara|"
    r"Penulisan|Frasa|Pada|Dalam|Sesudah)\b)"
)
_EXPLAINED_NUMBER = re.compile(r"^Angka\s+(\d{1,3})$")
_CLAUSE = re.compile(r"(?<=[.;:”\"]) (?=\((\d{1,2})\)\s?[A-Z])")
_FIRST_CLAUSE = re.compile(r"\((\d{1,2})\)")
_HEADING_TAIL = re.compile(r"[ _^\n]*+[.:]?+[ _^\n]*+")
_INSTRUCTION_HEAD_CHARS = 40
_LONG_RUN = 5
_NEAR = 3
"""Articles by which one may stand too early or too late."""
_ROMANS = ("I", "II", "III", "IV", "V", "VI")


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block, and the article that begins with it, if one does: ``"Pasal 7"``."""

    block: Block
    opens: str | None = None


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where a block is cut; ``end`` ends the heading, or is ``start`` where none is."""

    start: int
    end: int
    opens: str | None


@dataclass(frozen=True, slots=True)
class _Region:
    prefix: str
    start: tuple[int, int]
    end: tuple[int, int]


def mark_articles(blocks: Sequence[Block]) -> list[MarkedBlock]:
    """The blocks again, article headings apart from what they are run together with.

    No character is lost but the spaces at the cuts. A line "Pasal 12" that the order of the
    articles has no place for, in the middle of a sentence, is a reference and becomes text.
    """
    found = candidates(blocks)
    if not found:
        return [MarkedBlock(block) for block in blocks]
    amends = _is_amending(blocks, found)
    cuts: dict[int, list[_Cut]] = {}
    for region in _regions(blocks):
        inside = [c for c in found if region.start <= (c.block, c.start) < region.end]
        if amends:
            for at, cut in _amending_cuts(blocks, inside, region):
                cuts.setdefault(at, []).append(cut)
        else:
            for candidate, reading in _opening(inside):
                label = f"{region.prefix}Pasal {reading.number}{reading.suffix}"
                cut = _Cut(candidate.start, reading.end, label)
                cuts.setdefault(candidate.block, []).append(cut)
        if region.start[1]:
            end = _Cut(region.start[1], region.start[1], None)
            cuts.setdefault(region.start[0], []).append(end)
    marked: list[MarkedBlock] = []
    for index, block in enumerate(blocks):
        if index in cuts:
            marked += _pieces(block, sorted(cuts[index], key=lambda cut: cut.start))
        elif block.kind is BlockKind.HEADING and reads_as_article(block.text):
            marked.append(MarkedBlock(replace(block, kind=BlockKind.PARAGRAPH, level=0)))
        else:
            marked.append(MarkedBlock(block))
    return [piece for at in marked for piece in _by_clause(at)]


def _regions(blocks: Sequence[Block]) -> list[_Region]:
    starts: list[tuple[tuple[int, int], str]] = [((0, 0), "")]
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE_ROW:
            continue
        for found in _BOUNDARY.finditer(block.text):
            kind = found.lastgroup
            if kind == "annex" and len(block.text) > _ANNEX_CHARS_MAX:
                continue
            prefix = {"closing": "?", "explained": "Penjelasan ", "annex": "Lampiran "}.get(
                str(kind), ""
            )
            last = starts[-1][1]
            if prefix != last and not (prefix == "?" and last != ""):
                starts.append(((index, found.start()), prefix))
    ends = [start for start, _ in starts[1:]] + [(len(blocks), 0)]
    regions = []
    for (start, prefix), end in zip(starts, ends, strict=True):
        if prefix == "?":
            explained = any(_CUKUP_JELAS.search(b.text) for b in blocks[start[0] : end[0] + 1])
            prefix = "Penjelasan " if explained else "Lampiran "
        regions.append(_Region(prefix, start, end))
    return regions


def _opening(inside: Sequence[Candidate]) -> Iterator[tuple[Candidate, Reading]]:
    """Those that open an article: the rising ones, and lines that stand as only a heading does.

    Such a line out of order is another regulation's in the same file, unless it only repeats a
    number of a long run: then it announces the next page or is a reference that lost its line.
    """
    chain = rising(inside)
    rise = {id(candidate): reading for candidate, reading in chain}
    numbers = {(reading.number, reading.suffix) for _, reading in chain}
    others = [
        (candidate, _plainest(candidate.readings))
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


def _plainest(readings: Sequence[Reading]) -> Reading:
    return max(readings, key=lambda reading: (reading.end, -reading.cost))


def _is_amending(blocks: Sequence[Block], found: Sequence[Candidate]) -> bool:
    """Whether the title says "Perubahan atas ..." and the articles are Pasal I, Pasal II."""
    seen = 0
    for block in blocks:
        if _AMENDS.search(block.text):
            break
        seen += len(block.text)
        if seen > _AMENDS_CHARS:
            return False
    first = [c for c in found if c.roman == "I" and c.weight >= 2]
    second = [c for c in found if c.roman == "II" and c.weight >= 2]
    return bool(first and second) and any(
        _CHANGES.search(block.text) for block in blocks[first[0].block : first[0].block + 6]
    )


def _amending_cuts(
    blocks: Sequence[Block], inside: Sequence[Candidate], region: _Region
) -> Iterator[tuple[int, _Cut]]:
    """Pasal I and II, the angka of what they change, and the articles quoted there."""
    by_place = {(c.block, c.start): c for c in inside}
    places: list[tuple[int, int]] = list(by_place)
    instructions: dict[tuple[int, int], str] = {}
    for index in range(region.start[0], min(region.end[0] + 1, len(blocks))):
        text = blocks[index].text
        found = [
            (m.start(), m["number"])
            for m in _INSTRUCTION.finditer(text)
            if _CHANGES.search(text, m.end(), m.end() + 500)
        ]
        if region.prefix and (only := _EXPLAINED_NUMBER.match(text)):
            found.append((0, only[1]))
        for start, number in found:
            if region.start <= (index, start) < region.end:
                instructions[index, start] = number
                places.append((index, start))
    outer, number, last_instruction, head_end = 0, "", "", (-1, 0)
    for index, start in sorted(set(places)):
        if (index, start) in instructions:
            if outer:
                number = instructions[index, start]
                head_end = (index, start + _INSTRUCTION_HEAD_CHARS)
                last_instruction = blocks[index].text[start : start + 1_000]
                label = f"{region.prefix}Pasal {_ROMANS[outer - 1]} angka {number}"
                yield index, _Cut(start, start, label)
            continue
        candidate = by_place[index, start]
        follows = outer < len(_ROMANS) and candidate.roman == _ROMANS[outer]
        if follows and candidate.weight >= 2:
            outer, number, last_instruction = outer + 1, "", ""
            label = f"{region.prefix}Pasal {candidate.roman}"
            yield index, _Cut(start, candidate.roman_end, label)
        elif (index, start) <= head_end:
            continue  # the instruction names the article: "5. Pasal 14 D diubah"
        elif outer and (reading := _quoted(candidate, last_instruction)) is not None:
            at = f"{region.prefix}Pasal {_ROMANS[outer - 1]}" + (
                f" angka {number}" if number else ""
            )
            label = f"{at} (Pasal {reading.number}{reading.suffix})"
            yield index, _Cut(start, reading.end, label)


def _quoted(candidate: Candidate, instruction: str) -> Reading | None:
    """The article of the amended act that begins here, as the instruction names it."""
    if candidate.weight < 2:
        return None
    named = [
        reading
        for reading in candidate.readings
        if re.search(rf"Pasal\s+{reading.number}\s?{reading.suffix}(?!\w)", instruction)
    ]
    if named:
        return _plainest(named)
    stands_so = (candidate.is_alone and candidate.weight >= 3) or candidate.after_colon
    return _plainest(candidate.readings) if candidate.readings and stands_so else None


def _pieces(block: Block, cuts: Sequence[_Cut]) -> Iterator[MarkedBlock]:
    """The block cut where articles open; a heading of a BAB at the end of a piece stands apart."""
    at, opens = 0, None
    first = True
    for index, cut in enumerate(cuts):
        if cut.start < at:
            continue
        for start, end in _without_part(block.text, at, cut.start, is_before=bool(cut.opens)):
            if piece := _piece(block, start, end, first):
                yield MarkedBlock(piece, opens)
                first, opens = False, None
        opens = None
        if cut.end > cut.start:
            tail = _HEADING_TAIL.match(block.text, cut.end)
            end = tail.end() if tail else cut.end
            heading = _piece(block, cut.start, end, first=False)
            if heading is not None:
                level = block.level if block.kind is BlockKind.HEADING else 4
                yield MarkedBlock(
                    replace(heading, kind=BlockKind.HEADING, level=level, continues=False),
                    cut.opens,
                )
            at, first = end, False
        else:
            at, opens = cut.start, cut.opens
            first = first and index == 0 and cut.start == 0
    if piece := _piece(block, at, len(block.text), first):
        yield MarkedBlock(piece, opens)


def _without_part(text: str, start: int, end: int, is_before: bool) -> list[tuple[int, int]]:
    part = part_start(text[start:end]) if is_before else None
    return [(start, end)] if not part else [(start, start + part), (start + part, end)]


def _piece(block: Block, start: int, end: int, first: bool) -> Block | None:
    """``block.text[start:end]`` as a block, its line boxes with it; None where it is empty."""
    text = block.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return None
    end = start + len(text)
    if start == 0 and end == len(block.text):
        return block
    lines = tuple(
        replace(line, start=max(line.start, start) - start, end=min(line.end, end) - start)
        for line in block.lines
        if line.start < end and line.end > start
    )
    level = 0 if reads_as_article(text) else heading_level(text)  # what opens one is set apart
    if level or part_start(text) == 0:
        kind, level = BlockKind.HEADING, level or 1
    elif item_level(text):
        kind, level = BlockKind.LIST_ITEM, item_level(text)
    elif first and block.kind is not BlockKind.HEADING:
        kind, level = block.kind, block.level
    else:
        kind, level = BlockKind.PARAGRAPH, 0
    continues = block.continues and start == 0 and kind is BlockKind.PARAGRAPH
    return replace(block, text=text, kind=kind, level=level, continues=continues, lines=lines)


def _begins(line: str) -> bool:
    return bool(item_level(line) or heading_level(line) or part_start(line) == 0)


def _by_clause(at: MarkedBlock) -> Iterator[MarkedBlock]:
    """A block that runs "(1) ... (2) ..." or several lines of items together, one by one."""
    if at.block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        yield at
        return
    text = at.block.text
    own = _FIRST_CLAUSE.match(text)
    expected = int(own[1]) + 1 if own else None
    starts = {0}
    for found in _CLAUSE.finditer(text):
        number = int(found[1])
        if number == expected or (expected is None and number > 1):
            starts.add(found.end())
            expected = number + 1
    line_start = text.find("\n") + 1
    while line_start:
        next_start = text.find("\n", line_start) + 1
        line = text[line_start : next_start or len(text)].strip()
        if not reads_as_article(line) and _begins(line):
            starts.add(line_start)
        line_start = next_start
    if len(starts) == 1:
        yield at
        return
    for start, end in pairwise([*sorted(starts), len(text)]):
        piece = _piece(at.block, start, end, first=start == 0)
        if piece is not None:
            yield MarkedBlock(piece, at.opens if start == 0 else None)
