"""Finds the regions that a text names, and tells those of the same name apart.

A dictionary of word sequences is walked along the words of the text, longest name first; the words
around a name decide whether it is a region at all and, of two with one name, which. One pass,
linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple, overload

from docs_store.records import Region
from docs_store.region_names import RegionKind, all_regions, bare_name, kind_of
from docs_store.region_words import (
    AFTER_NAME,
    BEFORE_NAME,
    COMMON_WORDS,
    LOCATIVES,
    NOT_A_REGION_AFTER,
    NOT_A_REGION_BEFORE,
    OF_NAME,
    PLACE_TYPES,
    RANK_WORDS,
)

_WORD = re.compile(r"[^\W\d_]+")
_NAME_GAPS = frozenset((" ", "-", "\n", "\u00a0", "\u2010", "\u2011", " - ", "- ", "/", ". ", "."))
_LIST_GAP = re.compile(r"\s*(?:,|/|&|,?\s*\b(?:dan|serta|and|atau|or|hingga|maupun)\b)\s*")
_LIST_GAP_CHARS_MAX = 12
_SENTENCE_END = re.compile(r"[.!?:;\n\u2022\u201c\u201d\"(|]\s*$")
_UNDECIDED_IS_PROVINCE = frozenset(("jambi", "bengkulu", "gorontalo"))


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A region where a text names it; ``text[start:end]`` is the name with its type word.

    Where the words around do not tell which region of that name is meant, ``ambiguous`` is true,
    ``candidates`` holds all of them and ``region`` the one that the bare name mostly stands for.
    """

    region: Region
    start: int
    end: int
    ambiguous: bool = False
    candidates: tuple[Region, ...] = ()


class _Word(NamedTuple):
    text: str
    folded: str
    start: int
    end: int


class _Words(Sequence[_Word]):
    """The words of a text; each is made when asked for, as few are."""

    def __init__(self, text: str) -> None:
        self._matches = list(_WORD.finditer(text))
        self.folded = [match.group().lower() for match in self._matches]

    def __len__(self) -> int:
        return len(self._matches)

    @overload
    def __getitem__(self, index: int) -> _Word: ...
    @overload
    def __getitem__(self, index: slice) -> list[_Word]: ...
    def __getitem__(self, index: int | slice) -> _Word | list[_Word]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        match = self._matches[index]
        return _Word(match.group(), self.folded[index], match.start(), match.end())


@dataclass(frozen=True, slots=True)
class _Found:
    """A name with what the words around it say: its first and last word, the kind if stated."""

    first: int
    last: int
    regions: tuple[Region, ...]
    kinds: frozenset[RegionKind]
    start: int
    end: int


_END = ""
_Trie = dict[str, "_Trie | tuple[Region, ...]"]


def find_regions(text: str) -> list[RegionMention]:
    """Every region that a text names, in order; names in small letters do not count."""
    return _mentions(text, any_case=False)


def regions_in_question(text: str) -> tuple[RegionMention, ...]:
    """The regions that a question names, the same one once; small letters count too."""
    first: dict[tuple[Region, ...], RegionMention] = {}
    for mention in _mentions(text, any_case=True):
        first.setdefault(mention.candidates or (mention.region,), mention)
    return tuple(first.values())


def resolve(name: str) -> tuple[Region, ...]:
    """The regions that a name may stand for: none, one, or several of the same name.

    >>> [region.code for region in resolve("Kab. Banyuwangi")]
    ['35.10']
    """
    words = _Words(name)
    for first in range(len(words)):
        found = _longest(words, first, name, any_case=True)
        if found is None:
            continue
        last, regions = found
        kinds, taken = _kinds_before(words, first, name)
        kind_after = _kind_after(words, last, name)
        if kind_after is not None and not kinds:
            kinds, last = frozenset((kind_after,)), last + 1
        if taken == first and last == len(words) - 1:
            return _of_kinds(regions, kinds) or regions
    return ()


