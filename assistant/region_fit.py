"""Does a sentence speak of the region that is asked for, or of another one?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docs_store.gazetteer import RegionMention, find_regions
from docs_store.records import Region

_SAYS_THIS = re.compile(
    r"\b(?:kabupaten|kota|provinsi|daerah|wilayah) (?:ini|itu|tersebut)\b|"
    r"\b(?:this|that|the) (?:regency|city|province)\b(?! of)",
    re.IGNORECASE,
)
OTHER = 0.5
"""What another region's sentence counts."""
NAMESAKE = 0.25
"""The same for a region of the same name: Kota Malang for Kabupaten Malang."""
OTHERS_DOCUMENT = 0.8
"""The same for a sentence that names no region, in a document about others."""


def region_fit(
    asked: Sequence[RegionMention], sentence: str, context: str, regions: Sequence[Region]
) -> float:
    """1 where the sentence may speak of a region asked for; less where it speaks of others.

    Args:
        asked: the regions of the question.
        sentence: the evidence.
        context: title and headings above it.
        regions: those that its document is about.
    """
    wanted = {region.code for mention in asked for region in _meant(mention)}
    if not wanted:
        return 1.0
    for text in (sentence, context):
        named = {region.code for m in find_regions(text) for region in _meant(m)}
        # The province of a regency says nothing against it, nor a regency of a province for it.
        near = {code for code in named if any(_related(code, want) for want in wanted)}
        if near & wanted:
            return 1.0
        # "Kabupaten ini dulu satu dengan Kabupaten Morowali": its subject stands before it.
        if named - near and not (text is sentence and _SAYS_THIS.search(sentence)):
            return NAMESAKE if _namesake(asked, text) else OTHER
        if near:
            return 1.0
    if regions and not any(_related(region.code, want) for region in regions for want in wanted):
        return OTHERS_DOCUMENT
    return 1.0


def _meant(mention: RegionMention) -> tuple[Region, ...]:
    return mention.candidates if mention.ambiguous else (mention.region,)


def _related(code: str, wanted: str) -> bool:
    return code == wanted or code.startswith(f"{wanted}.") or wanted.startswith(f"{code}.")


def _namesake(asked: Sequence[RegionMention], text: str) -> bool:
    names = {_bare(mention.region.name) for mention in asked}
    return any(_bare(mention.region.name) in names for mention in find_regions(text))


def _bare(name: str) -> str:
    return name.split(" ", 1)[-1].lower()
