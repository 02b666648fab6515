"""Writes the trained network as one ONNX file with 8-bit weights.

Weights are kept as int8 with one scale an output channel and widened when ONNX Runtime loads the
file (it folds the constants), so that nothing is lost but their rounding: what is computed is
fp32. Word vectors stay int8 in memory and are widened row by row. Attention is written with plain
ONNX operators of opset 20, which every build of ONNX Runtime has.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from assistant.training.network import ReaderNetwork

OPSET = 20


def export(network: ReaderNetwork, path: Path) -> None:
    """Write ``reader.onnx``: inputs ``ids`` and ``mask``, outputs as `ReaderNetwork` gives them."""
    state = {name: value.detach().float().numpy() for name, value in network.state_dict().items()}
    config = network.bert.config
    graph = _Graph(config.layer_norm_eps)
    hidden = _embeddings(graph, state)
    bias = _mask_bias(graph)
    for layer in range(config.num_hidden_layers):
        hidden = _layer(graph, state, f"bert.encoder.layer.{layer}.", hidden, bias, config)
    graph.linear(hidden, state, "span", output="span")
    whole = _whole(graph, hidden)
    for head in ("relevance", "entailment"):
        inner = graph.op("Gelu", [graph.linear(whole, state, f"{head}.0")])
        last = graph.linear(
            inner, state, f"{head}.2", "entailment" if head == "entailment" else None
        )
        if head == "relevance":
            graph.op("Squeeze", [last, graph.constant(np.array([1], np.int64))], output="relevance")
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "reader",
            [
                helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "tokens"]),
                helper.make_tensor_value_info("mask", TensorProto.INT64, ["batch", "tokens"]),
            ],
            [
                helper.make_tensor_value_info("span", TensorProto.FLOAT, ["batch", "tokens", 2]),
                helper.make_tensor_value_info("relevance", TensorProto.FLOAT, ["batch"]),
                helper.make_tensor_value_info("entailment", TensorProto.FLOAT, ["batch", 3]),
            ],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="tanya-daerah",
        ir_version=10,
    )
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


class _Graph:
    """Collects nodes and weights."""

    def __init__(self, epsilon: float) -> None:
        self.epsilon = epsilon
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []
        self._constants: dict[tuple[str, bytes, tuple[int, ...]], str] = {}

    def op(self, kind: str, inputs: list[str], output: str | None = None, **attributes: Any) -> str:
        name = output or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def constant(self, value: NDArray[Any]) -> str:
        key = (str(value.dtype), value.tobytes(), value.shape)
        if key not in self._constants:
            name = f"c{len(self.initializers)}"
            self.initializers.append(numpy_helper.from_array(value.copy(order="C"), name))
            self._constants[key] = name
        return self._constants[key]

    def widened(self, weight: NDArray[np.float32], axis: int) -> str:
        """A weight matrix kept as int8, one scale for each index of ``axis``."""
        narrow, scale = narrowed(weight, axis)
        wide = self.op("Cast", [self.constant(narrow)], to=TensorProto.FLOAT)
        return self.op("Mul", [wide, self.constant(scale)])

    def linear(
        self, x: str, state: dict[str, NDArray[np.float32]], name: str, output: str | None = None
    ) -> str:
        """``x @ W.T + b``."""
        weight = np.ascontiguousarray(state[f"{name}.weight"].T)
        product = self.op("MatMul", [x, self.widened(weight, 1)])
        return self.op("Add", [product, self.constant(state[f"{name}.bias"])], output)


def narrowed(
    weight: NDArray[np.float32], axis: int
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rounded to 255 levels: the int8 values and the scales that widen them again."""
    other = tuple(index for index in range(weight.ndim) if index != axis)
    scale = np.abs(weight).max(axis=other, keepdims=True) / 127
    scale = np.maximum(scale, 1e-12).astype(np.float32)
    return np.rint(weight / scale).astype(np.int8), scale


