"""Cuts a document's text into passages: exact slices, at sentence and paragraph borders.

A passage never straddles two articles of a regulation, nor starts in one section and ends in
another unless both are tiny; its heading stands at its start, never at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docs_store.records import PassageDraft
from docs_store.sentences import CELL_SEPARATOR, sentence_spans
from ingest.articles import is_article
from ingest.blocks import BlockKind
from ingest.parsers.table_rows import HEADER_SEPARATOR
from ingest.structure import PlacedBlock, StructuredText

CountTokens = Callable[[Sequence[str]], list[int]]
CONTEXT_CHARS_MAX = 300
TITLE_CHARS_MAX = 180
HEADER_CHARS_MIN = 100
"""What a table's header may take of the context, however long title and headings are."""
_JOINT = " › "


@dataclass(frozen=True, slots=True)
class Sizes:
    """In tokens of the embedding model: what a passage should have, and what it may have."""

    target: int
    maximum: int


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence (or a piece of one that is too long) that is never cut."""

    start: int
    end: int
    tokens: int
    at: PlacedBlock
    opens_block: bool


def split(
    document: StructuredText, title: str, count_tokens: CountTokens, sizes: Sizes
) -> tuple[PassageDraft, ...]:
    """The passages of a document, in order, covering all of its text but white space.

    Args:
        document: the text and its blocks.
        title: put before the headings in each passage's context.
        count_tokens: the embedding model's own tokenizer.
        sizes: see `Sizes`; no passage has more than ``maximum`` tokens.
    """
    units = _units(document, count_tokens, sizes.maximum)
    groups = [
        fitting
        for group in _groups(units, sizes.target)
        for fitting in _fit(document.text, group, count_tokens, sizes.maximum)
    ]
    return tuple(_passage(group, title) for group in groups)


def _units(document: StructuredText, count_tokens: CountTokens, maximum: int) -> list[_Unit]:
    spans = [
        (run[0].start + start, run[0].start + end, run, start == 0)
        for run in _runs(document.blocks)
        for start, end in _sentences(document.text, run)
    ]
    counts = count_tokens([document.text[start:end] for start, end, _, _ in spans])
    units = []
    for (start, end, run, opens), tokens in zip(spans, counts, strict=True):
        pieces = [(start, end, tokens)]
        if tokens > maximum:
            pieces = _pieces(document.text, start, end, count_tokens, maximum)
        for index, (part_start, part_end, part_tokens) in enumerate(pieces):
            at = _at(run, part_start)
            units.append(_Unit(part_start, part_end, part_tokens, at, opens and index == 0))
    return units


def _runs(blocks: Sequence[PlacedBlock]) -> list[list[PlacedBlock]]:
    """Blocks, each with those that go on with its sentence (over a page break)."""
    runs: list[list[PlacedBlock]] = []
    for at in blocks:
        if runs and at.block.continues and not _is_whole(runs[-1][-1]) and not _is_whole(at):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _is_whole(at: PlacedBlock) -> bool:
    return at.block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW)


def _sentences(text: str, run: list[PlacedBlock]) -> list[tuple[int, int]]:
    """The sentences of a run of blocks, in offsets from its start."""
    if _is_whole(run[0]):
        return [(0, run[0].end - run[0].start)]
    return sentence_spans(text[run[0].start : run[-1].end])


def _at(run: list[PlacedBlock], start: int) -> PlacedBlock:
    """The block in which a sentence (or a piece of one) begins; its page is the sentence's."""
    return next(at for at in reversed(run) if at.start <= start)


def _pieces(
    text: str, start: int, end: int, count_tokens: CountTokens, maximum: int
) -> list[tuple[int, int, int]]:
    """An overlong sentence in pieces of at most ``maximum`` tokens, cut at spaces if there are any.

    Raises:
        ValueError: not even one character fits.
    """
    pieces = []
    while start < end:
        low, high = start + 1, min(end, start + maximum * 12)  # a longest stretch that fits
        if count_tokens([text[start:high]])[0] > maximum:
            while low < high:
                middle = (low + high + 1) // 2
                if count_tokens([text[start:middle]])[0] <= maximum:
                    low = middle
                else:
                    high = middle - 1
            high = low
        cut = high
        if cut < end:
            space = max(text.rfind(" ", start, cut + 1), text.rfind("\n", start, cut + 1))
            if space > start + (cut - start) // 2:
                cut = space
        tokens = count_tokens([text[start:cut]])[0]
        if tokens > maximum:
            raise ValueError(f"a window of {maximum} tokens is too small for one character")
        piece = text[start:cut].rstrip()
        if piece:
            pieces.append((start, start + len(piece), tokens))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    return pieces


def _groups(units: Sequence[_Unit], target: int) -> list[list[_Unit]]:
    groups: list[list[_Unit]] = []
    group: list[_Unit] = []
    size = 0
    for unit in units:
        if group and _must_cut(group, size, unit, target):
            rest = _rest_of_paragraph(group, unit, target)
            groups.append(group[: len(group) - len(rest)])
            group = rest
            size = sum(member.tokens for member in rest)
        group.append(unit)
        size += unit.tokens
    if group:
        groups.append(group)
    return groups


