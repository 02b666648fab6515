"""Does a sentence hold the sort of thing that is asked for: a figure, a date, a person?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.glossary import common_terms
from assistant.understand import Kind, Question
from docs_store.analysis import terms
from docs_store.dates import find_dates

_NUMBER = re.compile(r"\d[\d.,]*")
_MONEY = re.compile(
    r"\bRp\.?\s?\d|\brupiah\b|\b(?:juta|miliar|milyar|triliun|million|billion|trillion)\b",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh|ratus|"
    r"ribu|one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)\b",
    re.IGNORECASE,
)
_ITEM_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|\d+(?:\.\d+)+\s|\(?[a-zA-Z][.)])\s*")
_ASKED_UNIT = re.compile(r"\b(?:berapa|berapakah|how many)\s+([\w-]+)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d{2}\b")
_CAPITALISED = re.compile(r"\b[A-Z][\w'’]*[a-z][\w'’]*")
_ORDER = re.compile(
    r"\b(?:bertahap|tahap\w*|mula-mula|awalnya|dulu|dahulu|terlebih|pertama|kedua|ketiga|lalu|"
    r"kemudian|selanjutnya|setelah|berikutnya|akhirnya|prioritas|bersamaan|first|second|then|next|"
    r"after|later|finally|gradual\w*|step|priority|phase\w*|stage\w*)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?P<text>(?i:peraturan|keputusan|instruksi|surat edaran|perbup)\s+)?"
    r"\b(?P<office>(?i:(?:wakil )?(?:bupati|gubernur|wali ?kota|presiden|menteri|ketua dprd)|sekda|"
    r"sekretaris daerah|kepala (?:dinas|badan)|(?:deputy )?(?:regent|mayor|governor)|"
    r"(?:vice )?president|minister|regional secretary))\b"
    r"(?:\s+(?:of|Kabupaten|Kota|Provinsi|Pemkab|Pemkot))*(?:\s+(?P<of>[A-Z]\w+(?:\s+[A-Z]\w+)?))?"
)
_SAME_OFFICE = {
    "sekretaris daerah": "sekda",
    "regional secretary": "sekda",
    "walikota": "wali kota",
    "mayor": "wali kota",
    "deputy mayor": "wakil wali kota",
    "regent": "bupati",
    "deputy regent": "wakil bupati",
    "governor": "gubernur",
    "deputy governor": "wakil gubernur",
    "president": "presiden",
    "vice president": "wakil presiden",
    "minister": "menteri",
}
_DEFINES = re.compile(
    r"\b(?:adalah|ialah|merupakan|selanjutnya (?:disebut|disingkat)|kepanjangan|is|are|means|"
    r"hereinafter)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\b(kepada|dari|oleh|dengan|untuk) siapa\b", re.IGNORECASE)
# Capitalised words that are no names of persons, beside those of the glossary.
_NO_PERSON = frozenset(
    """
    januari februari maret april mei juni juli agustus september oktober november desember senin
    selasa rabu kamis jumat sabtu minggu jawa timur barat utara selatan tengah indonesia republik
    nomor tahun tentang pasal ayat lembaran negara tambahan ri pemkab pemkot diktum pertama kedua
    ketiga sumatera sulawesi kalimantan papua bali lampiran menimbang mengingat memutuskan
    january february march may june july august october december regency city north south east west
    """.split()
)
NAME_WINDOW_CHARS = 60


def fits(question: Question, sentence: str) -> float:
    """1 where the sentence holds the sort of thing that is asked for, 0 where it does not."""
    body = _ITEM_NUMBER.sub("", sentence)
    asked = set(_NUMBER.findall(question.text))
    numbers = [number for number in _NUMBER.findall(body) if number.rstrip(".,") not in asked]
    match question.kind:
        case Kind.MONEY:
            return float(bool(_MONEY.search(body) and numbers))
        case Kind.FIGURE:
            counted = [number for number in numbers if not _YEAR.fullmatch(number.rstrip(".,"))]
            if not counted and not _SPELLED.search(body):
                return 0.0
            return _unit_stands(question.text, body)
        case Kind.DEFINITION:
            return 1.0 if _DEFINES.search(body) else 0.3
        case Kind.DATE:
            years = [year for year in _YEAR.findall(body) if year not in asked]
            return float(bool(years or find_dates(body)))
        case Kind.PERSON:
            return _names_somebody(question, body)
        case Kind.SEQUENCE:
            return float(speaks_of_order(body))
        case _:
            return 0.6


def speaks_of_order(sentence: str) -> bool:
    """Whether it tells what comes first, then, or step by step."""
    return _ORDER.search(sentence) is not None


def same_office(question: Question, sentence: str) -> float:
    """Less than 1 where the sentence is not about the office that is asked for.

    "Siapa Sekda Morowali Utara?" is not answered by "Sekda Banyuwangi, Mujiono", nor
    "Siapa Presiden?" by a sentence about the Vice President.
    """
    if question.kind is not Kind.PERSON:
        return 1.0
    preposition = _PREPOSITION.search(question.text)
    if preposition and not re.search(rf"\b{preposition.group(1)}\b", sentence, re.IGNORECASE):
        return 0.7
    asked = next(_offices(question.text), None)
    if asked is None:
        return 1.0
    office, region, _ = asked
    same = [(of, at) for name, of, at in _offices(sentence) if name == office]
    if not same:
        return 0.5
    if region and not any(not of or region & of for of, _ in same):
        return 0.5
    return 1.0


def _offices(text: str) -> Iterator[tuple[str, set[str], int]]:
    """(office, words of the region or name after it, where it ends); not those in law titles."""
    for match in _OFFICE.finditer(text):
        if match.group("text") is None:
            office = " ".join(match.group("office").lower().split())
            after = set((match.group("of") or "").lower().split())
            yield _SAME_OFFICE.get(office, office), after, match.end("office")


def _unit_stands(question: str, body: str) -> float:
    """1 where the unit that is asked for ("berapa hari kerja") stands by a number, else 0.5."""
    asked = _ASKED_UNIT.search(question)
    if asked is None:
        return 1.0
    unit = re.escape(asked.group(1))
    counted = rf"(?:\d|{_SPELLED.pattern})[^.;]{{0,40}}\b{unit}|{unit}\w*[^.;]{{0,40}}\d"
    return 1.0 if re.search(counted, body, re.IGNORECASE) else 0.5


def _names_somebody(question: Question, body: str) -> float:
    """1 where a person's name stands there, by the office if one is asked for.

    An office that holds an answer of its own ("kepada Bupati") counts half.
    """
    offices = list(_offices(body))
    asked = next(_offices(question.text), None)
    known = {term for c in question.concepts for form in c.forms for term in form}
    if asked is None:
        if _has_name(body, known):
            return 1.0
        return 0.6 if offices else 0.0
    for office, _, end in offices:
        near = _whole_words(body, end - NAME_WINDOW_CHARS, end + NAME_WINDOW_CHARS)
        if office == asked[0] and _has_name(near, known):
            return 1.0
    return 0.0


def _whole_words(text: str, start: int, end: int) -> str:
    """The slice, without the words that its ends would cut."""
    start, end = max(0, start), min(end, len(text))
    while 0 < start < end and text[start - 1].isalnum():
        start += 1
    while start < end < len(text) and text[end].isalnum():
        end -= 1
    return text[start:end]


def _has_name(text: str, known: set[str]) -> bool:
    for word in _CAPITALISED.findall(text):
        stems = set(terms(word, "id")) | set(terms(word, "en"))
        is_common = bool(stems & (common_terms() | known)) or word.lower() in _NO_PERSON
        if stems and not is_common:
            return True
    return False
