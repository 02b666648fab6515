"""The real article and the real regulations, from the files to cited answers."""

import pytest

from assistant.answer import answer_question
from docs_store.store import DocumentStore
from ingest.pipeline import ingest_paths

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def real(tmp_path_factory, shared_data, model):
    store = DocumentStore(tmp_path_factory.mktemp("real") / "store", model)
    report = ingest_paths(
        store, [shared_data / "seed", shared_data / "governance" / "banyuwangi-diskominfo"]
    )
    yield store, report
    store.close()


def test_all_go_in_and_the_scan_says_how_sure_it_is(real):
    _, report = real
    assert report.exit_status == 0
    (scan,) = [line for line in report.documents if line.source.endswith("SK123.pdf")]
    assert scan.pages_by_method == {"ocr": 4}
    assert scan.confidence_min < 0.8
    assert any("kurang pasti" in warning for warning in scan.warnings)


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        (
            "Bagaimana Banyuwangi mengurutkan program pariwisatanya?",
            ["bertahap", "prioritas", "tidak dilakukan secara bersamaan", "pariwisata", "potensi",
             "pelayanan publik", "penataan birokrasi", "sektor-sektor lainnya"],
        ),
        (
            "How did Banyuwangi sequence its tourism push?",
            ["bertahap", "prioritas", "tidak dilakukan secara bersamaan", "pariwisata", "potensi",
             "pelayanan publik", "penataan birokrasi", "sektor-sektor lainnya"],
        ),
        ("Siapa Sekda Banyuwangi?", ["Mujiono"]),
        ("Kapan Morowali Utara dimekarkan?", ["2013"]),
        ("Berapa jarak Morowali Utara dari Kota Palu?", ["500"]),
        (
            "Apa yang akan dipelajari Bupati Delis di Banyuwangi?",
            ["Mal Pelayanan Publik", "desa", "birokrasi", "pariwisata"],
        ),
        ("Apa yang diadopsi dari Sumedang?", ["e-Office", "e-Sakil"]),
        ("Kepada siapa PPID bertanggung jawab?", ["Bupati", "Sekretaris Daerah"]),
        ("Apa isi Pasal 7 Perbup 19 Tahun 2012?", ["Sekretaris Daerah", "PPID pembantu"]),
    ],
)  # fmt: skip
def test_answered_with_exact_quotes(real, question, facts):
    store, _ = real
    answer = answer_question(store, question)
    assert not answer.abstained, answer.reason
    assert not [fact for fact in facts if fact not in answer.text], answer.text
    for citation in answer.citations:
        text = store.text(citation.document_id, citation.version)
        assert text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "question",
    ["Berapa anggaran pariwisata Banyuwangi tahun 2022?", "Siapa Sekda Morowali Utara?"],
)
def test_silent_where_the_documents_are(real, question):
    store, _ = real
    answer = answer_question(store, question)
    assert answer.abstained, answer.text
    assert answer.citations == ()
