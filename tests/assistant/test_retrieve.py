from dataclasses import replace

import pytest

from assistant.regulations import at_article
from assistant.retrieve import find, retrieve, to_read
from assistant.understand import understand
from docs_store.records import Hit
from tests.drafts import draft_text, publish_text


def hit(passage_id, locator=None, **scores):
    return Hit(passage_id, "d", 1, "t", "s", None, "id", None, locator, 0, 1, "x", "", 0.0, scores)


def test_the_best_of_each_search_is_read():
    hits = [hit(at, keyword=1.0, vector=0.5) for at in range(10)]
    hits += [hit(10, keyword=30.0), hit(11, vector=0.9)]
    assert [h.passage_id for h in to_read(hits, 3)] == [0, 1, 2, 10, 11]


def test_an_article_is_not_one_that_begins_alike():
    assert at_article(hit(1, "Pasal 7 ayat (2)"), "Pasal 7")
    assert not at_article(hit(1, "Pasal 71"), "Pasal 7")
    assert not at_article(hit(1), "Pasal 7")


def test_the_same_text_is_found_once(store):
    text = "Kebun kopi Banyuwangi ada di Kalibaru."
    publish_text(store, text + "\n\nSatu.", "a.txt")
    publish_text(store, text + "\n\nDua.", "b.txt")
    hits = retrieve(store, understand("Di mana kebun kopi?"))
    assert [hit.text for hit in hits].count(text) == 1


def test_hits_say_why_they_are_there(sample_store):
    (best, *_) = retrieve(sample_store, understand("Siapa Sekda Banyuwangi?"))
    assert {"keyword", "vector", "fused"} <= set(best.scores)
    assert best.score == best.scores["fused"]


RULE = "Setiap pemilik kios di pasar membayar sewa paling lambat tanggal 10 tiap bulan ke kantor {}"


@pytest.mark.parametrize(
    ("other", "shown"),
    [
        (RULE.format("pasar."), 1),
        (RULE.format("dinas."), 1),
        (RULE.format("pasar.").replace("10", "20"), 2),
        (RULE.format("pasar.").replace("membayar", "tidak membayar"), 2),
    ],
)
def test_nearly_the_same_is_shown_once_unless_what_decides_differs(store, other, shown):
    publish_text(store, RULE.format("pasar.") + "\n\nSatu.", "a.txt")
    publish_text(store, other + "\n\nDua.", "b.txt")
    hits = retrieve(store, understand("Kapan sewa kios dibayar?"))
    assert sum("sewa" in hit.text for hit in hits) == shown


def test_the_document_that_a_question_names_answers_alone(store):
    text = "Sewa kios pasar sebesar {} rupiah sebulan, sewa kios pasar."
    publish_text(store, text.format("5.000"), "a.txt", title="Peraturan Daerah Kabupaten Awan")
    publish_text(
        store, "Uang sewa ialah 7.000 rupiah.", "b.txt", title="Peraturan Daerah Kabupaten Bukit"
    )
    ask = "Berapa sewa kios pasar"
    assert "5.000" in retrieve(store, understand(f"{ask}?"))[0].text
    (best, *rest) = retrieve(store, understand(f"{ask} menurut Perda Kabupaten Bukit?"))
    assert "7.000" in best.text
    assert "named" in best.scores
    assert not rest
    for name in ("Perda Kabupaten Curug", "UU Kabupaten Bukit", "Perda pasar"):
        unnamed = retrieve(store, understand(f"{ask} menurut {name}?"))
        assert all("named" not in hit.scores for hit in unnamed)


def test_a_named_article_comes_first_and_says_so(store):
    draft = draft_text("Izin kios berlaku dua tahun.\n\nPemilik menjaga kebersihan.", "a.txt")
    izin, bersih = draft.passages
    draft = replace(draft, passages=(izin, replace(bersih, locator="Pasal 7")))
    store.publish(draft, b"a")
    first, second = retrieve(store, understand("Apa isi Pasal 7 tentang izin kios?"))
    assert first.locator == "Pasal 7"
    assert "article" in first.scores
    assert "article" not in second.scores
    assert first.score > second.score


def test_a_question_that_names_its_law_is_answered_from_that_law_alone(store):
    meaning = "(3) Magang adalah belajar sambil bekerja {}."
    for name, law in (("kantor", "PELAYANAN PUBLIK"), ("pabrik", "KETENAGAKERJAAN")):
        publish_text(
            store, meaning.format(f"di {name}"), f"{name}.txt", f"UNDANG-UNDANG TENTANG {law}"
        )
    found = find(store, understand("Apa definisi magang dalam UU Pelayanan Publik?"))
    assert [hit.source for hit in found.hits] == ["kantor.txt"]
    assert [concept.name for concept in found.question.concepts] == ["magang"]
