"""The way of a question: understand, retrieve, weigh, compose, ground."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from assistant.abstain import abstention, being_added, why_nothing
from assistant.assemble import PartAnswer, assembled, in_time, numbered
from assistant.calculation import calculate
from assistant.chat_model import ChatModel
from assistant.comparison import compare
from assistant.compose_quotes import compose, lead_for, whole_article
from assistant.conversation import Answer, AnswerPart, Language
from assistant.drafts import Draft, DraftStatement
from assistant.errors import ChatModelFailed
from assistant.finder import Evidence, Finder
from assistant.follow_up import part_of, standalone
from assistant.ground import Judge, ground, why_not
from assistant.listings import article_sentences
from assistant.notices import notice_texts
from assistant.own_blocks import told_by_its_blocks
from assistant.places import placed
from assistant.premise import check_premise
from assistant.question_kinds import OPEN_KINDS, UNPHRASED_KINDS, Kind
from assistant.question_parts import question_parts
from assistant.reader import PassageReader, shipped_reader
from assistant.refusals import refusal
from assistant.regions import meant
from assistant.regulations import at_clause
from assistant.spelling import spelled
from assistant.suggestions import suggestions
from assistant.summary import summarise
from assistant.understand import Question, about, clean, understand
from assistant.validity import in_force
from assistant.which_article import asks_which_article, which_article
from docs_store.records import Hit
from docs_store.regulation_keys import find_regulations
from docs_store.store import DocumentStore

_WORKED_OUT = (Kind.VALIDITY, Kind.CALCULATION, Kind.COMPARISON)
"""Forms that are put together out of several pieces of evidence, which no chat model may do."""
CHAT_EVIDENCE_MIN = 0.1
"""The probability of the best sentence below which no chat model is asked; `evidence_min` is for
answers from that sentence alone, and a model may put two together."""
_FELL_BACK: dict[Language, str] = {
    "id": "{why} Jawaban ini disusun dari kutipan saja.",
    "en": "{why} This answer was made of quotes alone.",
}


def answer_question(
    store: DocumentStore,
    question: str,
    language: Language | None = None,
    reader: PassageReader | None = None,
    *,
    history: Sequence[Answer] = (),
    without: Collection[str] = (),
    chat: ChatModel | None = None,
) -> Answer:
    """Answer from the store's documents with proof, or say that they hold no answer.

    Args:
        store: the documents.
        question: as typed.
        language: of the framing; the question's own if None.
        reader: the one that comes with the package if None.
        history: the answers of the conversation so far, newest last: "bagaimana dengan Sumedang?"
            is read in their light.
        without: keys of inferences (`Inference`) that the person does not mean.
        chat: words the answer; without one, quotes do.

    Raises:
        EmptyQuestion, QuestionTooLong, ReaderNotLoadable: see `assistant.errors`.
        docs_store.errors.BilingualError: the store or the model cannot be used.
    """
    *_, whole = stream_answer(
        store, question, language, reader, history=history, without=without, chat=chat
    )
    return whole


def stream_answer(
    store: DocumentStore,
    question: str,
    language: Language | None = None,
    reader: PassageReader | None = None,
    *,
    history: Sequence[Answer] = (),
    without: Collection[str] = (),
    chat: ChatModel | None = None,
) -> Iterator[Answer]:
    """The answer as it grows, each time with what has passed the gate; the last one is whole.

    Args and errors as of `answer_question`.
    """
    clock = _Clock()
    typed = clean(question)
    alone = standalone(typed, history)
    asked = understand(alone, language, without)
    refused = refusal(asked.text)
    if refused is not None:
        clock.stop("understand")
        reason = refused.reason.text(asked.language)
        yield replace(abstention(asked, reason, [], clock.timings_ms()), question=typed)
        return
    if (text := spelled(store, asked)) != asked.text:
        asked = understand(text, asked.language, without)
    text, options = meant(store, asked)
    if options:
        clock.stop("understand")
        yield replace(abstention(asked, "", [], clock.timings_ms(), options), question=typed)
        return
    if text != asked.text:
        asked = understand(text, asked.language, without)
    clock.stop("understand")
    reader = reader or shipped_reader()
    answering = _Answering(
        Finder(store, reader, reader if isinstance(reader, Judge) else None), asked, chat, clock
    )
    for answer in answering.stream():
        is_same = asked.text == typed
        yield replace(answer, question=typed, standalone=None if is_same else asked.text)


class _Answering:
    """One question on its way, part by part."""

    def __init__(
        self, finder: Finder, asked: Question, chat: ChatModel | None, clock: _Clock
    ) -> None:
        self._finder = finder
        self._store = finder.store
        self._asked = asked
        self._chat = chat
        self._clock = clock
        self._hits: dict[int, Hit] = {}
        self._dropped = 0
        self._fell_back: str | None = None
        self._is_worded = False
        self._notices_of = cache(
            lambda document_id: notice_texts(self._store, document_id, asked.language)
        )

    def stream(self) -> Iterator[Answer]:
        texts = question_parts(self._asked.text)
        done: list[PartAnswer] = []
        for text in texts:
            own = part_of(text, texts)
            question = self._asked if len(texts) == 1 else about(self._asked, own)
            for part in self._part(question):
                yield self._answer([*done, part])
            done.append(part)
        whole = self._answer(done)
        follow_ups = suggestions(
            self._store,
            self._finder.text_of,
            self._asked.text,
            whole.citations,
            self._asked.language,
        )
        yield replace(whole, follow_ups=follow_ups)

    def _part(self, question: Question) -> Iterator[PartAnswer]:
        """The part as it grows; the last one is whole."""
        if self._chat is not None and self._is_for_chat(question):
            evidence = self._found(self._finder.find(question))
            part = None
            try:
                for part in self._worded(question, evidence, self._chat):
                    self._is_worded = True
                    yield part
            except ChatModelFailed as error:
                if part is None:
                    self._fell_back = error.text(question.language)
                else:  # what was complete before it broke off has passed, and stays
                    note = error.text(question.language)
                    yield replace(part, draft=replace(part.draft, note=note))
            if part is not None:
                return
        draft, last = self._drafted(question)
        self._clock.stop("compose")
        passed, _ = ground(draft.statements, self._finder.text_of, self._finder.judge)
        reason = ""
        if not passed:
            missing = last.missing if last is not None else None
            reason = draft.note or why_nothing(
                question, self._store.document_count(), missing, being_added(self._store)
            )
        statements = [self._placed(statement) for statement in passed]
        if draft.is_sequence:
            statements = list(in_time(statements))
        self._clock.stop("ground")
        yield PartAnswer(question.text, replace(draft, statements=tuple(statements)), reason)

    def _is_for_chat(self, question: Question) -> bool:
        """Whether a chat model may word the answer: not where nothing found comes near to one.

        A model that is given passages finds something to quote in them, and a true sentence that
        answers another question passes the gate.
        """
        if question.kind in _WORKED_OUT:
            return False
        if question.kind in UNPHRASED_KINDS:
            return True
        sentences = self._finder.weigh(self._finder.find(question))
        return bool(sentences) and sentences[0].score >= CHAT_EVIDENCE_MIN

    def _drafted(self, question: Question) -> tuple[Draft, Evidence | None]:
        """What the documents' own sentences answer, in the form that is asked for."""
        match question.kind:
            case Kind.VALIDITY:
                draft = in_force(self._store, question)
                if draft.statements or find_regulations(question.text):
                    return draft, None
            case Kind.PREMISE:
                draft, evidence = check_premise(self._finder, question)
                return draft, self._found(evidence)
            case Kind.SUMMARY:
                draft, evidence = summarise(self._finder, question)
                if draft.statements:
                    return draft, self._found(evidence)
            case Kind.CALCULATION | Kind.COMPARISON:
                form = calculate if question.kind is Kind.CALCULATION else compare
                draft, last = form(self._finder, question)
                if last is not None:
                    return draft, self._found(last)
        evidence = self._found(self._finder.find(question))
        if evidence.missing:
            return Draft(), evidence
        draft = told_by_its_blocks(question, self._finder, evidence)
        if draft.statements:
            return draft, evidence
        return self._quoted(evidence), evidence

    def _quoted(self, evidence: Evidence) -> Draft:
        question, text_of = evidence.question, self._finder.text_of
        article = [hit for hit in evidence.hits if "article" in hit.scores]
        if article and question.asks_openly:
            sentences = at_clause(article_sentences(article), question.clause)
            return whole_article(question, sentences)
        sentences = self._finder.weigh(evidence)
        if asks_which_article(question):
            draft = which_article(question, sentences, text_of)
            if draft.statements:
                return draft
        return compose(question, sentences, text_of)

    def _worded(
        self, question: Question, evidence: Evidence, chat: ChatModel
    ) -> Iterator[PartAnswer]:
        """What the chat model says and the gate lets pass, growing."""
        from assistant import compose_llm  # LangChain takes a second; most answers need none of it

        if evidence.missing:
            return
        self._clock.stop("retrieve")
        passed: list[tuple[int, DraftStatement]] = []
        role = "item" if question.kind in OPEN_KINDS else "statement"
        lead = lead_for(question)
        text_of = self._finder.text_of
        for result in compose_llm.compose(
            question,
            evidence.hits,
            chat.model,
            chat.settings,
            lambda statement: why_not(statement, text_of),
            text_of,
        ):
            if isinstance(result, compose_llm.Dropped):
                self._dropped += 1
                continue
            judged, _ = ground([result.statement], text_of, self._finder.judge)
            if not judged:
                self._dropped += 1
                continue
            passed.append((result.order, replace(self._placed(judged[0]), role=role)))  # type: ignore[arg-type]
            in_order = tuple(s for _, s in sorted(passed, key=lambda at: at[0]))
            yield PartAnswer(question.text, Draft(lead, in_order), "")
        self._clock.stop("compose")
        if passed:  # those dropped at the end are counted in this one
            yield PartAnswer(question.text, Draft(lead, in_order), "")

    def _placed(self, statement: DraftStatement) -> DraftStatement:
        return replace(
            statement,
            citations=tuple(
                replace(
                    placed(self._store, self._finder.text_of, cited),
                    notices=self._notices_of(cited.document_id),
                )
                for cited in statement.citations
            ),
        )

    def _found(self, evidence: Evidence) -> Evidence:
        self._hits |= {hit.passage_id: hit for hit in evidence.hits}
        return evidence

    def _answer(self, parts: list[PartAnswer]) -> Answer:
        asked, timings = self._asked, self._clock.timings_ms(self._finder.retrieve_ms)
        hits = list(self._hits.values())
        if not any(part.draft.statements for part in parts):
            reason = " ".join(dict.fromkeys(part.reason for part in parts))
            answer = abstention(asked, reason, hits, timings)
        else:
            answer = Answer(
                question=asked.text,
                language=asked.language,
                mode="llm" if self._is_worded else "quotes",
                abstained=False,
                reason=None,
                parts=(),
                citations=(),
                passages=tuple(hits),
                timings_ms=timings,
                kind=asked.kind.value,
                understood=asked.inferred,
            )
            answer = assembled(answer, numbered(parts), asked.language)
        if self._fell_back is not None:
            note = _FELL_BACK[asked.language].format(why=self._fell_back)
            answer = replace(answer, parts=(*answer.parts, AnswerPart("note", note)))
        return replace(answer, dropped=self._dropped)


class _Clock:
    """Milliseconds by stage, and in all."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._stages = dict.fromkeys(("understand", "retrieve", "compose", "ground"), 0.0)

    def stop(self, stage: str) -> None:
        now = time.perf_counter()
        self._stages[stage] += (now - self._last) * 1_000
        self._last = now

    def timings_ms(self, retrieve_ms: float = 0.0) -> dict[str, float]:
        """The stages; what composing spent on looking for evidence counts as retrieval."""
        stages = dict(self._stages)
        stages["retrieve"] += retrieve_ms
        stages["compose"] = max(0.0, stages["compose"] - retrieve_ms)
        stages["total"] = (self._last - self._started) * 1_000
        return {name: round(value, 2) for name, value in stages.items()}
