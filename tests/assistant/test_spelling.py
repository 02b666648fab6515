import pytest

from assistant.spelling import spelled
from assistant.understand import understand


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Berapa angaran pariwisata Banyuwagi?", "Berapa anggaran pariwisata Banyuwangi?"),
        ("bagiamana prosedur permohoan infromasi?", "bagaimana prosedur permohonan informasi?"),
        ("Siapa Bupati Morowli Utara?", "Siapa Bupati Morowali Utara?"),
        ("apa pengertain pajak?", "apa pengertian pajak?"),
    ],
)
def test_mistyped_words_are_mended(sample_store, typed, meant):
    assert spelled(sample_store, understand(typed)) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Berapa harga pesawat nirawak?",  # real words that no sample has
        "Siapa Mujiono?",
        "Berapa jasa potong seekor kerbau?",
        "What concession does the complainant get?",
        "Kapan Batan dibentuk?",  # Batam or Batang: nobody can tell
        "Siapa yang bertanggung jawab di Sukaramai?",
    ],
)
def test_other_words_stay(sample_store, question):
    assert spelled(sample_store, understand(question)) == question
