"""Requests that are declined whatever the documents hold.

Only what is plainly such a request is declined; everything else is asked of the documents, which
do not hold what is nobody's business. So an office's address, the procedure for deleting an
account, or what a law says about personal data are ordinary questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.names import is_ordinary
from assistant.understand import clean
from docs_store.errors import Reason
from docs_store.gazetteer import regions_in_question


class RefusalKind(StrEnum):
    """What is asked for."""

    PRIVATE = "private"
    """A private person's address, telephone, identity number, health."""
    RULES = "rules"
    """To work by other rules."""
    PROMPT = "prompt"
    """To show the program's own instructions."""
    ACT = "act"
    """To do something: send, delete, pay, write a program."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is declined, in one sentence a language."""

    kind: RefusalKind
    reason: Reason


_REASONS = {
    RefusalKind.PRIVATE: Reason(
        "Data pribadi seseorang tidak dicari di sini; yang dijawab adalah isi dokumen "
        "pemerintahan.",
        "Nobody's personal data is looked up here; what is answered is what government documents "
        "say.",
    ),
    RefusalKind.RULES: Reason(
        "Cara kerjanya tetap: setiap jawaban berasal dari dokumen dan disertai kutipannya.",
        "The way it works stays as it is: every answer comes from the documents, with its quotes.",
    ),
    RefusalKind.PROMPT: Reason(
        "Instruksi program ini tidak ditampilkan; yang dijawab adalah isi dokumen.",
        "This program's instructions are not shown; what is answered is what the documents say.",
    ),
    RefusalKind.ACT: Reason(
        "Program ini hanya menjawab dari dokumen dan tidak dapat melakukan tindakan.",
        "This program only answers from the documents and cannot act.",
    ),
}

QUOTED = re.compile(r"[\"“”][^\"“”]*[\"“”]")
"""Words that are spoken of."""
_ASKS = re.compile(
    r"\b(?:apa|apakah|siapa|bagaimana|kapan|berapa|mengapa|kenapa|mana|bolehkah|what|who|how|when|"
    r"where|why|which|whether|must|may)\b"
)
_PLEASE = (
    r"(?:tolong|mohon|coba|silakan|please|kindly|(?:bisakah|dapatkah|maukah|bisa|can|could|will|"
    r"would)\s+(?:kamu|anda|kau|you)(?:\s+(?:please|tolong))?)"
)
_START = rf"(?:^|[.!?:;,\n>*#|_)]\s*|\b(?:dan|lalu|kemudian|and|then)\s+)(?:{_PLEASE}\s+)?"
_ANY = r"(?:\w+\s+){0,4}"

