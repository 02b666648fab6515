"""Reads what a text states, mark by mark, in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.claims import Claims, Concept, Mark, plain
from assistant.directions import AXES, NEGATORS, POLES, negates
from assistant.glossary import concept
from assistant.offices import OFFICE_WORDS, find_offices
from assistant.quantities import NUMBER_WORDS, Quantity, find_quantities
from docs_store.analysis import stem, terms
from docs_store.dates import MONTH_NAMES, find_dates, find_partial_dates
from docs_store.gazetteer import find_regions

LEFT_WORDS, RIGHT_WORDS = 5, 4
"""How far the words that belong to a mark are looked for."""
REGION_WORDS = 2
"""The same for a region, which a sentence ties less closely to what stands around it."""
SUBJECT_WORDS = 14
"""How far before a mark its subject may stand."""
NEGATED_WORDS = 3
"""How far a negation may reach; that it reaches the first of them is sure."""
_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*|[.,;:|\n()\[\]“”\"•!?]|\S")
_BREAKS = frozenset(
    '. , ; : | ( ) [ ] “ ” " • ! ? \n dan serta sedangkan sementara tetapi tapi namun and while '
    "whereas but or atau".split(" ")
)
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_SENTENCE_END = frozenset(".;!?|\n•")
_TO_AND_FROM = {
    **dict.fromkeys(("dari", "sejak", "from", "since"), "from"),
    **dict.fromkeys(("menjadi", "ke", "sampai", "hingga", "to", "until"), "to"),
}
_ARTICLE = re.compile(
    r"\b(?P<kind>pasal|article|art\.|ayat|paragraph|clause|huruf|letter|point|bab|chapter)\s+"
    r"\(?(?P<number>\d+\s?[a-z]?|[ivxlc]+|[a-z])\)?(?!\w)",
    re.IGNORECASE,
)
_ARTICLE_KIND = {
    "article": "pasal", "art.": "pasal", "paragraph": "ayat", "clause": "ayat",
    "letter": "huruf", "point": "huruf", "chapter": "bab",
}  # fmt: skip
_RANKS = ("bab", "pasal", "ayat", "huruf")


@dataclass(slots=True)
class _Item:
    start: int
    end: int
    kind: str
    value: str
    quantity: Quantity | None = None


@lru_cache(maxsize=512)
def read_claims(text: str) -> Claims:
    """Read what a text states. Its offsets count in ``plain(text)``."""
    text = plain(text)
    articles, article_items = _articles(text)
    items = _fixed(text, article_items)
    items = sorted([*items, *_words(text, items)], key=lambda item: item.start)
    marks = tuple(
        Mark(
            item.kind,
            item.value,
            text[item.start : item.end],
            _near(items, at),
            _before(items, at),
            item.start,
            item.quantity,
        )
        for at, item in enumerate(items)
        if item.kind not in ("word", "break", "negator", "small")
    )
    return Claims(
        text=text,
        marks=marks,
        articles=articles,
        sequence=_sequence(items),
        concepts=frozenset(item.value for item in items if item.kind == "word"),
        named=tuple(
            (item.start, item.end)
            for item in items
            if item.kind in ("region", "date", "office", "article", "number")
        ),
    )


def _fixed(text: str, articles: list[_Item]) -> list[_Item]:
    """What is found by its own pattern, the first of those that overlap."""
    words = frozenset(_LETTERS.findall(text.lower()))
    has_digits = _DIGIT.search(text) is not None
    found = list(articles)
    if has_digits:
        found += [_Item(at.start, at.end, "date", at.iso) for at in find_dates(text)]
        if words & MONTH_NAMES:
            found += [_Item(at.start, at.end, "date", at.iso) for at in find_partial_dates(text)]
    for mention in find_regions(text):
        codes = {region.code for region in mention.candidates or (mention.region,)}
        found.append(_Item(mention.start, mention.end, "region", "|".join(sorted(codes))))
    if words & OFFICE_WORDS:
        found += [_Item(at.start, at.end, "office", at.name) for at in find_offices(text)]
    taken: list[_Item] = []
    for item in found:
        if _is_free(item.start, item.end, taken):
            taken.append(item)
        elif item.kind == "date" and (item.start, item.end) == (taken[-1].start, taken[-1].end):
            taken.append(item)  # both days of "January 27-29, 2022"
    if has_digits or words & NUMBER_WORDS:
        for quantity in find_quantities(text):
            if _is_free(quantity.start, quantity.end, taken):
                kind = "one" if quantity.is_lone_one else "number"
                value = f"{quantity.value.normalize():f}"
                taken.append(_Item(quantity.start, quantity.end, kind, value, quantity))
    return taken


def _is_free(start: int, end: int, taken: list[_Item]) -> bool:
    return all(end <= other.start or start >= other.end for other in taken)


def _words(text: str, fixed: list[_Item]) -> list[_Item]:
    at, items = 0, []
    for item in sorted([*fixed, _Item(len(text), len(text), "", "")], key=lambda item: item.start):
        for match in _TOKEN.finditer(text, at, item.start):
            kind, value = _word(match.group().lower())
            if kind == "negator" and not negates(value, text[match.end() : match.end() + 12]):
                kind = "small"
            items.append(_Item(match.start(), match.end(), kind, value))
        at = max(at, item.end)
    return items


@lru_cache(maxsize=16_384)
def _word(word: str) -> tuple[str, str]:
    if word in _BREAKS:
        return "break", word
    if word in NEGATORS or word.endswith(("n't", "n’t")):
        return "negator", word
    if pole := POLES.get(word.removesuffix("nya")) or POLES.get(stem(word, "id")):
        return pole
    if word in _TO_AND_FROM:
        return "small", _TO_AND_FROM[word]
    found = terms(word)
    return ("word", concept(found[-1])) if found else ("small", "")


def _near(items: list[_Item], at: int) -> frozenset[str]:
    """What belongs to an item: words and marks around it, up to a break or another of its kind."""
    own = items[at]
    near = set()
    if at and items[at - 1].kind == "small" and items[at - 1].value:
        near.add(items[at - 1].value)
    is_region = own.kind == "region"
    for step, limit in (
        (-1, REGION_WORDS if is_region else LEFT_WORDS),
        (1, REGION_WORDS if is_region else RIGHT_WORDS),
    ):
        place, first = at + step, True
        while 0 <= place < len(items) and limit:
            item = items[place]
            if item.kind == "break" or (item.kind == own.kind and not _is_year(item)):
                break
            if step < 0 and item.value == "to":
                break  # "121 pada 2021 menjadi 111": that year is the other's
            if item.kind not in ("small", "negator"):
                label = item.value if item.kind == "word" else f"{item.kind}:{item.value}"
                near.add(label)
                if first and step > 0:
                    near.add(f"counts:{label}")
            limit -= 1
            place += step
            first = False
    return frozenset(near)


def _before(items: list[_Item], at: int) -> frozenset[str]:
    """All that stands before an item in its clause: "turun dari 12 menjadi" before the 10."""
    found = set()
    for item in reversed(items[max(0, at - SUBJECT_WORDS) : at]):
        if item.kind == "break":
            break
        if item.kind == "word" or item.kind in AXES:
            found.add(item.value if item.kind == "word" else f"{item.kind}:{item.value}")
    return frozenset(found)


def _is_year(item: _Item) -> bool:
    return item.kind == "number" and re.fullmatch(r"(?:19|20)\d\d", item.value) is not None


def _sequence(items: list[_Item]) -> tuple[Concept, ...]:
    found = []
    since_negation = NEGATED_WORDS
    for item in items:
        if item.kind == "negator":
            since_negation = 0
        elif item.kind == "break":
            if item.value in _SENTENCE_END:
                since_negation = NEGATED_WORDS
        elif item.kind != "small":
            found.append(
                Concept(
                    item.value if item.kind == "word" else f"{item.kind}:{item.value}",
                    since_negation == 0,
                    since_negation < NEGATED_WORDS,
                )
            )
            since_negation += 1
    return tuple(found)


def _articles(text: str) -> tuple[tuple[tuple[str | None, ...], ...], list[_Item]]:
    """The articles named; an ayat belongs to the Pasal before it in its sentence."""
    found: list[tuple[str | None, ...]] = []
    items = []
    above: list[str | None] = [None] * len(_RANKS)
    last = 0
    for match in _ARTICLE.finditer(text):
        kind = match["kind"].lower()
        rank = _RANKS.index(_ARTICLE_KIND.get(kind, kind))
        number = re.sub(r"\s", "", match["number"].lower())
        if (rank == 3) != (number.isalpha() and len(number) == 1) and rank != 0:
            continue
        if re.search(r"[.;\n]\s", text[last : match.start()]):
            above = [None] * len(_RANKS)
        above = [*above[:rank], number, *[None] * (len(_RANKS) - rank - 1)]
        found.append(tuple(above))
        items.append(_Item(match.start(), match.end(), "article", f"{_RANKS[rank]} {number}"))
        last = match.end()
    return tuple(found), items
