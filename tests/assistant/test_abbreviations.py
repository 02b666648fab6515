import pytest

from assistant.abbreviations import definitions, other_forms
from assistant.retrieve import retrieve
from assistant.understand import understand
from tests.drafts import publish_text
from tests.linear_time import fastest_seconds

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
        (
            "4. iuran sampah rumah tangga dan pasar yang selanjutnya disebut Iuran SRTP adalah",
            [("Iuran SRTP", "iuran sampah rumah tangga dan pasar")],
        ),
        (
            "Tambahan iuran sampah rumah tangga yang selanjutnya disebut Tambahan Iuran SRT adalah",
            [("Tambahan Iuran SRT", "Tambahan iuran sampah rumah tangga")],
        ),
        (
            "iuran pasar pagi, yang dapat disingkat dengan IPP, dibayar",
            [("IPP", "iuran pasar pagi")],
        ),
        (
            "Iuran Kebun dan Ladang Pedalaman dan Pesisir (IKL-P2)",
            [("IKL-P2", "Iuran Kebun dan Ladang Pedalaman dan Pesisir")],
        ),
        ("Surat Izin Izin Kandang (SI2K)", [("SI2K", "Surat Izin Izin Kandang")]),
        ("Kartu Kebun elektronik (KK-el)", [("KK-el", "Kartu Kebun elektronik")]),
        (
            "Nomor Daftar\nKandang  Warga yang selanjutnya\ndisingkat NDKW adalah",
            [("NDKW", "Nomor Daftar Kandang Warga")],
        ),
        ("buku daftar kandang ternak (BDK) ada", [("BDK", "buku daftar kandang ternak")]),
        ("Rencana Kebun SKW yang selanjutnya disingkat RKSKW", [("RKSKW", "Rencana Kebun SKW")]),
        ("BDK (buku daftar kandang) ada", [("BDK", "buku daftar kandang")]),
        (
            "Badan Kandang dan Kebun Kota yang selanjutnya disingkat Bakabun ada",
            [("Bakabun", "Badan Kandang dan Kebun Kota")],
        ),
        (
            "Dewan Kandang Kota Republik Kambing yang selanjutnya disingkat DKK",
            [("DKK", "Dewan Kandang Kota Republik Kambing")],
        ),
        (
            "a. satu;\n7. Layanan Terpadu Tanpa Antre yang selanjutnya disebut Sistem OSA adalah",
            [("Sistem OSA", "Layanan Terpadu Tanpa Antre")],
        ),
        ("analisis dampak kandang (ADAKA) ada", [("ADAKA", "analisis dampak kandang")]),
        # Nothing of these is a definition.
        ("Dinas Pariwisata (DPR) hadir.", []),
        ("Dinas Kebun (DKL, 2020)", []),
        ("BDK (kandang kambing)", []),
        ("Dinas Kebun yang selanjutnya disebut Dinas adalah", []),
        ("Rapat itu disebut RUPS Luar Biasa", []),
        ("hal itu disebut juga ABC", []),
        ("Pasal 7 (I) dan (II)", []),
    ],
)
def test_what_a_text_defines(text, expected):
    assert list(definitions(text)) == expected


@pytest.mark.parametrize(
    "unit",
    [
        "A",
        "(",
        " ",
        "yang selanjutnya disingkat ",
        "Aa ",
        "Aa Aa AA ",
        "AA (",
        "a disingkat BBB ",
        "disebut AAA-AAA ",
    ],
)
def test_hostile_texts_define_nothing_and_take_linear_time(unit):
    text = unit * (50_000 // len(unit))
    assert list(definitions(text)) == []
    once = fastest_seconds(lambda: list(definitions(text)))
    twice = fastest_seconds(lambda: list(definitions(text * 2)))
    assert twice < 4 * once + 0.01


def test_both_forms_lead_to_each_other(store):
    publish_text(store, LAW, "a.txt")
    assert other_forms(store, "Kapan GLW buka?") == ("Gerai Layanan Warga",)
    assert other_forms(store, "Kapan Gerai Layanan Warga buka?") == ("GLW",)
    assert other_forms(store, "Kapan kantor buka?") == ()
    assert other_forms(store, "Kapan ABC buka?") == ()


LEVIES = (
    "1. Iuran kebun bukan sawah dan ladang yang selanjutnya disebut Iuran KBSL adalah iuran atas "
    "kebun.\n2. Tambahan iuran kandang ternak yang selanjutnya disebut Tambahan IKT adalah "
    "tambahan atas iuran itu. Mal layanan warga (MLW) memungutnya."
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Berapa iuran kebun bukan sawah dan ladang?", {"Iuran KBSL"}),
        ("berapa Tambahan Iuran Kandang Ternak", {"Tambahan IKT"}),
        ("berapa tambahan iuran kandang ternak per ekor?", {"Tambahan IKT"}),
        ("kapan mal layanan warga buka", {"MLW"}),
        ("Berapa Iuran KBSL?", {"Iuran kebun bukan sawah dan ladang"}),
        ("berapa tambahan IKT?", {"Tambahan iuran kandang ternak"}),
        ("jam buka mlw", {"Mal layanan warga"}),
        ("berapa iuran kebun?", set()),
        ("berapa iuran ikt dan iuran kandang ternak lain?", set()),
    ],
)
def test_names_are_known_however_they_are_written(store, question, expected):
    publish_text(store, LEVIES, "a.txt")
    assert set(other_forms(store, question)) == expected


def test_a_question_with_the_long_name_finds_the_short_one_by_keyword(store):
    publish_text(store, LAW, "a.txt")
    publish_text(store, "GLW buka pukul delapan.", "b.txt")
    hits = retrieve(store, understand("Pukul berapa Gerai Layanan Warga mulai?"))
    opening = next(hit for hit in hits if "delapan" in hit.text)
    alone = store.candidates("Gerai Layanan Warga", 10)
    assert "keyword" in opening.scores
    assert all("keyword" not in hit.scores for hit in alone if "delapan" in hit.text)
