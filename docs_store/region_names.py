"""The names of Indonesia's provinces, regencies and cities, and what else they are called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from docs_store.records import Region


class RegionKind(StrEnum):
    """What a region is; the word that stands before its name."""

    PROVINCE = "Provinsi"
    REGENCY = "Kabupaten"
    CITY = "Kota"


@dataclass(frozen=True, slots=True)
class NamedRegion:
    """A region with all it is called; ``names[0]`` is its official bare name."""

    region: Region
    kind: RegionKind
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    """Short forms that are written in capitals throughout ("NTB")."""


@cache
def all_regions() -> tuple[NamedRegion, ...]:
    """Every region of the official list (38 provinces, 416 regencies, 98 cities)."""
    aliases: dict[str, list[str]] = {}
    for code, *others in _rows("region_aliases.tsv"):
        aliases.setdefault(code, []).extend(others[0].split("; "))
    found = []
    for code, name in _rows("regions.tsv"):
        kind, bare = _kind_and_bare_name(code, name)
        also = aliases.get(code, [])
        found.append(
            NamedRegion(
                region=Region(code, f"{kind} {bare}"),
                kind=kind,
                names=(bare, *(other for other in also if not other.isupper())),
                abbreviations=tuple(other for other in also if other.isupper()),
            )
        )
    return tuple(found)


def bare_name(region: Region) -> str:
    """ "Banyuwangi" of "Kabupaten Banyuwangi"."""
    return region.name.split(" ", 1)[1]


def kind_of(region: Region) -> RegionKind:
    """Whether a region is a province, regency or city."""
    return RegionKind(region.name.split(" ", 1)[0])


def _kind_and_bare_name(code: str, name: str) -> tuple[RegionKind, str]:
    if "." not in code:
        return RegionKind.PROVINCE, name
    word, bare = name.split(" ", 1)
    return (RegionKind.CITY if word == "Kota" else RegionKind.REGENCY), bare


def _rows(name: str) -> list[list[str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
