"""Which concepts of a question a sentence holds, and which are said of it by what it belongs to."""

import pytest

from assistant.coverage import covered, covered_by_setting, short_names, spelled_out
from assistant.understand import understand
from docs_store.records import Hit

TABLE = "Tarif kios pasar\nNo | Kelas | Sewa\n1 | Kelas I | 8.000\n2 | Kelas II | 5.000"
LIST = (
    "Dikecualikan dari kewajiban sewa kios adalah:\n\na. pedagang baru yang omzetnya kurang dari "
    "Rp1.000.000; dan\nb. koperasi."
)


def names(concepts):
    return {concept.name.lower() for concept in concepts}


def hit(text):
    return Hit(1, "d", 1, "t", "s", None, "id", None, None, 0, len(text), text, "", 0.0, {})


def test_a_row_says_what_its_head_says():
    asked = understand("Berapa sewa kios kelas I?")
    start = TABLE.index("1 | Kelas I |")
    found = covered_by_setting(asked.concepts, TABLE, start, TABLE.index("\n2 |"), "id")
    assert {"sewa", "kios"} <= names(found)


def test_an_item_says_what_opens_its_list():
    asked = understand("Berapa omzet pedagang yang dikecualikan dari sewa kios?")
    start, end = LIST.index("a. pedagang"), LIST.index("\nb.")
    assert {"dikecualikan", "sewa", "kios"} <= names(
        covered_by_setting(asked.concepts, LIST, start, end, "id")
    )
    assert not names(covered(asked.concepts, LIST[start:end], "id")) & {"sewa", "kios"}


def test_a_sentence_with_no_setting_holds_only_its_own():
    asked = understand("Berapa sewa kios pasar?")
    text = "Sewa kios pasar naik. Gedungnya dicat ulang."
    start = text.index("Gedung")
    assert covered_by_setting(asked.concepts, text, start, len(text), "id") == set()


@pytest.mark.parametrize(
    ("question", "defined"),
    [
        ("Apa itu Pasar Digital Awan?", {"PDA": "Pasar Digital Awan"}),
        ("Apa itu pasar digital?", {}),
    ],
)
def test_an_abbreviation_stands_for_what_is_asked_in_full(question, defined):
    text = "Pasar Digital Awan (PDA) dibuka. PDA merupakan aplikasi jual beli."
    assert short_names(understand(question), [hit(text)]) == defined


def test_a_short_name_is_spelled_out_as_a_whole_word():
    assert spelled_out("PDA ramai, PDAM tidak.", {"PDA": "Pasar Digital Awan"}) == (
        "Pasar Digital Awan ramai, PDAM tidak."
    )
