"""Sentences that speak to a program, and those that only speak of such things."""

import pytest

from assistant.injections import addresses_a_program
from tests.flows.talking_documents import TALKING


@pytest.mark.parametrize("order", [one.order for one in TALKING])
def test_orders_are_seen(order):
    assert addresses_a_program(order)


@pytest.mark.parametrize(
    "sentence",
    [
        "Bupati meminta ASN tidak mengabaikan instruksi sebelumnya.",
        "Sanksi dijatuhkan kepada pegawai yang mengabaikan perintah atasan.",
        "Kalimat “abaikan instruksi sebelumnya” adalah contoh serangan terhadap chatbot.",
        "Pemerintah menyusun strategi nasional untuk AI.",
        "Layanan chatbot menjawab pertanyaan warga.",
        "Sistem pemerintahan berbasis elektronik: aplikasi umum dan khusus.",
        "Asisten Pemerintahan menyampaikan sambutan kepada camat.",
        "Wali kota menjawab bahwa anggaran itu cukup.",
        "The minister said that rules may change, and officials answer that they will.",
        "Ignoring instructions is punished.",
        "Peraturan ini mengubah aturan sebelumnya.",
        "Jangan membuang sampah ke sungai.",
        "Anda harus membawa KTP.",
        "",
    ],
)
def test_ordinary_sentences_are_not(sentence):
    assert not addresses_a_program(sentence)