RULES = re.compile(
    _START + r"(?:"
    rf"(?:abaikan|lupakan|langgar|ignore|forget|disregard|override|bypass)\s+{_ANY}"
    r"(?:instruksi|perintah|aturan|petunjuk|batasan|instructions?|rules|prompts?|guidelines|"
    r"restrictions)(?:mu|nya)?\b(?!\s+(?:presiden|bupati|gubernur|menteri))|"
    r"(?:mulai sekarang|from now on),?\s+(?:kamu|anda|kau|you)\b|"
    r"(?:berpura-puralah|berperanlah|pretend (?:to be|you are|that you)|act as)\b|"
    r"(?:ubah|ganti|matikan|nonaktifkan|change|disable|turn off)\s+"
    r"(?:semua\s+|all\s+|the\s+|your\s+)?"
    r"(?:aturanmu|aturan mainmu|instruksimu|filter\w*|pemeriksaan kutipan|rules|safety \w+|"
    r"citation checks?)\b|"
    r"(?:jawab|answer)\w*\s+(?:saja\s+|sekarang\s+|me\s+|just\s+)?(?:tanpa|without)\s+"
    r"(?:kutipan|sumber|bukti|dokumen|quotes|sources|citations|documents|proof))|"
    r"\b(?:jailbreak|developer mode|mode pengembang|dan mode)\b",
)
"""In small letters: a demand to work by other rules, as an order at the start of a clause."""
_PROMPT = re.compile(
    r"\b(?:system prompt|prompt sistem|(?:prompt|instruksi)(?:mu| kamu| anda| awalmu| rahasiamu)|"
    r"instruksi (?:sistem|awal|rahasia|tersembunyi)(?:mu| kamu| anda)|"
    r"your (?:\w+ )?(?:system )?(?:prompt|instructions|system message|hidden rules)|"
    r"(?:teks|kata|pesan) di atas (?:percakapan|pesan) ini|everything above this)\b"
)
_ACT = re.compile(
    rf"^(?P<polite>{_PLEASE}\s+)?(?:"
    r"(?:me)?(?:kirim|ngirim)(?:kan|i)?\s+(?:saya\s+|me\s+)?(?:e-?mail|surel|pesan|surat|sms|wa|"
    r"whatsapp|dokumen|berkas|undangan)\b|"
    r"send\s+(?:an?\s+|the\s+|this\s+|me\s+)*(?:e-?mail|message|letter|sms|document|file)\b|"
    r"(?:hapus|menghapus|hapuskan|musnahkan|delete|remove|erase)\s+(?:semua|seluruh|dokumen|berkas|"
    r"file|data|akun|riwayat|all|the|this|my|every)\b|"
    r"(?:transfer(?:kan)?|bayar(?:kan)?|membayar|mentransfer|pay|wire)\s+.*\b(?:rekening|account|"
    r"rp\.?\s?\d\S*|uang|money)\b|"
    r"(?:belikan|pesankan|daftarkan|hubungi|telepon(?:kan)?|buy|order|book|register)\s+"
    r"(?:saya|aku|me|tiket|ticket)\b|"
    r"(?:buat|buatkan|tulis|tuliskan|menulis|membuat|write|create|code)\s+(?:\w+\s+){0,3}?"
    r"(?:kode (?:python|java\w*|program|sql|php|html)|skrip|script|python|javascript|"
    r"program komputer|malware|virus komputer|computer program|sql query)\b|"
    r"(?:jalankan|run|execute|eksekusi)\s+(?:perintah|skrip|kode|the|this|command|code|script|rm|"
    r"sudo)\b)"
)

_HONORIFIC = r"(?:pak|bu|bapak|ibu|sdri?|saudar[ai]|mas|mbak|kang|si|mr|mrs|ms)\.?\s+"
_SOMEBODY = (
    r"(?:warga|orang|seseorang|tetangga|mantan|pacar|istri|suami|anak|teman|rekan|neighbou?r|"
    r"ex-?\w+|wife|husband|girlfriend|boyfriend|friend)"
)
_TITLED = re.compile(
    rf"{_HONORIFIC}(?!(?:bupati|wali|gubernur|camat|kepala|dan)\b)\w", re.IGNORECASE
)
_SOMEBODY_NAMED = re.compile(rf"{_SOMEBODY}\b.*\b(?:bernama|saya|my|named)\b", re.IGNORECASE)
_PERSONAL = re.compile(
    r"\b(?:alamat (?:rumah|pribadi|tinggal)|tempat tinggal|rumah pribadi|"
    r"(?:nomor|no\.?) (?:hp|handphone|ponsel|wa|whatsapp|telepon pribadi|telepon rumah|ktp|kk|"
    r"rekening)|nik|nomor induk kependudukan|tanggal lahir anak|riwayat (?:penyakit|kesehatan)|"
    r"rekam medis|penyakit (?:apa )?(?:yang )?(?:diderita|diidap)|home address|"
    r"(?:cell|mobile|private|personal|home) "
    r"(?:phone )?number|national id(?: number)?|id number|medical (?:record|histor)(?:y|ies|s)?|"
    r"bank account(?: number)?|where does(?=.*\blives?\b))\b\s*"
    r"(?:(?:lengkap|pribadi|dari|milik|oleh|of|for|for the|number)\s+)*"
)
_CONTACT = re.compile(
    r"\b(?:alamat|address|nomor telepon|no\.? telp\w*|phone number|telepon)\s+"
    r"(?:(?:lengkap|dari|milik|of)\s+)*"
)
_OF_PERSON = re.compile(
    r"\b(?P<name>[A-Z][a-z'’]+(?:\s+[A-Z][a-z'’]+)*)(?:'s|’s)\s+(?:home address|address|"
    r"(?:cell|mobile|phone|private) (?:phone )?number|national id|medical records?)"
)
_HOUSE = re.compile(r"\b(?:di ?mana|where)\s+(?:letak\s+|is\s+)?rumah(?:nya)?\s+")
_NO_PERSON = re.compile(
    r"(?:sakit|dinas|makan|ibadah|susun|potong|jabatan|adat|layak|singgah|subsidi|kantor|dinas|"
    r"badan|layanan|pengaduan|call|puskesmas|rsud|sekretariat|kecamatan|kelurahan|desa|posko|ppid|"
    r"pt|cv|ud|hotel|toko|pasar|sekolah|smp|sma|smk|sd|masjid|gereja|situs|website|e-?mail|pemkab|"
    r"pemkot|pemprov|polres|polsek|rumah sakit|menular|tidak menular|hewan|tanaman|ternak|kas|"
    r"pemerintah|daerah|umum|negara)\b"
)
_GIVEN_NAMES = frozenset(
    "budi agus siti ahmad muhammad mohammad andi dewi sri joko slamet rina wayan made ketut nyoman "
    "eko dwi tri hendra bambang sugeng supriyadi sutrisno suharto wati yanti yuni rudi dedi dian "
    "nur nurul ratna putri rizki fitri indah lestari yusuf ibrahim hasan husein umar abdul "
    "abdullah maria yohanes agung iwan hadi heru wahyu teguh sumarni suparman tono ani".split()
)


