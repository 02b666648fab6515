"""An answer in a terminal."""

from dataclasses import replace

from tests.ui.fake_services import abstention, market_answer, sequence_answer
from ui.plain_answer import plain_answer


def test_what_to_know_of_a_source_stands_below_it():
    answer = sequence_answer()
    first, second, third = answer.citations
    first = replace(first, notices=("Diubah dengan UU 9/2015",), confidence=0.839)
    second = replace(second, confidence=1.0)
    lines = plain_answer(replace(answer, citations=(first, second, third))).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("  [1] "))
    assert lines[at + 1] == "      Diubah dengan UU 9/2015; dibaca dengan OCR, keyakinan 83%"
    assert lines[at + 2].startswith("  [2] ")
    assert lines[at + 3] == "      dibaca dengan OCR, keyakinan 100%"
    assert lines[at + 4].startswith("  [3] ")
    assert len(lines) == at + 5


def test_the_remark_is_in_the_answers_language():
    answer = market_answer("When?")
    unsure = replace(answer.citations[0], confidence=0.5)
    answer = replace(answer, citations=(unsure, *answer.citations[1:]))
    assert "read by OCR, confidence 50%" in plain_answer(answer)


def test_a_translation_stands_below_its_source_and_is_told_as_a_machines():
    answer = market_answer("When?")
    first, *others = answer.citations
    first = replace(first, notices=("Amended by UU 9/2015",), translation="It is open\ndaily.")
    lines = plain_answer(replace(answer, citations=(first, *others))).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("  [1] "))
    assert lines[at + 1 : at + 3] == [
        "      Amended by UU 9/2015",
        "      Machine translation, no proof: It is open daily.",
    ]


def test_an_abstention_names_the_nearest_as_no_answer():
    shown = plain_answer(abstention("Berapa?"))
    assert "Bukan jawaban, kutipan terdekat:" in shown
    assert "Sumber:" not in shown
