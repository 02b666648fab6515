"""Questions over the shipped samples, from the question to the grounded answer."""

import pytest

from assistant.answer import answer_question


def assert_grounded(store, answer):
    """Laws 1 and 3: exact quotes, a marker on every statement, markers from 1."""
    for citation in answer.citations:
        text = store.text(citation.document_id, citation.version)
        assert text[citation.start : citation.end] == citation.quote
    assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    stated = [part for part in answer.parts if part.kind in ("statement", "item")]
    assert all(part.markers for part in stated)
    assert answer.abstained == (not stated)


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        (
            "Bagaimana Banyuwangi mengurutkan program pariwisatanya?",
            ["bertahap", "prioritas", "pariwisata", "potensi", "pelayanan publik", "birokrasi"],
        ),
        ("Siapa Sekda Banyuwangi?", ["Mujiono"]),
        ("Who is the regional secretary of Banyuwangi?", ["Mujiono"]),
        ("Kapan Morowali Utara dimekarkan?", ["2013"]),
        ("Berapa jarak Morowali Utara dari Kota Palu?", ["500 kilometer"]),
        ("Apa yang diadopsi dari Sumedang?", ["e-Office", "e-Sakip"]),
        ("Apa yang hendak dipelajari Bupati Delis?", ["Mal Pelayanan Publik", "pariwisata"]),
        ("Kapan Perbup 49 Tahun 2016 berlaku?", ["1 Januari 2017"]),
        ("Berapa kelompok informasi publik?", ["4 (empat)"]),
    ],
)
def test_answered_with_proof(sample_store, question, facts):
    answer = answer_question(sample_store, question)
    assert not answer.abstained, answer.reason
    assert_grounded(sample_store, answer)
    missing = [fact for fact in facts if fact not in answer.text]
    assert not missing, answer.text


def test_the_first_question_in_english(sample_store):
    answer = answer_question(sample_store, "How did Banyuwangi sequence its tourism push?")
    assert answer.language == "en"
    assert_grounded(sample_store, answer)
    text = answer.text.lower()
    assert "step by step" in text or "bertahap" in text
    assert "tourism" in text or "pariwisata" in text
    # In order: tourism before public services before the bureaucracy.
    steps = (
        ("first step was tourism", "tahap pertama"),
        ("public services came", "giliran pelayanan"),
    )
    places = [min(at for word in step if (at := text.find(word)) >= 0) for step in steps]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "question",
    [
        "Berapa anggaran pariwisata Banyuwangi tahun 2022?",
        "Siapa Sekda Morowali Utara?",
        "Berapa jumlah penduduk Banyuwangi?",
        "Siapa presiden Indonesia?",
        "Berapa tarif parkir di Jember?",
        "What is the population of Sumedang?",
        "Halo",
    ],
)
def test_silence_is_said(sample_store, question):
    answer = answer_question(sample_store, question)
    assert answer.abstained, answer.text
    assert_grounded(sample_store, answer)
    assert answer.reason
    assert answer.passages  # the nearest ones, as "not an answer"


def test_a_list_is_given_whole(sample_store):
    answer = answer_question(sample_store, "Siapa saja pemohon informasi menurut Pasal 12?")
    items = [part.text for part in answer.parts if part.kind == "item"]
    assert len(items) == 6
    assert items[0].startswith("perseorangan")


def test_a_citation_tells_page_and_heading(sample_store):
    answer = answer_question(sample_store, "Apa kewajiban pemerintah daerah menurut Pasal 5?")
    (citation, *_) = answer.citations
    assert citation.source.endswith(".pdf")
    assert (citation.page, citation.locator) == (2, "Kewajiban pemerintah daerah")


def test_an_empty_store_says_how_to_add_documents(store):
    answer = answer_question(store, "Siapa Sekda Banyuwangi?")
    assert answer.abstained
    assert "tanya ingest" in (answer.reason or "")


def test_the_json_has_the_names_that_programs_rely_on(sample_store):
    result = answer_question(sample_store, "Siapa Sekda Banyuwangi?").to_json("q1")
    assert list(result) == [
        "id", "question", "language", "mode", "abstained", "reason", "answer", "citations",
        "computed", "passages", "timings_ms", "kind", "understood", "standalone", "table",
        "timeline", "options", "follow_ups", "dropped",
    ]  # fmt: skip
    assert result["id"] == "q1"
    assert set(result["citations"][0]) == {
        "marker", "document_id", "title", "source", "version", "page", "locator", "start", "end",
        "quote", "confidence", "notices", "translation",
    }  # fmt: skip
    assert {"document_id", "source", "page", "locator", "start", "end", "text", "score"} <= set(
        result["passages"][0]
    )
    assert set(result["timings_ms"]) == {"understand", "retrieve", "compose", "ground", "total"}
    assert "[1]" in result["answer"]


def test_a_bracketed_number_in_a_document_is_no_marker(store):
    from tests.drafts import publish_text

    publish_text(store, "Kopi Banyuwangi ditanam pada 1990 [7] menurut catatan dinas.", "kopi.txt")
    answer = answer_question(store, "Kapan kopi Banyuwangi ditanam?")
    assert [citation.marker for citation in answer.citations] == [1]
    assert {part.markers for part in answer.parts if part.markers} == {(1,)}
