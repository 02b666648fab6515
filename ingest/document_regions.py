"""The regions that a document speaks of, the most important first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from docs_store.gazetteer import RegionMention, find_regions
from docs_store.records import Region

REGIONS_MAX = 12
_TITLE_WEIGHT = 6.0
_LEAD_WEIGHT = 2.0
_LEAD_CHARS = 1_200
_AMBIGUOUS_SHARE = 0.4
"""Named once only, a region that could be its namesake is left out."""
_SHARE_OF_FIRST_MIN = 0.1
_LIST_REGIONS = 40
"""A text that names more regions than this is a list; one in it is not what it speaks of."""
_DATELINE_END = re.compile(r"\s*(?:[,.(][^\n]{0,40}?)?[–—-]|[.,] ?[(A-Z]")


def document_regions(
    mentions: Sequence[RegionMention], text: str, title: str, kind: str
) -> tuple[Region, ...]:
    """At most `REGIONS_MAX` regions, ranked by title, first lines and counts.

    A regulation speaks of the regions in its title; one without any there is national.
    """
    in_title = _without_same_name(find_regions(title), mentions)
    if kind == "regulation":
        return tuple(dict.fromkeys(in_title))[:REGIONS_MAX]
    scores: dict[Region, float] = {}
    named = {at.region for at in mentions if not at.ambiguous}
    datelines = {at.region for at in mentions[:3] if _is_dateline(at, text)}
    for at in mentions:
        if at.ambiguous and named.intersection(at.candidates):
            continue  # the full names count
        weight = _LEAD_WEIGHT if at.start < _LEAD_CHARS else 1.0
        weight *= _AMBIGUOUS_SHARE if at.ambiguous else 1.0
        scores[at.region] = scores.get(at.region, 0.0) + weight
    counts = Counter(at.region for at in mentions)
    for region in datelines:
        if counts[region] == 1 and len(scores) > 1 and region not in in_title:
            scores.pop(region, None)  # where it was written
    for region in in_title:
        scores[region] = scores.get(region, 0.0) + _TITLE_WEIGHT
    if not scores:
        return ()
    least = max(1.0, _SHARE_OF_FIRST_MIN * max(scores.values()))
    if len(scores) > _LIST_REGIONS:
        least = max(least, 0.1 * sum(scores.values()))
    ranked = sorted(scores, key=lambda region: -scores[region])
    return tuple(r for r in ranked if scores[r] >= least or r in in_title)[:REGIONS_MAX]


def _without_same_name(
    in_title: Sequence[RegionMention], mentions: Sequence[RegionMention]
) -> list[Region]:
    """The title's regions; the text decides between two of one name where the title does not."""
    counts = Counter(at.region for at in mentions if not at.ambiguous)
    return [
        max(at.candidates, key=lambda region: (counts[region], region == at.region))
        if at.ambiguous
        else at.region
        for at in in_title
    ]


def _is_dateline(at: RegionMention, text: str) -> bool:
    opens = at.start == 0 or text[at.start - 1] in "\n "
    return (
        opens
        and not text[max(0, at.start - 30) : at.start].rpartition("\n")[2].strip()
        and _DATELINE_END.match(text, at.end, at.end + 60) is not None
    )
