"""One measurement of everything: from the sets to the page and its pictures."""

from __future__ import annotations

from functools import partial

import numpy as np

from assistant.answer import answer_question
from assistant.evaluation import answers, curves, gate, public_answers, sets
from assistant.evaluation.abstention import (
    Scored,
    abstention_estimates,
    among_ten,
    from_reading,
    passage_taken_out,
)
from assistant.evaluation.figures import TOP, figure_estimates
from assistant.evaluation.measures import cheapest, cost_curve, reliability
from assistant.evaluation.measuring import QUICK_QUESTIONS, Evaluation, MeasuredReader, Measuring
from assistant.evaluation.reading import Said, entailment_estimates, read_all, reading_estimates
from assistant.evaluation.retrieval import Found, find_all, retrieval_estimates
from assistant.evaluation.sets import RetrievalSet
from assistant.evaluation.tables import Cell, page, table
from assistant.ground import CONTRADICTED_MIN
from docs_store.store import DocumentStore

THRESHOLD = 0.5
WRONG_ANSWER_COST = 3.0
"""A wrong answer under a public seal costs more than sending someone to look it up."""


def evaluate(measuring: Measuring) -> Evaluation:
    """Measure whole answers, then each stage alone and together."""
    result = Evaluation()
    if measuring.reader is not None and measuring.answers is not None:
        _answers(measuring, measuring.reader, *measuring.answers, result)
    if measuring.reader is not None and measuring.only in (None, "public-answers"):
        _public_answers(measuring, measuring.reader, result)
    if measuring.only == "gate" and measuring.reader is not None:
        _gate(measuring, measuring.reader, result)
    if measuring.only is not None:
        return result
    scored = _retrieval(measuring, result)
    if measuring.figures is not None:
        _figures(measuring, result)
    if measuring.reader is not None:
        said = _reading(measuring, measuring.reader, result)
        note = "flatters: the wording of its unanswerable questions gives many of them away"
        scored = [from_reading("IDK-MRC valid, own passage", said, note), *scored]
        scored.append(
            among_ten(
                measuring.reader,
                measuring.some(sets.nomiracl(measuring.data)),
                measuring.stage("NoMIRACL"),
            )
        )
        _abstention(scored, result)
        _entailment(measuring, measuring.reader, result)
        _gate(measuring, measuring.reader, result)
    return result


def evaluation_page(result: Evaluation, opening: str) -> str:
    """The page, in Markdown."""
    return page("Evaluation", opening, result.parts)


def _answers(
    measuring: Measuring,
    reader: MeasuredReader,
    store: DocumentStore,
    questions: list[answers.AnswerQuestion],
    result: Evaluation,
) -> None:
    asked = answers.ask_all(
        measuring.some(questions),
        lambda question: answer_question(store, question, reader=reader),
        measuring.stage("answers"),
    )
    result.add(
        "Answers: right, wrong, withheld",
        f"Questions that officials ask, over {store.document_count()} documents: laws, a bylaw "
        "with its tariffs, a scanned decree, decisions, news. Right: every expected figure, name "
        "and date stands in what the answer states, and nothing that is wrong; partly: some of "
        "them; where the documents hold no answer, saying so is right. Nothing was tuned on the "
        "kept-back questions.",
        "questions",
        answers.answer_estimates(asked),
    )
    result.add(
        "Answers: proof",
        "Of the questions that were answered. Citation recall and precision as ALCE defines them "
        "(Gao et al. 2023); the judge is the reader's entailment head, and what stands in a quote "
        "word for word counts as entailed. Numbers: the share of answers in which each number "
        "stands in a quote or in the working of a computed one. "
        f"From question to answer: median {answers.seconds_at(asked, 50):.1f} s, 95th percentile "
        f"{answers.seconds_at(asked, 95):.1f} s.",
        "answers",
        {"quotes alone": answers.proof_estimates(asked, reader)},
    )


def _public_answers(measuring: Measuring, reader: MeasuredReader, result: Evaluation) -> None:
    cap = QUICK_QUESTIONS if measuring.quick else public_answers.QUESTIONS_MAX
    judged: list[public_answers.Judged] = []
    for asked in public_answers.public_sets(
        measuring.data, whole=not measuring.quick, questions_max=cap
    ):
        with measuring.pool(asked.name, asked.pool) as store:
            judged += public_answers.ask_public(
                asked.questions,
                partial(answer_question, store, reader=reader),
                measuring.stage(f"{asked.name}: answers"),
            )
    result.add(
        "Answers: public sets",
        "Quotes alone, over the passages that retrieval is measured on. Right: an answer of the "
        "set stands in what is stated, and a passage cited for it is the question's own or holds "
        "it; NoMIRACL names no words, so that there right is at most what cites one of the "
        "question's ten passages. Where the set says that nothing answers, withholding is right, "
        "though another passage of the pool may answer. At most "
        f"{cap} questions of each half. From question to answer: median "
        f"{np.median([one.seconds for one in judged]):.1f} s.",
        "questions",
        public_answers.public_estimates(judged),
    )


def _retrieval(measuring: Measuring, result: Evaluation) -> list[Scored]:
    data, whole = measuring.data, not measuring.quick
    chosen = [
        sets.facqa_retrieval(data, whole_pool=whole),
        sets.idk_retrieval(data, whole_pool=whole),
        *([sets.miracl_retrieval(data)] if whole else []),
    ]
    scored = []
    for questions in chosen:
        if measuring.quick:
            questions = sets.sample_set(questions, QUICK_QUESTIONS)
        found = _found(measuring, questions)
        result.add(
            f"Retrieval: {questions.name}",
            f"{len(questions.questions)} questions over {len(questions.pool)} passages, each a "
            f"document of its own{'; ' + questions.note if questions.note else ''}.",
            "system",
            retrieval_estimates(questions, found),
            best=True,
        )
        if measuring.reader is not None and not questions.note:
            scored.append(passage_taken_out(questions, found, measuring.reader))
    return scored


