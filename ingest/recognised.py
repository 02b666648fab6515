"""Where recognised (OCR) text stands on its page images, and how sure each passage of it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

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
            confidence=at.block.confidence,
        )
        for at in blocks
        if at.block.confidence is not None
        for line in at.block.lines
    )


def with_confidence(
    passages: Sequence[PassageDraft], blocks: Sequence[PlacedBlock]
) -> tuple[PassageDraft, ...]:
    """The passages, each with the lowest confidence of the recognised blocks that it touches."""
    recognised = [at for at in blocks if at.block.confidence is not None]
    starts = [at.start for at in recognised]
    ends = [at.end for at in recognised]
    return tuple(
        replace(
            passage,
            confidence=min(
                (
                    at.block.confidence
                    for at in recognised[
                        bisect_right(ends, passage.start) : bisect_left(starts, passage.end)
                    ]
                    if at.block.confidence is not None
                ),
                default=None,
            ),
        )
        for passage in passages
    )
