"""What form of answer a question asks for."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """What form of answer is asked for."""

    PERSON = "person"
    DATE = "date"
    FIGURE = "figure"
    MONEY = "money"
    DEFINITION = "definition"
    SEQUENCE = "sequence"
    LIST = "list"
    COMPARISON = "comparison"
    CALCULATION = "calculation"
    """A figure that is worked out of others: a difference, a sum, a share, a growth."""
    PROCEDURE = "procedure"
    LEGAL_BASIS = "legal_basis"
    VALIDITY = "validity"
    """Whether a regulation is still in force."""
    SUMMARY = "summary"
    PREMISE = "premise"
    """Yes or no: the question states something that may be false."""
    EXPLANATION = "explanation"
    FACT = "fact"


EXACT_KINDS = (Kind.PERSON, Kind.DATE, Kind.FIGURE, Kind.MONEY, Kind.DEFINITION)
"""One figure, date, sum, person or meaning."""
OPEN_KINDS = (
    Kind.SEQUENCE, Kind.LIST, Kind.EXPLANATION, Kind.PROCEDURE, Kind.SUMMARY,
)  # fmt: skip
"""Several sentences may answer."""
UNPHRASED_KINDS = (
    Kind.SEQUENCE, Kind.LIST, Kind.PROCEDURE, Kind.SUMMARY, Kind.PREMISE, Kind.LEGAL_BASIS,
    Kind.VALIDITY, Kind.COMPARISON,
)  # fmt: skip
"""Several sentences answer together, or one decides: not a phrase that a reader can mark."""

_TAG = (
    r"(?:,|\.)?\s*\b(?:benar|bener(?:an)?|betul|bukan|ya|iya)(?:kah)?"
    r"(?:\s+(?:kan|ya|bukan|tidak|gak|nggak|ga|begitu|gitu|demikian))?"
    r"\s*\?*$|,\s*(?:kan|right|correct|isn't it|is that (?:right|correct|true)|doesn't it|true)"
    r"\s*\?*$"
)
_ASKS_NOTHING_ELSE = (
    r"^(?!.*\b(?:siapa|berapa|kapan|di ?mana|ke mana|mengapa|kenapa|bagaimana|"
    r"apa saja|who|when|where|why|how)\b).*"
)
"""The "ya" of "alamatnya di mana ya?" only makes it polite."""
_TRUE_THAT = (
    r"^(?:apakah|apa|is it)?\s*\b(?:benar(?:kah)?|betul(?:kah)?|true|correct)\b"
    r"(?:\s+(?:bahwa|kalau|jika|that))?\s*,?\s*"
)
_STATES = r"sudah|telah|masih|pernah|boleh|dapat|bisa|wajib|harus|ada|dilarang|akan|belum"
_ASKS_WHETHER = (
    rf"^(?:apa\s+(?={_STATES}\b)|(?:apakah|adakah|is|are|was|were|does|do|did|has|have|can|may|"
    r"must|will)\b(?!\s+(?:yang|itu|saja|isi|bunyi|arti|tujuan|fungsi|tugas|dasar|syarat|jenis|"
    r"definisi|pengertian|nama\w*|the\s+\w+\s+of)\b)(?=.*(?:\d|"
    rf"\b(?:{_STATES}|termasuk|merupakan|berada|memiliki|mempunyai|punya|lebih|sama)\b)))"
)
_ENGLISH_WHETHER = (
    r"^(?:is|are|was|were|does|do|did|has|have|can|may|must)\s+(?!it\b)[\w'’-]+\s+\w+"
)
_WORKED_OUT = (
    r"\b(?:selisih\w*|beda(?:nya)? berapa|berapa (?:be|perbe)da\w*|"
    r"total (?:dari|antara|gabungan)|dijumlah\w*|jumlahkan|ditotal\w*|totalnya|"
    r"lebih (?:mahal|murah|tinggi|rendah|besar|kecil|banyak|sedikit|luas|lama|cepat) berapa|"
    r"(?:persen(?:tase)?|laju) (?:kenaikan|penurunan|pertumbuhan|perubahan)|"
    r"(?:naik|turun|tumbuh) berapa(?: persen)?|berapa (?:persen )?(?:kenaikan|penurunan|"
    r"pertumbuhan)\w*|berapa kali lipat|(?:what|how much) (?:is|was) the (?:difference|sum|total) "
    r"(?:between|of)|how much (?:more|less|higher|lower|larger|smaller)|growth (?:between|from)|"
    r"combined|difference (?:between|in))\b"
)
_KINDS = (
    (
        Kind.VALIDITY,
        r"\b(?:masih|tetap|sudah tidak) berlaku\b|\bstill (?:in force|valid|apply|applies)\b|"
        r"\b(?:sudah|telah|pernah) (?:di)?(?:cabut|ubah)\b|"
        r"\b(?:has|have|been|was|were) (?:\w+ )?(?:revoked|repealed|amended)\b",
    ),
    (
        Kind.SUMMARY,
        r"\b(?:ringkas(?:kan|an)?|rangkum(?:an|kan)?|ikhtisar|garis besar|pokok-pokok (?:isi|"
        r"pengaturan)|summar(?:y|ise|ize)\w*|overview|main points)\b|"
        r"^(?:apa|what)(?:kah)? (?:isi|tentang|is)\s+(?:dokumen|document|berita|laporan|artikel)",
    ),
    (Kind.CALCULATION, _WORKED_OUT),
    (
        Kind.COMPARISON,
        r"\b(?:(?:mem)?bandingkan|dibanding(?:kan)?|perbandingan|perbedaan|apa beda(?:nya)?|"
        r"bedanya|persamaan antara|compar\w+|versus|vs|differ(?:s|ences?)?)\b|"
        r"\bmasing-masing\b.*\bberapa\b|\bberapa\b.*\bmasing-masing\b|"
        r"\b(?:mana|which)(?: yang)? (?:\w+ )?(?:lebih|paling|more|larger|higher)\b",
    ),
    (Kind.PREMISE, rf"(?:{_TRUE_THAT})|{_ASKS_NOTHING_ELSE}(?:{_TAG})"),
    (
        Kind.LEGAL_BASIS,
        r"\b(?:dasar hukum|landasan hukum|payung hukum|aturan (?:apa|mana)|legal basis|"
        r"(?:peraturan|regulasi|undang-undang|perda|perbup) (?:apa|mana|nomor berapa)|"
        r"(?:diatur|ditetapkan) (?:dalam|dengan|oleh) (?:peraturan )?(?:apa|mana)|"
        r"(?:which|what) (?:law|regulation|act|decree)s?|legally based)\b",
    ),
    (
        Kind.PROCEDURE,
        r"\b(?:prosedur(?:nya)?|tata cara(?:nya)?|cara (?:me\w+|ber\w+|mendapat\w*|pengajuan|"
        r"permohonan)|bagaimana (?:cara|mekanisme|proses)(?:nya)?|mekanisme(?:nya)?|"
        r"(?:cara|proses|alur|langkah)nya (?:bagaimana|gimana|apa)|persyaratan(?:nya)?|"
        r"syarat(?:nya|-syarat)?|procedure|"
        r"how (?:do|does|can|to) (?:i |we |one |you |a \w+ )?(?:apply|request|file|submit|obtain|"
        r"register|object|appeal)|requirements?)\b",
    ),
    (
        Kind.LIST,
        r"\b(?:(?:apa|siapa|mana) saja|apa2|sebutkan|sebutin|what are the)\b|"
        r"^apa(?:kah)? (?:tugas|wewenang|kewenangan|kewajiban|hak|jenis|sanksi|misi|asas|prinsip|"
        r"unsur|kriteria|indikator|larangan)\b|"
        r"^what (?:\w+ )?\w+s (?:may|can|must|does|do|are|were)\b|"
        # Not one person in office, but all who may.
        r"\bsiapa(?:kah)?(?: yang| yg)? (?:boleh|dapat|bisa|berhak|dilarang)\b|"
        r"\bwho (?:may|can|is allowed|are allowed|is entitled|are entitled)\b",
    ),
    (
        Kind.DEFINITION,
        r"\b(?:apa itu|apakah itu|itu apa|yang dimaksud|pengertian|definisi|kepanjangan|arti|"
        r"stands? for|meaning of|definition|defines?|what is an?|what is meant|"
        r"(?:arti|maksud|pengertian|definisi|kepanjangan)nya)\b",
    ),
    (
        Kind.SEQUENCE,
        r"\b(?:(?:meng)?urut(?:an|kan)?(?:nya)?|(?:di|ber)urut(?:an|kan)|kronologi\w*|"
        r"bertahap(?!.*\bberapa\b)|tahap(?:an(?:nya)?)?(?!\s+(?:[IVX]+\b|\d))(?!.*\bberapa\b)|"
        r"(?:berubah|perubahan\w*|perkembangan\w*|berkembang|sejarah|riwayat|perjalanan)\b.*"
        r"\b(?:sejak (?:tahun )?\d{4}|dari (?:tahun|masa) ke (?:tahun|masa)|dari waktu ke waktu)|"
        r"(?:chang|evol|develop)\w+\b.*\b(?:since \d{4}|over (?:the years|time))|"
        r"langkah(?:-langkah|nya)?|linimasa|sequenc\w+|step by step|steps|phas\w+|stages?|timeline|"
        r"chronolog\w+|prioriti[sz]\w+|"
        r"in what order|rolled? out)\b",
    ),
    (
        Kind.MONEY,
        r"\b(?:berapa(?! (?:persen|prosen|lama|hari|bulan|tahun|kali)\b)|berapakah|how much|"
        r"how large|what (?:is|was|were|are))\b.*"
        r"\b(?:anggaran\w*|biaya\w*|dana|belanja|pendapatan|harga|pagu|retribusi|pajak|apbd|pad|"
        r"nilai (?:kontrak|investasi)|budget|costs?|revenue|spending|funds?|fee|price)\b|"
        r"\bhow much money\b",
    ),
    (
        Kind.DATE,
        r"\b(?:kapan|kapankah|when|tahun berapa|tanggal berapa|what (?:year|date)|which year|"
        r"sejak kapan|pada tahun apa)\b",
    ),
    (
        Kind.FIGURE,
        r"\b(?:berapa|berapakah|how (?:many|much|far|long|large|big|old|often)|jumlah|"
        r"what (?:percentage|share|number|distance))\b",
    ),
    (Kind.PERSON, r"\b(?:siapa|siapakah|who|whom|whose)\b"),
    (Kind.LIST, r"\b(?:daftar|list|what are|which)\b"),
    (
        Kind.EXPLANATION,
        r"\b(?:bagaimana|bagaimanakah|mengapa|kenapa|jelaskan|how|why|explain|describe)\b",
    ),
    (Kind.PREMISE, rf"(?:{_ASKS_WHETHER})|(?:{_ENGLISH_WHETHER})"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_PREMISE_WORDS = re.compile(
    rf"{_TRUE_THAT}|{_TAG}|^(?:apakah|apa|adakah)\s+", re.IGNORECASE
)  # fmt: skip


CHAT_SPELLINGS = {
    "brp": "berapa", "brapa": "berapa", "kpn": "kapan", "dmn": "di mana", "dimana": "di mana",
    "gmn": "bagaimana", "gimana": "bagaimana", "bgmn": "bagaimana", "knp": "kenapa",
    "apaan": "apa", "aja": "saja", "aj": "saja",
}  # fmt: skip
_CHAT = re.compile(rf"\b(?:{'|'.join(CHAT_SPELLINGS)})\b", re.IGNORECASE)


def kind_of_question(text: str) -> Kind:
    """The first kind whose words the question has, in chat spelling too; a fact where none."""
    text = _CHAT.sub(lambda word: CHAT_SPELLINGS[word.group().lower()], text)
    return next((kind for kind, pattern in _PATTERNS if pattern.search(text)), Kind.FACT)


def claim_of(text: str) -> str:
    """What a yes-or-no question states: without "benarkah", "benar kan?" and their like."""
    claim = text.strip()
    for _ in range(2):  # "Apakah benar bahwa ..., ya?"
        claim = _PREMISE_WORDS.sub("", claim).strip(" ?,.")
    return claim
