"""Where recognised (OCR) text stands on its page images, and how sure each passage of it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from docs_store.records import PassageDraft, TextBox
from ingest.structure import PlacedBlock


def text_boxes(blocks: Sequence[PlacedBlock]) -> tuple[TextBox, ...]:
    """The boxes of all recognised lines; ``start`` and ``end`` count in the stored text."""
    return tuple(
        TextBox(
            page=at.block.page or 1,
            start=at.start + line.start,
            end=at.start + line.end,
            left=line.left,
            top=line.top,
            right=line.right,
            bottom=line.bottom,
            confidence=at.block.confidence if line.confidence is None else line.confidence,
        )
        for at in blocks
        if at.block.confidence is not None
        for line in at.block.lines
    )


def with_confidence(
    passages: Sequence[PassageDraft], blocks: Sequence[PlacedBlock]
) -> tuple[PassageDraft, ...]:
    """The passages, each with the lowest confidence of the recognised lines that it touches."""
    spans = sorted(span for at in blocks for span in _recognised_spans(at))
    starts = [start for start, _, _ in spans]
    # Lines of one block follow each other; only a line that holds others ends after a later one.
    ends = list(accumulate((end for _, end, _ in spans), max))
    return tuple(
        replace(
            passage,
            confidence=min(
                (
                    confidence
                    for _, end, confidence in spans[
                        bisect_right(ends, passage.start) : bisect_left(starts, passage.end)
                    ]
                    if end > passage.start
                ),
                default=None,
            ),
        )
        for passage in passages
    )


def _recognised_spans(at: PlacedBlock) -> Iterator[tuple[int, int, float]]:
    """(start, end, confidence) of a block's lines, or of itself where it has none."""
    if at.block.confidence is None:
        return
    if not at.block.lines:
        yield at.start, at.end, at.block.confidence
    for box in text_boxes((at,)):
        if box.confidence is not None:
            yield box.start, box.end, box.confidence
