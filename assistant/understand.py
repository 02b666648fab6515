"""What a question asks: its language, its kind, and the concepts that evidence must hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from assistant.conversation import Inference, Language
from assistant.errors import EmptyQuestion, QuestionTooLong
from assistant.glossary import TermSequence, same_meaning
from assistant.inferences import inferences, left_out
from assistant.periods import Period, find_periods
from assistant.question_kinds import CHAT_SPELLINGS, EXACT_KINDS, Kind, kind_of_question
from docs_store.analysis import terms
from docs_store.gazetteer import RegionMention, regions_in_question
from docs_store.languages import detect_language

QUESTION_CHARS_MAX = 4_000


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a question names, with all the words for it; each form is a run of terms."""

    name: str
    """As the question has it."""
    forms: frozenset[TermSequence]
    is_predicate: bool
    """Whether it is written small: what is said of a thing, rather than its name or number."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood."""

    text: str
    language: Language
    """Of the framing of the answer."""
    asks_in: Language
    """Of the question itself."""
    kind: Kind
    concepts: tuple[Concept, ...]
    years: tuple[str, ...]
    """Single years that the question names."""
    periods: tuple[Period, ...] = ()
    """Spans of years that it names; an answer speaks of a year in one of them."""
    regions: tuple[RegionMention, ...] = ()
    inferred: tuple[Inference, ...] = ()
    article: str | None = None
    """``"Pasal 7"`` where the question names one."""
    clause: tuple[str, ...] = ()
    """``("2", "b")`` for its ayat (2) huruf b; an empty one where only the other is named."""

    @property
    def asks_openly(self) -> bool:
        """Whether a list or several sentences may answer, rather than one figure or name."""
        return self.kind in (Kind.FACT, Kind.LIST, Kind.EXPLANATION, Kind.PROCEDURE)

    def must_state(self, concept: Concept) -> bool:
        """Whether a sentence that answers must itself hold the concept."""
        return self.is_exact and concept.is_predicate

    def is_untranslated(self, concept: Concept) -> bool:
        """Whether it is an English word that the glossary has no Indonesian for."""
        return self.asks_in == "en" and len(concept.forms) <= 2

    @property
    def is_exact(self) -> bool:
        """Whether one figure, date, sum, person or meaning is asked for."""
        return self.kind in EXACT_KINDS

    @property
    def extra_terms(self) -> tuple[str, ...]:
        """Further words for the keyword search: the other forms of the concepts."""
        return tuple(" ".join(form) for concept in self.concepts for form in sorted(concept.forms))


_ARTICLE = re.compile(
    r"\b(?:pasal|article|art\.)\s*(?P<number>\d+\s?[a-z]?|[IVX]+)\b"
    r"(?:,?\s*(?:(?:ayat|paragraph|clause)\s*)?"
    r"\(?(?P<ayat>(?<=\()\d{1,2}[a-z]?(?=\))|(?<=ayat )\d{1,2})\)?)?"
    r"(?:,?\s*(?:huruf|letter|point)\s+\(?(?P<huruf>[a-z])\b)?",
    re.IGNORECASE,
)
# Words that say what form the answer has, not what it is about.
_FORM_WORDS = frozenset(
    terms(" ".join(CHAT_SPELLINGS))
    + terms(
        """
        isi bunyi tahun tanggal jumlah nama sebutkan daftar jenis macam langkah cara proses banyak
        besar lama dimaksud pengertian definisi arti kepanjangan panjang saja dilakukan terjadi
        berada terdapat dimiliki benar bernama namanya jelaskan terkait sekarang semua seluruh
        menurut yg dgn utk tdk dg sih dong nih kok tolong mohon gak nggak bener bandingkan ringkas
        kalo klo kalau ikut kena mau masih begitu gitu demikian punya mempunyai tuh loh lah kira
        kira-kira mbak mas kak tadi caranya urutannya langkahnya prosesnya masing-masing artinya
        maksudnya totalnya dijumlah berurutan ya jadi kunjung jatah minimal maksimal
        sesungguhnya sebenarnya
        """
    )
    + terms(
        """
        many much long large name list type kind year date say says number happen describe explain
        compare summarise summarize current currently now all define defined meant stand stands
        """,
        "en",
    )
)


def understand(
    question: str, language: Language | None = None, without: Collection[str] = ()
) -> Question:
    """Read a question.

    Args:
        question: as typed; control characters are dropped.
        language: of the answer; the question's own if None, Indonesian where it shows none.
        without: keys of inferences (see `Inference`) that the person does not mean.

    Raises:
        EmptyQuestion, QuestionTooLong
    """
    text = clean(question)
    if not any(character.isalnum() for character in text):
        raise EmptyQuestion
    if len(text) > QUESTION_CHARS_MAX:
        raise QuestionTooLong(found=len(text), limit=QUESTION_CHARS_MAX)
    detected = detect_language(text)
    spoken: Language = "en" if detected == "en" else "id"
    asked = left_out(text, regions_in_question(text), without) if without else text
    if not any(character.isalnum() for character in asked):
        asked = text
    kind = kind_of_question(asked)
    if f"kind:{kind.value}" in without:
        kind = Kind.FACT
    return _understood(asked, kind, spoken, language or spoken)


def about(question: Question, text: str, kind: Kind | None = None) -> Question:
    """Another question put in place of a question's text, as it would be understood."""
    return _understood(text, kind or kind_of_question(text), question.asks_in, question.language)


def _understood(text: str, kind: Kind, asks_in: Language, language: Language) -> Question:
    regions = regions_in_question(text)
    article = _article(text)
    periods = find_periods(text)
    return Question(
        text=text,
        language=language,
        asks_in=asks_in,
        kind=kind,
        concepts=_concepts(text, asks_in),
        years=tuple(str(period.first) for period in periods if period.is_one_year),
        periods=tuple(period for period in periods if not period.is_one_year),
        regions=regions,
        inferred=inferences(text, kind, regions, article, language),
        article=article,
        clause=_clause(text),
    )


def clean(question: str) -> str:
    """The question without control characters and doubled spaces."""
    kept = "".join(
        " " if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character
        for character in question
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _concepts(text: str, language: Language) -> tuple[Concept, ...]:
    written = [
        (term, word.strip("?!.,;:\"'“”()"))
        for word in text.split()
        for term in terms(word, language)
    ]
    found = [term for term, _ in written]
    known = same_meaning(found)
    inside = {term for phrase, _ in known for term in phrase}
    concepts = []
    for phrase, forms in known:
        words = dict.fromkeys(word for term, word in written if term in phrase)
        if not set(phrase) <= _FORM_WORDS:
            small = any(word.islower() for word in words)
            concepts.append(Concept(" ".join(words), forms, is_predicate=small))
    for term, word in dict(written).items():
        if term in inside or term in _FORM_WORDS:
            continue
        # A name keeps whichever stem the one or the other language gives it.
        stems = {(term,)}
        if len(terms(word, language)) == 1:
            stems |= {(stem,) for stem in terms(word, "id") + terms(word, "en")}
        is_predicate = language == "id" and word.islower() and word.isalpha()
        concepts.append(Concept(word, frozenset(stems), is_predicate))
    return tuple(concepts)


def _article(text: str) -> str | None:
    found = _ARTICLE.search(text)
    return f"Pasal {found['number'].upper().replace(' ', '')}" if found else None


def _clause(text: str) -> tuple[str, ...]:
    found = _ARTICLE.search(text)
    if found is None or not (found["ayat"] or found["huruf"]):
        return ()
    return (found["ayat"] or "").lower(), (found["huruf"] or "").lower()
