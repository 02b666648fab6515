"""What a question was taken to mean, as things that a person can see and take back."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.conversation import Inference, Language
from assistant.periods import Period, find_periods
from assistant.question_kinds import Kind
from docs_store.gazetteer import RegionMention
from docs_store.regulation_keys import find_regulations, regulation_name

_KIND_LABELS: dict[Language, dict[Kind, str]] = {
    "id": {
        Kind.PERSON: "orang", Kind.DATE: "waktu", Kind.FIGURE: "angka", Kind.MONEY: "nilai uang",
        Kind.DEFINITION: "pengertian", Kind.SEQUENCE: "urutan", Kind.LIST: "daftar",
        Kind.COMPARISON: "perbandingan", Kind.CALCULATION: "hitungan", Kind.PROCEDURE: "tata cara",
        Kind.LEGAL_BASIS: "dasar hukum", Kind.VALIDITY: "keberlakuan", Kind.SUMMARY: "ringkasan",
        Kind.PREMISE: "ya atau tidak", Kind.EXPLANATION: "penjelasan",
    },
    "en": {
        Kind.PERSON: "person", Kind.DATE: "time", Kind.FIGURE: "figure", Kind.MONEY: "money",
        Kind.DEFINITION: "meaning", Kind.SEQUENCE: "sequence", Kind.LIST: "list",
        Kind.COMPARISON: "comparison", Kind.CALCULATION: "calculation",
        Kind.PROCEDURE: "procedure", Kind.LEGAL_BASIS: "legal basis", Kind.VALIDITY: "in force",
        Kind.SUMMARY: "summary", Kind.PREMISE: "yes or no", Kind.EXPLANATION: "explanation",
    },
}  # fmt: skip
_FROM: dict[Language, str] = {"id": "sejak {}", "en": "since {}"}
_UNTIL: dict[Language, str] = {"id": "sampai {}", "en": "until {}"}


def inferences(
    text: str,
    kind: Kind,
    regions: tuple[RegionMention, ...],
    article: str | None,
    language: Language,
) -> tuple[Inference, ...]:
    """The kind, regions, periods, regulations and article of a question."""
    found = []
    if kind in _KIND_LABELS[language]:
        found.append(Inference(f"kind:{kind.value}", "kind", _KIND_LABELS[language][kind]))
    found += [
        Inference(f"region:{mention.region.code}", "region", mention.region.name)
        for mention in regions
        if not mention.ambiguous
    ]
    found += [
        Inference(f"period:{period.key}", "period", _period_label(period, language))
        for period in find_periods(_without_regulations(text))
    ]
    found += [
        Inference(f"document:{name.key}", "document", regulation_name(name.key))
        for name in find_regulations(text)
    ]
    if article is not None:
        found.append(Inference(f"article:{article}", "article", article))
    return tuple(dict.fromkeys(found))


def left_out(text: str, regions: tuple[RegionMention, ...], without: Collection[str]) -> str:
    """The question without the words of the inferences that were taken back."""
    spans = [(m.start, m.end) for m in regions if f"region:{m.region.code}" in without]
    spans += [(n.start, n.end) for n in find_regulations(text) if f"document:{n.key}" in without]
    for key in without:
        sort, _, value = key.partition(":")
        if sort == "period":
            years = [year for year in value.split("-") if year]
            spans += [m.span() for year in years for m in re.finditer(rf"\b{year}\b", text)]
        elif sort == "article":
            pattern = re.escape(value).replace(r"\ ", r"\s+")
            spans += [m.span() for m in re.finditer(pattern, text, re.IGNORECASE)]
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split())


def _without_regulations(text: str) -> str:
    for name in reversed(find_regulations(text)):
        text = f"{text[: name.start]} {text[name.end :]}"
    return text


def _period_label(period: Period, language: Language) -> str:
    if period.is_one_year:
        return str(period.first)
    if period.last is None:
        return _FROM[language].format(period.first)
    if period.first is None:
        return _UNTIL[language].format(period.last)
    return f"{period.first}–{period.last}"