def _mentions(text: str, *, any_case: bool) -> list[RegionMention]:
    words = _Words(text)
    found = list(_carried(text, _found(words, text, any_case)))
    decided = {
        regions[0]
        for regions in (_of_kinds(at.regions, at.kinds) for at in found)
        if len(regions) == 1
    }
    return [_mention(at, decided) for at in found]


def _mention(at: _Found, decided: set[Region]) -> RegionMention:
    regions = _of_kinds(at.regions, at.kinds) or at.regions
    if len(regions) > 1 and not at.kinds:
        # Named in full elsewhere in the text, and only one of them: that is the one.
        regions = tuple(region for region in regions if region in decided) or regions
        regions = at.regions if len(regions) > 1 else regions
    likely = next((r for r in regions if kind_of(r) is _usual_kind(regions)), regions[0])
    several = len(regions) > 1
    return RegionMention(likely, at.start, at.end, several, regions if several else ())


def _usual_kind(regions: tuple[Region, ...]) -> RegionKind:
    if bare_name(regions[0]).lower() in _UNDECIDED_IS_PROVINCE:
        return RegionKind.PROVINCE
    return RegionKind.CITY


def _of_kinds(regions: tuple[Region, ...], kinds: frozenset[RegionKind]) -> tuple[Region, ...]:
    if not kinds:
        return regions
    return tuple(region for region in regions if kind_of(region) in kinds)


def _found(words: _Words, text: str, any_case: bool) -> Iterator[_Found]:
    trie, index = _trie(), 0
    while index < len(words):
        if words.folded[index] in trie:
            found = _longest(words, index, text, any_case)
            if found is not None:
                last, regions = found
                at = _judged(words, index, last, regions, text)
                if at is not None:
                    yield at
                index = last + 1
                continue
        index += 1


def _longest(
    words: _Words, first: int, text: str, any_case: bool
) -> tuple[int, tuple[Region, ...]] | None:
    node, best = _trie(), None
    for index in range(first, len(words)):
        word = words[index]
        if index > first and text[words[index - 1].end : word.start] not in _NAME_GAPS:
            break
        if not any_case and word.text[0].islower() and word.folded != "dan":
            break
        below = node.get(word.folded)
        if not isinstance(below, dict):
            break
        node = below
        regions = node.get(_END)
        if isinstance(regions, tuple):
            best = index, regions
    if best is not None and first == best[0] and not any_case:
        abbreviated = _abbreviations()
        if words[first].folded in abbreviated and not words[first].text.isupper():
            return None
    return best


def _judged(
    words: _Words, first: int, last: int, regions: tuple[Region, ...], text: str
) -> _Found | None:
    """The name with its kind; None where the words around say that it is no region."""
    kinds, taken = _kinds_before(words, first, text)
    after_kind = _kind_after(words, last, text)
    if not kinds and after_kind is not None:
        kinds = frozenset((after_kind,))
    before = words[first - 1] if first and _near(words[first - 1], words[first], text) else None
    following = words[last + 1] if last + 1 < len(words) else None
    if following is not None and not _near(words[last], following, text):
        following = None
    folded = " ".join(words.folded[first : last + 1])
    if not kinds:
        if before is not None and before.folded in NOT_A_REGION_BEFORE:
            return None
        if following is not None and following.folded in NOT_A_REGION_AFTER.get(folded, ()):
            return None
        if before is not None and folded in NOT_A_REGION_AFTER.get(before.folded, ()):
            return None
        if folded in COMMON_WORDS and not _is_place(before, words[first], following, text):
            return None
    elif not _of_kinds(regions, kinds) and kinds == {RegionKind.REGENCY}:
        return None  # a regency of a province's or city's name, which is no more
    start, end = words[first].start, words[last].end
    is_office = first > 1 and words.folded[first - 2 : first] == ["wali", "kota"]
    if taken and words[first - 1].folded in PLACE_TYPES and not is_office:
        start = words[first - 1].start
    if after_kind is not None and following is not None:
        end = following.end
    return _Found(first, last, regions, kinds, start, end)


