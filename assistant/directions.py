"""Words that turn a statement round: negations, and words that have an opposite."""

from __future__ import annotations

import re

NEGATORS = frozenset(
    "tidak bukan bukanlah tidaklah belum tanpa jangan dilarang larangan kecuali tak tiada not "
    "never no without except unless cannot prohibited forbidden nor neither".split()
)
_NO_NEGATION = re.compile(
    r"\s+(?:hanya|saja|only|hanyalah|sekadar|cuma|lain|later|less than|fewer than|more than)\b"
)
"""After a negating word: "tidak hanya … tetapi juga" states both."""

_OPPOSITES = (
    (
        "trend",
        "naik kenaikan menaikkan dinaikkan meningkat meningkatnya peningkatan meningkatkan "
        "ditingkatkan bertambah penambahan bertumbuh tumbuh pertumbuhan melonjak "
        "increase increased increases increasing rise rises rose risen rising grow grew grown "
        "grows growth growing",
        "turun penurunan menurun menurunnya menurunkan diturunkan berkurang pengurangan mengurangi "
        "dikurangi merosot anjlok menyusut kontraksi decrease decreased decreases "
        "decreasing decline declined declines declining fall falls fell fallen falling drop "
        "dropped drops dropping reduced reduce reduces reduction shrink shrank",
    ),
    ("size", "tinggi high large big besar banyak higher larger bigger more greater",
     "rendah low small kecil sedikit lower smaller fewer less"),
    ("rank", "tertinggi terbesar terbanyak terluas terbaik highest largest biggest most best",
     "terendah terkecil tersedikit tersempit terburuk lowest smallest least fewest worst"),
    ("order", "sebelum sebelumnya before earlier prior", "setelah sesudah after afterwards later"),
    ("bound", "maksimal maksimum selambat-lambatnya maximum sebanyak-banyaknya",
     "minimal minimum sekurang-kurangnya paling-sedikit sedikitnya setidaknya"),
    ("comparison", "lebih melebihi exceed exceeds exceeded above", "kurang below"),
    ("balance", "surplus untung laba profit", "defisit rugi deficit loss"),
    ("decision", "menerima diterima menyetujui disetujui mengabulkan dikabulkan accepted approved "
     "granted", "menolak ditolak penolakan rejected refused denied"),
    ("duty", "wajib diwajibkan harus mandatory obliged required must",
     "opsional sukarela optional voluntary"),
    ("opening", "membuka dibuka pembukaan opened opens", "menutup ditutup penutupan closed closes"),
    ("trade", "ekspor mengekspor diekspor export exports exported",
     "impor mengimpor diimpor import imports imported"),
    ("flow", "pendapatan penerimaan revenue income", "belanja pengeluaran expenditure spending"),
    ("force", "berlaku diberlakukan", "dicabut mencabut pencabutan revoked repealed"),
)  # fmt: skip
POLES: dict[str, tuple[str, str]] = {
    word: (axis, pole)
    for axis, *sides in _OPPOSITES
    for pole, words in zip(("+", "-"), sides, strict=True)
    for word in words.split()
}
"""A word -> what it can be mistaken for, and which of the two it says."""
AXES = frozenset(axis for axis, *_ in _OPPOSITES)


def negates(word: str, after: str) -> bool:
    """Whether a negating word negates, judged by what follows it."""
    return not (word in NEGATORS and _NO_NEGATION.match(after.lower()))


def is_negated(text: str) -> bool:
    """Whether a word of the text negates."""
    lower = text.lower()
    return any(
        word.group() in NEGATORS and negates(word.group(), lower[word.end() :])
        for word in re.finditer(r"\w+", lower)
    )
