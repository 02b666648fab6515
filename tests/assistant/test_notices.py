from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import answer_question
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
