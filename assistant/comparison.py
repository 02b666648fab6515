"""Compares regions, years or things: a cell for each, every one with its own evidence."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.compose_quotes import quoted
from assistant.conversation import Language
from assistant.drafts import Draft, DraftStatement, DraftTable
from assistant.evidence import Sentence, evidence_min
from assistant.finder import Evidence, Finder
from assistant.question_kinds import Kind, kind_of_question
from assistant.understand import Question, about
from assistant.values import value_span
from docs_store.regulation_keys import find_regulations

COLUMNS_MAX = 4
ROWS_MAX = 4
OPERAND_MIN = 0.6
"""The probability from which a figure is reckoned with: a result is right only if all of them are,
and nobody sees from it that one is not."""
_WORDS = re.compile(
    r"\b(?:(?:tolong |coba )?(?:mem)?bandingkan(?:lah)?|perbandingan|"
    r"dibanding(?:kan)?(?: dengan)?|(?:apa|apakah|what is|what are|how do|how does|jelaskan)?\s*"
    r"(?:the )?(?:perbedaan|beda|bedanya|persamaan|differences?|differ)(?: (?:antara|between))?|"
    r"compare[ds]?|comparison (?:of|between)|"
    r"selisih|total|gabungan|jumlahkan|dijumlahkan|sum of|combined|growth|pertumbuhan|kenaikan|"
    r"penurunan|perubahan|persen(?:tase)?|mana(?: yang)?|(?:yang )?lebih (?:besar|tinggi|banyak|"
    r"kecil|rendah|sedikit|luas)|larger|higher|more|which|berapa(?: persen| kali lipat)?|"
    r"how much|what|is|the|was|antara|between|versus|vs\.?|dengan|masing-masing|kalau|jika|bila)\b",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"(?:antara|between|kalau|jika|bila|:|bandingkan|compare|perbedaan|beda(?:nya)?|selisih|"
    r"difference(?: between)?|total|sum of|,)\s+(?P<first>[^,?]{2,80}?)\s+"
    r"(?:dan|dengan|and|vs\.?|versus|atau|or|with)\s+"
    r"(?P<second>[^,?]{2,80}?)(?:\s+(?:di)?(?:jumlah|total|gabung)\w*)?(?:\s+berapa)?"
    r"\s*(?:,\s*(?P<after>[^?]{2,80}?))?\s*\??$",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    r"(?:^|,)\s*(?P<first>[^,?]{2,80}?)\s+(?:yang\s+|itu\s+)?lebih\s+\w+\s+"
    r"berapa(?:\s+\w+)??\s+"
    r"(?:di\s?banding(?:kan)?(?:\s+dengan)?|daripada|dari)\s+(?P<second>[^,?(]{2,80})",
    re.IGNORECASE,
)
_GLUE = re.compile(
    r"^(?:dan|atau|di|pada|tahun|dari|ke|untuk|and|or|in|of|for|to|from|,|\?)$", re.I
)
_PLACE = "¦"
_PLACES = re.compile(
    rf"{_PLACE}(?:\s*(?:,|dan|and|dengan|atau|or|vs\.?|versus|serta)*\s*{_PLACE})+", re.I
)
_NAME_AT_END = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)*$")
_TAIL = re.compile(r"\s(?:of|di|pada|dalam|in|menurut)\s.+$", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:,|\bdan\b|\bserta\b|\band\b)\s*", re.IGNORECASE)
NOT_FOUND: dict[Language, str] = {
    "id": "tidak ditemukan di dokumen",
    "en": "not found in the documents",
}
_VALUE: dict[Language, str] = {"id": "Nilai", "en": "Value"}
_LEAD: dict[Language, str] = {
    "id": "Perbandingan menurut dokumen:",
    "en": "The comparison, in the words of the documents:",
}


def compare(finder: Finder, question: Question) -> tuple[Draft, Evidence | None]:
    """A table of what the documents say of each; no statements where they say nothing.

    Returns the draft, and the evidence of its last cell (None where the question does not tell
    what is to be compared).
    """
    columns, rows = frame(question)
    if len(columns) < 2:
        return Draft(), None
    statements: list[DraftStatement] = []
    evidence = None
    least = OPERAND_MIN if question.kind is Kind.CALCULATION else 0.0
    for row, aspect in enumerate(rows):
        for column, name in enumerate(columns):
            asked = cell_question(question, aspect, name)
            evidence = finder.find(asked)
            best = best_sentence(finder, evidence, asked)
            if best is not None and best.score >= least:
                span = value_span(asked, best)
                value = best.text[slice(*span)] if span else None
                statements.append(
                    replace(quoted(best), role="cell", cell=(row, column), value=value)
                )
    statements = _without_shared_values(statements)
    table = DraftTable(
        columns, tuple(_label(aspect) or _VALUE[question.language] for aspect in rows)
    )
    return Draft(_LEAD[question.language], tuple(statements), table=table), evidence


def frame(question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is compared (the columns), and in what (the rows)."""
    text = question.text
    regions = [text[m.start : m.end] for m in question.regions]
    if len(regions) >= 2:
        columns = tuple(regions[:COLUMNS_MAX])
        rest = _cut(text, [(m.start, m.end) for m in question.regions])
    elif len(laws := find_regulations(text)) >= 2:
        columns = tuple(text[law.start : law.end] for law in laws[:COLUMNS_MAX])
        rest = _cut(text, [(law.start, law.end) for law in laws])
    elif len(years := _years(question)) >= 2:
        columns = years[:COLUMNS_MAX]
        rest = _cut(text, [m.span() for y in years for m in re.finditer(rf"\b{y}\b", text)])
    elif things := _MORE_THAN.search(text):
        first, second, shared = _alike(things["first"].strip(), things["second"].strip())
        columns = (first, second)
        rest = f"{text[: things.start('first')].replace(',', ' ')} {shared}"
    elif things := _THINGS.search(text):
        first, second, place = _without_region(question, things["first"], things["second"])
        first, second, shared = _alike(first, second)
        columns = (first, second)
        after = "" if question.kind is Kind.CALCULATION else things["after"] or ""
        rest = f"{text[: things.start('first')]} {after} {shared} {place}"
    else:
        return (), ()
    rest = " ".join(_WORDS.sub(" ", _PLACES.sub(" ", rest).replace(_PLACE, " ")).split())
    aspects = [_bare(piece) for piece in _SPLIT.split(rest)]
    rows = tuple(dict.fromkeys(aspect for aspect in aspects if aspect))[:ROWS_MAX]
    if not rows:
        stands_alone = question.kind is Kind.CALCULATION or any(map(_is_counted, columns))
        rows = ("",) if stands_alone else (_meaning(question),)
    return columns, rows


