"""What the reader sees: a question and a passage as token ids, and where each token stands.

The vocabulary is the part of multilingual-e5-small's that Indonesian and English use. Characters
are normalised first, one by one, so that each token's place in the original text stays known.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

QUESTION_TOKENS_MAX = 64
CONTEXT_TOKENS_MAX = 40
WINDOW_TOKENS = 256
"""Question, context, text and three marks; longer texts are read in windows."""
STRIDE_TOKENS = 64
"""By how much windows of one text overlap, so that an answer stands whole in one of them."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids of a text, and the characters (start, end) of the text that each stands for."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the network; tokens from ``text_from`` to ``text_to`` are text tokens."""

    ids: list[int]
    text_from: int
    text_to: int
    first_token: int
    """Which token of the text stands at ``text_from``."""


class ReaderTokenizer:
    """The tokenizer of the reader, from its vocabulary file (gzipped JSON)."""

    def __init__(self, vocabulary: Mapping[str, Any]) -> None:
        from tokenizers import Tokenizer, models, pre_tokenizers

        pieces = [(str(piece), float(score)) for piece, score in vocabulary["pieces"]]
        self._tokenizer = Tokenizer(models.Unigram(pieces, unk_id=vocabulary["unknown"]))
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
        self._normal_form = {int(code): form for code, form in vocabulary["normal_form"].items()}
        self.size = len(pieces)
        self.begin_id, self.end_id = int(vocabulary["begin"]), int(vocabulary["end"])
        self.pad_id = int(vocabulary["pad"])

    @classmethod
    def from_file(cls, path: Path) -> ReaderTokenizer:
        """Read the vocabulary file.

        Raises:
            OSError, ValueError, KeyError: it is not there or not whole.
        """
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return cls(json.load(file))

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Each text as tokens, without marks."""
        normalised = [self._normalise(text) for text in texts]
        encodings = self._tokenizer.encode_batch(
            [text for text, _ in normalised], add_special_tokens=False
        )
        return [
            _placed(encoding.ids, encoding.offsets, text, origins)
            for encoding, (text, origins) in zip(encodings, normalised, strict=True)
        ]

    def _normalise(self, text: str) -> tuple[str, list[int]]:
        """The text as the vocabulary wants it, and which character each of its own came from."""
        form = self._normal_form
        kept: list[str] = []
        origins: list[int] = []
        for at, character in enumerate(text):
            for one in form.get(ord(character), character):
                if one == " " and kept and kept[-1] == " ":
                    continue
                kept.append(one)
                origins.append(at)
        return "".join(kept), origins


def windows(
    tokenizer: ReaderTokenizer, question: Tokens, context: Tokens, text: Tokens
) -> list[Window]:
    """The inputs for one question and one passage: ``<s> question </s> context text </s>``."""
    head = [tokenizer.begin_id, *question.ids[:QUESTION_TOKENS_MAX].tolist(), tokenizer.end_id]
    head += context.ids[:CONTEXT_TOKENS_MAX].tolist()
    room = WINDOW_TOKENS - len(head) - 1
    inputs = []
    first = 0
    while True:
        part = text.ids[first : first + room].tolist()
        inputs.append(
            Window([*head, *part, tokenizer.end_id], len(head), len(head) + len(part), first)
        )
        if first + room >= len(text):
            return inputs
        first += room - STRIDE_TOKENS


def _placed(
    ids: Sequence[int], offsets: Sequence[tuple[int, int]], text: str, origins: Sequence[int]
) -> Tokens:
    starts, ends = [], []
    for start, end in offsets:
        while start < end and text[start] == " ":
            start += 1
        if start < end:
            starts.append(origins[start])
            ends.append(origins[end - 1] + 1)
        else:  # the mark of a space alone
            at = origins[min(start, len(origins) - 1)] if origins else 0
            starts.append(at)
            ends.append(at)
    return Tokens(np.array(ids, np.int64), np.array(starts, np.int64), np.array(ends, np.int64))
