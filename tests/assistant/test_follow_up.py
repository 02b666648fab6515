"""Questions that lean on the conversation."""

import pytest

from assistant.conversation import Answer, AnswerPart, Citation
from assistant.follow_up import part_of, standalone


def answered(question, value=None, title=None):
    parts = (AnswerPart("value", value, (1,)),) if value else ()
    cited = (Citation(1, "d", title, "s", 1, None, None, 0, 1, "x"),) if title else ()
    return Answer(question, "id", "quotes", False, None, parts, cited)


SEKDA = answered("Siapa Sekda Banyuwangi?", "Mujiono", "Kunjungan")


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        (SEKDA, "bagaimana dengan Sumedang?", "Siapa Sekda Sumedang?"),
        (SEKDA, "kalau Morowali Utara?", "Siapa Sekda Morowali Utara?"),
        (SEKDA, "kapan ia dilantik?", "kapan Mujiono dilantik?"),
        (
            answered("How large was the budget of Banyuwangi in 2022?"),
            "and in 2023?",
            "How large was the budget of Banyuwangi in 2023?",
        ),
        (answered("Berapa PAD Banyuwangi?"), "tahun 2021?", "Berapa PAD Banyuwangi tahun 2021?"),
        (
            answered(
                "Apa tugas PPID?", None, "Peraturan Bupati Banyuwangi Nomor 19 Tahun 2012 tentang X"
            ),
            "siapa yang menandatanganinya?",
            "siapa yang menandatangani Peraturan Bupati Banyuwangi Nomor 19 Tahun 2012?",
        ),
        (
            answered("Kapan MPP Banyuwangi dibuka?"),
            "Berapa anggarannya?",
            "Berapa anggaran MPP Banyuwangi?",
        ),
        (
            answered("Kapan Morowali Utara dimekarkan?"),
            "siapa bupatinya?",
            "siapa bupati Morowali Utara?",
        ),
        (answered("What is MPP Banyuwangi?"), "Where is it?", "Where is MPP Banyuwangi?"),
    ],
)
def test_it_is_made_to_stand_alone(before, question, alone):
    assert standalone(question, [before]) == alone


@pytest.mark.parametrize(
    "question",
    [
        "Bagaimana cara mengajukan keberatan?",
        "Apa itu MPP?",
        "Siapa Bupati Morowali Utara?",
        "Siapa namanya tidak penting, berapa jumlah desa di Banyuwangi?",
    ],
)
def test_what_stands_alone_is_left_alone(question):
    assert standalone(question, [SEKDA]) == question


def test_without_a_conversation_nothing_is_added():
    assert standalone("siapa bupatinya?", []) == "siapa bupatinya?"


def test_a_later_part_gets_the_subject_of_the_first():
    parts = ("Siapa Bupati Banyuwangi?", "kapan ia dilantik?")
    assert part_of(parts[1], parts) == "kapan Bupati Banyuwangi dilantik?"
