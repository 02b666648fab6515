"""An answer from quotes alone: the best sentences, verbatim, in an order that reads well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import Citation, Language
from assistant.drafts import Draft, DraftStatement, Role, cited
from assistant.evidence import Sentence, TextOf, evidence_min
from assistant.listings import (
    article_around,
    groups_of_row,
    listed_items,
    named_next,
    rows_beside,
    stands_below,
)
from assistant.question_kinds import OPEN_KINDS, Kind
from assistant.understand import Question
from assistant.values import value_span
from docs_store.analysis import terms
from docs_store.sentences import CELL_SEPARATOR

STATEMENTS_MAX = 4
STEPS_MAX = 8
PLACE_CHARS = 900
ARTICLE_SENTENCES_MAX = 15
DISAGREES_FROM = 0.85
"""Share of the best sentence's score from which another value is shown beside it."""
LISTED_FROM = 0.65
"""Share of the best sentence's score from which a list is taken instead."""
PLAINNESS_WEIGHT = 0.5
ALIKE_FROM = 0.6
ALIKE_COVERAGE = 0.04
ALIKE_ROWS_MAX = 5
_VALUED = (Kind.FIGURE, Kind.MONEY, Kind.DATE, Kind.PERSON, Kind.FACT)
_DISAGREEING = (Kind.FIGURE, Kind.MONEY, Kind.DATE, Kind.PERSON)
_CONSIDERS = re.compile(r"\s*(?:menimbang|mengingat|memperhatikan)\b", re.IGNORECASE)
"""What a regulation rests on is asked for as its legal basis, and is no list of anything else."""
_STEPWISE = (Kind.SEQUENCE, Kind.PROCEDURE)
_REQUIREMENTS = re.compile(r"\b(?:per)?syarat|\brequire", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\(\d{1,2}[a-z]?\)")
_GOES_ON = re.compile(
    r"^[“\"]?(?:lalu|kemudian|selanjutnya|setelah itu|berikutnya|then|next|after that)\b",
    re.IGNORECASE,
)

LEADS: dict[Kind, dict[Language, str]] = {
    Kind.SEQUENCE: {
        "id": "Urutannya menurut dokumen:",
        "en": "The order, in the words of the documents:",
    },
    Kind.LIST: {
        "id": "Yang disebut dalam dokumen:",
        "en": "What the documents name, in their words:",
    },
    Kind.PROCEDURE: {
        "id": "Tata caranya menurut dokumen:",
        "en": "How it is done, in the words of the documents:",
    },
    Kind.LEGAL_BASIS: {
        "id": "Dasar hukumnya menurut dokumen:",
        "en": "The legal basis, in the words of the documents:",
    },
}
LEAD: dict[Language, str] = {
    "id": "Menurut dokumen:",
    "en": "In the words of the documents:",
}
_ALIKE: dict[Language, str] = {
    "id": "Beberapa baris tabel cocok; lihat yang mana yang dimaksud:",
    "en": "Several rows of the table fit; see which one is meant:",
}
_DISAGREE: dict[Language, str] = {
    "id": "Dokumen menyebut nilai yang berbeda; yang lebih baru didahulukan:",
    "en": "The documents give different values; the newer one comes first:",
}


def compose(
    question: Question,
    sentences: Sequence[Sentence],
    text_of: TextOf,
) -> Draft:
    """The statements of an answer, in order; none where the evidence is too weak.

    Args:
        question: what is asked.
        sentences: the evidence, best first.
        text_of: the stored texts, for what stands together with a sentence.
    """
    lead = lead_for(question)
    strong = [sentence for sentence in sentences if sentence.score >= evidence_min(question)]
    if question.kind is Kind.LIST:
        # A list or table that is nearly as good as the best sentence is the better answer.
        near = [s for s in strong if s.score >= LISTED_FROM * strong[0].score]
        near = [s for s in near if not _CONSIDERS.match(s.text)]
        near.sort(key=lambda s: -(s.coverage + PLAINNESS_WEIGHT * _plainness(question, s)))
        if listed := next(filter(None, (_listed(s, text_of) for s in near)), None):
            return Draft(lead, listed)
    for best in strong:
        if _asks_the_way(question) and (article := _whole_article(best, text_of)):
            return Draft(lead, article)
        if question.kind in OPEN_KINDS and (listed := _own_list(best, strong, text_of)):
            return Draft(lead, listed, is_sequence=question.kind is Kind.SEQUENCE)
        if best.text.endswith(":"):
            if question.is_exact:
                stated = _valued(question, [best])
                if stated[0].value:  # the figure stands before the list of its parts
                    return Draft(lead, stated)
            if listed := _listed(best, text_of):
                return Draft(lead, listed, is_sequence=question.kind is Kind.SEQUENCE)
            continue
        if question.kind is Kind.LIST and CELL_SEPARATOR in best.text:
            if rows := rows_beside(text_of, question, best):
                own = () if any(row.start == best.start for row in rows) else (quoted(best),)
                return Draft(lead, (*own, *(quoted(row, "item") for row in rows)))
            continue
        if len(rows := _alike_rows(question, best, sentences)) > 1:
            stated = _with_groups(rows, _valued(question, rows), text_of)
            return Draft(_ALIKE[question.language], stated)
        if others := _disagreeing(question, best, sentences):
            return Draft(_DISAGREE[question.language], _valued(question, _newest_first(others)))
        if question.kind in _STEPWISE and (article := _whole_article(best, text_of)):
            return Draft(lead, article, is_sequence=question.kind is Kind.SEQUENCE)
        chosen = _in_order(question, _choose(question, best, sentences))
        if question.kind in OPEN_KINDS:
            are_items = question.kind in (Kind.SEQUENCE, Kind.LIST) and len(chosen) > 1
            statements = tuple(quoted(s, "item" if are_items else "statement") for s in chosen)
            return Draft(lead, statements, is_sequence=question.kind is Kind.SEQUENCE)
        return Draft(lead, _with_groups(chosen, _valued(question, chosen), text_of))
    return Draft()


def _with_groups(
    sentences: Sequence[Sentence],
    statements: Sequence[DraftStatement],
    text_of: TextOf,
) -> tuple[DraftStatement, ...]:
    """Each row followed by those that say of what its figure is, each of them once."""
    shown: dict[int, None] = {}
    done: list[DraftStatement] = []
    for sentence, statement in zip(sentences, statements, strict=True):
        done.append(statement)
        for group in groups_of_row(text_of, sentence):
            if group.start not in shown:
                shown[group.start] = None
                done.append(quoted(group))
    return tuple(done)


def _listed(
    best: Sentence,
    text_of: TextOf,
) -> tuple[DraftStatement, ...]:
    """A sentence or heading with the list or table that it opens; nothing where it opens none."""
    opens = best.text.endswith(":")
    items = listed_items(text_of, best) if opens else stands_below(text_of, best)
    if not items and not opens and (named := named_next(text_of, best)):
        return (quoted(best), quoted(named))
    # An amending act's instruction opens the wording of an article, which is no list.
    if not items or (len(items) == 1 and items[0].text.endswith(":")):
        return ()
    return (quoted(best), *_as_items(items))


def _as_items(sentences: Sequence[Sentence]) -> tuple[DraftStatement, ...]:
    """Each as an item, but for those that open a list of their own."""
    return tuple(
        quoted(each, "statement" if each.text.endswith(":") else "item") for each in sentences
    )


def _own_list(
    item: Sentence, strong: Sequence[Sentence], text_of: TextOf
) -> tuple[DraftStatement, ...]:
    """The whole list in which a sentence is an item, with what opens it; nothing where it is none.

    One requirement of four is not what somebody asks for who wants to know the requirements.
    """
    for lead in strong:
        if not lead.text.endswith(":") or lead.hit.document_id != item.hit.document_id:
            continue
        items = listed_items(text_of, lead)
        if len(items) > 1 and any(other.start == item.start for other in items):
            return (quoted(lead), *(quoted(other, "item") for other in items))
    return ()


def _asks_the_way(question: Question) -> bool:
    """Whether all of a procedure is asked for, rather than what it requires."""
    return question.kind is Kind.PROCEDURE and _REQUIREMENTS.search(question.text) is None


def _whole_article(best: Sentence, text_of: TextOf) -> tuple[DraftStatement, ...]:
    """The article of a regulation that tells how something is done, its paragraphs in order.

    Of a long one as much as an answer may hold, from the paragraph on in which the sentence stands.
    """
    sentences = article_around(text_of, best)
    at = next((at for at, other in enumerate(sentences) if other.start == best.start), None)
    if at is None or len(sentences) < 2:
        return ()
    if len(sentences) > ARTICLE_SENTENCES_MAX:
        while at > 0 and not _PARAGRAPH.match(sentences[at].text):
            at -= 1
        sentences = sentences[at : at + ARTICLE_SENTENCES_MAX]
    return _as_items(sentences)


def _plainness(question: Question, lead: Sentence) -> float:
    """The share of its words that the question has: "pemohon meliputi:" answers who may ask rather
    than "pemohon harus memenuhi persyaratan:"."""
    asked = {term for concept in question.concepts for form in concept.forms for term in form}
    words = set(terms(lead.text))
    return len(words & asked) / max(1, len(words))


def lead_for(question: Question) -> str:
    """The line above an answer of this kind."""
    return LEADS.get(question.kind, LEAD)[question.language]


def whole_article(question: Question, sentences: Sequence[Sentence]) -> Draft:
    """An article of a regulation as its own sentences."""
    shown = sentences[:ARTICLE_SENTENCES_MAX]
    opens = bool(shown) and shown[0].text.endswith(":")
    return Draft(
        lead_for(question),
        tuple(
            quoted(sentence, "item" if len(shown) > 1 and (at or not opens) else "statement")
            for at, sentence in enumerate(shown)
        ),
    )


def quoted(sentence: Sentence, role: Role = "statement") -> DraftStatement:
    """A sentence as a statement that says what it says."""
    return DraftStatement(sentence.text, (citation_of(sentence),), role=role)


def citation_of(sentence: Sentence) -> Citation:
    """The sentence as a proof."""
    return cited(sentence.hit, sentence.text, sentence.start, sentence.end)


def _valued(question: Question, sentences: Sequence[Sentence]) -> tuple[DraftStatement, ...]:
    """Statements with the bare value of each, where the question asks for one."""
    return tuple(
        replace(quoted(sentence), value=_value(question, sentence)) for sentence in sentences
    )


def _value(question: Question, sentence: Sentence) -> str | None:
    if question.kind not in _VALUED:
        return None
    span = value_span(question, sentence)
    return sentence.text[slice(*span)] if span else None


def _disagreeing(
    question: Question, best: Sentence, sentences: Sequence[Sentence]
) -> list[Sentence]:
    """Sentences of different documents that give different values, if there are such."""
    if question.kind not in _DISAGREEING:
        return []
    value = _value(question, best)
    if value is None:
        return []
    found = {_plain(value): best}
    for other in sentences:
        if other.score < max(evidence_min(question), DISAGREES_FROM * best.score):
            break
        stated = _value(question, other)
        if stated is None or other.hit.document_id == best.hit.document_id:
            continue
        plain = _plain(stated)
        same = any(plain in known or known in plain for known in found)
        if not same and other.coverage >= 0.9 * best.coverage:
            found[plain] = other
    return list(found.values()) if len(found) > 1 else []


def _alike_rows(
    question: Question, best: Sentence, sentences: Sequence[Sentence]
) -> list[Sentence]:
    """Rows of one document that fit as well as the best one, in their order there.

    "Tanpa lampu" and "dengan lampu" answer "kalau memakai lampu" alike to whoever counts words: a
    person who sees both takes the right one, and one figure alone may be the wrong one.
    """
    if CELL_SEPARATOR not in best.text or question.kind in OPEN_KINDS:
        return [best]
    alike = [
        other
        for other in sentences
        if CELL_SEPARATOR in other.text
        and other.hit.document_id == best.hit.document_id
        and other.score >= ALIKE_FROM * best.score
        and abs(other.coverage - best.coverage) <= ALIKE_COVERAGE
        and _value(question, other) is not None
    ]
    return sorted(alike[:ALIKE_ROWS_MAX], key=lambda row: row.start)


def _newest_first(sentences: list[Sentence]) -> list[Sentence]:
    return sorted(sentences, key=lambda s: s.hit.date or "", reverse=True)


def _in_order(question: Question, chosen: list[Sentence]) -> list[Sentence]:
    """As the documents tell it, the best document first; facts with the best sentence first."""
    if question.kind not in OPEN_KINDS:
        return chosen
    documents = list(dict.fromkeys(sentence.hit.document_id for sentence in chosen))
    return sorted(chosen, key=lambda s: (documents.index(s.hit.document_id), s.start))


def _choose(question: Question, best: Sentence, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The best sentence, and those of the others that belong to it."""
    chosen = [best]
    others = [other for other in sentences if other is not best and not other.text.endswith(":")]
    if question.kind in OPEN_KINDS:
        # Whole as one place tells it, before another place tells it again.
        others.sort(key=lambda sentence: not _same_place(best, sentence))
        most = STEPS_MAX if question.kind is Kind.SEQUENCE else STATEMENTS_MAX
        for sentence in others:
            if len(chosen) < most and _belongs(question, best, sentence, chosen):
                chosen.append(sentence)
        return chosen
    for sentence in others:
        # A second source that says it as well, or a second sentence that is as good.
        as_good = (
            sentence.score >= 0.93 * best.score
            and sentence.coverage >= best.coverage - ALIKE_COVERAGE
        )
        if as_good and not _repeats(sentence, chosen):
            return [best, sentence]
    return chosen


def _belongs(
    question: Question, best: Sentence, sentence: Sentence, chosen: Sequence[Sentence]
) -> bool:
    if _repeats(sentence, chosen):
        return False
    same_place = _same_place(best, sentence)
    if question.kind is Kind.SEQUENCE and same_place:
        goes_on = _GOES_ON.match(sentence.text) is not None
        return sentence.follows_order and (goes_on or sentence.score >= 0.6 * best.score)
    if same_place:
        return sentence.score >= 0.75 * best.score
    return sentence.score >= 0.9 * best.score


def _same_place(best: Sentence, sentence: Sentence) -> bool:
    """Whether they stand near one another under the same headings of one document."""
    under_the_same = (sentence.hit.document_id, sentence.hit.context) == (
        best.hit.document_id,
        best.hit.context,
    )
    return under_the_same and abs(sentence.start - best.start) < PLACE_CHARS


def _repeats(sentence: Sentence, chosen: Sequence[Sentence]) -> bool:
    plain = _plain(sentence.text)
    return any(plain in _plain(other.text) or _plain(other.text) in plain for other in chosen)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
