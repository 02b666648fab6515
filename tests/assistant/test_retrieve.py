from assistant.retrieve import at_article, retrieve, to_read
from assistant.understand import understand
from docs_store.records import Hit
from tests.drafts import publish_text


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