def _embeddings(graph: _Graph, state: dict[str, NDArray[np.float32]]) -> str:
    prefix = "bert.embeddings."
    narrow, scale = narrowed(state[f"{prefix}word_embeddings.weight"], 0)
    rows = graph.op("Gather", [graph.constant(narrow), "ids"])
    scales = graph.op("Gather", [graph.constant(scale), "ids"])
    words = graph.op("Mul", [graph.op("Cast", [rows], to=TensorProto.FLOAT), scales])
    position_table = state[f"{prefix}position_embeddings.weight"]
    position_table = position_table + state[f"{prefix}token_type_embeddings.weight"][0]
    shape = graph.op("Shape", ["ids"])
    tokens = graph.op("Gather", [shape, graph.constant(np.array(1, np.int64))])
    zero, one = (graph.constant(np.array(value, np.int64)) for value in (0, 1))
    positions = graph.op("Range", [zero, tokens, one])
    placed = graph.op("Gather", [graph.constant(position_table), positions])
    return _norm(graph, state, f"{prefix}LayerNorm", graph.op("Add", [words, placed]))


def _norm(graph: _Graph, state: dict[str, NDArray[np.float32]], name: str, x: str) -> str:
    return graph.op(
        "LayerNormalization",
        [x, graph.constant(state[f"{name}.weight"]), graph.constant(state[f"{name}.bias"])],
        axis=-1,
        epsilon=graph.epsilon,
    )


def _mask_bias(graph: _Graph) -> str:
    """0 where a token is, -10,000 where padding is: (batch, 1, 1, tokens)."""
    mask = graph.op("Cast", ["mask"], to=TensorProto.FLOAT)
    padding = graph.op("Sub", [graph.constant(np.array(1, np.float32)), mask])
    bias = graph.op("Mul", [padding, graph.constant(np.array(-10_000, np.float32))])
    return graph.op("Unsqueeze", [bias, graph.constant(np.array([1, 2], np.int64))])


def _layer(
    graph: _Graph,
    state: dict[str, NDArray[np.float32]],
    prefix: str,
    x: str,
    bias: str,
    config: Any,
) -> str:
    heads, width = config.num_attention_heads, config.hidden_size
    size = width // heads
    split = graph.constant(np.array([0, 0, heads, size], np.int64))
    join = graph.constant(np.array([0, 0, width], np.int64))
    scale = graph.constant(np.array(size**-0.5, np.float32))

    def part(name: str, order: list[int]) -> str:
        projected = graph.linear(x, state, f"{prefix}attention.self.{name}")
        return graph.op("Transpose", [graph.op("Reshape", [projected, split])], perm=order)

    query = graph.op("Mul", [part("query", [0, 2, 1, 3]), scale])
    scores = graph.op("MatMul", [query, part("key", [0, 2, 3, 1])])
    shares = graph.op("Softmax", [graph.op("Add", [scores, bias])], axis=-1)
    mixed = graph.op("MatMul", [shares, part("value", [0, 2, 1, 3])])
    joined = graph.op("Reshape", [graph.op("Transpose", [mixed], perm=[0, 2, 1, 3]), join])
    attended = graph.linear(joined, state, f"{prefix}attention.output.dense")
    x = _norm(graph, state, f"{prefix}attention.output.LayerNorm", graph.op("Add", [attended, x]))
    inner = graph.op("Gelu", [graph.linear(x, state, f"{prefix}intermediate.dense")])
    outer = graph.linear(inner, state, f"{prefix}output.dense")
    return _norm(graph, state, f"{prefix}output.LayerNorm", graph.op("Add", [outer, x]))


def _whole(graph: _Graph, hidden: str) -> str:
    """The first mark's vector and the mean of all, side by side."""
    mask = graph.op("Cast", ["mask"], to=TensorProto.FLOAT)
    axis = graph.constant(np.array([2], np.int64))
    tokens = graph.constant(np.array([1], np.int64))
    weight = graph.op("Unsqueeze", [mask, axis])
    total = graph.op("ReduceSum", [graph.op("Mul", [hidden, weight]), tokens], keepdims=0)
    count = graph.op("ReduceSum", [weight, tokens], keepdims=0)
    mean = graph.op("Div", [total, count])
    first = graph.op("Gather", [hidden, graph.constant(np.array(0, np.int64))], axis=1)
    return graph.op("Concat", [first, mean], axis=-1)
