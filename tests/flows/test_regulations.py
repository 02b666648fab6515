"""Three invented regulations, asked by number and article, and what became of each."""

import pytest

from assistant.answer import answer_question
from docs_store.store import DocumentStore
from ingest.pipeline import ingest_paths

HEAD = "PERATURAN BUPATI BUKIT HIJAU\nNOMOR {} TAHUN {}\nTENTANG\n{}\n\n"
PREAMBLE = "Menimbang: bahwa pasar desa perlu diatur.\n\nMEMUTUSKAN:\n\n"
FIRST = (
    HEAD.format(3, 2010, "PASAR DESA") + PREAMBLE + "Pasal 1\n\nPasar desa adalah pasar milik desa."
    "\n\nPasal 2\n\n(1) Sewa kios adalah Rp5.000,00 sehari.\n\n(2) Sewa kios dibayar:\n\n"
    "a. pada hari pasar; atau\n\nb. pada awal bulan.\n\nPasal 3\n\nPasar buka pada hari Senin.\n\n"
    "Ditetapkan di Bukit Hijau pada tanggal 4 Mei 2010.\n\nPENJELASAN\n\nPasal 2\n\nCukup jelas."
)
SECOND = (
    HEAD.format(5, 2012, "PERUBAHAN ATAS PERATURAN BUPATI BUKIT HIJAU NOMOR 3 TAHUN 2010 "
                "TENTANG PASAR DESA")
    + PREAMBLE + "Pasal I\n\nBeberapa ketentuan diubah sebagai berikut:\n\n"
    "1. Ketentuan Pasal 3 diubah sehingga berbunyi sebagai berikut:\n\nPasal 3\n\n"
    "Pasar buka pada hari Selasa.\n\nPasal II\n\nPeraturan ini mulai berlaku tahun 2012."
)  # fmt: skip
THIRD = (
    HEAD.format(9, 2020, "TERMINAL") + PREAMBLE + "Pasal 1\n\nTerminal dikelola dinas.\n\n"
    "Pasal 2\n\nSewa loket terminal adalah Rp9.000,00 sehari.\n\nPasal 3\n\n"
    "Pada saat Peraturan Bupati ini mulai berlaku, Peraturan Bupati Bukit Hijau Nomor 5 Tahun 2012 "
    "dicabut dan dinyatakan tidak berlaku.\n"
)


@pytest.fixture(scope="module")
def regulations(tmp_path_factory, model):
    folder = tmp_path_factory.mktemp("regulations")
    for name, text in (("pasar", FIRST), ("perubahan", SECOND), ("terminal", THIRD)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    store = DocumentStore(folder / "store", model)
    assert ingest_paths(store, [folder / f"{n}.txt" for n in ("pasar", "perubahan", "terminal")])
    yield store
    store.close()


def sources(answer) -> set[str]:
    return {citation.source.rsplit("/", 1)[-1] for citation in answer.citations}


def test_each_is_known_by_its_key(regulations) -> None:
    keys = {document.regulation for document in regulations.documents()}
    assert keys == {f"perbup/bukit hijau/{key}" for key in ("3/2010", "5/2012", "9/2020")}


@pytest.mark.parametrize(
    ("question", "source", "said", "not_said"),
    [
        ("Apa isi Pasal 2 Perbup Bukit Hijau 3/2010?", "pasar.txt", "Rp5.000,00", "Rp9.000,00"),
        ("Perbup 9 tahun 2020 pasal 2", "terminal.txt", "Rp9.000,00", "Rp5.000,00"),
        ("What does article 2 of regent regulation 9/2020 say?", "terminal.txt", "Rp9.000", "kios"),
        ("Pasal 2 ayat (2) huruf b Peraturan Bupati Bukit Hijau Nomor 3 Tahun 2010",
         "pasar.txt", "awal bulan", "Rp5.000,00"),
        ("Pasal 3 Perbup 5/2012", "perubahan.txt", "hari Selasa", "hari Senin"),
    ],
)  # fmt: skip
def test_the_article_of_that_regulation_and_of_no_other(
    regulations, question, source, said, not_said
) -> None:
    answer = answer_question(regulations, question)
    assert not answer.abstained, answer.reason
    assert sources(answer) == {source}
    assert said in answer.text
    assert not_said not in answer.text
    assert "Cukup jelas" not in answer.text


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Apa isi Pasal 2 Perbup Bukit Hijau 8/2019?", "Perbup Bukit Hijau 8/2019"),
        ("UU 23/2014 Pasal 2", "UU 23/2014"),
        ("Apa isi UU 9/2015?", "UU 9/2015"),
        ("Berapa sewa kios menurut Perbup Jember 3/2010?", "Perbup Jember 3/2010"),
        ("Perbup Bukit Hijau 3/2010 pasal 77", "Pasal 77"),
    ],
)
def test_what_is_not_there_is_named_and_nothing_else_is_said(regulations, question, named) -> None:
    answer = answer_question(regulations, question)
    assert answer.abstained, answer.text
    assert answer.citations == ()
    assert named in answer.reason


def test_a_regulation_named_without_an_article_comes_first(regulations) -> None:
    answer = answer_question(regulations, "Berapa sewa menurut Perbup Bukit Hijau 9/2020?")
    assert sources(answer) == {"terminal.txt"}, answer.text
    assert answer.passages[0].source.endswith("terminal.txt")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Apa isi Perbup Bukit Hijau 5/2012?", "Ketentuan Pasal 3 diubah"),
        ("Apa isi Perbup Bukit Hijau Nomor 9 Tahun 2020?", "Terminal dikelola dinas."),
    ],
)
def test_what_a_whole_regulation_says_begins_with_its_first_article(
    regulations, question, said
) -> None:
    answer = answer_question(regulations, question)
    assert said in answer.text
    assert len(sources(answer)) == 1


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("Apa isi Pasal 2 Perbup Bukit Hijau 3/2010?", "Diubah dengan Perbup Bukit Hijau 5/2012"),
        ("Pasal 3 Perbup Bukit Hijau 5/2012", "Dicabut dengan Perbup Bukit Hijau 9/2020"),
        ("What does article 3 of regent regulation 5/2012 say?",
         "Revoked by Perbup Bukit Hijau 9/2020"),
    ],
)  # fmt: skip
def test_an_answer_says_what_became_of_its_text(regulations, question, notice) -> None:
    answer = answer_question(regulations, question)
    assert answer.citations
    assert {citation.notices for citation in answer.citations} == {(notice,)}


def test_a_text_in_force_has_no_notice(regulations) -> None:
    answer = answer_question(regulations, "Pasal 2 Perbup 9/2020")
    assert {citation.notices for citation in answer.citations} == {()}


def test_passages_say_their_place(regulations) -> None:
    locators = {hit.locator for hit in regulations.passages_at("")}
    assert {"Pasal 2", "Pasal I angka 1 (Pasal 3)", "Penjelasan Pasal 2"} <= locators
