"""The value of a sentence that a question asks for, on sentences by hand."""

from __future__ import annotations

import pytest

from assistant.evidence import Sentence
from assistant.understand import understand
from assistant.values import value_span
from docs_store.records import Hit

HIT = Hit(1, "d", 1, "t", "s", None, "id", None, None, 0, 0, "", "", 0.0)


def value_of(question: str, text: str) -> str | None:
    span = value_span(understand(question), Sentence(HIT, 0, len(text), text, 1.0, 1.0, False))
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Pasar Senggol dibuka pada 3 Mei 2021.", "3 Mei 2021"),
        ("Pasar Senggol dibuka pada Okt 2017.", "Okt 2017"),
        ("Pasar Senggol dibuka tiap 17 Agustus.", "17 Agustus"),
        ("Pasar Senggol dibuka pada tahun 1771.", "1771"),
        ("Pasar Senggol dibuka pada 27-29 Januari 2022.", "27-29 Januari 2022"),
        ("Pasar Senggol dibuka selama 2019-2021.", "2019-2021"),
        ("Pasar Senggol dibuka pada 2019, lalu ditutup pada 2021.", None),
        ("Pasar Senggol dibuka oleh camat.", None),
    ],
)
def test_a_date_is_told_as_far_as_the_sentence_does(text: str, value: str | None) -> None:
    assert value_of("Kapan Pasar Senggol dibuka?", text) == value


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("Berapa luas daratan Teluk Biru?",
         "Teluk Biru meliputi daratan seluas 256 ha dan perairan laut seluas 68 ha.", "256 ha"),
        ("Berapa luas perairan laut Teluk Biru?",
         "Teluk Biru meliputi daratan seluas 256 ha dan perairan laut seluas 68 ha.", "68 ha"),
        ("Berapa persen pajak untuk minuman?",
         "Pajak sebesar 10% untuk makanan dan 20% untuk minuman.", "20%"),
        ("Berapa tarif parkir?", "Tarif parkir adalah 2.000, malam hari 5.000.", None),
        ("Berapa jumlah loket?", "Jumlah loket 24 loket naik menjadi 31 loket.", None),
    ],
)  # fmt: skip
def test_the_value_that_stands_beside_the_thing_asked_for(question, text, value) -> None:
    assert value_of(question, text) == value
