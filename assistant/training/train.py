"""The training loop: one network, three losses, on two cores, in the time there is."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from assistant.reader_input import (
    CONTEXT_TOKENS_MAX,
    QUESTION_TOKENS_MAX,
    ReaderTokenizer,
    Tokens,
)
from assistant.training.examples import (
    Example,
    Pair,
    Passage,
    half_english,
    without_answer,
)
from assistant.training.negatives import pick
from assistant.training.network import ReaderNetwork, freeze


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides a training run."""

    seed: int = 7
    epochs: float = 2.0
    minutes_max: float = 600.0
    """The learning rate reaches zero at this time, if not by then at the end of the epochs."""
    frozen_layers: int = 4
    batch_tokens: int = 1_280
    learning_rate: float = 1.5e-4
    head_factor: float = 5.0
    weight_decay: float = 0.01
    warm_up_steps: int = 80
    dropout: float = 0.1
    text_tokens: tuple[int, int] = (48, 176)
    """How many tokens of a text are shown, drawn anew each time: short and long passages."""
    half_english_share: float = 0.12
    answer_cut_share: float = 0.4
    """How often a wrong passage is the right one without the sentence that answers."""
    public_share: float = 1.0
    """How much of the public sets an epoch draws: less where a network that has learnt them goes
    on with questions made by rule, and is only to remember them."""
    relevance_weight: float = 0.5
    ranking_weight: float = 0.5
    entailment_weight: float = 0.5
    label_smoothing: float = 0.05


@dataclass(frozen=True, slots=True)
class Item:
    """One input: token ids and what is true of it."""

    ids: list[int]
    span: tuple[int, int] | None
    """First and last token of the answer; (0, 0) for "does not say"; None where not known."""
    answers: float
    label: int | None = None
    """Of entailment; such an item has neither span nor relevance."""


PUBLIC_SETS = frozenset({"idk-mrc", "facqa", "miracl"})

Group = list[Item]
"""A question's right passage and wrong ones, or one item alone; never split over batches."""


def train(
    network: ReaderNetwork,
    tokenizer: ReaderTokenizer,
    examples: Sequence[Example],
    mined: Sequence[Sequence[Passage]],
    pairs: Sequence[Pair],
    recipe: Recipe,
    folder: Path,
) -> None:
    """Train, print the losses, and keep a checkpoint every few minutes and at the end.

    Args:
        network: is changed in place.
        tokenizer: of the reader.
        examples: questions with passages.
        mined: hard negatives of each example.
        pairs: claims and quotes.
        recipe: see `Recipe`.
        folder: gets ``checkpoint.pt``, ``network.pt`` at the end, and ``log.jsonl``.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)  # noqa: S311
    freeze(network, recipe.frozen_layers)
    optimizer = _optimizer(network, recipe)
    encoder = _Encoder(tokenizer, recipe, rng)
    total = recipe.epochs * _tokens_of_epoch(encoder, examples, mined, pairs)
    _log(folder, {"recipe": asdict(recipe), "tokens_planned": round(total)})
    started = saved = time.monotonic()
    done, step = 0, 0
    sums: dict[str, list[float]] = {}
    network.train()
    while True:
        groups = list(encoder.epoch(examples, mined, pairs))
        for batch in _batches(groups, recipe.batch_tokens, rng):
            minutes = (time.monotonic() - started) / 60
            left = 1 - max(done / total, minutes / recipe.minutes_max)
            if left <= 0:
                torch.save(network.state_dict(), folder / "network.pt")
                return
            factor = min(1.0, (step + 1) / recipe.warm_up_steps, left / 0.9)
            for group in optimizer.param_groups:
                group["lr"] = group["base_lr"] * factor
            losses, tokens = _losses(network, batch, tokenizer.pad_id, recipe)
            sum(losses.values(), torch.zeros(())).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            done, step = done + tokens, step + 1
            for name, loss in losses.items():
                sums.setdefault(name, []).append(float(loss.detach()))
            if step % 100 == 0:
                line: dict[str, Any] = {"step": step, "tokens": done, "minutes": round(minutes, 1)}
                line |= {name: round(float(np.mean(v)), 4) for name, v in sums.items()}
                sums = {}
                _log(folder, line)
            if time.monotonic() - saved > 600:
                torch.save(network.state_dict(), folder / "checkpoint.pt")
                saved = time.monotonic()


def _log(folder: Path, line: dict[str, Any]) -> None:
    """To the folder's log, and to whoever watches."""
    text = json.dumps(line) + "\n"
    sys.stdout.write(text)
    sys.stdout.flush()
    with (folder / "log.jsonl").open("a") as log:
        log.write(text)


