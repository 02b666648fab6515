"""Does a sentence hold the sort of thing that is asked for: a figure, a date, a person?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.asked_thing import asked_thing
from assistant.event_dates import event_date, without_law_years
from assistant.glossary import common_terms
from assistant.question_kinds import Kind
from assistant.understand import Concept, Question
from docs_store.analysis import terms
from docs_store.dates import find_dates
from docs_store.regulation_keys import find_regulations
from docs_store.sentences import CELL_SEPARATOR

_NUMBER = re.compile(r"\d[\d.,]*")
_MONEY = re.compile(
    r"\bRp\.?\s?\d|\brupiah\b|\b(?:juta|miliar|milyar|triliun|million|billion|trillion)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.])(?:,\d\d?)?")
_SPELLED = re.compile(
    r"\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh|ratus|"
    r"ribu|one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)\b",
    re.IGNORECASE,
)
_ITEM_NUMBER = re.compile(
    r"^\s*(?:\(?\d{1,3}[.)](?!\d)|\d{1,2}(?:\.\d{1,2})+\s|\(?[a-zA-Z][.)]|\d{1,4}\s(?=\|))\s*"
)
_ASKED_UNIT = re.compile(
    r"\b(?:berapa|berapakah|how many)\s+(?P<of>(?:jumlah|banyak(?:nya)?|total)\s+)?"
    r"(?P<unit>[\w-]+)|\bnumber of (?P<counted>[\w-]+)",
    re.IGNORECASE,
)
_ATTRIBUTES = frozenset(
    """
    tarif biaya harga sewa ongkos retribusi pajak denda bunga anggaran pagu dana nilai skor indeks
    besar besaran besarnya luas umur usia jarak tinggi panjang lebar berat kadar bobot suhu
    kecepatan kapasitas batas tingkat laju rasio rata-rata
    """.split()
)
"""What has a figure without being counted: "berapa tarif" wants no number of tariffs."""
_PERCENT_WORDS = ("persen", "prosen", "persentase", "percent")
_PERCENT = re.compile(r"\d\s?%|\b(?:persen|per\s?seratus|percent)\b", re.IGNORECASE)
_RATE = re.compile(
    r"\b(?:tarif|pajak|opsen|bunga|denda|insentif|rates?|tax|taxes|interest|fines?)\b",
    re.IGNORECASE,
)
"""What is told in per cent as well as in rupiah."""
_YEAR = re.compile(r"\b(?:1[89]|20)\d{2}\b")
_UNIT_OF_TIME = r"(?:hari|minggu|bulan|triwulan|semester|tahun|days?|weeks?|months?|years?)"
RELATIVE_TIME = re.compile(
    r"\b(?:(?:paling|selambat-)\s*(?:lambat|lama|sedikit|lambatnya)|dalam (?:jangka )?waktu|setiap|"
    rf"within|no later than|every)\s+(?:\d+\s*(?:\([a-z ]+\)\s*)?)?{_UNIT_OF_TIME}\b"
    r"(?:\s(?:kerja|kalender)\b)?"
    r"(?:\s+(?:pertama|kedua|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|"
    r"november|desember)\b)?"
    r"(?:\s+(?:setelah|sebelum|sejak|terhitung|after|before|from)\s[^,.;:]{3,80})?",
    re.IGNORECASE,
)
"""When a law says that something is due: "paling lambat 3 (tiga) bulan setelah dilantik"."""
_CAPITALISED = re.compile(r"\b[A-Z][\w'’]*[a-z][\w'’]*")
_ORDER = re.compile(
    r"\b(?:bertahap|tahap\w*|urutan|langkah\w*|mula-mula|awalnya|dulu|dahulu|terlebih|pertama|kedua|ketiga|lalu|"
    r"kemudian|selanjutnya|setelah|berikutnya|akhirnya|prioritas|bersamaan|first|second|then|next|"
    r"after (?:that|this|which)|afterwards|thereafter|later|finally|gradual\w*|step|priority|"
    r"phase\w*|stage\w*)\b",
    re.IGNORECASE,
)
_OVER_TIME = re.compile(
    r"\b(?:sejak|kronologi\w*|linimasa|sejarah\w*|riwayat\w*|perjalanan|dari (?:tahun|masa) ke|"
    r"since|timeline|chronolog\w+|history|over (?:the years|time)|evol\w+)\b",
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
_CALLED = re.compile(
    r",?\s*(?:yang\s+)?(?:untuk\s+)?selanjutnya\s+(?:disebut|disingkat)(?:\s+(?:dengan|sebagai))?\s+"
    r"(?P<short>.{2,60}?)[,\s]*$|"
    r",?\s*hereinafter\s+(?:called\s+|referred to as\s+)?(?P<en>.{2,60}?)$",
    re.IGNORECASE,
)
_BESIDE_A_SUBJECT = frozenset(
    terms("maksud dimaksud istilah pengertian konsep sendiri daerah dikenal disebut sering biasa")
)
SUBJECT_CHARS_MAX = 160
OTHER_OFFICE = 0.35
"""What another office's sentence counts: names of persons are sure otherwise."""
_PREPOSITION = re.compile(r"\b(kepada|dari|oleh|dengan|untuk) siapa\b", re.IGNORECASE)
# Capitalised words that are no names of persons, beside those of the glossary.
_NO_PERSON = frozenset(
    """
    januari februari maret april mei juni juli agustus september oktober november desember senin
    selasa rabu kamis jumat sabtu minggu jawa timur barat utara selatan tengah indonesia republik
    nomor tahun tentang pasal ayat lembaran negara tambahan ri pemkab pemkot pemko pemprov pemda
    diktum pertama kedua
    ketiga sumatera sulawesi kalimantan papua bali lampiran menimbang mengingat memutuskan
    january february march may june july august october december regency city north south east west
    """.split()
)
NAME_WORDS_AFTER = 8
NAME_WORDS_BEFORE = 5
_PUNCTUATION = ".,;:()[]“”\"'|–-"


