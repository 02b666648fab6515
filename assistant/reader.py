"""Reads a passage for a question: where the answer stands, whether it does, how well it fits.

A small extractive reader (an encoder of 12 layers, 384 wide, from multilingual-e5-small) with a
span head with a null answer (Devlin et al. 2019, section 4.3), a relevance head that ranks
passages, and an entailment head for a claim and a quote. It runs on the CPU by ONNX Runtime; the
model card beside its files tells how it was made and what it can do.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ReaderNotLoadable
from assistant.reader_input import ReaderTokenizer, Tokens, Window, windows
from docs_store.onnx_session import open_session, read_checked

MODEL_FOLDER = Path(__file__).parent / "models"
BATCH_TOKENS = 2_048
"""Tokens of one batch, padding included: small batches stay in the cores' caches."""
ANSWER_TOKENS_MAX = 80
_LOADING = threading.Lock()
_WORD_SIGN = re.compile(r"\w")
_NUMBER_SIGN = re.compile(r"[\d.,]")


@dataclass(frozen=True, slots=True, eq=False)
class TokenScores:
    """Where tokens stand in a text, and what they score as first and as last of the answer."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    scores: NDArray[np.float32]
    """(tokens, 2)."""

    def best_within(self, start: int, end: int) -> float | None:
        """The score of the best span between two places of the text; None without tokens there."""
        low = int(np.searchsorted(self.starts, start, side="left"))
        high = int(np.searchsorted(self.ends, end, side="right"))
        return best_span(self.scores[low:high])[2] if low < high else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage."""

    start: int
    end: int
    """The best span, an exact slice of the passage's text; empty (0, 0) in an empty text."""
    span_score: float
    """Logit of the best span."""
    null_score: float
    """Logit of "this passage does not say"."""
    relevance: float
    """Logit of "this passage answers the question", for ranking."""
    probability: float
    """The calibrated probability (0 to 1) that the passage answers the question."""
    tokens: TokenScores | None = None
    """Of the text's tokens; of a long text, of those in the window that answers best."""

    def best_within(self, start: int, end: int) -> float | None:
        """The score of the best span in a part of the text; None where no token stands there."""
        return None if self.tokens is None else self.tokens.best_within(start, end)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Probabilities (0 to 1, together 1) of how a claim stands to a quote."""

    entailed: float
    neutral: float
    contradicted: float


class PassageReader(Protocol):
    """What reranking and composing need of a reader."""

    def read(
        self, question: str, passages: Sequence[str], contexts: Sequence[str] | None = None
    ) -> list[Reading]:
        """A reading for each passage."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling over the two scores: sigmoid(relevance * r + margin * m + bias)."""

    relevance: float
    margin: float
    """Of the best span's score over the null score."""
    bias: float
    null_offset: float = 0.0
    """Added to the null score, so that a span that scores above it is rightly the answer."""


