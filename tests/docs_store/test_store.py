from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from docs_store.errors import DocumentNotFound, StoreNotWritable, WrongModel
from docs_store.maintenance import check
from docs_store.records import PageSpan
from docs_store.settings import StoreSettings
from docs_store.store import DocumentStore, document_id_of, normalise_source
from tests.drafts import draft_text, publish_text
from tests.fake_model import FakeModel

PLAN = "Pasar ikan dibuka.\n\nJalan desa diperbaiki.\n\nSekolah baru dibangun."
PLAN_2 = "Pasar ikan dibuka.\n\nJembatan gantung roboh.\n\nSekolah baru dibangun."


@pytest.fixture
def model():
    return FakeModel()


@pytest.fixture
def store(tmp_path, model):
    opened = DocumentStore(tmp_path / "store", model)
    yield opened
    assert check(opened).problems == []
    opened.close()


def test_a_published_document_is_listed_read_and_found(store):
    published = publish_text(store, PLAN, "rencana.txt", "Rencana")
    assert (published.status, published.version, published.passages) == ("added", 1, 3)
    (document,) = store.documents()
    assert (document.source, document.title, document.passages) == ("rencana.txt", "Rencana", 3)
    assert store.document_by_source("rencana.txt") == document
    assert store.document_count() == 1
    assert store.text(document.document_id) == PLAN
    assert store.original(document.document_id).read_bytes() == PLAN.encode()
    hit = store.search("jembatan atau jalan desa")[0]
    assert hit.text == "Jalan desa diperbaiki." == PLAN[hit.start : hit.end]
    assert set(hit.scores) == {"keyword", "vector", "fused"}


def test_pages_are_kept(store):
    pages = (PageSpan(1, 0, 20, "i"), PageSpan(2, 20, len(PLAN)))
    store.publish(replace(draft_text(PLAN, "a.txt"), pages=pages), PLAN.encode())
    assert store.pages(document_id_of("a.txt")) == pages
    assert store.document_by_source("a.txt").pages == 2


def test_the_same_bytes_are_unchanged_and_nothing_is_embedded(store, model):
    publish_text(store, PLAN, "a.txt")
    changes = store.meta()["changes"]
    model.embedded.clear()
    assert publish_text(store, PLAN, "a.txt").status == "unchanged"
    assert store.meta()["changes"] == changes
    assert model.embedded == []


def test_a_change_keeps_the_old_version_and_reuses_its_vectors(store, model):
    publish_text(store, PLAN, "a.txt")
    model.embedded.clear()
    published = publish_text(store, PLAN_2, "a.txt")
    assert (published.status, published.version) == ("replaced", 2)
    assert (published.passages_added, published.passages_removed, published.passages_kept) == (
        1, 1, 2,
    )  # fmt: skip
    assert model.embedded == ["Catatan\nJembatan gantung roboh."]
    document_id = document_id_of("a.txt")
    assert store.text(document_id) == PLAN_2
    assert store.text(document_id, 1) == PLAN
    first, second = store.history(document_id)
    assert (first.version, first.retired_why, second.retired_at) == (1, "replaced", None)
    assert (second.passages_added, second.passages_removed, second.passages_kept) == (1, 1, 2)
    assert not [hit for hit in store.search("jalan desa", 50) if "Jalan" in hit.text]


def test_the_same_text_elsewhere_is_a_duplicate_that_answers_once(store, model):
    publish_text(store, PLAN, "a.txt")
    model.embedded.clear()
    published = publish_text(store, PLAN, "salinan.txt")
    assert (published.status, published.duplicate_of) == ("duplicate", document_id_of("a.txt"))
    assert model.embedded == []
    assert {document.source for document in store.documents()} == {"a.txt", "salinan.txt"}
    assert [hit.source for hit in store.search("pasar ikan") if "Pasar" in hit.text] == ["a.txt"]


def test_a_duplicate_answers_when_the_other_goes(store):
    publish_text(store, PLAN, "a.txt")
    publish_text(store, PLAN, "b.txt")
    publish_text(store, PLAN, "c.txt")
    store.remove(document_id_of("a.txt"))
    assert {hit.source for hit in store.search("pasar ikan")} == {"b.txt"}
    assert store.document_by_source("c.txt").duplicate_of == document_id_of("b.txt")
    publish_text(store, PLAN_2, "b.txt")
    assert store.document_by_source("c.txt").duplicate_of is None
    assert {hit.source for hit in store.search("jalan desa") if "Jalan" in hit.text} == {"c.txt"}


