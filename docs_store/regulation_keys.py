"""Names of Indonesian regulations, as people and texts write them, and the key each has.

A key is lower case: kind / region (of a regional one; a city's with "kota ") / number / year, as
``"uu/23/2014"`` or ``"perbup/banyuwangi/19/2012"``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LAW = r"undang\s*[-–]\s*undang|undang2"
_KINDS = (
    # The longer name first, where one begins with the other.
    ("perppu", rf"peraturan\s+pemerintah\s+pengganti\s+(?:{_LAW})|perp?pu"),
    ("uudrt", rf"(?:{_LAW})\s+darurat|uu\s+darurat"),
    ("uu", rf"{_LAW}|uu|law|act"),
    ("pp", r"peraturan\s+pem\w{4,8}ah|pp|government\s+regulation"),
    ("perpres", r"peraturan\s+presiden|perpres|presidential\s+regulation"),
    ("keppres", r"keputusan\s+presiden|keppres|presidential\s+decree"),
    ("inpres", r"instruksi\s+presiden|inpres|presidential\s+instruction"),
    ("perda", r"peraturan\s+daerah|perda|regional\s+regulation"),
    ("qanun", r"qanun"),
    ("pergub", r"peraturan\s+gubernur|pergub|governor(?:'s)?\s+regulation"),
    ("perbup", r"peraturan\s+bupati|perbup|regent(?:'s)?\s+regulation"),
    ("perwali", r"peraturan\s+wali\s*kota|perwali|perwal|perwako|mayor(?:'s)?\s+regulation"),
    ("kepgub", r"(?:surat\s+)?keputusan\s+gubernur|kepgub"),
    ("kepbup", r"(?:surat\s+)?keputusan\s+bupati|kepbup"),
    ("kepwali", r"(?:surat\s+)?keputusan\s+wali\s*kota|kepwali"),
    ("permen", r"peraturan\s+menteri|permen(?=[a-z])|permen|pmk"),
    ("kepmen", r"keputusan\s+menteri|kepmen(?=[a-z])|kepmen"),
    ("inmen", r"instruksi\s+menteri|inmen(?=[a-z])"),
    ("perka", r"peraturan\s+(?:kepala|badan|lembaga)|perka|perban"),
    ("se", r"surat\s+edaran|se"),
    ("kep", r"keputusan"),
)
_REGIONAL = frozenset("perda qanun pergub perbup perwali kepgub kepbup kepwali".split())
_WITH_OFFICE = frozenset("permen kepmen inmen perka se kep".split())
_OFFICES = {
    "dalam negeri": "dagri",
    "keuangan": "keu",
    "kesehatan": "kes",
    "komunikasi dan informatika": "kominfo",
    "pendayagunaan aparatur negara dan reformasi birokrasi": "panrb",
    "pan rb": "panrb",
    "panrb": "panrb",
    "desa, pembangunan daerah tertinggal, dan transmigrasi": "desa",
}
_KIND = re.compile(
    r"(?<![\w/-])(?:"
    + "|".join(rf"(?P<{kind}>{names})" for kind, names in _KINDS)
    + r")(?![\w-])|(?<![\w-])(?P<short>permen|kepmen|inmen)(?P<office>[a-z]{2,12})(?![\w-])",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:\b(?:nomor|number|nomer|no|nr)\s?[.:]?\s*|(?<![\w.,/-]))"
    r"(?P<number>\d{1,5}(?:[.-]\w{1,8}){0,5}[a-z]?)"
    r"(?:(?P<middle>(?:\s?/\s?[\w.-]{1,15}){0,4}?)\s?/\s?|\s*(?:tahun|thn?|year|of)\s*[.:]?\s*)"
    r"(?P<year>(?:19[4-9]|2[0o][\doil])[\doil])(?!\w)",
    re.IGNORECASE,
)
_MISREAD = str.maketrans("oil", "011")
"""Letters that recognition of page images takes for digits: TAHUN 2O2I."""
_SHOWN_IN_CAPITALS = ("uu", "pp", "uud", "perppu")
_BETWEEN_CHARS_MAX = 110
_WORD = re.compile(r"[\w'.&-]+")
_NOT_IN_A_NAME = frozenset(
    "ini itu yang tentang atau sebagaimana dimaksud dalam pada dengan tersebut pasal ayat huruf "
    "bahwa dari untuk oleh atas berdasarkan adalah ditetapkan tidak telah mulai and or the on "
    "article".split()
)
_REGION_NOISE = re.compile(
    r"\b(?:republik|indonesia|provinsi|propinsi|kabupaten|kab\.?|daerah|tingkat|pemerintah|"
    r"nomor|number|no\.?|tahun|of|khusus\s+ibukota)\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RegulationName:
    """A regulation named in a text: ``text[start:end]`` from its kind to its year."""

    kind: str
    region: str | None
    """Lower case, "kota " before a city's; None where it is national or no region is named."""
    number: str
    year: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """``"uu/23/2014"``; without the region where none is named."""
        return "/".join(part for part in (self.kind, self.region, self.number, self.year) if part)

    @property
    def is_whole(self) -> bool:
        """Whether the key says which one: a regional regulation needs its region."""
        return self.region is not None or self.kind not in _REGIONAL


