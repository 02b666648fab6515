"""Writes the trained network as one ONNX file with 8-bit weights (see `docs_store.onnx_graph`).

Nothing is lost but the weights' rounding: what is computed is fp32.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper

from assistant.training.network import ReaderNetwork
from docs_store.onnx_graph import EncoderShape, Graph, encoder, mean


def export(network: ReaderNetwork, path: Path) -> None:
    """Write ``reader.onnx``: inputs ``ids`` and ``mask``, outputs as `ReaderNetwork` gives them."""
    state: dict[str, NDArray[np.float32]] = {
        name.removeprefix("bert."): value.detach().float().numpy()
        for name, value in network.state_dict().items()
    }
    config = network.bert.config
    shape = EncoderShape(
        config.num_hidden_layers,
        config.num_attention_heads,
        config.hidden_size,
        config.layer_norm_eps,
    )
    graph = Graph(shape.epsilon)
    hidden = encoder(graph, state, shape, "ids", "mask")
    graph.linear(hidden, state, "span", output="span")
    first = graph.op("Gather", [hidden, graph.constant(np.array(0, np.int64))], axis=1)
    # The first mark's vector and the mean of all, side by side.
    whole = graph.op("Concat", [first, mean(graph, hidden, "mask")], axis=-1)
    for head in ("relevance", "entailment"):
        inner = graph.op("Gelu", [graph.linear(whole, state, f"{head}.0")])
        last = graph.linear(
            inner, state, f"{head}.2", "entailment" if head == "entailment" else None
        )
        if head == "relevance":
            graph.op("Squeeze", [last, graph.integers(1)], output="relevance")
    model = graph.model(
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
    )
    path.write_bytes(model.SerializeToString(deterministic=True))