class Reader:
    """The shipped reader; safe to share between threads.

    Raises (from the constructor):
        ReaderNotLoadable: a file is missing, cut short or altered.
    """

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        try:
            card = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
            contents = {
                name: read_checked(folder / name, expected)
                for name, expected in card["sha256"].items()
            }
            self._tokenizer = ReaderTokenizer.from_file(folder / "reader-vocabulary.json.gz")
            self._calibration = Calibration(**card["calibration"])
            self._session = open_session(contents["reader.onnx"])
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise ReaderNotLoadable(path=folder, why=error) from error

    def read(
        self, question: str, passages: Sequence[str], contexts: Sequence[str] | None = None
    ) -> list[Reading]:
        """Read each passage for the question; a long one in overlapping windows, the best counts.

        Args:
            question: as asked.
            passages: their texts.
            contexts: title and headings above each, which help to understand it; may be empty.
        """
        contexts = contexts or [""] * len(passages)
        asked, *tokens = self._tokenizer.tokens([question, *passages, *contexts])
        texts, above = tokens[: len(passages)], tokens[len(passages) :]
        inputs: list[tuple[int, Window]] = [
            (at, window)
            for at, (text, context) in enumerate(zip(texts, above, strict=True))
            for window in windows(self._tokenizer, asked, context, text)
        ]
        best: dict[int, Reading] = {}
        for (at, window), (span, relevance, _) in zip(
            inputs, self._run([window.ids for _, window in inputs]), strict=True
        ):
            reading = self._reading(passages[at], texts[at], window, span, float(relevance))
            if at not in best or reading.probability > best[at].probability:
                best[at] = reading
        return [best[at] for at in range(len(passages))]

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """For each (claim, quote): is the claim entailed by the quote, or contradicted?"""
        tokens = self._tokenizer.tokens([text for pair in pairs for text in pair])
        none = Tokens(*(np.empty(0, np.int64),) * 3)
        inputs = [
            windows(self._tokenizer, tokens[at], none, tokens[at + 1])[0].ids
            for at in range(0, len(tokens), 2)
        ]
        judgements = []
        for _, _, scores in self._run(inputs):
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            judgements.append(Judgement(*(float(share) for share in shares)))
        return judgements

    def _reading(
        self,
        passage: str,
        text: Tokens,
        window: Window,
        span: NDArray[np.float32],
        relevance: float,
    ) -> Reading:
        null = float(span[0].sum()) + self._calibration.null_offset
        start, end, score = best_span(span[window.text_from : window.text_to])
        margin = score - null
        calibration = self._calibration
        logit = calibration.relevance * relevance + calibration.margin * margin + calibration.bias
        first, last = 0, 0
        if len(text):
            first = int(text.starts[window.first_token + start])
            last = int(text.ends[window.first_token + end])
            first, last = whole_words(passage, first, last)
        return Reading(
            start=first,
            end=last,
            span_score=score,
            null_score=null,
            relevance=relevance,
            probability=float(1 / (1 + np.exp(-logit))),
            tokens=TokenScores(
                text.starts[window.first_token :][: window.text_to - window.text_from],
                text.ends[window.first_token :][: window.text_to - window.text_from],
                span[window.text_from : window.text_to],
            ),
        )

    def _run(
        self, inputs: Sequence[list[int]]
    ) -> list[tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]]:
        """The network's scores for each input, in the inputs' order."""
        order = sorted(range(len(inputs)), key=lambda at: len(inputs[at]))
        results: dict[int, Any] = {}
        while order:
            batch: list[int] = []
            # Shortest first, so the next one is the widest of its batch.
            while order and (not batch or len(inputs[order[0]]) * (len(batch) + 1) <= BATCH_TOKENS):
                batch.append(order.pop(0))
            width = len(inputs[batch[-1]])
            ids = np.full((len(batch), width), self._tokenizer.pad_id, np.int64)
            mask = np.zeros((len(batch), width), np.int64)
            for row, at in enumerate(batch):
                ids[row, : len(inputs[at])] = inputs[at]
                mask[row, : len(inputs[at])] = 1
            span, relevance, entailment = self._session.run(None, {"ids": ids, "mask": mask})
            for row, at in enumerate(batch):
                results[at] = (span[row], relevance[row], entailment[row])
        return [results[at] for at in range(len(inputs))]


def shipped_reader() -> Reader:
    """The reader that comes with the package, loaded once, whichever thread asks first.

    Raises:
        ReaderNotLoadable
    """
    with _LOADING:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Reader:
    return Reader()


def best_span(scores: NDArray[np.float32]) -> tuple[int, int, float]:
    """First and last token and the score of the best span of (tokens, 2) scores.

    No span is longer than ``ANSWER_TOKENS_MAX``; without tokens, (0, 0, -inf).
    """
    if not len(scores):
        return 0, 0, float("-inf")
    both = scores[:, 0][:, None] + scores[:, 1][None, :]
    length = np.subtract.outer(np.arange(len(scores)), np.arange(len(scores))).T
    valid = (length >= 0) & (length < ANSWER_TOKENS_MAX)
    at = int(np.argmax(np.where(valid, both, -np.inf)))
    start, end = divmod(at, len(scores))
    return start, end, float(scores[start, 0] + scores[end, 1])


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to whole words and whole numbers, without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while 0 < start < end and _one_word(text, start):
        start -= 1
    while start < end < len(text) and _one_word(text, end):
        end += 1
    return start, end


def _one_word(text: str, at: int) -> bool:
    """Whether the characters before and at ``at`` belong to one word or one number."""
    before, after = text[at - 1], text[at]
    if _WORD_SIGN.match(before) and _WORD_SIGN.match(after):
        return True
    around = text[at - 2 : at + 2] if at >= 2 else text[: at + 2]
    in_number = _NUMBER_SIGN.match(before) and _NUMBER_SIGN.match(after)
    return bool(in_number) and re.search(r"\d[.,]\d", around) is not None