def cell_question(question: Question, aspect: str, column: str) -> Question:
    """The question that one cell answers."""
    if aspect == _meaning(question):
        return about(question, f"Apa itu {column}?", Kind.DEFINITION)
    text = f"{aspect} {column}".strip()
    kind = Kind.MONEY if kind_of_question(f"berapa {text}?") is Kind.MONEY else Kind.FIGURE
    if question.kind is not Kind.CALCULATION and not _is_counted(text):
        kind = Kind.FACT
    return about(question, f"{text}?", kind)


def best_sentence(finder: Finder, evidence: Evidence, asked: Question) -> Sentence | None:
    """The best sentence that is evidence enough; None where there is none."""
    if evidence.missing:
        return None
    for sentence in finder.weigh(evidence, replace(evidence.question, kind=asked.kind)):
        if sentence.score < evidence_min(asked):
            break
        # What opens a list is evidence where it states the figure itself.
        if not sentence.text.endswith(":") or value_span(asked, sentence):
            return sentence
    return None


def _without_shared_values(statements: list[DraftStatement]) -> list[DraftStatement]:
    """Where one sentence answers for two columns, one figure in it cannot be both of theirs."""
    places = [
        (s.citations[0].document_id, s.citations[0].start, s.cell and s.cell[0], s.value)
        for s in statements
    ]
    return [
        replace(statement, value=None) if places.count(place) > 1 else statement
        for statement, place in zip(statements, places, strict=True)
    ]


def _label(aspect: str) -> str:
    """A row's name without figures, which would stand there unproved."""
    words = [word for word in aspect.split() if not any(sign.isdigit() for sign in word)]
    label = " ".join(words) or aspect
    return f"{label[:1].upper()}{label[1:]}"


def _years(question: Question) -> tuple[str, ...]:
    spans = [str(y) for p in question.periods if p.first and p.last for y in (p.first, p.last)]
    return tuple(dict.fromkeys((*question.years, *spans)))


def _meaning(question: Question) -> str:
    return "pengertian" if question.language == "id" else "meaning"


def _is_counted(aspect: str) -> bool:
    return bool(
        re.search(
            r"\b(?:jumlah|berapa|banyak\w*|luas|tarif|besar\w*|anggaran|nilai|skor|pendapatan|pad|"
            r"belanja|biaya|persentase|lama|jangka waktu|masa|umur|number|areas?|rates?|budgets?|"
            r"scores?|revenues?|costs?|period|term|how)\b",
            aspect,
            re.IGNORECASE,
        )
    )


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}{_PLACE}{text[end:]}"
    return text


def _without_region(question: Question, first: str, second: str) -> tuple[str, str, str]:
    """Two things without the one region that the question names, which belongs to both."""
    if len(question.regions) == 1:
        mention = question.regions[0]
        name = question.text[mention.start : mention.end]
        if second.rstrip(" ?").endswith(name) and second.strip(" ?") != name:
            return first.strip(), _bare(second.replace(name, " ")), name
    return first.strip(), second.strip(), ""


def _alike(first: str, second: str) -> tuple[str, str, str]:
    """Two things without what both share.

    "jangka waktu RPJP" and "RPJM" share "jangka waktu", "tarif di puskesmas PONED" and "non PONED"
    all but the last words, "luas kawasan X" and "kawasan pengembangannya" the "luas" and the X; the
    "of the city" of "the land area and the sea area of the city" belongs to both.
    """
    tail = _TAIL.search(second)
    if tail is not None and not _TAIL.search(first):
        head, *others = first.split()
        shared = head if _is_counted(head) and others and not _is_counted(second) else ""
        rest = " ".join(others) if shared else first
        return f"{rest} {tail.group().strip()}", second, shared
    words, others = first.split(), second.split()
    name = _NAME_AT_END.search(first)
    if name is not None and others[-1].endswith("nya"):
        second = f"{second.removesuffix('nya')} {name.group()}"
    elif (extra := len(words) - len(others)) > 0:
        is_name = second[:1].isupper() and words[extra][:1].isupper()
        if is_name or words[-1].lower() == others[-1].lower():
            return " ".join(words[extra:]), second, " ".join(words[:extra])
    lowered = [word.lower() for word in words]
    if others[0].lower() in lowered[1:] and len(others) > 1:  # "jasa potong seekor babi", "seekor"
        at = lowered.index(others[0].lower())
        return " ".join(words[at:]), second, " ".join(words[:at])
    if _is_counted(words[0]) and not _is_counted(second) and len(words) > 1:
        return " ".join(words[1:]), second, words[0]
    return first, second, ""


def _bare(piece: str) -> str:
    words = piece.strip(" ?.,:;").split()
    while words and _GLUE.match(words[-1]):
        words.pop()
    while words and _GLUE.match(words[0]):
        words.pop(0)
    return " ".join(words)