def _optimizer(network: ReaderNetwork, recipe: Recipe) -> torch.optim.AdamW:
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            head = not name.startswith("bert.")
            groups.setdefault((head, parameter.ndim > 1), []).append(parameter)
    return torch.optim.AdamW(
        [
            {
                "params": parameters,
                "base_lr": recipe.learning_rate * (recipe.head_factor if head else 1.0),
                "weight_decay": recipe.weight_decay if decays else 0.0,
            }
            for (head, decays), parameters in groups.items()
        ],
        lr=recipe.learning_rate,
        betas=(0.9, 0.98),
        fused=True,
    )


def _losses(
    network: ReaderNetwork, batch: Sequence[Group], pad: int, recipe: Recipe
) -> tuple[dict[str, Tensor], int]:
    items = [item for group in batch for item in group]
    width = max(len(item.ids) for item in items)
    width += -width % 8
    ids = torch.tensor([item.ids + [pad] * (width - len(item.ids)) for item in items])
    mask = torch.tensor([[1] * len(item.ids) + [0] * (width - len(item.ids)) for item in items])
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_computes_in_bfloat16()):
        span, relevance, entailment = network(ids, mask)
    span, relevance, entailment = span.float(), relevance.float(), entailment.float()
    losses = {}
    with_span = [at for at, item in enumerate(items) if item.span is not None]
    if with_span:
        scores = span[with_span].masked_fill(mask[with_span].unsqueeze(-1) == 0, -1e4)
        target = torch.tensor([items[at].span for at in with_span])
        losses["span"] = 0.5 * sum(
            (nn.functional.cross_entropy(scores[:, :, side], target[:, side]) for side in (0, 1)),
            torch.zeros(()),
        )
    judged = [at for at, item in enumerate(items) if item.label is None]
    if judged:
        truth = torch.tensor([items[at].answers for at in judged])
        smooth = truth * (1 - recipe.label_smoothing) + recipe.label_smoothing / 2
        losses["relevance"] = (
            recipe.relevance_weight
            * nn.functional.binary_cross_entropy_with_logits(relevance[judged], smooth)
        )
    ranked, at = [], 0
    for group in batch:
        if len(group) > 1:
            ranked.append(-nn.functional.log_softmax(relevance[at : at + len(group)], 0)[0])
        at += len(group)
    if ranked:
        losses["ranking"] = recipe.ranking_weight * torch.stack(ranked).mean()
    labelled = [at for at, item in enumerate(items) if item.label is not None]
    if labelled:
        labels = torch.tensor([items[at].label for at in labelled])
        losses["entailment"] = recipe.entailment_weight * nn.functional.cross_entropy(
            entailment[labelled], labels, label_smoothing=recipe.label_smoothing
        )
    return losses, sum(len(item.ids) for item in items)


