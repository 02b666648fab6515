"""Questions that ask several things, and those that only look so."""

import pytest

from assistant.periods import Period, find_periods
from assistant.question_parts import question_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Siapa bupatinya dan kapan ia dilantik?", ("Siapa bupatinya?", "kapan ia dilantik?")),
        ("Apa itu PPID? Siapa ketuanya?", ("Apa itu PPID?", "Siapa ketuanya?")),
        (
            "Sejak kapan MPP dibuka, dan siapa yang meresmikannya?",
            ("Sejak kapan MPP dibuka?", "siapa yang meresmikannya?"),
        ),
        (
            "Who is the regent and when was he elected?",
            ("Who is the regent?", "when was he elected?"),
        ),
        (
            "Apa tujuan, apa manfaat, dan siapa pelaksana program ini?",
            ("Apa tujuan?", "apa manfaat?", "siapa pelaksana program ini?"),
        ),
    ],
)
def test_several_questions_are_taken_apart(text, parts):
    assert question_parts(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Bagaimana Banyuwangi mengurutkan program pariwisatanya?",
        "Apa dan bagaimana PPID bekerja?",
        "Berapa tarif hotel dan restoran?",
        "Bandingkan apa yang dilakukan Sumedang dan apa yang dilakukan Banyuwangi",
        "Kami akan ke Banyuwangi, apa yang bisa dipelajari?",
    ],
)
def test_one_question_stays_whole(text):
    assert question_parts(text) == (text,)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("PAD sejak 2010", ["2010-"]),
        ("antara 2010 dan 2015", ["2010-2015"]),
        ("tahun 2019–2021 dan 2023", ["2019-2021", "2023"]),
        ("tahun anggaran 2025", ["2025"]),
        ("sampai dengan tahun 2015", ["2015"]),
        ("hingga 2015", ["-2015"]),
        ("menurut UU 23/2014", []),
        ("senilai Rp 2.015", []),
    ],
)
def test_periods(text, keys):
    assert [period.key for period in find_periods(text)] == keys


def test_a_period_holds_its_years():
    assert Period(2010, None).holds(2024)
    assert not Period(2010, 2015).holds(2016)
    assert Period(2015, 2015).is_one_year
