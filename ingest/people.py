"""The office holders that a document names, each with the office it gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docs_store.gazetteer import RegionMention
from docs_store.records import Person

PEOPLE_MAX = 12
_CAPITAL = r"(?:[A-Z]\.|[A-Z][\w’'`-]+)"
_TITLES = r"(?:(?:[Dd]r|[Dd]rs|[Dd]rh|Ir|H|Hj|Prof|KH|Tgk|[Dd]rg)\.?,? )*"
_NAME = rf"{_TITLES}{_CAPITAL}(?: {_CAPITAL}){{0,4}}"
_OFFICE = re.compile(
    r"(?P<office>(?:(?:Plt|Pj|Pjs|Penjabat)\.? )?(?:Wakil )?(?:Bupati|Wali ?[Kk]ota|Gubernur|Wabup|"
    r"Wawali|Wagub|Sekda|Sekretaris Daerah|Ketua DPRD|Kepala (?:Dinas|Badan|Bagian|Bidang|Bappeda)"
    r"(?: (?:dan|[A-Z][\w]*)){0,8}))(?: (?:Kabupaten|Kota|Provinsi|Kab\.?))? ?$"
)
_AFTER_REGION = re.compile(
    rf"(?: ?\([A-Z]\w{{1,15}}\))?,? (?P<name>{_NAME})(?P<end>[,.;:(”\"]| |$)"
)
_BEFORE_OFFICE = re.compile(rf"(?P<name>{_NAME})(?:,| selaku| sebagai) ?$")
_NATIONAL = re.compile(
    r"\b(?P<office>(?:Wakil )?Presiden(?: RI| Republik Indonesia)?|Mendagri|Menkominfo|Menkeu|"
    r"Menkes|Wapres|MenPAN-?RB|Menteri (?:Dalam Negeri|Pariwisata|Keuangan|Kesehatan|Pertanian|"
    r"Perhubungan|Sosial|Agama|Perdagangan|Perindustrian|Desa|PUPR|PANRB|PAN-RB)),? "
    rf"(?P<name>{_NAME})"
)
_SIGNED = re.compile(
    r"(?P<office>(?:(?:Plt|Pj)\.? )?(?:WAKIL )?(?:BUPATI|WALI ?KOTA|GUBERNUR|PRESIDEN|MENTERI|"
    r"KEPALA|SEKRETARIS|KETUA|DIREKTUR)[A-Z ,.\-/&]{0,90}?),?\s{1,4}"
    r"(?:ttd\.?|t\.t\.d\.?|cap\s?/?\s?ttd\.?|\(?TTD\)?|signed)[,.:]?\s{1,4}"
    r"(?P<name>[A-Z][A-Za-z.,’'` -]{2,60})"
)
_NOT_A_NAME = frozenset(
    """
    senin selasa rabu kamis jumat sabtu minggu januari februari maret april mei juni juli agustus
    september oktober november desember nomor tahun pasal tentang dalam pada dan di ke dari untuk
    dengan yang pemerintah kabupaten kota provinsi bupati walikota wali gubernur wakil dinas badan
    ini itu indonesia republik jawa sulawesi sumatera kalimantan kantor the a untuk periode menteri
    presiden perwakilan daerah ri kami kita ia dia saat selain menurut namun
    penjelasan diundangkan lembaran tambahan berita salinan wilayah kecamatan definitif dewan
    pimpinan lembaga tembusan yth nip nrp pangkat pembina penata disampaikan sesuai
    penjabat pj plt surat keputusan smart city kadis kepala sekretaris sekda ketua negeri keuangan
    """.split()
)


def find_people(
    text: str, mentions: Sequence[RegionMention], title: str, kind: str
) -> tuple[Person, ...]:
    """At most `PEOPLE_MAX` people whose office the text states, in its order.

    A regulation names those who signed it; its articles speak of offices, not of people. A title
    in capitals throughout or on each word does not show where a name ends.
    """
    stated = list(_signatories(text))
    if kind != "regulation":
        stated += _office_holders(text, mentions)
    title_end = len(title) if text.startswith(title) else 0
    people: dict[str, Person] = {}
    for start, written, office in sorted(stated):
        name = _cleaned(written)
        if name is None or start < title_end:
            continue
        known = next((key for key in people if _same(key, name.casefold())), name.casefold())
        if known not in people:
            people[known] = Person(name, " ".join(office.split()).strip(" ,"))
        elif len(name) > len(people[known].name):
            people[known] = Person(name, people[known].office)
    return tuple(people.values())[:PEOPLE_MAX]


def _signatories(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _SIGNED.finditer(text):
        yield match.start(), _as_name(match["name"].split("\n")[0]), _as_name(match["office"])


def _as_name(words: str) -> str:
    """ "ANI BUDI, S.H." as "Ani Budi, S.H."; words with small letters stay."""
    return " ".join(
        word.capitalize() if word.isupper() and len(word) > 2 and "." not in word[:-1] else word
        for word in words.split()
    )


def _office_holders(text: str, mentions: Sequence[RegionMention]) -> Iterator[tuple[int, str, str]]:
    for match in _NATIONAL.finditer(text):
        yield match.start(), match["name"], match["office"]
    for index, at in enumerate(mentions):
        start = max(0, at.start - 120)
        office = _OFFICE.search(text[start : at.start])
        if office is None:
            continue
        stated = f"{office['office']} {text[at.start : at.end]}"
        end = at.end
        for following in mentions[index + 1 : index + 3]:  # "(Morut) Sulawesi Tengah, dr. Delis"
            if following.start - end <= 2:
                end = following.end + (text[following.end : following.end + 1] == ")")
        after = _AFTER_REGION.match(text, end, end + 90)
        if after is not None:
            yield at.start, after["name"], stated
            continue
        at_office = start + office.start()
        before = _BEFORE_OFFICE.search(text[max(0, at_office - 80) : at_office])
        if before is not None:
            yield at.start, before["name"], stated


def _cleaned(name: str) -> str | None:
    """The name without what follows it; None where it is none."""
    kept: list[str] = []
    for word in name.strip(" ,-").split():
        if word.strip(".,").casefold() in _NOT_A_NAME:
            break
        kept.append(word)
    cleaned = " ".join(kept).strip(" ,-’'`")
    if kept and "." not in kept[-1].rstrip(".,"):
        cleaned = cleaned.rstrip(".")  # the sentence's, not of "S.H."
    if len(cleaned) < 3 or (cleaned.isupper() and len(kept) == 1 and len(cleaned) < 6):
        return None
    return cleaned


def _same(left: str, right: str) -> bool:
    """Whether one name is the other's short form ("Delis" of "dr. Delis J. Hehi")."""
    shorter, longer = sorted((left.split(), right.split()), key=len)
    return all(word in longer for word in shorter)
