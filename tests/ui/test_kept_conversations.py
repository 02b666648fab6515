from dataclasses import replace

import pytest

from docs_store.conversations import DOCUMENT_GONE, Conversations
from docs_store.maintenance import erase
from docs_store.records import VersionDraft
from tests.ui.fake_services import (
    DOCUMENTS,
    PERIOD,
    FakeServices,
    abstention,
    comparison_answer,
    sequence_answer,
    timeline_answer,
)
from ui import texts
from ui.answer_html import answer_html
from ui.kept_conversations import KeptConversations, feedback_lines
from ui.turns import Turn


@pytest.fixture
def gone():
    return set()


@pytest.fixture
def kept(tmp_path, gone):
    return KeptConversations(tmp_path, lambda document_id: document_id not in gone)


@pytest.mark.parametrize("answer", [timeline_answer(), comparison_answer(), abstention("x")])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_reopened_answer_looks_as_it_did(kept, answer, language):
    turn = Turn("Apa?", answer=answer, without=(PERIOD,))
    kept.keep("ana", "c1", turn)
    (again,) = kept.turns("ana", "c1")
    assert (again.question, again.without, again.turn_id) == ("Apa?", (PERIOD,), turn.turn_id)
    assert answer_html(again.answer, language) == answer_html(answer, language)


def test_passages_that_the_page_does_not_show_are_not_kept(kept):
    answer = sequence_answer()
    more = replace(answer, passages=answer.passages * 5)
    kept.keep("ana", "c1", Turn("Apa?", answer=more))
    (again,) = kept.turns("ana", "c1")
    assert len(again.answer.passages) == 1
    assert again.answer.citations == answer.citations


def test_a_question_under_way_is_kept_as_stopped(kept):
    turn = Turn("Apa?")
    kept.keep("ana", "c1", turn)
    (stopped,) = kept.turns("ana", "c1")
    assert stopped.problem.text("id") == texts.STOPPED("id")
    kept.keep("ana", "c1", replace(turn, answer=sequence_answer()))
    (done,) = kept.turns("ana", "c1")
    assert done.problem is None
    assert done.answer is not None


def test_a_document_that_went_while_it_was_quoted_is_not_shown(kept, gone):
    kept.keep("ana", "c1", Turn("Apa?", answer=sequence_answer()))
    gone.add("plan")
    (blanked,) = kept.turns("ana", "c1")
    assert blanked.answer is None
    assert blanked.problem == DOCUMENT_GONE
    kept.keep("ana", "c2", Turn("Lagi?", answer=abstention("Lagi?")))
    (blanked,) = kept.turns("ana", "c2")
    assert blanked.answer is None


def test_someone_without_a_name_has_no_conversations(kept):
    kept.keep("", "c1", Turn("Apa?", answer=sequence_answer()))
    assert kept.conversations("") == []


def test_answers_come_where_nothing_can_be_kept(tmp_path, caplog):
    kept = KeptConversations(tmp_path / "tiada", lambda _: True)
    kept.keep("ana", "c1", Turn("Apa?", answer=sequence_answer()))
    assert "could not be kept" in caplog.text
    assert kept.turns("ana", "c1") == ()
    assert kept.conversations("ana") == []


def test_feedback_holds_the_answer_that_was_judged(kept, tmp_path):
    turn = Turn("Apa?", answer=sequence_answer())
    kept.keep("ana", "c1", turn)
    kept.judge("ana", turn.turn_id, "down", "kurang lengkap")
    (line,) = feedback_lines(tmp_path)
    assert (line["verdict"], line["reason"]) == ("down", "kurang lengkap")
    assert line["answer"]["citations"][0]["document_id"] == "plan"


@pytest.mark.parametrize("take_out", [erase, lambda store, document_id: store.remove(document_id)])
def test_the_store_itself_takes_quotes_out_of_kept_answers(store, take_out):
    text = "Pasar desa dibuka pada hari Senin."
    published = store.publish(
        VersionDraft(
            source="pasar.txt",
            content_sha256="1" * 64,
            media_type="text/plain",
            title="Pasar",
            date=None,
            language="id",
            text=text,
            pages=(),
            passages=(),
        ),
        text.encode(),
    )
    answer = sequence_answer()
    moved = tuple(replace(c, document_id=published.document_id) for c in answer.citations)
    kept = KeptConversations(store.path, lambda _: True)
    kept.keep("ana", "c1", Turn("Apa?", answer=replace(answer, citations=moved, passages=())))
    take_out(store, published.document_id)
    (blanked,) = kept.turns("ana", "c1")
    assert blanked.answer is None
    assert Conversations(store.path).documents("ana", "c1") == set()


def test_the_fake_keeps_conversations_too():
    services = FakeServices()
    services.kept.keep("ana", "c1", Turn("Apa?", answer=sequence_answer()))
    services.documents_kept.clear()
    assert services.kept.turns("ana", "c1")[0].answer is None
    assert DOCUMENTS[0].document_id == "plan"
