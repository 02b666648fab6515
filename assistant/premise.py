"""Answers a yes-or-no question, and corrects what it takes for granted and is not so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from assistant.compose_quotes import quoted
from assistant.conversation import Language
from assistant.directions import is_negated
from assistant.drafts import Draft
from assistant.evidence import Sentence, evidence_min
from assistant.finder import Evidence, Finder
from assistant.quantities import Quantity, find_quantities, without_repeated
from assistant.question_kinds import Kind, claim_of
from assistant.understand import Question, about
from assistant.values import ITEM_MARKS
from docs_store.dates import find_dates
from docs_store.languages import detect_language
from docs_store.regulation_keys import find_regulations
from docs_store.sentences import CELL_SEPARATOR

Verdict = Literal["confirmed", "denied", "open"]
_YEAR = re.compile(r"(?<![\d./])(?:19|20)\d{2}(?![\d/])")
_REVOKED = re.compile(r"\bdicabut dan dinyatakan tidak berlaku(?: lagi)?", re.IGNORECASE)
"""A formula that negates nothing."""
_NAMED_BY_NUMBER = re.compile(
    r"\b(?:tahun|year|in|pasal|ayat|nomor|no\.?|article)\s+\(?\d+[A-Z]?\)?|"
    r"(?<![\d.,])(?:19|20)\d{2}(?![\d.,]*\d)(?!\s*(?:orang|unit|desa|hektar\w*|ha|km|rupiah)\b)",
    re.IGNORECASE,
)
_ORDINALS = {
    word: place
    for place, words in enumerate(
        (
            "pertama kesatu first 1st",
            "kedua second 2nd",
            "ketiga third 3rd",
            "keempat fourth 4th",
            "kelima fifth 5th",
        ),
        start=1,
    )
    for word in words.split()
}
_AGENT = re.compile(
    r"\b(?i:oleh|by|dengan (?:keputusan|peraturan)|through a (?:decree|regulation) of)\s+"
    r"(?:the\s+)?(?P<who>[A-Z]\w+(?:\s[A-Z]\w+)*)"
)
"""Who does what a sentence says."""
SENTENCES_COMPARED = 5
COMPARED_FROM = 0.4
"""The score from which a sentence may decide: that it states or corrects the claim is evidence of
its own."""
OPEN_COVERAGE_MIN = 0.85
"""The same for a sentence that decides nothing but speaks of all that is claimed."""
COVERAGE_MIN = 0.45
"""Share of the claim's concepts that a deciding sentence holds."""
NEGATED_COVERAGE_MIN = 0.8
"""The same where it decides by a "tidak" alone."""
ENTAILED_MIN = 0.8
CONTRADICTED_MIN = 0.8

_LEADS: dict[Verdict, dict[Language, str]] = {
    "confirmed": {"id": "Ya, menurut dokumen:", "en": "Yes, in the words of the documents:"},
    "denied": {
        "id": "Tidak demikian menurut dokumen:",
        "en": "Not so, in the words of the documents:",
    },
    "open": {
        "id": "Dokumen tidak menjawab ya atau tidak, tetapi menyatakan:",
        "en": "The documents do not say yes or no, but state:",
    },
}


def check_premise(finder: Finder, question: Question) -> tuple[Draft, Evidence]:
    """The sentence that the claim stands or falls by, and which of the two it is.

    The claim's figures are left out of the search: the sentence that corrects them has others.
    """
    claim = claim_of(question.text)
    evidence = finder.find(about(question, _without_figures(claim), Kind.PREMISE))
    if evidence.missing:
        return Draft(), evidence
    near = [
        sentence
        for sentence in finder.weigh(evidence)[:SENTENCES_COMPARED]
        if sentence.score >= COMPARED_FROM
        and _same_year(claim, sentence)
        and (not sentence.text.endswith(":") or any(_counted(sentence.text)))
    ]
    near.sort(key=lambda sentence: -sentence.coverage)  # what speaks of all that is claimed
    for sentence in near:
        verdict = _verdict(finder, claim, sentence)
        if verdict != "open":
            return Draft(_LEADS[verdict][question.language], (quoted(sentence),)), evidence
    best = near[0] if near else None
    if best and best.score >= evidence_min(question) and best.coverage >= OPEN_COVERAGE_MIN:
        return Draft(_LEADS["open"][question.language], (quoted(best),)), evidence
    return Draft(), evidence


