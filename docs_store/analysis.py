"""Words of Indonesian and English text as the keyword index sees them.

A term is a lower-case stem, or a number in one spelling. Stop words are left out. The same
function makes the terms of passages and of questions, so the two always meet.

Stemmers: Snowball's ``indonesian`` (Tala 2003, "A Study of Stemming Effects on Information
Retrieval in Bahasa Indonesia") and ``english`` (Porter 2).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

ANALYSIS_VERSION = 1
"""Raise it when the terms of a text change: a store with other terms rebuilds its index."""

# A number with its separators (1.234.567,89 and 23/2014), or a word, whose parts may be joined
# by hyphens or apostrophes (kota-kota, e-Office, Jum'at). Digits inside a word (a hash, a code)
# are no number.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])|[^\W\d_]+(?:['’\-‐‑][^\W_]+)*|[^\W_]+")
_UNIT_JOINT = re.compile(
    r"(?<=\brp)(?=\d)|(?<=\brp\.)(?=\d)|(?<=\d)(?=(?:km|kg|ha|cm|mm|m|m2|jt|rb)\b)"
)
_JOINT = re.compile(r"['’\-‐‑]")
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")

INDONESIAN_STOP_WORDS = frozenset(
    """
    ada adalah adanya agar akan aku anda antara apa apabila apakah apalagi atas atau bagaimana
    bagaimanakah bagi bahwa baik beberapa begitu belum berapa berapakah beserta bila bisa boleh
    bukan dalam dan dapat dari daripada demi demikian dengan dia dimana dll di mana diri dong
    dsb dst guna hal hanya harus hingga ia ialah ini itu iya jadi jika jikalau juga kah kalau kami
    kamu kan kapan kapankah karena ke kemudian kenapa kepada ketika kita lah lagi lain lainnya
    lalu lebih maka manakah mana masih maupun melainkan mengapa mengenai menjadi menurut mereka
    merupakan meskipun mohon namun nya oleh pada para per pernah perlu pula pun saat saja
    saling sambil sampai sangat sebab sebagai sebagaimana sebelum sebuah secara sedang sedangkan
    sehingga sejak sekitar selain selama seluruh semua seorang seperti serta seringkali setelah
    setiap siapa siapakah siapa-siapa sih suatu sudah supaya tanpa tapi telah tentang tentu
    terhadap termasuk tersebut tetap tetapi tiap tidak tolong untuk walaupun yaitu yakni yang
    jelaskan sebutkan
    """.split()
)
ENGLISH_STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be because been before being between both but
    by can could did do does doing for from had has have having he her here him his how i if in
    into is it its itself just me more most my no nor not of on once only or other our out over
    own please same she should so some such tell than that the their them then there these they
    this those through to too under until up us very was we were what when where which while who
    whom whose why will with would you your
    """.split()
)

# Where the stemmer would make one of two things that are not alike (penduduk, inhabitants, and
# kedudukan, position), or two of one (pemekaran and dimekarkan), or a word no one knows (menteri).
_STEM_EXCEPTIONS = {
    word: stem
    for stem, words in {
        "penduduk": "penduduk kependudukan penduduknya",
        "kedudukan": "kedudukan berkedudukan",
        "pemerintah": "pemerintah pemerintahan pemerintahannya kepemerintahan",
        "menteri": "menteri kementerian kementrian menterinya",
        "kepala": "kepala kepalanya",
        "mekar": "mekar pemekaran dimekarkan memekarkan",
        "wisatawan": "wisatawan",
        "pegawai": "pegawai kepegawaian",
        "perangkat": "perangkat perangkatnya",
        "pertanian": "pertanian petani",
        "pengadilan": "pengadilan",
        "keadilan": "keadilan",
        "perusahaan": "perusahaan",
        "berita": "berita pemberitaan",
        "penataan": "penataan menata ditata",
        "petugas": "petugas",
        "pelabuhan": "pelabuhan",
        "perikanan": "perikanan",
        "berlaku": "berlaku diberlakukan pemberlakuan",
        "kunjung": "kunjungan mengunjungi dikunjungi berkunjung pengunjung",
    }.items()
    for word in words.split()
}

_local = threading.local()


def _stemmers() -> dict[str, Stemmer.Stemmer]:
    # A PyStemmer object must not be shared between threads.
    if not hasattr(_local, "stemmers"):
        _local.stemmers = {
            "id": Stemmer.Stemmer("indonesian"),
            "en": Stemmer.Stemmer("english"),
        }
    return _local.stemmers  # type: ignore[no-any-return]


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """The stem of a lower-case word; ``language`` is ``"en"``, anything else is Indonesian."""
    if language == "en":
        return str(_stemmers()["en"].stemWord(word))
    return _STEM_EXCEPTIONS.get(word) or str(_stemmers()["id"].stemWord(word))


def normalise_number(number: str) -> str:
    """A number in one spelling: ``1.234.567,89`` and ``1,234,567.89`` are ``1234567,89``.

    One separator followed by exactly three digits groups thousands, as Indonesian text has it:
    ``1.500`` is fifteen hundred. Other separators are decimal: ``9.5`` is ``9,5``.
    """
    if not _THOUSANDS.fullmatch(number):
        return number.replace(".", ",")
    group = re.search(r"[.,]", number)
    assert group is not None
    separator = group.group()
    whole_and_fraction = number.replace(separator, "")
    return whole_and_fraction.replace(".", ",")


def terms(text: str, language: str = "id") -> list[str]:
    """The terms of a text in their order, with repetitions."""
    found: list[str] = []
    spaced = _UNIT_JOINT.sub(" ", unicodedata.normalize("NFKC", text).lower())
    for token in _TOKEN.findall(spaced):
        if token[0].isdigit() and not any(character.isalpha() for character in token):
            found.append(normalise_number(token))
            continue
        parts = [part for part in _JOINT.split(token) if part]
        if len(parts) == 2 and parts[1].removesuffix("nya") == parts[0]:
            parts = parts[:1]  # reduplication: program-programnya is about program
        elif len(parts) > 1:
            found.append("".join(parts))  # e-Office is also asked for as eoffice
        found.extend(
            stem(part, language)
            for part in parts
            if part not in INDONESIAN_STOP_WORDS and part not in ENGLISH_STOP_WORDS
        )
    return found


def query_terms(text: str) -> list[str]:
    """The distinct terms of a question in both languages' stems, in their order."""
    return list(dict.fromkeys(terms(text, "id") + terms(text, "en")))
