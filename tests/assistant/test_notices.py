from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import answer_question
from assistant.notices import validity
from docs_store.records import RegulationLink
from docs_store.store import DocumentStore
from tests.drafts import draft_text
from tests.fake_model import FakeModel

RULE = "Retribusi pasar Desa Contoh sebesar Rp5.000 dipungut setiap hari oleh juru pungut."
NEWER = "Peraturan Daerah Nomor 3 Tahun 2009 dicabut."


@pytest.mark.parametrize(
    ("language", "said"),
    [("id", "Dicabut dengan Perda Contoh 8/2025"), ("en", "Revoked by Perda Contoh 8/2025")],
)
def test_an_answer_from_a_revoked_and_recognised_text_says_both(tmp_path, language, said):
    store = DocumentStore(tmp_path / "store", FakeModel())
    draft = replace(draft_text(RULE, "lama.txt"), regulation="perda/contoh/3/2009")
    draft = replace(draft, passages=(replace(draft.passages[0], confidence=0.71),))
    store.publish(draft, RULE.encode())
    link = RegulationLink("revokes", "perda/contoh/3/2009", 0, len(NEWER))
    draft = replace(draft_text(NEWER, "b.txt"), regulation="perda/contoh/8/2025", links=(link,))
    store.publish(draft, NEWER.encode())
    answer = answer_question(store, "Berapa retribusi pasar Desa Contoh setiap hari?", language)
    (citation,) = answer.to_json()["citations"]
    assert citation["quote"] == RULE
    assert citation["notices"] == (said,)
    assert citation["confidence"] == 0.71
    assert {hit["confidence"] for hit in answer.to_json()["passages"]} == {0.71, None}
    store.close()


def test_what_became_of_a_regulation_is_told_with_the_words_that_prove_it(tmp_path):
    store = DocumentStore(tmp_path / "store", FakeModel())
    old = store.publish(
        replace(draft_text(RULE, "lama.txt"), regulation="perda/contoh/3/2009"), RULE.encode()
    ).document_id
    texts = {
        "perda/contoh/2/2011": ("amends", "Perda Nomor 3 Tahun 2009 diubah pertama kali."),
        "perda/contoh/9/2015": ("amends", "Perda Nomor 3 Tahun 2009 diubah kedua kali."),
        "perda/contoh/8/2025": ("revokes", "Pada saat berlaku, Perda Nomor 3 Tahun 2009 dicabut."),
    }
    for key, (relation, text) in texts.items():
        at = text.index("Perda")
        links = tuple(
            RegulationLink(relation, target, at, len(text) - 1)
            for target in ("perda/contoh/3/2009", "perda/contoh/1/1999")
        )
        draft = replace(draft_text(text, f"{key[-6:]}.txt"), regulation=key, links=links)
        store.publish(draft, text.encode())
    found = validity(store, "perda/contoh/3/2009")
    assert [(notice.relation, notice.target) for notice in found] == [
        ("revoked_by", "perda/contoh/8/2025"),
        ("amended_by", "perda/contoh/9/2015"),
        ("amended_by", "perda/contoh/2/2011"),
    ]
    for notice in found:
        text = store.text(notice.stated_in, notice.version)
        assert notice.quote == text[notice.start : notice.end]
    assert found[0].quote == "Perda Nomor 3 Tahun 2009 dicabut"
    assert validity(store, old) == found
    assert [n.target for n in validity(store, "perda/contoh/1/1999")] == [n.target for n in found]
    assert validity(store, "perda/contoh/8/2025") == []
    assert validity(store, "perda/contoh/77/1970") == []
    store.close()
