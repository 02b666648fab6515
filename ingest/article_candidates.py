"""Where a text may open an article: every "Pasal 12" that is not plainly a reference.

Recognised text misreads the line in known ways ("PasaI 7", "Pasal l2", "Pasa121", "Pasal 1 1"), so
a candidate has several readings of its number; which one holds is decided by the order of all of
them (`ingest.article_order`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block, BlockKind

NUMBER_MAX = 999
# "l" is read as 1, I or ], a space or a stray mark may stand before or after it.
_WORD = re.compile(
    r"(?<![\w(/])(?:P\s?[aA4]\s?[sS5]\s?[aAe4]\s?[-'’]?[lI1!|\]LiJ]|PASAL)[-'’^.]?(?![a-z]) {0,3}"
)
_TOKEN = re.compile(r"[^\w(\s]{0,2}(?P<number>[0-9lI|!OoQSTBGZ?](?: ?[0-9lI|!OoQSTBGZ]){0,3})")
_SUFFIX = re.compile(r" ?([A-NPR-Z]{1,2})(?![A-Za-z])")
_ROMAN = re.compile(r"(?P<roman>[IVX]{1,5})(?![\w)])")
_DIGITS = str.maketrans("lI|!OoQSTBGZ?", "1111000578623")
_REFERS_AFTER = re.compile(
    r"(?:[,;)/–-]|\.{2,}|…|\(?(?:ayat|huruf|angka|butir|dan|atau|s\.?d|sampai|jo|ini|tersebut|itu)\b|"
    r"Ayat\s+\(\d+\)\s+(?:dan|atau)\b|Undang\s?-\s?Undang\s+Dasar|UUD|[a-z\"”])"
)
_REFERS_BEFORE = re.compile(
    r"(?:\b(?:dalam|pada|dengan|ketentuan|dan|atau|serta|dari|oleh|menurut|berdasarkan|sampai|"
    r"melalui|jo|yakni|yaitu|penjelasan|dimaksud|antara|di|ke|tentang|setelah|sebelum|bunyi|ayat|"
    r"terhadap|untuk|yang|adalah|sesuai)|[,(/])\s*$"
)
_REFERS_IN_LINE = re.compile(r"\b(?:Setelah|Antara|Penjelasan|Ketentuan|Dalam|Pada)\s*$")
_ENDED = re.compile(r"[.;:“”\"…\[]\s*$")
_FURNITURE = re.compile(
    r"(?:\bPRESIDEN\s+REPUB\w{2,4}K?\s+INDONESIA|\.{2,}|-\s?\d{1,4}\s?-|\b\d{4},\s*No\.\s*\d+|"
    r"www\.[\w.]{3,40})\s*$"
)
_PART = re.compile(
    r"\b(?:BAB\s*[IVXLCl1]+[A-Z]?|Bagian\s+[Kk]e\w+|Bagian\s+Pertama|Paragraf\s+\d+)\b"
)
_PART_CHARS_MAX = 200
_BEFORE_CHARS = 300
_NOISE_AFTER = re.compile(r"(?:\s|_|\^|•|[.:](?!\.))*")
_CLAUSE_AFTER = re.compile(r"[({\[]\s?[1lIiUfF][)}\]\d ]")
_OPENS_AFTER = re.compile(r"(?:[({\[]\s?[\w]{1,2}[)}\] ]|[A-Z“\"]|a\.\s|1[.)]\s|$)")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\s*$")
_ALONE_TAIL = re.compile(r"[ _^]*+[.:]?+[ _^]*+(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a candidate's number; ``end`` is where the heading ends in the block."""

    number: int
    suffix: str
    end: int
    cost: float
    """0 for what stands there, more the more signs were taken for others."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may open an article; ``weight`` says how much it looks like it."""

    block: int
    start: int
    readings: tuple[Reading, ...]
    roman: str | None
    roman_end: int
    weight: float
    is_alone: bool
    """Whether the block holds nothing else."""
    after_colon: bool
    """Whether a colon stands before it (and a quotation mark), as before an amended wording."""


def plainest(readings: Sequence[Reading]) -> Reading:
    """The reading that takes in most, of those the one that takes least for other signs."""
    return max(readings, key=lambda reading: (reading.end, -reading.cost))


def candidates(blocks: Sequence[Block]) -> list[Candidate]:
    """All places that may open an article, in the text's order."""
    found = []
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE_ROW:
            continue
        for word in _WORD.finditer(block.text):
            candidate = _candidate(blocks, index, word)
            if candidate is not None:
                found.append(candidate)
    return found


def reads_as_article(line: str) -> bool:
    """Whether the line is nothing but "Pasal 7", however badly it was recognised."""
    word = _WORD.match(line)
    if word is None or len(line) > 24:
        return False
    ends = [reading.end for reading in _readings(line, word.end())]
    roman = _ROMAN.match(line, word.end())
    if roman:
        ends.append(roman.end())
    return any(_ALONE_TAIL.match(line, end) for end in ends)


