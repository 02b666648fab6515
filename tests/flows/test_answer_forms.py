"""Each kind of question gets its form of answer: invented documents, asked as officials ask."""

import pytest

from assistant.answer import answer_question, stream_answer
from docs_store.store import DocumentStore
from ingest.pipeline import ingest_paths

NEWS = """<html><head><title>{title}</title>
<meta property="article:published_time" content="{date}"></head>
<body><article><h1>{title}</h1>{body}</article></body></html>"""
PAGES = {
    "sumedang-2021.html": (
        "Sumedang membangun mal pelayanan", "2021-03-02",
        "<p>Jumlah loket di Mal Pelayanan Publik Kabupaten Sumedang adalah 24 loket, kata kepala "
        "dinasnya pada Selasa.</p><p>Anggaran mal pelayanan publik Kabupaten Sumedang tahun 2021 "
        "sebesar Rp1,5 miliar.</p>",
    ),
    "sumedang-2023.html": (
        "Mal pelayanan Sumedang diperluas", "2023-06-05",
        "<p>Jumlah loket di Mal Pelayanan Publik Kabupaten Sumedang adalah 31 loket setelah "
        "perluasan gedungnya.</p>",
    ),
    "banyuwangi.html": (
        "Banyuwangi menambah loket", "2023-02-01",
        "<p>Jumlah loket di Mal Pelayanan Publik Kabupaten Banyuwangi adalah 40 loket.</p>"
        "<p>Anggaran mal pelayanan publik Kabupaten Banyuwangi tahun 2021 sebesar Rp2,25 miliar."
        "</p><p>Mal itu tidak buka pada hari Minggu.</p>",
    ),
    "malang.html": (
        "Taman di dua Malang", "2022-01-10",
        "<p>Jumlah taman kota di Kota Malang adalah 12 taman.</p>"
        "<p>Jumlah taman di Kabupaten Malang adalah 7 taman.</p>",
    ),
    "urutan.html": (
        "Program pasar rakyat Sumedang", "2023-09-09",
        "<p>Pasar rakyat Sumedang dibangun bertahap: pertama gedung utama pada Mei 2019.</p>"
        "<p>Kemudian terminal di samping pasar rakyat Sumedang dibuka pada 3 Juli 2020.</p>"
        "<p>Selanjutnya pasar rakyat Sumedang mendapat gudang dingin pada tahun 2022.</p>",
    ),
    "daftar.html": (
        "Layanan perizinan Banyuwangi", "2022-05-05",
        "<h2>Layanan perizinan di Banyuwangi</h2><table><tr><th>No</th><th>Layanan</th><th>Lama"
        "</th></tr><tr><td>1</td><td>Izin reklame</td><td>3 hari</td></tr><tr><td>2</td><td>Izin "
        "lokasi</td><td>10 hari</td></tr><tr><td>3</td><td>Izin trayek</td><td>5 hari</td></tr>"
        "</table>",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory, model):
    folder = tmp_path_factory.mktemp("forms")
    for name, (title, date, body) in PAGES.items():
        page = NEWS.format(title=title, date=date, body=body)
        (folder / name).write_text(page, encoding="utf-8")
    store = DocumentStore(folder / "store", model)
    report = ingest_paths(store, [folder / name for name in PAGES])
    assert not report.failed
    yield store
    store.close()


def part_texts(answer, kind):
    return [part.text for part in answer.parts if part.kind == kind]


def test_a_figure_comes_first_with_what_it_counts(archive):
    answer = answer_question(archive, "Berapa jumlah loket MPP Banyuwangi?")
    assert part_texts(answer, "value") == ["40 loket"]
    assert answer.citations[0].quote in part_texts(answer, "statement")[0]


def test_documents_that_disagree_are_both_shown_the_newer_first(archive):
    answer = answer_question(archive, "Berapa jumlah loket di mal pelayanan publik Sumedang?")
    assert part_texts(answer, "value") == ["31 loket", "24 loket"]
    assert "berbeda" in part_texts(answer, "lead")[0]


def test_a_comparison_is_a_table_and_an_empty_cell_says_so(archive):
    answer = answer_question(
        archive, "Bandingkan jumlah loket mal pelayanan publik Banyuwangi, Sumedang dan Malang"
    )
    if answer.options:  # which Malang is asked back first
        answer = answer_question(archive, answer.options[1])
    table = answer.table
    assert table is not None
    assert len(table.columns) == 3
    first, second, third = table.rows[0].cells
    assert "40 loket" in first.text
    assert "31 loket" in second.text or "24 loket" in second.text
    assert first.markers
    assert third.text == "tidak ditemukan di dokumen"
    assert not third.markers


def test_a_difference_shows_its_operands_and_its_working(archive):
    answer = answer_question(
        archive,
        "Berapa selisih anggaran mal pelayanan publik Banyuwangi dan Sumedang tahun 2021?",
    )
    assert [c.value for c in answer.computed] == ["Rp750.000.000"]
    assert answer.computed[0].expression == "2.250.000.000 − 1.500.000.000 = 750.000.000"
    assert len(answer.computed[0].markers) == 2


def test_what_cannot_be_worked_out_is_not(archive):
    answer = answer_question(
        archive, "Berapa selisih anggaran mal pelayanan publik Banyuwangi dan Bondowoso 2021?"
    )
    assert answer.abstained
    assert not answer.computed
    assert "Bondowoso" in (answer.reason or "")


def test_steps_stand_in_the_order_of_their_dates(archive):
    answer = answer_question(archive, "Bagaimana urutan pembangunan pasar rakyat Sumedang?")
    assert [step.date for step in answer.timeline] == ["2019-05", "2020-07-03", "2022"]


def test_a_list_that_stands_as_a_table_is_given_row_by_row(archive):
    answer = answer_question(archive, "Sebutkan layanan perizinan di Banyuwangi")
    assert sum("Izin" in text for text in part_texts(answer, "item")) == 3


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Jumlah loket MPP Banyuwangi 40 loket, benar kan?", "Ya, menurut dokumen:"),
        ("Jumlah loket MPP Banyuwangi 55 loket, benar kan?", "Tidak demikian menurut dokumen:"),
        (
            "Is it true that the public service mall of Banyuwangi has 55 counters?",
            "Not so, in the words of the documents:",
        ),
    ],
)
def test_a_premise_is_confirmed_or_corrected_with_the_quote(archive, question, lead):
    answer = answer_question(archive, question)
    assert part_texts(answer, "lead") == [lead], answer.text
    assert "40 loket" in answer.citations[0].quote