def _verdict(finder: Finder, claim: str, sentence: Sentence) -> Verdict:
    stated = sentence.text
    if sentence.coverage < COVERAGE_MIN:
        return "open"
    by_dates = _dates(claim, stated)
    by_figures = _figures(claim, stated)
    if "denied" in (by_dates, by_figures) or _other_place(claim, stated):
        return "denied"
    if sentence.coverage >= NEGATED_COVERAGE_MIN and _other_agent(claim, stated):
        return "denied"
    if is_negated(claim) != is_negated(_REVOKED.sub("dicabut", stated)):
        judged = finder.judge.judge([(claim, stated)])[0] if finder.judge is not None else None
        denies = judged is None or judged.contradicted > judged.entailed
        return "denied" if denies and sentence.coverage >= NEGATED_COVERAGE_MIN else "open"
    if "confirmed" in (by_dates, by_figures):
        return "confirmed"
    if finder.judge is not None and by_dates is by_figures is None:
        judged = finder.judge.judge([(claim, stated)])[0]
        if judged.entailed >= ENTAILED_MIN:
            return "confirmed"
        if judged.contradicted >= CONTRADICTED_MIN:
            return "denied"
    return "open"


def _same_year(claim: str, sentence: Sentence) -> bool:
    """Whether it may speak of the year that a claim names beside its dates: "ISNA 2022"."""
    hit = sentence.hit
    known = f"{sentence.text} {hit.title} {hit.context} {hit.date or ''}"
    return all(year in known for year in _YEAR.findall(_blank_regulations(_blank_dates(claim))))


def _other_place(claim: str, stated: str) -> bool:
    """Whether a claim says "first" of what the sentence says "third" of."""
    claimed, found = (
        {_ORDINALS[w] for w in _words(text) if w in _ORDINALS} for text in (claim, stated)
    )
    return bool(claimed and found) and not claimed & found


def _other_agent(claim: str, stated: str) -> bool:
    """Whether a claim says "oleh Bupati" of what the sentence says "dengan Keputusan Kepala" of."""
    claimed, found = _AGENT.search(claim), _AGENT.search(stated)
    if claimed is None or found is None:
        return False
    said = set(_words(stated))
    return not any(word in said for word in _words(claimed["who"]))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _figures(claim: str, stated: str) -> Verdict | None:
    """Whether the figures of a claim are stated, or others of the same unit in their place."""
    claimed = _counted(claim)
    if not claimed:
        return None
    found = _counted(stated)
    verdicts: list[Verdict] = []
    for quantity in claimed:
        like = [other for other in found if _counts(claim, quantity) & _counts(stated, other)]
        if not like and len(claimed) == len(found) == 1:
            # The word for what is counted is another one, or stands in the column's head.
            like = found if _languages_differ(claim, stated) or CELL_SEPARATOR in stated else []
        if any(quantity.is_said_by(other) for other in like or found):
            verdicts.append("confirmed")
        elif any(quantity.value == other.value for other in like):
            verdicts.append("open")  # "more than 50" and "50" are not told apart by the figure
        else:
            verdicts.append("denied" if like else "open")
    return next((v for v in ("denied", "open") if v in verdicts), "confirmed")


def _languages_differ(claim: str, stated: str) -> bool:
    return (detect_language(claim) == "en") != (detect_language(stated) == "en")


def _counted(text: str) -> list[Quantity]:
    """The figures of a text, but for years and the numbers of regulations and articles."""
    bare = ITEM_MARKS.sub(lambda mark: " " * len(mark.group()), without_repeated(text))
    bare = _blank_regulations(_blank_dates(bare))
    bare = _NAMED_BY_NUMBER.sub(lambda match: " " * len(match.group()), bare)
    return [quantity for quantity in find_quantities(bare) if not quantity.is_lone_one]


def _counts(text: str, quantity: Quantity) -> set[str]:
    """What a figure counts: its unit, or the word after it."""
    if quantity.unit:
        return {quantity.unit}
    after = without_repeated(text)[quantity.end :].split()
    return {after[0].strip(".,;:?").lower()} if after else set()


def _dates(claim: str, stated: str) -> Verdict | None:
    claimed = {at.iso for at in find_dates(claim)}
    if not claimed:
        return None
    found = {at.iso for at in find_dates(stated)}
    if claimed <= found:
        return "confirmed"
    return "denied" if found else "open"


def _blank_dates(text: str) -> str:
    return _blank(text, [(at.start, at.end) for at in find_dates(text)])


def _blank_regulations(text: str) -> str:
    return _blank(text, [(name.start, name.end) for name in find_regulations(text)])


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _without_figures(claim: str) -> str:
    """The claim without its numbers; what they count stays."""
    text = _blank_dates(claim)
    for quantity in reversed(list(find_quantities(text))):
        if any(sign.isdigit() for sign in text[quantity.start : quantity.end]):
            figure = text[quantity.start : quantity.end]
            kept = "".join(sign for sign in figure if not (sign.isdigit() or sign in ".,%"))
            text = f"{text[: quantity.start]}{kept}{text[quantity.end :]}"
    kept_text = " ".join(text.split())
    return kept_text if len(kept_text) > 3 else claim
