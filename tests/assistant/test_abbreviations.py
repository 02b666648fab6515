import time

import pytest

from assistant.abbreviations import definitions, other_forms
from assistant.retrieve import retrieve
from assistant.understand import understand
from tests.drafts import publish_text

LAW = (
    "Dalam peraturan ini yang dimaksud dengan Gerai Layanan Warga yang selanjutnya disingkat GLW "
    "adalah tempat warga dilayani."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LAW, [("GLW", "Gerai Layanan Warga")]),
        ("Tim Aksi Cepat (TAC) dibentuk.", [("TAC", "Tim Aksi Cepat")]),
        ("Tim Aksi Cepat (selanjutnya disebut TAC) ada.", [("TAC", "Tim Aksi Cepat")]),
        ("Kantor di Kalibaru (TAC).", []),
        ("Rapat usai. (TAC) hadir.", []),
        ("Rp5.000 (lima ribu rupiah)", []),
    ],
)
def test_what_a_text_defines(text, expected):
    assert list(definitions(text)) == expected


def test_long_and_hostile_texts_are_read_in_time():
    started = time.perf_counter()
    for text in (
        "A" * 200_000,
        "(" * 200_000,
        "yang selanjutnya disingkat " * 8_000,
        " " * 200_000,
    ):
        assert list(definitions(text)) == []
    assert time.perf_counter() - started < 2


def test_both_forms_lead_to_each_other(store):
    publish_text(store, LAW, "a.txt")
    assert other_forms(store, "Kapan GLW buka?") == ("Gerai Layanan Warga",)
    assert other_forms(store, "Kapan Gerai Layanan Warga buka?") == ("GLW",)
    assert other_forms(store, "Kapan kantor buka?") == ()
    assert other_forms(store, "Kapan ABC buka?") == ()


def test_a_question_with_the_long_name_finds_the_short_one_by_keyword(store):
    publish_text(store, LAW, "a.txt")
    publish_text(store, "GLW buka pukul delapan.", "b.txt")
    hits = retrieve(store, understand("Pukul berapa Gerai Layanan Warga mulai?"))
    opening = next(hit for hit in hits if "delapan" in hit.text)
    alone = store.candidates("Gerai Layanan Warga", 10)
    assert "keyword" in opening.scores
    assert all("keyword" not in hit.scores for hit in alone if "delapan" in hit.text)
