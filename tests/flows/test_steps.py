"""How something is done, and how it came about: articles in their order, histories by date."""

import pytest

from assistant.answer import answer_question
from assistant.question_kinds import Kind, kind_of_question
from docs_store.store import DocumentStore
from ingest.pipeline import ingest_paths

REGULATION = (
    "PERATURAN BUPATI BUKIT HIJAU\nNOMOR 4 TAHUN 2015\nTENTANG\nPINJAM PAKAI BALAI WARGA\n\n"
    "Menimbang: bahwa balai warga perlu diatur.\n\nMEMUTUSKAN:\n\n"
    "Pasal 1\n\nBalai warga adalah gedung milik kabupaten.\n\n"
    "Pasal 2\n\n(1) Peminjaman balai warga diajukan secara tertulis kepada camat.\n\n"
    "(2) Camat memeriksa berkas paling lama 5 (lima) hari kerja.\n\n"
    "(3) Jika berkas lengkap, kunci diserahkan dengan berita acara.\n\n"
    "Pasal 3\n\nBalai warga dirawat oleh kelurahan.\n\n"
    "Ditetapkan di Bukit Hijau pada tanggal 4 Mei 2015.\n"
)
HISTORY = """<html><head><title>Kantor arsip Bukit Hijau</title></head><body><article>
<h1>Kantor arsip Bukit Hijau</h1>
<p>Kantor arsip Bukit Hijau didirikan pada tahun 2009 sebagai bagian sekretariat.</p>
<p>Pada 2014 kantor arsip Bukit Hijau menjadi dinas tersendiri.</p>
<p>Kantor arsip Bukit Hijau melayani umum dengan ramah.</p>
<p>Sejak 2021 kantor arsip Bukit Hijau digabung dengan perpustakaan.</p>
</article></body></html>"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory, model):
    folder = tmp_path_factory.mktemp("steps")
    (folder / "balai.txt").write_text(REGULATION, encoding="utf-8")
    (folder / "arsip.html").write_text(HISTORY, encoding="utf-8")
    store = DocumentStore(folder / "store", model)
    assert not ingest_paths(store, [folder / "balai.txt", folder / "arsip.html"]).failed
    yield store
    store.close()


def items(answer):
    return [part.text for part in answer.parts if part.kind == "item"]


@pytest.mark.parametrize(
    "question",
    [
        "Bagaimana tata cara peminjaman balai warga?",
        "Bagaimana proses peminjaman balai warga sampai kuncinya diserahkan?",
    ],
)
def test_a_procedure_is_the_whole_article_in_its_order(archive, question):
    found = items(answer_question(archive, question))
    assert [text[:3] for text in found] == ["(1)", "(2)", "(3)"]


def test_a_history_is_told_by_its_dated_sentences(archive):
    answer = answer_question(archive, "Bagaimana kantor arsip Bukit Hijau berubah sejak 2009?")
    assert [step.date for step in answer.timeline] == ["2009", "2014", "2021"]
    assert "ramah" not in answer.text


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Bagaimana dinas itu berubah sejak tahun 2011?", Kind.SEQUENCE),
        ("How has the office changed since 2011?", Kind.SEQUENCE),
        ("Perubahan apa yang dilakukan bupati?", Kind.FACT),
    ],
)
def test_a_change_over_years_is_a_sequence(question, kind):
    assert kind_of_question(question) is kind
