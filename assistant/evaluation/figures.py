"""Whether the figures that an official asks for are among the first passages found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evaluation.measures import Estimate, mean
from assistant.evaluation.retrieval import SYSTEMS, Found
from assistant.evaluation.sets import FigureQuestion
from docs_store.records import Hit

TOP = 8


def figure_estimates(
    questions: Sequence[FigureQuestion], found: Sequence[Found], top: int = TOP
) -> dict[str, Estimate]:
    """By system: the share of the expected figures that the first passages hold."""
    return {
        system: mean(
            [
                share_held(question, one.rankings[system][:top])
                for question, one in zip(questions, found, strict=True)
            ]
        )
        for system in SYSTEMS
        if found and system in found[0].rankings
    }


def share_held(question: FigureQuestion, hits: Sequence[Hit]) -> float:
    """The share of a question's figures that the passages hold, in the right document.

    A figure counts where it stands whole (not "15" in "150") in a passage that has, in itself or
    in the headings above it, the words which stand beside it: the same figure elsewhere in the
    document is no answer.
    """
    texts = [
        plain(hit.text)
        for hit in hits
        if hit.source.endswith(question.document)
        and plain(question.beside) in plain(f"{hit.context} {hit.text}")
    ]
    held = [figure for figure in question.figures if any(holds(t, figure) for t in texts)]
    return len(held) / len(question.figures)


def holds(text: str, figure: str) -> bool:
    """Whether the figure stands whole in the text."""
    return re.search(rf"(?<![\w.,]){re.escape(plain(figure))}(?![\w]|[.,]\d)", text) is not None


def plain(text: str) -> str:
    """Small letters, white space evened out."""
    return " ".join(text.lower().split())
