"""What is compared, and in what."""

import pytest

from assistant.comparison import frame
from assistant.understand import understand


@pytest.mark.parametrize(
    ("question", "columns", "rows"),
    [
        ("Berapa selisih jangka waktu RPJP dan RPJM?", ("RPJP", "RPJM"), ("jangka waktu",)),
        (
            "Berapa selisih tarif rawat inap di puskesmas perawatan dan non perawatan Banyuwangi?",
            ("puskesmas perawatan", "non perawatan"),
            ("tarif rawat inap di Banyuwangi",),
        ),
        (
            "Berapa selisih luas kawasan Bandara Awan dan kawasan pengembangannya?",
            ("kawasan Bandara Awan", "kawasan pengembangan Bandara Awan"),
            ("luas",),
        ),
        (
            "Compare the land area and the sea area of Awan City",
            ("the land area of Awan City", "the sea area of Awan City"),
            ("",),
        ),
        (
            "Bandingkan tarif maksimum Pajak Parkir di PP 65 Tahun 2001 dan di UU 28 Tahun 2009.",
            ("PP 65 Tahun 2001", "UU 28 Tahun 2009"),
            ("tarif maksimum Pajak Parkir",),
        ),
        (
            "Di pasar Awan, jasa potong seekor babi lebih mahal berapa dibanding seekor sapi?",
            ("seekor babi", "seekor sapi"),
            ("pasar Awan jasa potong",),
        ),
        (
            "Kalau luas daratan dan perairan laut Awan dijumlah, totalnya berapa?",
            ("daratan", "perairan laut Awan"),
            ("luas",),
        ),
        (
            "Antara ruas Awan - Bulan dan ruas Mega - Surya, nilai paketnya masing-masing berapa?",
            ("ruas Awan - Bulan", "ruas Mega - Surya"),
            ("nilai paketnya",),
        ),
    ],
)
def test_what_both_share_is_said_once(question, columns, rows):
    assert frame(understand(question)) == (columns, rows)