def part_start(text: str) -> int | None:
    """Where the heading of a BAB, Bagian or Paragraf begins that the text ends with."""
    low = max(0, len(text) - _PART_CHARS_MAX)
    sentence = max(text.rfind(sign, low) for sign in (". ", "; ", ": ", ".\n"))
    part = _PART.search(text, max(low, sentence + 1))
    if part is None or text.rstrip().endswith((".", ",", ";")):
        return None
    before = text[: part.start()].rstrip()
    return None if _REFERS_BEFORE.search(before[-40:]) and sentence < low else part.start()


def _candidate(blocks: Sequence[Block], index: int, word: re.Match[str]) -> Candidate | None:
    text = blocks[index].text
    readings = _readings(text, word.end())
    roman = _ROMAN.match(text, word.end())
    if not readings and roman is None:
        return None
    ends = {reading.end for reading in readings} | ({roman.end()} if roman else set())
    opens_line = word.start() == 0 or text[word.start() - 1] == "\n"
    alone = opens_line and any(_ALONE_TAIL.match(text, end) for end in ends)
    own = text[max(0, word.start() - _BEFORE_CHARS) : word.start()]
    before, own_before = _before(blocks, index, own)
    kept = tuple(r for r in readings if _may_open(blocks, index, r.end, alone))
    if roman and not _may_open(blocks, index, roman.end(), alone):
        roman = None
    if not kept and roman is None:
        return None
    referred = _REFERS_BEFORE.search(before[-40:]) is not None or (
        own_before and not opens_line and _REFERS_IN_LINE.search(before[-40:]) is not None
    )
    if referred:
        # Where columns or lines got mixed up, only the clause that follows tells.
        if not any(_CLAUSE_AFTER.match(_after(blocks, index, end)) for end in ends):
            return None
        weight = 0.8
    else:
        ended = (
            not before
            or bool(_ENDED.search(before))
            or part_start(before) is not None
            or _CAPITALS.search(before) is not None
        )
        weight = (3.0 if ended else 2.2) if alone else (2.0 if ended or not own_before else 0.7)
    return Candidate(
        block=index,
        start=word.start(),
        readings=kept,
        roman=roman["roman"] if roman else None,
        roman_end=roman.end() if roman else 0,
        weight=weight,
        is_alone=alone,
        after_colon=before.rstrip(' “”"[').endswith(":"),
    )


def _before(blocks: Sequence[Block], index: int, own: str) -> tuple[str, bool]:
    """The text before, without page furniture; and whether it is of the same block."""
    own = own.rstrip(" _^\n")
    while (cut := _FURNITURE.search(own[-80:])) is not None:
        own = own[: len(own) - len(own[-80:]) + cut.start()].rstrip()
    if own:
        return own, True
    for block in reversed(blocks[max(0, index - 3) : index]):
        if not _FURNITURE.fullmatch(block.text) and block.kind is not BlockKind.TABLE_ROW:
            return ("." if block.kind is BlockKind.HEADING else block.text), False
    return "", False


def _after(blocks: Sequence[Block], index: int, end: int) -> str:
    """What follows a heading that ends there, in its block or the next; marks of noise left out."""
    text = blocks[index].text
    for follows in (
        text[end : end + 80],
        *(block.text[:80] for block in blocks[index + 1 : index + 2]),
    ):
        noise = _NOISE_AFTER.match(follows)
        if kept := follows[noise.end() if noise else 0 :]:
            return kept
    return ""


def _may_open(blocks: Sequence[Block], index: int, end: int, alone: bool) -> bool:
    follows = _after(blocks, index, end)
    if alone:
        return re.match(r"(?:ayat|huruf|dan|atau|sampai)\b|[,;)]", follows) is None
    return _REFERS_AFTER.match(follows) is None and _OPENS_AFTER.match(follows) is not None


def _readings(text: str, at: int) -> tuple[Reading, ...]:
    token = _TOKEN.match(text, at)
    if token is None:
        return ()
    found: dict[tuple[int, str, int], Reading] = {}
    start, whole = token.start("number"), token["number"]
    glued = at > 0 and not text[at - 1].isspace() and text[at - 1] in "1lI"
    for length in range(1, len(whole) + 1):
        piece = whole[:length]
        if piece.endswith(" "):
            continue
        end = start + length
        read = piece.replace(" ", "").translate(_DIGITS)
        after = text[end : end + 1]
        if (
            not 1 <= int(read) <= NUMBER_MAX
            or after.isdigit()
            or (after.isalpha() and after.islower())
        ):
            continue
        wrong = sum(sign not in "0123456789" for sign in piece.replace(" ", ""))
        if wrong == len(piece.replace(" ", "")) and wrong > 2:
            continue
        cost = 0.3 * wrong + 0.2 * piece.count(" ") + (0.1 if glued else 0.0)
        suffix = _SUFFIX.match(text, end)
        if not after.isalnum():
            found[int(read), "", end] = Reading(int(read), "", end, cost)
        if suffix:
            key = (int(read), suffix[1], suffix.end())
            found[key] = Reading(*key, cost + (0.0 if not after.isspace() else 0.3))
    return tuple(found.values())