def fits(question: Question, sentence: str) -> float:
    """1 where the sentence holds the sort of thing that is asked for, 0 where it does not."""
    body = _ITEM_NUMBER.sub("", sentence)
    asked = set(_NUMBER.findall(question.text))
    numbers = [number for number in _NUMBER.findall(body) if number.rstrip(".,") not in asked]
    match question.kind:
        case Kind.MONEY:
            # A column's head says that its cells are rupiah; a row has the bare amount.
            is_amount = CELL_SEPARATOR in body and _AMOUNT.search(body) is not None
            is_rate = _RATE.search(question.text) is not None and _PERCENT.search(body) is not None
            return float(bool(numbers and (is_amount or is_rate or _MONEY.search(body))))
        case Kind.FIGURE:
            counted = [number for number in numbers if not _YEAR.fullmatch(number.rstrip(".,"))]
            if not counted and not _SPELLED.search(body):
                return 0.0
            return _unit_stands(question, body)
        case Kind.DEFINITION:
            return float(defines(question, body))
        case Kind.DATE:
            told = without_law_years(body)
            if find_dates(told) or any(year not in asked for year in _YEAR.findall(told)):
                return 1.0
            # A law's year may be when what it founds began, or when anything else did.
            named = any(year not in asked for year in _YEAR.findall(body))
            return 0.5 if named or RELATIVE_TIME.search(body) else 0.0
        case Kind.PERSON:
            return _names_somebody(question, body)
        case Kind.SEQUENCE:
            return float(tells_a_step(question, body))
        case Kind.LEGAL_BASIS:
            return float(bool(find_regulations(body)))
        case _:
            return 0.6


def speaks_of_order(sentence: str) -> bool:
    """Whether it tells what comes first, then, or step by step."""
    return _ORDER.search(sentence) is not None


def tells_a_step(question: Question, sentence: str) -> bool:
    """Whether it is a step of what is asked for: dated where a history is, else told in order."""
    if question.kind is Kind.SEQUENCE and _OVER_TIME.search(question.text):
        return event_date(sentence) is not None
    return speaks_of_order(sentence)


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
    regions = [of for name, of, _ in _offices(sentence) if name == office]
    if not regions:
        return OTHER_OFFICE
    if region and not any(not of or region & of for of in regions):
        return OTHER_OFFICE
    return 1.0


def _offices(text: str) -> Iterator[tuple[str, set[str], int]]:
    """(office, words of the region or name after it, where it ends); not those in law titles."""
    for match in _OFFICE.finditer(text):
        if match.group("text") is None:
            office = " ".join(match.group("office").lower().split())
            after = set((match.group("of") or "").lower().split())
            yield _SAME_OFFICE.get(office, office), after, match.end("office")


def _unit_stands(question: Question, body: str) -> float:
    """1 where the unit that is asked for ("berapa hari kerja") stands by a number, else 0.5.

    0 where what is to be counted ("jumlah kecamatan") is not spoken of at all.
    """
    asked = _ASKED_UNIT.search(question.text)
    if asked is None:
        return 1.0
    word = asked["unit"] or asked["counted"]
    if word.lower() in _ATTRIBUTES:
        return 1.0
    if word.lower() in _PERCENT_WORDS:
        return 1.0 if _PERCENT.search(body) else 0.5
    unit = re.escape(word)
    counted = rf"(?:\d|{_SPELLED.pattern})[^.;]{{0,40}}\b{unit}|{unit}\w*[^.;]{{0,40}}\d"
    if re.search(counted, body, re.IGNORECASE):
        return 1.0
    if not (asked["of"] or asked["counted"]) or word.lower() in body.lower():
        return 0.5
    named = next((c for c in question.concepts if word.lower() in c.name.lower()), None)
    said = f" {' '.join(terms(body))} "
    spoken_of = named is None or any(f" {' '.join(form)} " in said for form in named.forms)
    return 0.5 if spoken_of else 0.0


