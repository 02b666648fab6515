"""Sentences altered in one fact, which the gate must drop, and reworded ones that must stand.

Each rule takes a sentence and gives another one, or None where it does not apply. Which place is
altered is drawn from the generator given.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

from docs_store.dates import find_dates
from docs_store.gazetteer import find_regions
from docs_store.region_names import all_regions, kind_of

Rule = Callable[[str, random.Random], "str | None"]

MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
)
_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?![\w/-])")
_NEGATION = re.compile(r"\b(?:tidak|belum|bukan)\s+(?!hanya|saja|lain|dan|atau)", re.IGNORECASE)
_VERB = re.compile(
    r"(?<=[a-z] )(?=(?:me(?:ng|m|n|ny)|di)[a-z]{3,}(?:kan|i)\b)(?!di(?:maksud|atas|kan))"
)
_OPPOSITES = {
    word: other
    for pair in (
        "naik turun, meningkat menurun, peningkatan penurunan, kenaikan penurunan, "
        "meningkatkan menurunkan, ditingkatkan diturunkan, bertambah berkurang, "
        "penambahan pengurangan, tertinggi terendah, terbesar terkecil, terbanyak tersedikit, "
        "tinggi rendah, besar kecil, sebelum setelah, maksimal minimal, diterima ditolak, "
        "menerima menolak, surplus defisit, pendapatan belanja"
    ).split(", ")
    for word, other in (pair.split(), pair.split()[::-1])
} | {"sesudah": "sebelum"}
_OPPOSITE = re.compile(rf"\b(?:{'|'.join(_OPPOSITES)})\b")
_COUNTED = re.compile(r"(?<![\w.,/-])(\d+(?:[.,]\d+)*)(?=\s+(?!dan\b|atau\b)[a-z]{4,})")


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim made of a sentence by a rule, and the quote that holds the sentence."""

    rule: str
    claim: str
    quote: str


def other_digit(sentence: str, draw: random.Random) -> str | None:
    """One digit of one number is another one."""
    numbers = list(_NUMBER.finditer(sentence[4:]))
    if not numbers:
        return None
    number = draw.choice(numbers)
    at = 4 + draw.choice(
        [at for at in range(*number.span()) if sentence[4 + at].isdigit()],
    )
    digit = draw.choice([d for d in "123456789" if d != sentence[at]])
    return sentence[:at] + digit + sentence[at + 1 :]


def other_region(sentence: str, draw: random.Random) -> str | None:
    """One region is another of its kind."""
    mentions = [at for at in find_regions(sentence) if not at.ambiguous]
    if not mentions:
        return None
    mention = draw.choice(mentions)
    kind = kind_of(mention.region)
    other = draw.choice(
        [one for one in all_regions() if one.kind == kind and one.region != mention.region]
    )
    has_kind = sentence[mention.start : mention.end].lower().startswith(kind.value.lower())
    name = other.region.name if has_kind else other.names[0]
    return sentence[: mention.start] + name + sentence[mention.end :]


def without_negation(sentence: str, draw: random.Random) -> str | None:
    """One "tidak", "belum" or "bukan" is left out."""
    found = list(_NEGATION.finditer(sentence))
    if not found:
        return None
    match = draw.choice(found)
    return sentence[: match.start()] + sentence[match.end() :]


def with_negation(sentence: str, draw: random.Random) -> str | None:
    """A "tidak" stands before a verb."""
    places = [
        match.start()
        for match in _VERB.finditer(sentence)
        if not _NEGATION.search(sentence, max(0, match.start() - 30), match.start())
    ]
    if not places:
        return None
    at = draw.choice(places)
    return f"{sentence[:at]}tidak {sentence[at:]}"


def other_date(sentence: str, draw: random.Random) -> str | None:
    """One date is in another month."""
    dates = find_dates(sentence)
    if not dates:
        return None
    found = draw.choice(dates)
    year, month, day = found.iso.split("-")
    other = draw.choice([name for name in MONTHS if name != MONTHS[int(month) - 1]])
    return f"{sentence[: found.start]}{int(day)} {other} {year}{sentence[found.end :]}"


def other_direction(sentence: str, draw: random.Random) -> str | None:
    """One word that tells a direction is its opposite."""
    found = list(_OPPOSITE.finditer(sentence))
    if not found:
        return None
    match = draw.choice(found)
    return sentence[: match.start()] + _OPPOSITES[match.group()] + sentence[match.end() :]