def test_a_name_of_two_regions_is_asked_back(archive):
    answer = answer_question(archive, "Berapa jumlah taman di Malang?")
    assert answer.abstained
    assert answer.options == (
        "Berapa jumlah taman di Kabupaten Malang?", "Berapa jumlah taman di Kota Malang?",
    )  # fmt: skip
    assert "7 taman" in answer_question(archive, answer.options[0]).text
    city = answer_question(archive, answer.options[1])
    assert "12 taman" in city.text
    assert "7 taman" not in city.text


def test_several_questions_are_answered_one_by_one(archive):
    answer = answer_question(
        archive,
        "Berapa jumlah loket MPP Banyuwangi dan berapa anggaran mal pelayanan publik Sumedang?",
    )
    assert len(part_texts(answer, "part")) == 2
    assert part_texts(answer, "value")[0] == "40 loket"
    assert "Rp1,5 miliar" in part_texts(answer, "value")


def test_a_follow_up_stands_alone_and_says_how_it_was_read(archive):
    first = answer_question(archive, "Berapa jumlah loket mal pelayanan publik Sumedang?")
    then = answer_question(archive, "bagaimana dengan Banyuwangi?", history=[first])
    assert then.standalone == "Berapa jumlah loket mal pelayanan publik Banyuwangi?"
    assert part_texts(then, "value") == ["40 loket"]


def test_what_was_inferred_is_told_and_can_be_taken_back(archive):
    question = "Berapa anggaran mal pelayanan publik Sumedang tahun 2021?"
    answer = answer_question(archive, question)
    assert {i.key for i in answer.understood} >= {"kind:money", "region:32.11", "period:2021"}
    assert not answer.abstained
    other = answer_question(archive, question, without=["period:2021"])
    assert "period:2021" not in {i.key for i in other.understood}
    assert other.question == question


def test_another_year_is_no_answer(archive):
    answer = answer_question(archive, "Berapa anggaran mal pelayanan publik Sumedang tahun 2019?")
    assert "1,5 miliar" not in answer.text


def test_an_unknown_region_is_named_in_the_reason(archive):
    answer = answer_question(archive, "Berapa jumlah taman di Kabupaten Wakanda?")
    assert answer.abstained
    assert "Kabupaten Wakanda" in (answer.reason or "")


def test_the_answer_grows_part_by_part(archive):
    question = "Berapa jumlah loket MPP Banyuwangi dan siapa Bupati Pulau Antah?"
    grown = list(stream_answer(archive, question))
    assert [len(part_texts(answer, "part")) for answer in grown] == [0, 2, 2]
    assert part_texts(grown[-1], "note")  # the second has no answer, and says so
    assert not grown[-1].abstained


@pytest.mark.parametrize(
    "question", ["¿Cuántas ventanillas hay en Banyuwangi?", "halo", "terima kasih!"]
)
def test_what_is_no_question_of_ours_is_met_with_reason(archive, question):
    answer = answer_question(archive, question)
    assert answer.abstained or answer.citations
