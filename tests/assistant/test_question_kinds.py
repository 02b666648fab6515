"""What form of answer a question asks for, and what a yes-or-no question states."""

import pytest

from assistant.question_kinds import Kind, claim_of, kind_of_question

QUESTIONS = [
    ("Bagaimana Banyuwangi mengurutkan program pariwisatanya?", Kind.SEQUENCE),
    ("How did Banyuwangi sequence its tourism push?", Kind.SEQUENCE),
    ("Tahapan apa yang dilalui?", Kind.SEQUENCE),
    ("Siapa Sekda Banyuwangi?", Kind.PERSON),
    ("Kapan Morowali Utara dimekarkan?", Kind.DATE),
    ("Berapa tarif pajak reklame?", Kind.MONEY),
    ("How many villages are there in Banyuwangi?", Kind.FIGURE),
    ("Apa itu MPP?", Kind.DEFINITION),
    ("Apa saja jenis pajak daerah?", Kind.LIST),
    ("Bandingkan jumlah kecamatan di Banyuwangi dan Morowali Utara", Kind.COMPARISON),
    ("Apa perbedaan pajak dan retribusi?", Kind.COMPARISON),
    ("Mana yang lebih besar, pajak hotel atau pajak restoran?", Kind.COMPARISON),
    ("Berapa selisih anggaran 2022 dan 2023?", Kind.CALCULATION),
    ("Berapa persen kenaikan PAD dari 2022 ke 2023?", Kind.CALCULATION),
    ("What is the difference between the budgets of 2022 and 2023?", Kind.CALCULATION),
    ("Bagaimana cara mengajukan permohonan informasi?", Kind.PROCEDURE),
    ("How do I apply for public information?", Kind.PROCEDURE),
    ("Apa dasar hukum pembentukan PPID?", Kind.LEGAL_BASIS),
    ("Apakah UU 32/2004 masih berlaku?", Kind.VALIDITY),
    ("Has Law 32/2004 been revoked?", Kind.VALIDITY),
    ("Ringkas Perda Banjarnegara 8 Tahun 2025", Kind.SUMMARY),
    ("Apa isi berita kunjungan Morowali Utara?", Kind.SUMMARY),
    ("Jangka waktunya 10 tahun, benar kan?", Kind.PREMISE),
    ("Apakah benar bahwa tarifnya 10 persen?", Kind.PREMISE),
    ("Apakah permohonan informasi dapat ditolak?", Kind.PREMISE),
    ("Is Morowali Utara in Central Sulawesi?", Kind.PREMISE),
    ("syarat bikin ktp apa aja sih?", Kind.PROCEDURE),
    ("pajak kabupaten apa aja?", Kind.LIST),
    ("kantor dinasnya dimana ya?", Kind.FACT),
    ("brp tarif masuk museum ya?", Kind.FIGURE),
    ("Usaha spa termasuk jasa hiburan?", Kind.FACT),  # not "siapa"
    ("gimana urutan programnya?", Kind.SEQUENCE),
    ("Pagu paket penataan alun-alun Tahap II berapa?", Kind.FIGURE),
    ("Jerneng dan Perengge, nilai paketnya masing-masing berapa?", Kind.COMPARISON),
    ("Luas darat dan laut dijumlah, totalnya berapa?", Kind.CALCULATION),
    ("Potong babi lebih mahal berapa dibanding sapi?", Kind.CALCULATION),
    ("Usaha kecil baru bebas pajak di bawah Rp15 juta, benar begitu?", Kind.PREMISE),
    ("Gimana caranya mengajukan pengesahan?", Kind.PROCEDURE),
    ("Siapa yang boleh meminta informasi?", Kind.LIST),
    ("Who may request information?", Kind.LIST),
    ("Ajudikasi artinya apa?", Kind.DEFINITION),
    ("What is meant by a levy?", Kind.DEFINITION),
    # "Apakah" also asks what something is.
    ("Apakah ibu kota Jawa Timur?", Kind.FACT),
    ("Apakah nama pulau terbesar di Indonesia?", Kind.FACT),
    ("Apa yang akan dipelajari Bupati Delis di Banyuwangi?", Kind.FACT),
    ("Jelaskan tujuan pelayanan publik", Kind.EXPLANATION),
]


@pytest.mark.parametrize(("question", "kind"), QUESTIONS)
def test_the_form_of_answer(question, kind):
    assert kind_of_question(question) is kind


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Jangka waktunya 10 tahun, benar kan?", "Jangka waktunya 10 tahun"),
        ("Apakah benar bahwa tarifnya 10 persen?", "tarifnya 10 persen"),
        ("Benarkah Banyuwangi memulai dari pariwisata?", "Banyuwangi memulai dari pariwisata"),
        ("Apakah Bupati wajib menetapkan PPID?", "Bupati wajib menetapkan PPID"),
        ("Is it true that the tariff is 10%?", "the tariff is 10%"),
        ("Tarifnya 10 persen ya?", "Tarifnya 10 persen"),
    ],
)
def test_the_claim_of_a_yes_or_no_question(question, claim):
    assert claim_of(question) == claim