def test_a_removed_document_is_gone_from_answers_and_can_come_back(store):
    published = publish_text(store, PLAN, "a.txt")
    store.remove(published.document_id)
    assert store.search("pasar ikan") == []
    assert store.documents() == []
    with pytest.raises(DocumentNotFound, match=published.document_id):
        store.document(published.document_id)
    with pytest.raises(DocumentNotFound):
        store.remove(published.document_id)
    assert store.history(published.document_id)[0].retired_why == "removed"
    assert store.text(published.document_id, 1) == PLAN
    again = publish_text(store, PLAN, "a.txt")
    assert (again.status, again.version) == ("added", 2)


def test_both_unicode_forms_of_a_name_are_one_document(store):
    composed = unicodedata.normalize("NFC", "Kafé Désa.txt")
    decomposed = unicodedata.normalize("NFD", "Kafé Désa.txt")
    publish_text(store, PLAN, decomposed)
    assert publish_text(store, PLAN, composed).status == "unchanged"
    assert store.documents()[0].source == composed == normalise_source(decomposed)


@pytest.mark.parametrize("name", ["baris\nbaru.txt", "../../etc/passwd", "n" * 255, "'; --", "%s"])
def test_a_name_is_only_a_name(store, name):
    publish_text(store, PLAN, name)
    assert store.document_by_source(name).source == name
    assert store.original(document_id_of(name)).is_relative_to(store.path / "originals")


def test_locators_are_matched_from_their_beginning_and_literally(store):
    draft = draft_text(PLAN, "a.txt")
    locators = ("Pasal 7 ayat (1)", "Pasal 70", "Pasal [7]")
    passages = tuple(
        replace(passage, locator=locator)
        for passage, locator in zip(draft.passages, locators, strict=True)
    )
    store.publish(replace(draft, passages=passages), PLAN.encode())
    assert [hit.locator for hit in store.passages_at("Pasal 7 ")] == ["Pasal 7 ayat (1)"]
    assert [hit.locator for hit in store.passages_at("Pasal [7]")] == ["Pasal [7]"]
    assert store.passages_at("*") == []


def test_term_frequencies_count_live_passages(store):
    publish_text(store, PLAN, "a.txt")
    assert store.term_frequencies(["pasar", "gunung"]) == ({"pasar": 1}, 3)


def test_extra_terms_find_by_keywords(store):
    publish_text(store, PLAN, "a.txt")
    hits = store.candidates("harbour market", 5, extra_terms=["pasar"])
    assert [hit.text for hit in hits if "keyword" in hit.scores] == ["Pasar ikan dibuka."]


def test_an_empty_store_answers_with_nothing(store):
    assert store.search("apa saja") == []
    assert store.search("") == []


def test_another_model_is_refused_with_the_way_out(store):
    publish_text(store, PLAN, "a.txt")
    other = DocumentStore(store.path, FakeModel("lain", 16))
    with pytest.raises(WrongModel, match=r"tanya docs rebuild --model lain") as caught:
        other.search("pasar")
    assert "STORE_EMBEDDING_MODEL=fake" in caught.value.text("en")
    with pytest.raises(WrongModel):
        publish_text(other, PLAN_2, "b.txt")
    assert other.model.embedded == []
    assert [document.source for document in other.documents()] == ["a.txt"]
    other.close()


def test_a_file_where_the_store_should_be_is_told(tmp_path):
    (tmp_path / "store").write_text("bukan folder")
    with pytest.raises(StoreNotWritable):
        DocumentStore(tmp_path / "store", FakeModel())


def test_compaction_comes_when_enough_is_retired(tmp_path):
    store = DocumentStore(
        tmp_path / "store", FakeModel(), StoreSettings(retired_share_max=0.5, compact_vectors_min=9)
    )
    for number in range(5):
        publish_text(store, PLAN.replace(".", f" ke-{number}."), f"{number}.txt")
    first = store.meta()["generation"]
    store.remove(document_id_of("0.txt"))
    store.remove(document_id_of("1.txt"))
    assert store.meta()["generation"] == first
    assert check(store).retired_vectors == 6
    store.remove(document_id_of("2.txt"))
    assert store.meta()["generation"] != first
    report = check(store)
    assert (report.problems, report.vectors, report.retired_vectors) == ([], 6, 0)
    assert [path.name for path in (store.path / "vectors").iterdir()] == [
        store.meta()["generation"]
    ]
    store.close()