def find_regulations(text: str) -> list[RegulationName]:
    """The regulations that a text names by kind, number and year, in its order."""
    found: list[RegulationName] = []
    kinds = list(_KIND.finditer(text))
    for at, kind in enumerate(kinds):
        limit = min(len(text), kind.end() + _BETWEEN_CHARS_MAX + 40)
        if at + 1 < len(kinds):
            limit = min(limit, kinds[at + 1].start())
        number = _NUMBER.search(text, kind.end(), limit)
        if number is None or number.start() - kind.end() > _BETWEEN_CHARS_MAX:
            continue
        between = text[kind.end() : number.start()]
        named = _named(kind, between, number)
        if named is not None:
            found.append(named)
    return found


def title_regulation(title: str) -> RegulationName | None:
    """The regulation that a document with this title is; None where it is none, or a draft."""
    about = re.search(r"\btentang\b", title, re.IGNORECASE)
    head = title[: about.start()] if about else title
    if re.match(r"\W*(?:salinan\s+)?(?:rancangan|naskah|abstrak|ringkasan)\b", head, re.IGNORECASE):
        return None
    return next((name for name in find_regulations(head) if name.is_whole), None)


def regulation_name(key: str) -> str:
    """A regulation's key as people write it: "UU 23/2014", "Perbup Banyuwangi 19/2012"."""
    kind, *region, number, year = key.split("/")
    shown = kind.upper() if kind in _SHOWN_IN_CAPITALS else kind.capitalize()
    return " ".join((shown, *(part.title() for part in region), f"{number}/{year}"))


def matches(key: str, name: RegulationName) -> bool:
    """Whether a stored key is the regulation named, which may lack its region."""
    kind, *region, number, year = key.split("/")
    return (kind, number, year) == (name.kind, name.number, name.year) and (
        name.region is None or "/".join(region) == name.region
    )


def _named(kind: re.Match[str], between: str, number: re.Match[str]) -> RegulationName | None:
    if re.search(r"[;()\d]", between) or len(between.split()) > 12:
        return None
    words = [word.strip(".") for word in _WORD.findall(between.lower().replace("dalam negeri", ""))]
    name = kind.lastgroup if kind.lastgroup != "office" else "short"
    if name is None or any(word in _NOT_IN_A_NAME for word in words):
        return None
    code = kind["short"].lower() + kind["office"].lower() if name == "short" else name
    if code == "uu" and kind.group().lower() in ("law", "act") and words[:1] == ["enforcement"]:
        return None
    rest = " ".join(_REGION_NOISE.sub(" ", between).replace(":", " ").split()).lower().strip(" ,.-")
    middle = re.sub(r"[\s/]+", "-", number["middle"] or "").lower()
    is_finance = middle.startswith("-pmk")
    region = None
    if code in _REGIONAL:
        region = _region(code, rest)
    elif code in _WITH_OFFICE:
        if kind.group().lower() == "pmk" or is_finance:
            rest = "keuangan"
        if not rest and code in ("kep", "perka"):
            return None
        code += _OFFICES.get(rest, re.sub(r"\W+", "-", f" {rest}" if rest else ""))
    elif len(rest.split()) > 4:
        return None
    return RegulationName(
        kind=code,
        region=region,
        number=(number["number"].lower().lstrip("0") or "0") + ("" if is_finance else middle),
        year=number["year"].lower().translate(_MISREAD),
        start=kind.start(),
        end=number.end(),
    )


def _region(kind: str, rest: str) -> str | None:
    bare = re.sub(r"^(?:bupati|gubernur|wali\s*kota)\s+", "", rest)
    if not bare:
        return None
    if kind in ("perwali", "kepwali") and not bare.startswith("kota "):
        return f"kota {bare}"
    return bare
