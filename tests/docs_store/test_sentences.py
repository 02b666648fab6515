"""Sentence borders: what does and does not end a sentence, and the laws that always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs_store.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bupati Morowali Utara, dr. Delis J. Hehi, datang pagi itu.",
        "Biayanya Rp1.500.000,00 untuk dua hari.",
        "Biayanya Rp. 1.500.000 untuk dua hari.",
        "Perda No. 8 Tahun 2016 diubah dua kali.",
        "Perda no. 8 tahun 2016 diubah dua kali.",
        "Diatur dalam Undang-Undang RI No. 14/2008 tentang informasi.",
        "Kantornya di Jl. KH. Agus Salim No. 85 Banyuwangi Telp. (0333) 422400.",
        "Rapat dipimpin oleh H. Ahmad Yani, S.H., M.Si. di balai desa.",
        "Rapat dipimpin oleh Ir. A. B. Cahya, S.Sos. di aula.",
        "Letaknya di Jalan Raya km. 5 arah barat.",
        "Laman www.contoh.go.id memuat berkas rencana.pdf untuk warga.",
        "1. Menyusun rencana kerja.",
        "a. menyusun rencana kerja;",
        "IV. Penutup",
        "(1) Setiap orang berhak atas layanan.",
        "Kecepatannya 3.5 km per jam pada pukul 09.30 WIB.",
        "Ia bertanya: “Apa ini?” lalu pergi.",
        "“Luar biasa!” kata bupati.",
        "Mr. Smith met Gov. Lee at 9 a.m. on Jan. 5 in the U.S. capital.",
        "1 | PT. Maju Jaya. Tbk | Rp. 5.000. | selesai.",
        "Berkas itu, dll. dan sebagainya, disimpan.",
    ],
)
def test_one_sentence(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    "expected",
    [
        ["Ia datang.", "Ia melihat.", "Ia pulang."],
        ["Totalnya Rp1.500.000,00.", "Sisanya Rp500.000."],
        ["“Saya datang.”", "Begitu katanya."],
        ["Apa?", "Siapa?", "Luar biasa!"],
        ["Sampai tahun 2016.", "Setelah itu berubah."],
        ["Jaraknya 500 km.", "Perjalanannya lama."],
        ["Ia menulis surat, laporan, dll.", "Semua disimpan."],
        ["Ayat (2).", "Ayat (3)."],
        ["He came.", "“We won.”", "They left…", "All was well."],
        ["Rapat pukul 9.", "30 orang hadir."],
    ],
)
def test_several_sentences(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_line_break_ends_a_sentence() -> None:
    assert sentences("Yth. Bupati\ndi tempat\n\nDengan hormat") == [
        "Yth. Bupati",
        "di tempat",
        "Dengan hormat",
    ]


def test_a_table_row_is_one_sentence_among_others() -> None:
    text = "Daftar. Isinya:\n1 | Air. Bersih. | 5\nSelesai. Sudah."
    assert sentences(text) == [
        "Daftar.",
        "Isinya:",
        "1 | Air. Bersih. | 5",
        "Selesai.",
        "Sudah.",
    ]


ODD = st.text(st.sampled_from('aBz09 .,!?…\n\t"”’)(|-“\u00a0\u2028é漢🙂ـ́'), max_size=80)


@given(st.one_of(st.text(max_size=200), ODD))
def test_laws(text: str) -> None:
    spans = sentence_spans(text)
    before = 0
    for start, end in spans:
        assert before <= start < end <= len(text)
        assert not text[before:start].strip()
        assert text[start:end] == text[start:end].strip()
        before = end
    assert not text[before:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "Pemenangnya: 1. Kabupaten Bogor 2. Kabupaten Sleman 3. Kabupaten Tangerang",
        "Syaratnya: 1. KTP 2. KK 3. Surat.",
    ],
)
def test_numbers_in_a_line_count_its_items(text):
    assert [text[start:end] for start, end in sentence_spans(text)] == [text]


def test_a_number_that_counts_nothing_ends_its_sentence():
    text = "Peringkatnya 2. Lalu naik ke 1. Kemudian selesai."
    assert len(sentence_spans(text)) == 3
