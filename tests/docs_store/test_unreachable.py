"""The pattern of chroma issue 7758, through our store: delete half, change a third."""

from __future__ import annotations

from docs_store.maintenance import check
from docs_store.store import DocumentStore
from tests.drafts import publish_text
from tests.fake_model import FakeModel

PASSAGES = 20
DOCUMENTS = 100


def _text(number: int, edition: int) -> str:
    return "\n\n".join(
        f"Pasal {at} peraturan {number} edisi {edition} tentang urusan u{number}x{at}x{edition}."
        for at in range(PASSAGES)
    )


def test_no_live_passage_is_unreachable_after_many_deletions_and_changes(tmp_path):
    store = DocumentStore(tmp_path / "store", FakeModel())
    for number in range(DOCUMENTS):
        publish_text(store, _text(number, 1), f"{number}.txt")
    for number in range(0, DOCUMENTS, 2):
        store.remove(store.document_by_source(f"{number}.txt").document_id)
    for number in range(1, DOCUMENTS, 6):
        assert publish_text(store, _text(number, 2), f"{number}.txt").status == "replaced"
    report = check(store)
    assert report.problems == []
    assert report.passages == PASSAGES * DOCUMENTS // 2
    store.close()