def _must_cut(group: list[_Unit], size: int, unit: _Unit, target: int) -> bool:
    last = group[-1]
    opens_article = unit.opens_block and is_article(unit.at.block)
    if all(member.at.block.kind is BlockKind.HEADING for member in group):
        # A heading stands with what it is above, unless that is the next article.
        return opens_article and any(is_article(member.at.block) for member in group)
    if opens_article or unit.at.article != last.at.article or _is_other_table(last.at, unit.at):
        return True
    if unit.opens_block and unit.at.block.kind is BlockKind.HEADING and size >= target // 4:
        return True
    return size + unit.tokens > target


def _is_other_table(last: PlacedBlock, at: PlacedBlock) -> bool:
    """Whether two rows have headers, and none in common."""
    return (
        at.block.kind is BlockKind.TABLE_ROW
        and bool(last.block.header and at.block.header)
        and not set(last.block.header) & set(at.block.header)
    )


def _rest_of_paragraph(group: list[_Unit], unit: _Unit, target: int) -> list[_Unit]:
    """What moves to the next passage, so that the cut falls between paragraphs or after a heading.

    Nothing moves if that would leave less than half of a passage, or if the cut falls well.
    """
    at = len(group)
    while at > 0 and group[at - 1].at.block.kind is BlockKind.HEADING:
        at -= 1
    if 0 < at < len(group):
        return group[at:]
    if unit.opens_block or unit.at.article != group[-1].at.article:
        return []
    at = len(group)
    while at > 0 and group[at - 1].at is unit.at:
        at -= 1
    kept = sum(member.tokens for member in group[:at])
    return group[at:] if kept >= target // 2 else []


def _fit(
    text: str, group: list[_Unit], count_tokens: CountTokens, maximum: int
) -> list[list[_Unit]]:
    """The group, halved until the slice itself (its line breaks counted too) fits."""
    if len(group) == 1 or count_tokens([text[group[0].start : group[-1].end]])[0] <= maximum:
        return [group]
    half = len(group) // 2
    return [
        *_fit(text, group[:half], count_tokens, maximum),
        *_fit(text, group[half:], count_tokens, maximum),
    ]


def _passage(group: list[_Unit], title: str) -> PassageDraft:
    first, last = group[0], group[-1]
    return PassageDraft(
        start=first.start,
        end=last.end,
        page=first.at.block.page,
        locator=_locator(group, title),
        context=_context(title, group),
    )


def _locator(group: list[_Unit], title: str) -> str | None:
    """What all of the passage stands in: "Pasal 7 ayat (2)", or else its heading.

    A heading that only repeats the title tells nothing.
    """
    places = [unit.at.place for unit in group if unit.at.block.kind is not BlockKind.HEADING]
    shared = [
        parts[0]
        for parts in zip(*(places or [group[-1].at.place]), strict=False)
        if len(set(parts)) == 1
    ]
    if shared:
        return " ".join(shared)
    headings = group[-1].at.headings if len(group) == 1 else group[0].at.headings
    if not headings or headings[-1].casefold() == title.casefold():
        return None
    return headings[-1][:120]


def _context(title: str, group: list[_Unit]) -> str:
    """Title, headings and table header above the passage, without what the passage itself holds.

    Where there is no room for all, the outer headings go first; the nearest one and the header
    have theirs.
    """
    own = {unit.at.block.text for unit in group}
    above = [heading for heading in group[0].at.headings if heading not in own]
    article = group[-1].at.article
    if article is not None and article not in " ".join([title, *above, *own]):
        above.append(article)
    above = list(dict.fromkeys(above))
    room = CONTEXT_CHARS_MAX - len(title[:TITLE_CHARS_MAX]) - 2 * len(_JOINT)
    nearest = len(above[-1]) + len(_JOINT) if above else 0
    header = _header(group, max(HEADER_CHARS_MIN, room - nearest))
    room -= len(header)
    kept: list[str] = []
    for heading in reversed(above):
        room -= len(heading) + len(_JOINT)
        if room < 0:
            break
        kept.insert(0, heading)
    return _JOINT.join(part for part in (title[:TITLE_CHARS_MAX], *kept, header) if part)


def _header(group: list[_Unit], chars_max: int) -> str:
    """The column headers of the group's rows: each once, and a label above several once.

    "Target / 2024" and "Target / 2025" become "Target / 2024 | 2025".
    """
    shown = ""
    before: list[str] = []
    for cell in dict.fromkeys(cell for unit in group for cell in unit.at.block.header if cell):
        parts = cell.split(HEADER_SEPARATOR)
        shared = 0
        while shared < min(len(parts), len(before)) - 1 and parts[shared] == before[shared]:
            shared += 1
        own = HEADER_SEPARATOR.join(parts[shared:])
        longer = f"{shown}{CELL_SEPARATOR}{own}" if shown else own[:chars_max]
        if len(longer) > chars_max:
            break
        shown, before = longer, parts
    return shown
