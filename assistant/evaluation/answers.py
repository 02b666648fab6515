"""Whole answers: right, wrong or withheld, whether their citations prove them, how long they take.

A question comes with the figures, names and dates that its answer must hold, each in any of its
spellings, as whole words and numbers. Citation recall and precision are those of ALCE (Gao et al.
2023, section 4.3), over our quotes instead of whole passages.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from assistant.comparison import NOT_FOUND
from assistant.conversation import Answer, AnswerPart
from assistant.evaluation.measures import Estimate, mean
from assistant.evaluation.reading import EntailmentJudge
from docs_store.analysis import normalise_number

Outcome = Literal["right", "partly", "wrong", "abstained"]
OUTCOMES: tuple[Outcome, ...] = ("right", "partly", "wrong", "abstained")
UNANSWERABLE = "unanswerable"
ENTAILED_MIN = 0.5
LANGUAGES = {"id": "in Indonesian", "en": "in English"}
SPLITS = {"dev": "development questions", "kept_back": "kept-back questions"}

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|%")
_PERCENT = {"persen", "prosen", "percent"}
_STATING = ("value", "statement", "item")
_STANCES = {"yes": ("ya", "yes"), "no": ("tidak", "no", "not")}


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """A question and what its answer must hold."""

    id: str
    split: str
    kind: str
    language: str
    question: str
    facts: tuple[tuple[str, ...], ...]
    """Each fact in its spellings; none where the documents hold no answer."""
    wrong: tuple[str, ...] = ()
    """What makes an answer wrong wherever it states it."""
    verdict: str | None = None
    """Of a premise: "yes" or "no"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer, and what it was worth."""

    question: AnswerQuestion
    answer: Answer
    outcome: Outcome


def answer_questions(path: Path) -> list[AnswerQuestion]:
    """The questions of a JSONL file."""
    entries = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        AnswerQuestion(
            id=entry["id"],
            split=entry["split"],
            kind=entry["kind"],
            language=entry["language"],
            question=entry["question"],
            facts=tuple(tuple(fact) for fact in entry["facts"]),
            wrong=tuple(entry.get("wrong", ())),
            verdict=entry.get("verdict"),
        )
        for entry in entries
    ]


def ask_all(
    questions: Sequence[AnswerQuestion],
    ask: Callable[[str], Answer],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Asked]:
    """Ask each question and judge its answer."""
    asked = []
    for at, question in enumerate(questions):
        progress(at, len(questions))
        answer = ask(question.question)
        asked.append(Asked(question, answer, outcome(question, answer)))
    return asked


def outcome(question: AnswerQuestion, answer: Answer) -> Outcome:
    """Right: all facts stand in what the answer states. Partly: some. Wrong: none, or what is
    named as wrong, or "yes" to a premise that is false. Without an answer in the documents,
    abstaining is right and anything else wrong."""
    if not question.facts:
        return "right" if answer.abstained else "wrong"
    if answer.abstained:
        return "abstained"
    stated = "\n".join(part.text for part in stating(answer))
    if any(stands(one, stated) for one in question.wrong) or _opposes(question, answer):
        return "wrong"
    held = sum(any(stands(one, stated) for one in fact) for fact in question.facts)
    if held == len(question.facts):
        return "right"
    return "partly" if held else "wrong"


def stating(answer: Answer) -> list[AnswerPart]:
    """The parts that state something about the world."""
    nothing = tuple(NOT_FOUND.values())
    return [
        part
        for part in answer.parts
        if part.kind in _STATING and (part.markers or not part.text.endswith(nothing))
    ]


def stands(fact: str, text: str) -> bool:
    """Whether the words and numbers of a fact follow one another in the text.

    Whole ones only ("92,18" is not in "192,18"); ``1.234,50`` is ``1,234.5``, "persen" is "%".
    """
    wanted, tokens = plain_tokens(fact), plain_tokens(text)
    return any(
        tokens[at : at + len(wanted)] == wanted for at in range(len(tokens) - len(wanted) + 1)
    )


def plain_tokens(text: str) -> list[str]:
    """Words in small letters and numbers in one spelling."""
    found = _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())
    return [_plain(token) for token in found]


def answer_estimates(asked: Sequence[Asked]) -> dict[str, dict[str, Estimate]]:
    """The share of each outcome: of all, of each half, language and kind."""
    groups: dict[str, list[Asked]] = {"all": list(asked)}
    for split, name in SPLITS.items():
        half = [one for one in asked if one.question.split == split]
        groups[name] = half
        groups[f"{name}, answerable"] = [one for one in half if one.question.facts]
    for language, name in LANGUAGES.items():
        groups[name] = [one for one in asked if one.question.language == language]
    for kind in dict.fromkeys(one.question.kind for one in asked):
        groups[kind.replace("_", " ")] = [one for one in asked if one.question.kind == kind]
    return {
        name: {one: mean([float(each.outcome == one) for each in members]) for one in OUTCOMES}
        for name, members in groups.items()
        if members
    }


def proof_estimates(asked: Sequence[Asked], judge: EntailmentJudge) -> dict[str, Estimate]:
    """Over the questions that were answered: citation recall and precision, and the share of
    answers all of whose numbers stand in their quotes or workings."""
    answered = [one.answer for one in asked if not one.answer.abstained]
    scores = [citation_scores(answer, judge) for answer in answered]
    return {
        "citation recall": mean([recall for recall, _ in scores]),
        "citation precision": mean([precision for _, precision in scores]),
        "all numbers proved": mean([float(numbers_proved(answer)) for answer in answered]),
    }


def citation_scores(answer: Answer, judge: EntailmentJudge) -> tuple[float, float]:
    """An answer's citation recall and precision.

    A statement is recalled if its quotes together entail it. A citation is precise if its statement
    is recalled and it is not irrelevant: entailing nothing alone while the others do without it.
    Workings are no statements of a document and are left out; what stands in a quote word for word
    is entailed by it.
    """
    quotes = {citation.marker: citation.quote for citation in answer.citations}
    workings = {text for one in answer.computed for text in (one.value, one.expression)}
    recalled: list[float] = []
    precise: list[float] = []
    for part in stating(answer):
        if part.text in workings:
            continue
        own = [quotes[marker] for marker in part.markers]
        is_recalled = bool(own) and _entails(own, part.text, judge)
        recalled.append(float(is_recalled))
        for at, quote in enumerate(own):
            others = own[:at] + own[at + 1 :]
            is_needed = (
                not others
                or _entails([quote], part.text, judge)
                or not _entails(others, part.text, judge)
            )
            precise.append(float(is_recalled and is_needed))
    return _mean(recalled), _mean(precise)


def numbers_proved(answer: Answer) -> bool:
    """Whether each number that the answer states stands in its quotes or in its workings."""
    proof = [citation.quote for citation in answer.citations]
    proof += [text for one in answer.computed for text in (one.value, one.expression)]
    said = _numbers(" ".join(part.text for part in stating(answer)))
    return said <= _numbers("\n".join(proof))


def seconds_at(asked: Sequence[Asked], percentile: float) -> float:
    """A percentile of the seconds from question to answer."""
    return float(np.percentile([one.answer.timings_ms["total"] for one in asked], percentile)) / 1e3


def _entails(quotes: Sequence[str], claim: str, judge: EntailmentJudge) -> bool:
    if any(stands(claim, quote) for quote in quotes):
        return True
    return judge.judge([(claim, "\n".join(quotes))])[0].entailed >= ENTAILED_MIN


def _opposes(question: AnswerQuestion, answer: Answer) -> bool:
    lead = next((plain_tokens(part.text) for part in answer.parts if part.kind == "lead"), [])
    opposite = {"yes": "no", "no": "yes"}.get(question.verdict or "")
    return bool(opposite and lead and lead[0] in _STANCES[opposite])


def _plain(token: str) -> str:
    if token in _PERCENT:
        return "%"
    if not token[0].isdigit():
        return token
    number = normalise_number(token)
    return number.rstrip("0").rstrip(",") if "," in number else number


def _numbers(text: str) -> set[str]:
    return {token for token in plain_tokens(text) if token[0].isdigit()}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