def refusal(question: str) -> Refusal | None:
    """Why a question is declined without looking at the documents; None where it is not.

    Args:
        question: as typed.
    """
    text = clean(question)
    unquoted = QUOTED.sub(" ", text)
    small = unquoted.lower()
    for kind, found in (
        (RefusalKind.PROMPT, _PROMPT.search(small)),
        (RefusalKind.RULES, RULES.search(small)),
        (RefusalKind.ACT, _acts(small)),
        (RefusalKind.PRIVATE, _is_private(unquoted)),
    ):
        if found:
            return Refusal(kind, _REASONS[kind])
    return None


def _acts(small: str) -> bool:
    match = _ACT.match(small)
    if match is None:
        return False
    # "Kirim surat permohonan ke mana?" asks; "Bisakah kamu mengirim surat?" does not.
    return match["polite"] is not None or not (small.endswith("?") or _ASKS.search(small))


def _is_private(text: str) -> bool:
    small = text.lower()
    if match := _OF_PERSON.search(text):
        return _is_name(match["name"])
    for pattern in (_PERSONAL, _HOUSE, _CONTACT):
        for match in pattern.finditer(small):
            after = text[match.end() :]
            if _NO_PERSON.match(after.lower()):
                continue
            if _TITLED.match(after):
                return True
            if pattern is _CONTACT:
                # Offices and firms have addresses too: only a name that is surely a person's.
                named = re.match(r"[A-Z]\w+", after)
                if named and named.group().lower() in _GIVEN_NAMES:
                    return True
            elif _SOMEBODY_NAMED.match(after) or _is_name(after):
                return True
    return re.search(rf"\b(?:address|number) of my {_SOMEBODY}\b", small) is not None


def _is_name(after: str) -> bool:
    """Whether a text begins with a person's name: one or two words that are no ordinary ones."""
    words = re.findall(r"[^\W\d_]+", after)[:2]
    if not words or words[0].isupper() or regions_in_question(" ".join(words)):
        return False
    known = [word for word in words if word.lower() in _GIVEN_NAMES]
    if known and known[0] == words[0]:
        return True
    # A name in capitals, or one that no dictionary has.
    strange = [word for word in words if not is_ordinary(word.lower())]
    return words[0] in strange and (words[0][0].isupper() or len(strange) == len(words))
