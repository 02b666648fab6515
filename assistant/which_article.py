"""Which article says something: the number of the article that the best evidence stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.compose_quotes import citation_of, lead_for, quoted
from assistant.drafts import Draft, DraftStatement
from assistant.evidence import Sentence, TextOf, evidence_min
from assistant.understand import Question

_ASKS = re.compile(
    r"\b(?:pasal|ayat) (?:berapa|mana|yang mana)\b|\b(?:which|what) article\b", re.IGNORECASE
)
_LOCATOR = re.compile(r"Pasal \d+[A-Z]?")


def asks_which_article(question: Question) -> bool:
    """Whether the number of an article is asked for."""
    return _ASKS.search(question.text) is not None


def which_article(question: Question, sentences: Sequence[Sentence], text_of: TextOf) -> Draft:
    """The article's heading, as it stands in the text, and the sentence that stands under it."""
    for sentence in sentences:
        if sentence.score < evidence_min(question):
            break
        named = _LOCATOR.match(sentence.hit.locator or "")
        if named is None:
            continue
        text = text_of(sentence.hit.document_id, sentence.hit.version)
        above = list(re.finditer(rf"^{named.group()}\b", text[: sentence.end], re.MULTILINE))
        if above:
            start, end = above[-1].span()
            heading = replace(sentence, start=start, end=end, text=text[start:end])
            statement = DraftStatement(heading.text, (citation_of(heading),), value=heading.text)
            return Draft(lead_for(question), (statement, quoted(sentence)))
    return Draft()
