"""A regulation's own title inside running text: where noise or other lines stand before it.

Citations of other regulations are written in small letters; a regulation writes its own name in
capitals, over its preamble and again over its explanation ("PENJELASAN ATAS ...").
"""

from __future__ import annotations

import re

from docs_store.regulation_keys import RegulationName, title_regulation

_OPENING_CHARS = 8_000
_TITLE_CHARS_MAX = 300
_IS_REGULATION = re.compile(r"\b(?:[Mm]enimbang|MENIMBANG|[Mm]engingat|MENGINGAT|MEMUTUSKAN)\b")
_EXPLAINED = re.compile(r"\bPENJELASAN\s+ATAS\s+")
_OWN = re.compile(
    r"(?P<before>\b\w{1,20}\W{1,4})?(?P<kind>\b(?:PERATURAN|UNDANG\s?[-–]\s?UNDANG|"
    r"KEPUTUSAN|INSTRUKSI)\b)"
    r"(?P<office>(?:(?!\b(?:TENTANG|NOMOR|PERATURAN|KEPUTUSAN)\b)[^a-z;,\n]|"
    r"(?<=[A-Z])[a-z]{1,2}(?=[A-Z])){1,90})"
    r"\bNOMOR\s*[\dA-Z][^\s;,]{0,30}\s*TAHUN\s*[12]\w{3}\b"
)
# Drafts, and other regulations in a title: "PERUBAHAN ATAS X", "PELAKSANAAN X", "LAMPIRAN II X".
_OF_ANOTHER = re.compile(
    r"(?:ATAS|PELAKSANA\w*|KETENTUAN|PENCABUTAN|PENETAPAN|DENGAN|DALAM|BERDASARKAN|TENTANG|DARI|DAN|"
    r"MENJADI|PENGGANTI|OLEH|DIMAKSUD|RANCANGAN)\W+$"
)
_SUBJECT = re.compile(
    r"\s+TENTANG\b.*?(?=\s*(?:DENGAN\s+RAHMAT|[Mm]enimbang|MENIMBANG|[Mm]engingat|MENGINGAT|"
    r"MEMUTUSKAN|PRES\w{2,6}\s+RE?P?\.?|BUPATI|GUBERNUR|WALI ?KOTA|MENTERI|SALINAN|I\.\s*UMUM|"
    r"UMUM\s+[A-Z][a-z]|\n\n|\Z))",
    re.DOTALL,
)


def stated_title(text: str, source_name: str) -> str | None:
    """The title that a regulation gives itself; None where it names none, or no single one.

    Recognised digits are often wrong. Where preamble and explanation give different numbers, the
    one that the file is named by counts; where it is named by neither, there is no telling.

    Args:
        text: the stored text.
        source_name: the file's name without its ending.
    """
    opening = text[:_OPENING_CHARS].replace("^", "")
    if not _IS_REGULATION.search(opening):
        return None
    found: dict[str, tuple[str, RegulationName]] = {}
    explained = _EXPLAINED.search(text)
    after = text[explained.end() : explained.end() + 1_000] if explained else ""
    for part, at_start in ((opening, False), (after.replace("^", ""), True)):
        if one := _first_title(part, at_start):
            found.setdefault(one[1].key, one)
    if len(found) > 1:
        digits = {number.lstrip("0") for number in re.findall(r"\d+", source_name)}
        found = {key: one for key, one in found.items() if one[1].number in digits}
    return next(iter(found.values()))[0] if len(found) == 1 else None


def _first_title(part: str, at_start: bool) -> tuple[str, RegulationName] | None:
    for own in _OWN.finditer(part):
        if at_start and own.start("kind") > 0:
            return None
        if _OF_ANOTHER.search(own["before"] or ""):
            continue
        subject = _SUBJECT.match(part, own.end(), own.end() + _TITLE_CHARS_MAX)
        title = part[own.start("kind") : subject.end() if subject else own.end()]
        title = " ".join(title.split())
        named = title_regulation(title)
        return (title, named) if named is not None else None
    return None
