"""The bare value in a sentence that a question asks for: a figure, a date, a name."""

from __future__ import annotations

import re

from assistant.coverage import covered
from assistant.evidence import Sentence
from assistant.expected import RELATIVE_TIME
from assistant.question_kinds import Kind
from assistant.ranges import range_spans
from assistant.understand import Question
from docs_store.analysis import terms
from docs_store.dates import find_told_dates
from docs_store.sentences import CELL_SEPARATOR

VALUE_CHARS_MAX = 90
_MAGNITUDE = r"(?:ribu|juta|miliar|milyar|triliun|trilyun|thousand|million|billion|trillion)"
_NUMBER = r"\d+(?:[.,]\d+)*"
_APART = r"(?<![A-Za-z])"
"""Not the 2 of "PBB-P2"."""
_MONEY = re.compile(
    rf"(?:Rp\.?|IDR|US\$|USD)\s?{_NUMBER}(?:,-+)?(?:\s{_MAGNITUDE})?(?:\s(?:rupiah|dolar))?|"
    rf"{_APART}{_NUMBER}\s{_MAGNITUDE}(?:\s(?:rupiah|dolar))?|"
    rf"{_APART}{_NUMBER}\srupiah",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    rf"{_APART}(?:Rp\.?\s?)?{_NUMBER}(?:\s{_MAGNITUDE})?"
    r"(?:\s?(?:%|persen\b|percent\b|per\s?cent\b|km2?\b|m2\b|ha\b|hektare?\b|°C))?"
    r"(?:\s\([a-z ]{3,40}\))?(?:\s(?!dan\b|atau\b|yang\b|di\b|pada\b|dari\b|untuk\b|dengan\b|"
    r"sebagaimana\b|tentang\b|and\b|or\b|of\b|in\b|to\b)(?-i:[a-z]{3,}|Kabupaten|Kota|Kecamatan|"
    r"Desa|Provinsi)(?:\s(?:kerja|kalender))?)?",
    re.IGNORECASE,
)
_NAMED_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d{2}(?!\d)")
_YEARS_FROM = 1500
"""A regency may be asked for the year it was founded in."""
_NAME_START = re.compile(r"[\"“(]?(?:(?:drg?|ir|hj?)\.\s*)?[A-Z]")
_ASKS_A_NAME = re.compile(
    r"\b(?:di ?mana(?:kah)?|dari mana|ke mana|mana(?:kah)?|nama(?:nya)?|ibu ?kota|where|which|"
    r"what is the (?:name|capital)|what city|what country)\b",
    re.IGNORECASE,
)
_ASKED_UNIT = re.compile(
    r"\b(?:berapa|berapakah|how many)\s+(?:(?:jumlah|banyak(?:nya)?|total)\s+)?([a-z]{3,})",
    re.IGNORECASE,
)
_BETWEEN_BOUNDS = re.compile(
    r"\s*(?:,?\s*(?:dan|serta|and)\s+)?(?:paling (?:tinggi|banyak|besar|lama)|maksimal|"
    r"sampai(?: dengan)?|hingga|s\.?d\.?|-|–|to|at most|up to)\s*(?:sebesar\s*)?",
    re.IGNORECASE,
)
_LOWER_BOUND = re.compile(
    r"\b(?:paling (?:rendah|sedikit|kecil)|minimal|at least)\s*(?:sebesar\s*)?$", re.IGNORECASE
)
_FOLLOWED = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:untuk|bagi|dari|pada|di|kepada|atas|for|of|to|in|on)\b", re.IGNORECASE
)
"""What comes after a value that is told before its thing."""
_CONNECTS = re.compile(
    r"^[\s,;]*(?:\([^)]*\)[\s,;]*)?(?:(?:dan|serta|atau|and|or)\b\s*)?", re.IGNORECASE
)
_NAMES_BY_NUMBER = re.compile(
    r"\b(?:pasal|ayat|huruf|angka|bab|nomor|no|tahun|article|number|year)\W{0,3}$", re.IGNORECASE
)
ITEM_MARKS = re.compile(
    r"(?P<mark>^\s*(?:\(?\d{1,3}[.)]\s|\d+(?:\.\d{1,2})+\s|\(?[a-zA-Z][.)]\s|\d{1,4}\s\|)|"
    r"\|\s*\(?\d{1,3}[.)]\s(?=[A-Za-z]))"
)
"""The number of an item at the beginning of a line or a cell, and a first cell of digits alone."""


