"""The articles of an amending act: Pasal I and II, and what they quote of the amended act.

What is quoted stands in their angka, and is cited as "Pasal I angka 1 (Pasal 5)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.article_candidates import Candidate, Reading, plainest
from ingest.article_pieces import Cut
from ingest.article_regions import Region
from ingest.blocks import Block

_AMENDS = re.compile(r"\bperubahan\s+(?:\w+\s+)?atas\b", re.IGNORECASE)
_AMENDS_CHARS = 6_000
_CHANGES = re.compile(r"\b(?:di(?:u|ru)bah|dihapus|disisipkan|ditambah|diganti|berbunyi|mengubah)")
_INSTRUCTION = re.compile(
    r"(?:^|(?<=[.;”\"] ))(?P<number>\d{1,3})[.)]\s?(?=(?:Ketentuan|Di\s?antara|Setelah|Judul|"
    r"Penjelasan|Pasal|Ayat|Bab|BAB|Bagian|Mengubah|Menambah|Menghapus|Lampiran|Diantara|"
    r"Penulisan|Frasa|Pada|Dalam|Sesudah)\b)"
)
_EXPLAINED_NUMBER = re.compile(r"^Angka\s+(\d{1,3})$")
_INSTRUCTION_HEAD_CHARS = 40
_ROMANS = ("I", "II", "III", "IV", "V", "VI")


def is_amending(blocks: Sequence[Block], found: Sequence[Candidate]) -> bool:
    """Whether the title says "Perubahan atas ..." and the articles are Pasal I, Pasal II."""
    seen = 0
    for block in blocks:
        if _AMENDS.search(block.text):
            break
        seen += len(block.text)
        if seen > _AMENDS_CHARS:
            return False
    first = [c for c in found if c.roman == "I" and c.weight >= 2]
    second = [c for c in found if c.roman == "II" and c.weight >= 2]
    return bool(first and second) and any(
        _CHANGES.search(block.text) for block in blocks[first[0].block : first[0].block + 6]
    )


def amending_cuts(
    blocks: Sequence[Block], inside: Sequence[Candidate], region: Region
) -> Iterator[tuple[int, Cut]]:
    """Pasal I and II, the angka of what they change, and the articles quoted there."""
    by_place = {(c.block, c.start): c for c in inside}
    places: list[tuple[int, int]] = list(by_place)
    instructions: dict[tuple[int, int], str] = {}
    for index in range(region.start[0], min(region.end[0] + 1, len(blocks))):
        text = blocks[index].text
        found = [
            (m.start(), m["number"])
            for m in _INSTRUCTION.finditer(text)
            if _CHANGES.search(text, m.end(), m.end() + 500)
        ]
        if region.prefix and (only := _EXPLAINED_NUMBER.match(text)):
            found.append((0, only[1]))
        for start, number in found:
            if region.start <= (index, start) < region.end:
                instructions[index, start] = number
                places.append((index, start))
    outer, number, last_instruction, head_end = 0, "", "", (-1, 0)
    for index, start in sorted(set(places)):
        if (index, start) in instructions:
            if outer:
                number = instructions[index, start]
                head_end = (index, start + _INSTRUCTION_HEAD_CHARS)
                last_instruction = blocks[index].text[start : start + 1_000]
                label = f"{region.prefix}Pasal {_ROMANS[outer - 1]} angka {number}"
                yield index, Cut(start, start, label)
            continue
        candidate = by_place[index, start]
        follows = outer < len(_ROMANS) and candidate.roman == _ROMANS[outer]
        if follows and candidate.weight >= 2:
            outer, number, last_instruction = outer + 1, "", ""
            label = f"{region.prefix}Pasal {candidate.roman}"
            yield index, Cut(start, candidate.roman_end, label)
        elif (index, start) <= head_end:
            continue  # the instruction names the article: "5. Pasal 14 D diubah"
        elif outer and (reading := _quoted(candidate, last_instruction)) is not None:
            at = f"{region.prefix}Pasal {_ROMANS[outer - 1]}" + (
                f" angka {number}" if number else ""
            )
            label = f"{at} (Pasal {reading.number}{reading.suffix})"
            yield index, Cut(start, reading.end, label)


def _quoted(candidate: Candidate, instruction: str) -> Reading | None:
    """The article of the amended act that begins here, as the instruction names it."""
    if candidate.weight < 2:
        return None
    named = [
        reading
        for reading in candidate.readings
        if re.search(rf"Pasal\s+{reading.number}\s?{reading.suffix}(?!\w)", instruction)
    ]
    if named:
        return plainest(named)
    stands_so = (candidate.is_alone and candidate.weight >= 3) or candidate.after_colon
    return plainest(candidate.readings) if candidate.readings and stands_so else None