def defines(question: Question, body: str) -> bool:
    """Whether it says what the thing asked about is, rather than something else by means of it.

    "Wajib Pajak adalah ..." does not say what a Pajak is: the thing itself is the subject, or it
    is the short name that the subject gets ("Pajak Daerah yang selanjutnya disebut Pajak adalah").
    """
    body = " ".join(_ITEM_NUMBER.sub("", body).split())
    for verb in _DEFINES.finditer(body):
        subject = body[: verb.start()].strip()
        if subject.endswith("yang") or len(subject) > SUBJECT_CHARS_MAX:
            continue  # a relative clause says something by the way
        short = _CALLED.search(subject)
        names = [subject, re.split(r"[,;:]\s", subject)[-1]]
        if short is not None:
            names += [short["short"] or short["en"], subject[: short.start()]]
        if any(_is_the_thing(question, name) for name in names):
            return True
    # "Pejabat Pengelola Informasi dan Dokumentasi (PPID)" spells an abbreviation out.
    return any(f"({concept.name})" in body for concept in question.concepts)


@lru_cache(maxsize=64)
def _the_thing(question: Question) -> tuple[frozenset[str], frozenset[str], tuple[Concept, ...]]:
    """Of the thing whose meaning is asked for: its words, those of them that are in no concept, and
    its concepts; the question's concepts alone where no thing is seen."""
    thing = asked_thing(question.text)
    if thing is None:
        return frozenset(), frozenset(), question.concepts
    words = frozenset(terms(thing, question.asks_in))
    own = tuple(c for c in question.concepts if any(words & set(form) for form in c.forms))
    told = {term for concept in own for form in concept.forms for term in form}
    return words, words - told, own or question.concepts


def _is_the_thing(question: Question, name: str) -> bool:
    """Whether a name is what the question asks about, and nothing more."""
    found = terms(re.sub(r"\([^)]*\)", " ", name))
    joined = f" {' '.join(found)} "
    words, beside, concepts = _the_thing(question)
    if not beside <= set(found):  # a "daftar informasi publik" is no "informasi publik"
        return False
    covered = set(words & set(found))
    for concept in concepts:
        forms = [form for form in concept.forms if f" {' '.join(form)} " in joined]
        if not forms:
            return False
        covered.update(*forms)
    return bool(covered) and set(found) <= covered | _BESIDE_A_SUBJECT


def _names_somebody(question: Question, body: str) -> float:
    """1 where a person's name stands there, beside the office if one is asked for.

    An office that holds an answer of its own ("kepada Bupati") counts 0.6.
    """
    offices = list(_offices(body))
    asked = next(_offices(question.text), None)
    known = {term for c in question.concepts for form in c.forms for term in form}
    if asked is None:
        words = body.split()
        if any(_is_name(word, known) for word in words[1:]):
            return 1.0
        return 0.6 if offices else 0.0
    for office, _, end in offices:
        if office == asked[0] and _name_beside(body, end, known):
            return 1.0
    return 0.0


def _name_beside(body: str, office_end: int, known: set[str]) -> bool:
    """ "Sekda Banyuwangi, Mujiono" or "Mujiono selaku Sekda": a name next to the office."""
    for word in body[office_end:].split()[:NAME_WORDS_AFTER]:
        if _is_name(word, known):
            return True
        if not (_is_region_or_title(word, known)):
            break
    before = body[:office_end].split()
    return any(_is_name(word, known) for word in before[-NAME_WORDS_BEFORE:-1] if word != before[0])


def _is_region_or_title(word: str, known: set[str]) -> bool:
    bare = word.strip(_PUNCTUATION)
    is_known = bool(set(terms(bare, "id")) & known) or bare.lower() in _NO_PERSON
    return not bare or is_known or word.endswith(".") or bare in ("of", "Kabupaten", "Kota")


def _is_name(word: str, known: set[str]) -> bool:
    """A capitalised word that is no office, region, month or other common word."""
    bare = word.strip(_PUNCTUATION)
    if not _CAPITALISED.fullmatch(bare) or bare.lower() in _NO_PERSON:
        return False
    stems = set(terms(bare, "id")) | set(terms(bare, "en"))
    return bool(stems) and not stems & (common_terms() | known)
