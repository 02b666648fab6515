"""Whole answers to the questions of public sets: right, wrong or withheld, with quotes alone.

Each set is asked of the store of its whole pool, the one that retrieval is measured on; nothing is
told of where the answer stands. What is right:

- FacQA (of the questions whose passage is not in train) and the answerable half of IDK-MRC: one of
  the set's answers stands, as whole words and numbers, in something that the answer states (its
  bold value, a quoted sentence, an item), and a passage cited for it is the question's own or holds
  that answer. Also told: the share where it stands in the bold value, and the share where the
  question's own passage is cited for it.
- NoMIRACL's relevant half: the set tells that one or more of a question's ten passages answer, but
  neither which nor with what words. Right is an answer that cites one of the ten: the most that can
  be right, not what is.
- The unanswerable half of IDK-MRC, NoMIRACL's other half: withholding. The pool is larger than what
  the sets' makers judged, so that some of what counts as wrong here is answered by another passage.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.conversation import Answer, AnswerPart
from assistant.evaluation import sets
from assistant.evaluation.answers import plain_tokens, stands, stating
from assistant.evaluation.measures import Estimate, mean
from assistant.evaluation.stores import place_of
from assistant.training.examples import Passage, plain
from docs_store.kept_vectors import Progress

QUESTIONS_MAX = 400
"""Of each half of a set, the same at each run: more than today's sets have. A question takes a
third of a second on two cores, all of them seven minutes."""


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """A question over a pool, and what its answer must state or cite."""

    part: str
    """The row it counts in."""
    question: str
    answers: tuple[str, ...] = ()
    """What counts as right, in any of these words; none where the set marks no words."""
    places: frozenset[int] = frozenset()
    """Where in the pool the passages stand that answer; none where nothing does."""


@dataclass(frozen=True, slots=True)
class PublicSet:
    """Questions that are asked over one pool."""

    name: str
    pool: tuple[Passage, ...]
    questions: tuple[PublicQuestion, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer was worth."""

    question: PublicQuestion
    right: bool
    withheld: bool
    """Though something answers: else withholding is right."""
    in_bold: bool
    """The right words stand in the bold value."""
    own_passage: bool
    """The question's own passage is cited for the right words."""
    seconds: float


def public_sets(
    data: Path, *, whole: bool = True, questions_max: int = QUESTIONS_MAX
) -> list[PublicSet]:
    """The sets, at most so many questions of each part.

    Args:
        data: the folder with ``qa/``.
        whole: whether the passages of train widen the pools, and NoMIRACL is asked at all.
        questions_max: of each part.

    Raises:
        MeasuringDataMissing: see `assistant.evaluation.errors`.
    """
    unseen = [one for one in sets.facqa_reading(data) if not one.passage_in_train]
    chosen = [
        pooled_questions(
            sets.facqa_retrieval(data, whole_pool=whole),
            {"FacQA valid, passage not in train": unseen},
            questions_max,
        ),
        pooled_questions(
            sets.idk_retrieval(data, whole_pool=whole),
            {
                f"IDK-MRC valid, {name}": [
                    one for one in sets.idk_reading(data) if bool(one.answers) is answerable
                ]
                for name, answerable in (("answerable", True), ("unanswerable", False))
            },
            questions_max,
        ),
    ]
    return [*chosen, _nomiracl(data, questions_max)] if whole else chosen


def ask_public(
    questions: Sequence[PublicQuestion],
    ask: Callable[[str], Answer],
    progress: Progress = lambda _done, _total: None,
) -> list[Judged]:
    """Ask each question and judge its answer; ``progress`` is called with (asked, to ask)."""
    judged = []
    for at, question in enumerate(questions):
        progress(at, len(questions))
        judged.append(judge(question, ask(question.question)))
    return judged


def judge(question: PublicQuestion, answer: Answer) -> Judged:
    """Right, wrong or withheld, as the module says."""
    seconds = answer.timings_ms["total"] / 1e3
    if answer.abstained:
        withheld = bool(question.places)
        return Judged(question, not withheld, withheld, False, False, seconds)
    parts = stating(answer)
    if question.answers:
        parts = [part for part in parts if _is_proved(question, answer, part)]
    own = any(_cites_own(question, answer, part) for part in parts)
    right = bool(parts) if question.answers else own
    in_bold = bool(question.answers) and any(part.kind == "value" for part in parts)
    return Judged(question, right, False, in_bold, own, seconds)


def public_estimates(judged: Sequence[Judged]) -> dict[str, dict[str, Estimate]]:
    """By part: right, wrong and withheld, and how much of the right stands where it should."""
    rows: dict[str, dict[str, Estimate]] = {}
    for part in dict.fromkeys(one.question.part for one in judged):
        members = [one for one in judged if one.question.part == part]
        row = {
            "right": mean([float(one.right) for one in members]),
            "wrong": mean([float(not one.right and not one.withheld) for one in members]),
            "withheld": mean([float(one.withheld) for one in members]),
        }
        if members[0].question.answers:
            row["right, in bold"] = mean([float(one.in_bold) for one in members])
            row["right, own passage"] = mean([float(one.own_passage) for one in members])
        rows[part] = row
    return rows


def _is_proved(question: PublicQuestion, answer: Answer, part: AnswerPart) -> bool:
    """Whether the part states a right answer and cites what is its own passage or holds it."""
    stated = [words for words in question.answers if stands(words, part.text)]
    if not stated:
        return False
    return _cites_own(question, answer, part) or any(
        stands(words, citation.quote)
        for citation in answer.citations
        if citation.marker in part.markers
        for words in stated
    )


def _cites_own(question: PublicQuestion, answer: Answer, part: AnswerPart) -> bool:
    return any(
        place_of(citation.source) in question.places
        for citation in answer.citations
        if citation.marker in part.markers
    )


def pooled_questions(
    pooled: sets.RetrievalSet, parts: dict[str, list[sets.ReadingQuestion]], questions_max: int
) -> PublicSet:
    """Questions about passages of a pool, at most so many of each part."""
    places = {plain(passage.text): at for at, passage in enumerate(pooled.pool)}
    questions = [
        PublicQuestion(
            part,
            one.question,
            tuple(words for words in one.answers if plain_tokens(words)),
            frozenset({places[plain(one.passage)]}) if one.answers else frozenset(),
        )
        for part, members in parts.items()
        for one in sets.sample(members, questions_max)
    ]
    return PublicSet(pooled.name, pooled.pool, tuple(questions))


def _nomiracl(data: Path, questions_max: int) -> PublicSet:
    pooled = sets.miracl_retrieval(data)
    places = {plain(passage.text): at for at, passage in enumerate(pooled.pool)}
    halves = sets.nomiracl(data)
    questions = [
        PublicQuestion(
            f"NoMIRACL, {name} half",
            one.question,
            (),
            frozenset(places[plain(passage.text)] for passage in one.passages)
            if answerable
            else frozenset(),
        )
        for name, answerable in (("relevant", True), ("non-relevant", False))
        for one in sets.sample(
            [one for one in halves if one.answerable is answerable], questions_max
        )
    ]
    return PublicSet("NoMIRACL", pooled.pool, tuple(questions))
