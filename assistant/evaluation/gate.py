"""How much the gate holds back that it should, and how much that it should not.

On IndoNLI's pairs and on sentences of the governance texts, altered in one fact or reworded.
``python -m assistant.evaluation.gate DATA`` chooses the judge's threshold anew.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.conversation import Citation
from assistant.drafts import DraftStatement
from assistant.evaluation import sets
from assistant.evaluation.altered import ALTERATIONS, REWORDINGS, Sample, samples
from assistant.evaluation.measures import Estimate, mean
from assistant.evaluation.reading import PAIRS_AT_ONCE, EntailmentJudge
from assistant.ground import CONTRADICTED_MIN, why_not
from assistant.training.examples import Pair
from docs_store.kept_vectors import Progress
from docs_store.languages import detect_language
from docs_store.sentences import sentence_spans

LABELS = ("entailed", "neutral", "contradicted")
SAMPLES_EACH, SAMPLES_EACH_QUICK = 200, 10
FILES_READ = 120
SENTENCE_CHARS = (60, 320)
STANDING_MIN = 0.97
"""Share of the entailed claims that the judge alone must let stand."""
PAIRS_FOR_THRESHOLD = 500


def gate_on_pairs(
    judge: EntailmentJudge, pairs: Sequence[Pair], progress: Progress = lambda _done, _total: None
) -> dict[str, dict[str, Estimate]]:
    """Share of the claims of each label that fall: by the checks, by the judge, by either."""
    contradicted = judged(judge, [(pair.claim, pair.quote) for pair in pairs], progress)
    rows = {}
    for label, name in enumerate(LABELS):
        own = [at for at, pair in enumerate(pairs) if pair.label == label]
        if not own:
            continue
        rows[name] = _row(
            [_falls(pairs[at].claim, pairs[at].quote) for at in own],
            [contradicted[at] >= CONTRADICTED_MIN for at in own],
        )
    return rows


def gate_on_samples(
    judge: EntailmentJudge,
    made: Sequence[Sample],
    progress: Progress = lambda _done, _total: None,
) -> dict[str, dict[str, Estimate]]:
    """Share of the samples of each rule that fall: by the checks, by the judge, by either."""
    contradicted = judged(judge, [(one.claim, one.quote) for one in made], progress)
    rows = {}
    for rule in dict.fromkeys(one.rule for one in made):
        own = [at for at, one in enumerate(made) if one.rule == rule]
        rows[rule] = _row(
            [_falls(made[at].claim, made[at].quote) for at in own],
            [contradicted[at] >= CONTRADICTED_MIN for at in own],
        )
    return rows


def _row(checked: Sequence[bool], by_judge: Sequence[bool]) -> dict[str, Estimate]:
    return {
        "by the checks": mean([float(one) for one in checked]),
        "by the judge": mean([float(one) for one in by_judge]),
        "fall": mean([float(max(both)) for both in zip(checked, by_judge, strict=True)]),
    }


def altered_samples(data: Path, each: int) -> tuple[list[Sample], list[Sample]]:
    """Samples altered in one fact, and reworded ones, from the governance texts."""
    sentences = governance_sentences(data)
    return (
        list(samples(sentences, ALTERATIONS, each, sets.SEED)),
        list(samples(sentences, REWORDINGS, each, sets.SEED)),
    )


def governance_sentences(data: Path) -> list[tuple[str, str]]:
    """Indonesian sentences of laws and news, each with a quote: itself and the next one."""
    folder = data / "governance"
    laws = sorted(folder.glob("laws-regional-gov/**/*.md"))
    laws = random.Random(sets.SEED).sample(laws, min(FILES_READ, len(laws)))  # noqa: S311
    texts = [path.read_text(encoding="utf-8") for path in laws]
    news = folder / "smartnation-news" / "articles.jsonl"
    if news.is_file():
        lines = news.read_text(encoding="utf-8").splitlines()
        texts += [json.loads(line)["text"] for line in lines]
    found: dict[str, str] = {}
    for text in texts:
        spans = sentence_spans(text)
        for (start, end), (_, after) in zip(spans, [*spans[1:], spans[-1]], strict=True):
            sentence = text[start:end]
            is_whole = sentence.endswith(".") and sentence[0].isupper() and "\n" not in sentence
            if is_whole and SENTENCE_CHARS[0] <= len(sentence) <= SENTENCE_CHARS[1]:
                found.setdefault(sentence, text[start:after])
    return [pair for pair in found.items() if detect_language(pair[0]) == "id"]


def threshold(judge: EntailmentJudge, data: Path) -> float:
    """The least probability of contradiction that lets ``STANDING_MIN`` of the entailed stand.

    On a sample of IndoNLI's training file, which the reader has seen.

    Raises:
        MeasuringDataMissing
    """
    pairs = [pair for pair in sets.indonli_pairs(data, "train") if pair.label == 0]
    chosen = sets.sample(pairs, PAIRS_FOR_THRESHOLD)
    return float(np.quantile(judged(judge, [(p.claim, p.quote) for p in chosen]), STANDING_MIN))


def judged(
    judge: EntailmentJudge,
    pairs: Sequence[tuple[str, str]],
    progress: Progress = lambda _done, _total: None,
) -> list[float]:
    """The probability of contradiction of each (claim, quote)."""
    said: list[float] = []
    for first in range(0, len(pairs), PAIRS_AT_ONCE):
        progress(first, len(pairs))
        part = judge.judge(pairs[first : first + PAIRS_AT_ONCE])
        said += [judgement.contradicted for judgement in part]
    return said


def _falls(claim: str, quote: str) -> bool:
    text_of: Callable[[str, int], str] = lambda _document, _version: quote  # noqa: E731
    citation = Citation(0, "", "", "", 1, None, None, 0, len(quote), quote)
    return why_not(DraftStatement(claim, (citation,)), text_of) is not None


if __name__ == "__main__":
    from assistant.reader import shipped_reader

    print(f"CONTRADICTED_MIN = {threshold(shipped_reader(), Path(sys.argv[1])):.2f}")  # noqa: T201
