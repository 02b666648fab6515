"""Who signed a regulation or decree and when: the block at its end, which is no sentence."""

from __future__ import annotations

import re

from assistant.compose_quotes import citation_of, lead_for
from assistant.coverage import covered
from assistant.drafts import Draft, DraftStatement
from assistant.evidence import Sentence
from assistant.finder import Evidence, Finder
from assistant.understand import Question
from docs_store.records import Hit

_ASKS = re.compile(
    r"\b(?:menandatangani|ditandatangani|tanda ?tangan|ttd|menetapkan|"
    r"signed|signs|signatory|enacted)\b",
    re.IGNORECASE,
)
_OF_A_TEXT = re.compile(
    r"\b(?:perda|perbup|perwali|pergub|perpres|permen\w*|uu|pp|sk|peraturan|keputusan|undang-undang|"
    r"surat edaran|instruksi|decree|regulation|law)\b",
    re.IGNORECASE,
)
_ENACTMENTS = (
    (r"\b(?:diundangkan|pengundangan\w*|promulgated)\b", r"Diundangkan"),
    (
        r"\b(?:ditetapkan|disahkan|ditandatangani|penetapan\w*|pengesahan\w*|enacted|signed|passed|"
        r"issued|adopted)\b",
        r"(?:Ditetapkan|Disahkan)",
    ),
)
"""How it is asked for, and the word of the block that tells it."""
_ENACTED_ON = r"\s+di\s+[^\n]{2,40}?[\s,]*(?:pada\s+)?tanggal\s*:?\s*"
_DATE = r"\d{1,2}\s+[A-Z]\w+\s+\d{4}"
TITLE_TERMS_MIN = 2
DOCUMENTS_MAX = 3
LINES_MAX = 6
"""Between the office and the name: "ttd", a stamp, empty lines."""


def asks_who_signed(question: Question) -> bool:
    """Whether it asks who signed a regulation or decree."""
    return bool(_ASKS.search(question.text) and _OF_A_TEXT.search(question.text))


def asks_when_enacted(question: Question) -> bool:
    """Whether it asks when a regulation or decree was signed or promulgated."""
    asked = any(re.search(pattern, question.text, re.IGNORECASE) for pattern, _ in _ENACTMENTS)
    return asked and _OF_A_TEXT.search(question.text) is not None


def who_signed(question: Question, finder: Finder, evidence: Evidence) -> Draft:
    """The last words of the document that hold an office and the name of the person in it.

    The names are those that were found when the document was taken in.
    """
    for hit in texts_meant(question, finder, evidence):
        text = finder.text_of(hit.document_id, hit.version)
        for person in finder.store.document(hit.document_id).people:
            block = _block(text, person.office, person.name)
            if block is not None:
                return _stated(question, hit, text, *block)
    return Draft()


def when_enacted(question: Question, finder: Finder, evidence: Evidence) -> Draft:
    """The words of the document that tell when it was signed or promulgated, as is asked."""
    for hit in texts_meant(question, finder, evidence):
        text = finder.text_of(hit.document_id, hit.version)
        for pattern, word in _ENACTMENTS:
            if not re.search(pattern, question.text, re.IGNORECASE):
                continue
            block = re.search(rf"\b{word}{_ENACTED_ON}({_DATE})", text)
            if block is not None:
                return _stated(question, hit, text, block.start(), block.end(), block[1])
    return Draft()


def texts_meant(question: Question, finder: Finder, evidence: Evidence) -> list[Hit]:
    """A passage of each regulation or decree that the question names or speaks of by its title."""
    named = [hit for hit in evidence.hits if "named" in hit.scores or "article" in hit.scores]
    first: dict[str, Hit] = {}
    for hit in named or evidence.hits:
        first.setdefault(hit.document_id, hit)
    return [
        hit
        for hit in list(first.values())[:DOCUMENTS_MAX]
        if named or is_titled(question, finder.store.document(hit.document_id).title)
    ]


def _stated(question: Question, hit: Hit, text: str, start: int, end: int, value: str) -> Draft:
    sentence = Sentence(hit, start, end, text[start:end], 1.0, 1.0, follows_order=False)
    statement = DraftStatement(sentence.text, (citation_of(sentence),), value=value)
    return Draft(lead_for(question), (statement,))


def is_titled(question: Question, title: str) -> bool:
    """Whether the document's title holds what the question says of it."""
    held = covered(question.concepts, title, "id")
    return len(held) >= TITLE_TERMS_MIN and 2 * len(held) >= len(question.concepts) - 1


def _block(text: str, office: str, name: str) -> tuple[int, int, str] | None:
    """From the office to the name of its last signature block, and the name as it stands there."""
    if not office or not name:
        return None
    words = [r"\s+".join(map(re.escape, part.split())) for part in (office, name)]
    signed = r"[\s,]*(?:(?:cap|ttd|t\.t\.d|signed)\b[\s,./]*){0,2}"
    pattern = rf"{words[0]}{signed}\n(?:[^\n]*\n){{0,{LINES_MAX}}}?[^\n]*?({words[1]})[^\n]*"
    found = list(re.finditer(pattern, text, re.IGNORECASE))
    return (found[-1].start(), found[-1].end(), found[-1][1]) if found else None