def _computes_in_bfloat16() -> bool:
    """Whether the processor has instructions for it: without them it is slower than fp32."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def _batches(groups: list[Group], tokens: int, rng: random.Random) -> Iterator[list[Group]]:
    """Groups of like length together, batches in random order; entailment with its like."""
    groups.sort(key=lambda group: max(len(i.ids) for i in group) + rng.uniform(-8, 8))
    batches: list[list[Group]] = []
    open_: list[Group] = []
    width = 0
    for group in groups:
        wider = max(width, *(len(item.ids) for item in group))
        size = sum(len(g) for g in open_) + len(group)
        if open_ and wider * size > tokens:
            batches.append(open_)
            open_, wider = [], max(len(item.ids) for item in group)
        open_.append(group)
        width = wider
    if open_:
        batches.append(open_)
    rng.shuffle(batches)
    yield from batches


def _tokens_of_epoch(
    encoder: _Encoder,
    examples: Sequence[Example],
    mined: Sequence[Sequence[Passage]],
    pairs: Sequence[Pair],
) -> int:
    groups = encoder.epoch(examples, mined, pairs)
    return sum(len(item.ids) for group in groups for item in group)


class _Encoder:
    """Makes items of examples, with other negatives, crops and languages each epoch."""

    def __init__(self, tokenizer: ReaderTokenizer, recipe: Recipe, rng: random.Random) -> None:
        self._tokenizer = tokenizer
        self._recipe = recipe
        self._rng = rng
        self._known: dict[str, Tokens] = {}

    def epoch(
        self,
        examples: Sequence[Example],
        mined: Sequence[Sequence[Passage]],
        pairs: Sequence[Pair],
    ) -> Iterator[Group]:
        """All groups once, in the examples' order; of the public sets the recipe's share."""
        for example, found in zip(examples, mined, strict=True):
            if example.source not in PUBLIC_SETS or self._is_drawn():
                yield self._group(example, found)
        for pair in pairs:
            if self._is_drawn():
                yield [self._pair(pair)]

    def _is_drawn(self) -> bool:
        return self._rng.random() < self._recipe.public_share

    def _group(self, example: Example, mined: Sequence[Passage]) -> Group:
        question = example.question
        if self._rng.random() < self._recipe.half_english_share:
            question = half_english(question)
        # One length for all: a batch is as wide as its longest item.
        length = self._rng.randint(*self._recipe.text_tokens)
        group = [self._item(question, example.passage, length, example.answer, example.answers)]
        if example.answers:
            count = {"idk-mrc": 1, "facqa": 2, "miracl": 3, "laws": 2}.get(example.source, 1)
            wrong = pick(mined, example.wrong, count, self._rng)
            if example.answer and self._rng.random() < self._recipe.answer_cut_share:
                rest = without_answer(example.passage.text, example.answer)
                if rest is not None:
                    wrong = [replace(example.passage, text=rest), *wrong][:count]
            group += [self._item(question, passage, length, None, False) for passage in wrong]
        return group

    def _item(
        self,
        question: str,
        passage: Passage,
        length: int,
        answer: tuple[int, int] | None,
        answers: bool,
    ) -> Item:
        tokens = self._tokens(passage.text)
        first = last = -1
        if answer is not None:
            first = int(np.searchsorted(tokens.ends, answer[0], side="right"))
            last = int(np.searchsorted(tokens.starts, answer[1], side="left")) - 1
        length = max(length, last - first + 1)
        # Where the whole of a short text may be shown, it mostly is.
        low = 0 if first < 0 else max(0, last + 1 - length)
        high = (
            max(0, len(tokens) - length) if first < 0 else min(first, max(0, len(tokens) - length))
        )
        start = self._rng.randint(min(low, high), max(low, high))
        head = [self._tokenizer.begin_id]
        head += self._tokens(question).ids[:QUESTION_TOKENS_MAX].tolist()
        head.append(self._tokenizer.end_id)
        if passage.context and self._rng.random() < 0.8:
            head += self._tokens(passage.context).ids[:CONTEXT_TOKENS_MAX].tolist()
        ids = [*head, *tokens.ids[start : start + length].tolist(), self._tokenizer.end_id]
        span: tuple[int, int] | None
        if answer is not None:
            span = (len(head) + first - start, len(head) + last - start)
        else:
            span = None if answers else (0, 0)
        return Item(ids, span, float(answers))

    def _pair(self, pair: Pair) -> Item:
        ids = [
            self._tokenizer.begin_id,
            *self._tokens(pair.claim).ids[:96].tolist(),
            self._tokenizer.end_id,
            *self._tokens(pair.quote).ids[:128].tolist(),
            self._tokenizer.end_id,
        ]
        return Item(ids, None, 0.0, pair.label)

    def _tokens(self, text: str) -> Tokens:
        if text not in self._known:
            self._known[text] = self._tokenizer.tokens([text])[0]
        return self._known[text]
