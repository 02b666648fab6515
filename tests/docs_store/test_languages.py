"""Indonesian and English are told apart, from a question to a document."""

from __future__ import annotations

import pytest

from docs_store.languages import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Siapa Sekda Banyuwangi?", "id"),
        ("Berapa jarak Morowali Utara dari Kota Palu?", "id"),
        ("Bupati dan rombongan datang untuk belajar dari daerah itu.", "id"),
        ("Who is the regional secretary of Banyuwangi?", "en"),
        ("How far is Kota Palu from here?", "en"),
        ("The delegation came to study the region's public services.", "en"),
        ("Banyuwangi", "und"),
        ("", "und"),
        ("1.500 | 2.000", "und"),
        ("Perda tentang Mal Pelayanan Publik (Public Service Mall) di daerah", "id"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language
