"""Who signed a regulation or decree: the block at its end, which is no sentence."""

from __future__ import annotations

import re

from assistant.compose_quotes import citation_of, lead_for
from assistant.drafts import Draft, DraftStatement
from assistant.evidence import Sentence
from assistant.finder import Evidence, Finder
from assistant.understand import Question
from docs_store.analysis import terms
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
TITLE_TERMS_MIN = 2
DOCUMENTS_MAX = 3
LINES_MAX = 6
"""Between the office and the name: "ttd", a stamp, empty lines."""


def asks_who_signed(question: Question) -> bool:
    """Whether it asks who signed a regulation or decree."""
    return bool(_ASKS.search(question.text) and _OF_A_TEXT.search(question.text))


def who_signed(question: Question, finder: Finder, evidence: Evidence) -> Draft:
    """The last words of the document that hold an office and the name of the person in it.

    The names are those that were found when the document was taken in.
    """
    named = [hit for hit in evidence.hits if "named" in hit.scores or "article" in hit.scores]
    first: dict[str, Hit] = {}
    for hit in named or evidence.hits:
        first.setdefault(hit.document_id, hit)
    for hit in list(first.values())[:DOCUMENTS_MAX]:
        document = finder.store.document(hit.document_id)
        if not named and not _is_titled(question, document.title):
            continue
        text = finder.text_of(hit.document_id, hit.version)
        for person in document.people:
            block = _block(text, person.office, person.name)
            if block is None:
                continue
            start, end, name = block
            sentence = Sentence(hit, start, end, text[start:end], 1.0, 1.0, follows_order=False)
            statement = DraftStatement(sentence.text, (citation_of(sentence),), value=name)
            return Draft(lead_for(question), (statement,))
    return Draft()


def _is_titled(question: Question, title: str) -> bool:
    """Whether the document's title holds what the question says of it."""
    titled = set(terms(title))
    held = [c for c in question.concepts if any(set(form) <= titled for form in c.forms)]
    return len(held) >= TITLE_TERMS_MIN and 2 * len(held) >= len(question.concepts) - 1


def _block(text: str, office: str, name: str) -> tuple[int, int, str] | None:
    """From the office to the name of its last signature block, and the name as it stands there."""
    if not office or not name:
        return None
    words = [r"\s+".join(map(re.escape, part.split())) for part in (office, name)]
    pattern = rf"{words[0]}\s*,?\s*\n(?:[^\n]*\n){{0,{LINES_MAX}}}?[^\n]*?({words[1]})[^\n]*"
    found = list(re.finditer(pattern, text, re.IGNORECASE))
    return (found[-1].start(), found[-1].end(), found[-1][1]) if found else None