def _found(measuring: Measuring, questions: RetrievalSet) -> list[Found]:
    with measuring.pool(questions.name, questions.pool) as store:
        return find_all(
            store, questions.questions, measuring.reader, measuring.stage(questions.name)
        )


def _figures(measuring: Measuring, result: Evaluation) -> None:
    assert measuring.figures is not None
    store, questions = measuring.figures
    asked = measuring.some(questions)
    found = find_all(
        store, [one.question for one in asked], measuring.reader, measuring.stage("figures")
    )
    by_top = {top: figure_estimates(asked, found, top) for top in (1, 3, TOP)}
    result.add(
        "Figures in long documents",
        f"{len(asked)} questions of the kind that officials ask, over {store.document_count()} "
        "laws and regulations: the share of the expected figures that stand, beside the words "
        "they belong to and in the right document, in the first passages.",
        "system",
        {
            system: {f"top {top}": held[system] for top, held in by_top.items()}
            for system in by_top[TOP]
        },
        best=True,
    )


def _reading(measuring: Measuring, reader: MeasuredReader, result: Evaluation) -> list[Said]:
    said = {}
    rows = {}
    for name, questions in (
        ("IDK-MRC valid", sets.idk_reading(measuring.data)),
        ("FacQA valid", sets.facqa_reading(measuring.data)),
    ):
        said[name] = read_all(reader, measuring.some(questions), measuring.stage(name))
        for part, figures in reading_estimates(said[name]).items():
            rows[f"{name}, {part}"] = figures
    result.add(
        "Reader: the answer in a passage that is given",
        "SQuAD 2.0 exact match and F1; small letters, no punctuation, no article removal "
        "(Indonesian has none).",
        "questions",
        rows,
    )
    return said["IDK-MRC valid"]


def _abstention(scored: list[Scored], result: Evaluation) -> None:
    result.add(
        f"Abstention, at a probability of {THRESHOLD:g}",
        "Whether there is an answer among what was read. "
        + " ".join(f"{one.name}: {one.note}." for one in scored if one.note)
        + " A question whose passage was taken out may still be answered by another one.",
        "set",
        {one.name: abstention_estimates(one, THRESHOLD) for one in scored},
    )
    costs = {one.name: cost_curve(one.probabilities, one.answerable) for one in scored}
    result.pictures["reliability.svg"] = curves.reliability_diagram(
        {one.name: reliability(one.probabilities, one.answerable) for one in scored}
    )
    result.pictures["cost.svg"] = curves.cost_curves(costs, WRONG_ANSWER_COST)
    result.parts.append(
        "![Reliability diagram](evaluation/reliability.svg)\n\n"
        "![Cost by threshold](evaluation/cost.svg)"
    )
    rows: dict[str, dict[str, Cell]] = {}
    for name, curve in costs.items():
        best = cheapest(curve, WRONG_ANSWER_COST)
        rows[name] = {
            "threshold": f"{best.threshold:.2f}",
            "answered wrongly": f"{100 * best.answered_wrongly:.1f}",
            "withheld": f"{100 * best.withheld:.1f}",
        }
    result.parts.append(
        table(
            "Thresholds of least cost",
            f"Where a wrong answer costs as much as {WRONG_ANSWER_COST:g} withheld ones; shares "
            "of all questions, in percent.",
            "set",
            rows,
        )
    )


def _entailment(measuring: Measuring, reader: MeasuredReader, result: Evaluation) -> None:
    pairs = measuring.some(sets.indonli_pairs(measuring.data))
    figures = entailment_estimates(reader, pairs, measuring.stage("IndoNLI"))
    result.add("Entailment", "A claim and a quote.", "set", {"IndoNLI val": figures})


def _gate(measuring: Measuring, reader: MeasuredReader, result: Evaluation) -> None:
    pairs = measuring.some(sets.indonli_pairs(measuring.data))
    found = gate.threshold(reader, measuring.data)
    rows = gate.gate_on_pairs(reader, pairs, measuring.stage("gate"))
    result.add(
        "Gate: claims that fall",
        "IndoNLI val, the hypothesis as claim, the premise as its quote. The checks look for what "
        "a claim adds to its quote; the judge is the reader's entailment head, from a probability "
        f"of contradiction of {CONTRADICTED_MIN:.2f} on ({found:.2f} would let "
        f"{100 * gate.STANDING_MIN:.0f}% of the entailed claims of a sample of IndoNLI train "
        "stand). The entailed should stand, the contradicted fall.",
        "claims",
        rows,
    )
    each = gate.SAMPLES_EACH_QUICK if measuring.quick else gate.SAMPLES_EACH
    altered, reworded = gate.altered_samples(measuring.data, each)
    for title, note, made in (
        (
            "Gate: sentences altered in one fact",
            "Sentences of Indonesian laws and news; the quote is the sentence and the next one. "
            "All should fall.",
            altered,
        ),
        (
            "Gate: sentences reworded",
            "The same sentences, worded otherwise by rule. None should fall.",
            reworded,
        ),
    ):
        if made:
            rows = gate.gate_on_samples(reader, made, measuring.stage(title))
            result.add(title, note, "rule", rows)