def swapped_numbers(sentence: str, draw: random.Random) -> str | None:
    """Two numbers that count two things change places."""
    found = list(_COUNTED.finditer(sentence))
    pairs = [
        (left, right)
        for left, right in pairwise(found)
        if left.group() != right.group()
        and sentence[left.end() :].split()[0] != sentence[right.end() :].split()[0]
    ]
    if not pairs:
        return None
    left, right = draw.choice(pairs)
    between = sentence[left.end() : right.start()]
    return (
        sentence[: left.start()] + right.group() + between + left.group() + sentence[right.end() :]
    )


def other_magnitude(sentence: str, draw: random.Random) -> str | None:
    """Millions are billions, or the other way."""
    found = list(re.finditer(r"(?<=\d )(?:juta|miliar|milyar|triliun)\b", sentence))
    if not found:
        return None
    match = draw.choice(found)
    other = "miliar" if match.group() == "juta" else "juta"
    return sentence[: match.start()] + other + sentence[match.end() :]


ALTERATIONS: dict[str, Rule] = {
    "one digit": other_digit,
    "one region": other_region,
    "a negation left out": without_negation,
    "a negation added": with_negation,
    "one date": other_date,
    "one direction": other_direction,
    "two numbers swapped": swapped_numbers,
    "one magnitude": other_magnitude,
}


def number_format(sentence: str, draw: random.Random) -> str | None:
    """One number or date is written the other way."""
    dates = find_dates(sentence)
    if dates and draw.random() < 0.5:
        found = draw.choice(dates)
        year, month, day = found.iso.split("-")
        return f"{sentence[: found.start]}{int(day)}/{int(month)}/{year}{sentence[found.end :]}"
    for pattern, other in (
        (r"(\d)%", r"\1 persen"),
        (r"(\d) persen\b", r"\1%"),
        (r"\bRp\.?\s?(\d[\d.,]*\d)(?: (juta|miliar|triliun))\b", r"\1 \2 rupiah"),
        (r"(?<![\d.,])(\d{1,3})\.(\d{3})(?![.,]?\d)", r"\1\2"),
        (r"\b\d{1,3} \(([a-z ]+)\)", r"\1"),
    ):
        changed = re.sub(pattern, other, sentence, count=1)
        if changed != sentence:
            return changed
    return None


def synonym(sentence: str, draw: random.Random) -> str | None:
    """One word is another of its line in the glossary."""
    found = [
        (match, other)
        for word, other in _synonyms()
        for match in re.finditer(rf"(?<!-)\b{re.escape(word)}\b(?!-)", sentence)
    ]
    if not found:
        return None
    match, other = draw.choice(found)
    return sentence[: match.start()] + other + sentence[match.end() :]


def shorter(sentence: str, draw: random.Random) -> str | None:
    """One adverb or bracket is left out."""
    found = list(
        re.finditer(
            r" (?:juga|telah|sangat|tersebut|pula|sudah|secara (?!tidak)\w+(?! atau)|bahkan|"
            r"kembali|akan)(?= )"
            r"| \([^()\d]{3,60}\)",
            sentence,
        )
    )
    if not found:
        return None
    match = draw.choice(found)
    return sentence[: match.start()] + sentence[match.end() :]


def reordered(sentence: str, _draw: random.Random) -> str | None:
    """The adverbial clause that opens the sentence stands at its end."""
    match = re.match(
        r"((?:Pada|Dalam|Menurut|Berdasarkan|Selain|Untuk|Dengan|Sejak|Melalui|Setelah|Sebagai|"
        r"Di|Apabila|Jika|Dalam hal)\b[^,;:.]{8,90}), ([a-z][^:;]{20,})\.$",
        sentence,
    )
    if not match:
        return None
    opening, rest = match.groups()
    return f"{rest[0].upper()}{rest[1:]} {opening[0].lower()}{opening[1:]}."


REWORDINGS: dict[str, Rule] = {
    "number format": number_format,
    "synonym": synonym,
    "shorter": shorter,
    "reordered": reordered,
}


def samples(
    sentences: list[tuple[str, str]], rules: dict[str, Rule], each: int, seed: int
) -> Iterator[Sample]:
    """At most ``each`` samples of every rule, from (sentence, quote) pairs in drawn order."""
    draw = random.Random(seed)  # noqa: S311
    order = draw.sample(sentences, len(sentences))
    for name, rule in rules.items():
        made = 0
        for sentence, quote in order:
            claim = rule(sentence, draw)
            if claim is not None and claim != sentence:
                yield Sample(name, claim, quote)
                made += 1
            if made >= each:
                break


def _synonyms() -> Iterator[tuple[str, str]]:
    """Single words beside one another in the glossary, without the English that opens a line."""
    lines = files("assistant").joinpath("glossary.tsv").read_text("utf-8").splitlines()
    for line in lines:
        words = line.split("\t")[2:] if not line.startswith("#") else []
        for left, right in pairwise(words):
            if " " not in left + right:
                yield left, right
                yield right, left