def value_span(question: Question, sentence: Sentence) -> tuple[int, int] | None:
    """Where in the sentence's text the value asked for stands; None where it is not plain.

    The reader's span tells which of several values is meant; alone it decides only names and
    short phrases, since its borders may be a word off.
    """
    text, hint = sentence.text, sentence.span
    match question.kind:
        case Kind.MONEY:
            candidates = _matches(_MONEY, text) or _matches(_FIGURE, text)
        case Kind.FIGURE:
            candidates = _matches(_FIGURE, text)
        case Kind.DATE:
            candidates = _of_asked_years(question, text, _dates(text))
        case Kind.PERSON | Kind.FACT:
            return _phrase(question, text, hint)
        case _:
            return None
    asked = question.text.lower()
    candidates = [
        (start, end)
        for start, end in candidates
        if text[start:end].lower() not in asked or not any(c.isdigit() for c in text[start:end])
    ]
    if CELL_SEPARATOR in text:
        bounds = range_spans(text)
        candidates = [
            at for at in candidates if not any(a <= at[0] < b for a, b in bounds)
        ] or candidates
    unit, counted = _ASKED_UNIT.search(question.text), []
    if unit is not None:
        counted = [at for at in candidates if unit[1].lower() in text[slice(*at)].lower()]
        candidates = counted or candidates
    candidates = _joined(text, candidates)
    named = _named_beside(question, sentence, candidates)
    if hint is not None:
        near = [at for at in candidates if at[0] < hint[1] and at[1] > hint[0]]
        if near and (not named or set(near) & set(named)):
            return max(near, key=lambda at: min(at[1], hint[1]) - max(at[0], hint[0]))
        if not named and (unit is None or not counted):
            return None
    candidates = named or candidates
    return candidates[0] if len(candidates) == 1 else None


def _named_beside(
    question: Question, sentence: Sentence, candidates: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The values beside which most of what is asked for stands; none where that does not tell.

    "Daratan seluas 256 ha dan perairan seluas 68 ha" tells each thing before its value, "10% untuk
    makanan dan 20% untuk minuman" after it. What stands before the first value is mostly said of
    all ("tarif parkir 2.000, malam 5.000"), but for such a parallel.
    """
    text = sentence.text
    if len(candidates) < 2 or CELL_SEPARATOR in text:
        return []
    follows = all(_FOLLOWED.match(text, end) for _, end in candidates)
    if follows:
        nexts = [*(start for start, _ in candidates[1:]), len(text)]
        beside = [text[end:after] for (_, end), after in zip(candidates, nexts, strict=True)]
    else:
        lasts = [0, *(end for _, end in candidates[:-1])]
        beside = [
            _CONNECTS.sub("", text[last:start])
            for last, (start, _) in zip(lasts, candidates, strict=True)
        ]
        # What the whole sentence is about stands further before the first value.
        longest = max(len(part.split()) for part in beside[1:])
        beside[0] = " ".join(beside[0].split()[-longest:] if longest else [])
    found = [covered(question.concepts, part, sentence.hit.language) for part in beside]
    everywhere = set.intersection(*found)
    counts = [len(concepts - everywhere) for concepts in found]
    most = max(counts)
    first, *others = (set(terms(part)) for part in beside)
    if not follows and counts[0] == most and not all(first & other for other in others):
        return []
    return [at for at, count in zip(candidates, counts, strict=True) if most and count == most]


def _of_asked_years(
    question: Question, text: str, candidates: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Those of the years that the question names, and those that name no year."""
    if not question.years:
        return candidates
    return [
        (start, end)
        for start, end in candidates
        if not (named := _NAMED_YEAR.findall(text[start:end])) or set(named) & set(question.years)
    ]


def _joined(text: str, candidates: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Bounds as one value: "paling rendah 40% dan paling tinggi 75%"."""
    joined: list[tuple[int, int]] = []
    for start, end in candidates:
        if joined and _BETWEEN_BOUNDS.fullmatch(text[joined[-1][1] : start]):
            joined[-1] = joined[-1][0], end
        else:
            lower = _LOWER_BOUND.search(text[:start])
            joined.append((lower.start() if lower else start, end))
    return joined


def _matches(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where it stands in the text, but for numbers that only name an article, law or item."""
    marks = [match.span("mark") for match in ITEM_MARKS.finditer(text)]
    return [
        m.span()
        for m in pattern.finditer(text)
        if not any(start <= m.start() < end for start, end in marks)
        and not _NAMES_BY_NUMBER.search(text[: m.start()])
    ]


def _dates(text: str) -> list[tuple[int, int]]:
    found = [(at.start, at.end) for at in find_told_dates(text, _YEARS_FROM)]
    return found or [match.span() for match in RELATIVE_TIME.finditer(text)]


def _phrase(question: Question, text: str, hint: tuple[int, int] | None) -> tuple[int, int] | None:
    """The reader's span, if it is short and says something that the question does not."""
    if hint is None or hint[1] - hint[0] > VALUE_CHARS_MAX:
        return None
    start, end = hint
    while end > start and text[end - 1] in " ,;:.":
        end -= 1
    phrase = text[start:end]
    if question.kind is Kind.FACT and not _ASKS_A_NAME.search(question.text):
        return None
    if not phrase or phrase.lower() in question.text.lower() or len(phrase) >= 0.9 * len(text):
        return None
    if question.kind is Kind.PERSON and not _NAME_START.match(phrase):
        return None
    return start, end