def _is_place(before: _Word | None, word: _Word, following: _Word | None, text: str) -> bool:
    """Whether a name that is also a word stands where only a place can."""
    if (word.text.isupper() and len(word.text) > 3) or word.text.islower():
        return False
    if following is not None and following.text[0].isupper() and not following.text.isupper():
        return False  # a person: "Bima Arya"
    return (
        before is not None
        and before.folded in LOCATIVES
        and not _SENTENCE_END.search(text[before.end : word.start])
    )


def _near(left: _Word, right: _Word, text: str) -> bool:
    gap = text[left.end : right.start]
    return len(gap) <= 2 and not gap.strip(" \n.-\u00a0")


def _kinds_before(words: _Words, first: int, text: str) -> tuple[frozenset[RegionKind], int]:
    """What the words before a name say it is, and how many words say it."""
    kinds: set[RegionKind] = set()
    index = first
    while index > 0 and first - index < 6:
        gap = text[words[index - 1].end : words[index].start]
        word = words[index - 1].folded
        if len(gap) > 3 or gap.strip(" \n.()/,:\u00a0"):
            break
        kind = BEFORE_NAME.get(word)
        if kind is not None:
            if word == "kota" and index > 1 and words.folded[index - 2] == "ibu":
                break  # the capital of a regency is no city of its name
            if "," in gap or ("\n\n" in gap and not kinds and not words[first].text.isupper()):
                break
            kinds.add(kind)
        elif word in OF_NAME and not kinds and index - 2 >= 0:
            kind = OF_NAME[word].get(words[index - 2].folded)
            if kind is not None:
                return frozenset((kind,)), 0
            break
        elif word in ("wali", "daerah", "tingkat", "ii", "i", "dati", "dt", "administrasi"):
            if "," in gap:
                break
        elif word in ("dan", "atau", "and", "or") and kinds and index - 2 >= 0:
            if BEFORE_NAME.get(words[index - 2].folded) is None:
                break
        else:
            break
        index -= 1
        if kinds and word in RANK_WORDS:
            break
    if not kinds:
        return frozenset(), 0
    return frozenset(kinds), first - index


def _kind_after(words: _Words, last: int, text: str) -> RegionKind | None:
    if last + 1 >= len(words):
        return None
    following = words[last + 1]
    if text[words[last].end : following.start] not in (" ", "\n"):
        return None
    return AFTER_NAME.get(following.folded)


def _carried(text: str, found: Iterable[_Found]) -> Iterator[_Found]:
    """ "Kabupaten Bogor, Bekasi, dan Karawang": the kind holds for the whole list."""
    before: _Found | None = None
    for at in found:
        if before is not None and before.kinds and not at.kinds:
            gap = text[before.end : at.start]
            in_list = len(gap) <= _LIST_GAP_CHARS_MAX and _LIST_GAP.fullmatch(gap)
            if in_list and _of_kinds(at.regions, before.kinds):
                at = replace(at, kinds=before.kinds)
        yield at
        before = at


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(short.lower() for named in all_regions() for short in named.abbreviations)


@cache
def _trie() -> _Trie:
    names: dict[tuple[str, ...], list[Region]] = {}
    for named in all_regions():
        for name in (*named.names, *named.abbreviations):
            key = tuple(_Words(name).folded)
            # Recognised text loses spaces: "JAWATIMUR", "KABUPATENBANYUWANGI".
            closed = [("".join(key),)] if len(key) > 1 else []
            if named.kind is RegionKind.REGENCY:
                closed.append(("kabupaten" + "".join(key),))
            for form in (key, *closed):
                known = names.setdefault(form, [])
                if named.region not in known:
                    known.append(named.region)
    root: _Trie = {}
    for form, regions in names.items():
        node = root
        for word in form:
            below = node.setdefault(word, {})
            assert isinstance(below, dict)
            node = below
        node[_END] = tuple(regions)
    return root
