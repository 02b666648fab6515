import pytest

from assistant.asked_thing import asked_thing
from assistant.expected import defines
from assistant.understand import understand


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("Apa itu PPID?", "PPID"),
        ("Apa yang dimaksud dengan pajak daerah menurut UU 1/2022?", "pajak daerah"),
        ("PKSN dalam rencana tata ruang nasional itu apa?", "PKSN"),
        ("Ajudikasi dalam UU Keterbukaan Informasi Publik artinya apa?", "Ajudikasi"),
        ("Sempadan pantai itu apa ya, dan minimal berapa meter?", "Sempadan pantai"),
        ("What does SKPD stand for?", "SKPD"),
        ("What is meant by a regional levy in Law 1/2022?", "regional levy"),
        ("Pengertian retribusi menurut UU 28/2009", "retribusi"),
        ("Berapa tarif parkir?", None),
    ],
)
def test_the_thing_is_told_from_where_it_is_said(question, thing):
    assert asked_thing(question) == thing


def test_a_definition_need_not_hold_where_it_is_asked_for():
    asked = understand("Ajudikasi dalam UU Keterbukaan Informasi Publik artinya apa?")
    assert defines(asked, "6. Ajudikasi adalah proses penyelesaian sengketa antara para pihak.")
    assert not defines(asked, "7. Mediasi adalah penyelesaian melalui perundingan, lalu ajudikasi.")


def test_a_second_name_is_no_other_thing():
    asked = understand("Apa itu kota spons?")
    assert defines(
        asked, "Kota Spons yang sering disebut juga Kota Spons merupakan wilayah resapan."
    )
