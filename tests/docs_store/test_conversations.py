import pytest

from docs_store import conversations as module
from docs_store.conversations import (
    DOCUMENT_GONE,
    REASON_CHARS_MAX,
    Conversations,
    KeptTurn,
    forget_document,
)
from docs_store.errors import Reason, StoreNotWritable

SECRET = "kutipan yang harus hilang dari cakram"


@pytest.fixture
def kept(tmp_path):
    return Conversations(tmp_path)


def turn(turn_id="t1", question="Apa?", answer='{"a": 1}', reason=None):
    return KeptTurn(turn_id, question, "[]", answer, reason)


def test_a_conversation_comes_back_in_order_after_a_restart(kept, tmp_path):
    kept.keep("ana", "c1", turn("t1", "Pertama?"), ["d1"])
    kept.keep("ana", "c1", turn("t2", "Kedua?", None, Reason("gagal", "failed")), [])
    again = Conversations(tmp_path)
    (listed,) = again.conversations("ana")
    assert (listed.conversation_id, listed.title) == ("c1", "Pertama?")
    first, second = again.turns("ana", "c1")
    assert (first.question, first.answer, first.reason) == ("Pertama?", '{"a": 1}', None)
    assert (second.answer, second.reason) == (None, Reason("gagal", "failed"))
    assert again.documents("ana", "c1") == {"d1"}


def test_a_turn_kept_again_replaces_itself(kept):
    kept.keep("ana", "c1", turn(answer=None, reason=Reason("berhenti", "stopped")), [])
    kept.keep("ana", "c1", turn(answer="{}"), ["d1", "d1"])
    (only,) = kept.turns("ana", "c1")
    assert (only.answer, only.reason) == ("{}", None)


def test_no_one_reaches_the_conversation_of_another(kept):
    kept.keep("ana", "c1", turn(), ["d1"])
    kept.keep("budi", "c1", turn("t9", "Punya siapa?"), [])
    kept.keep("budi", "c2", turn("t1", "Ditimpa?", answer="{}"), [])
    kept.judge("budi", "t1", "down", "bukan miliknya")
    kept.delete("budi", "c1")
    assert kept.turns("budi", "c1") == []
    assert kept.documents("budi", "c1") == set()
    (mine,) = kept.turns("ana", "c1")
    assert (mine.question, mine.answer, mine.verdict) == ("Apa?", '{"a": 1}', None)


def test_the_one_last_spoken_in_comes_first_and_old_ones_are_forgotten(kept, monkeypatch):
    monkeypatch.setattr(module, "CONVERSATIONS_KEPT", 3)
    for number in range(5):
        kept.keep("ana", f"c{number}", turn(f"t{number}"), [])
    listed = [one.conversation_id for one in kept.conversations("ana")]
    assert listed == ["c4", "c3", "c2"]
    assert kept.turns("ana", "c0") == []


def test_a_deleted_conversation_leaves_nothing_on_disk(kept, tmp_path):
    kept.keep("ana", "c1", turn(question=SECRET, answer=SECRET), ["d1"])
    assert SECRET.encode() in content_of(tmp_path)
    kept.delete("ana", "c1")
    assert kept.conversations("ana") == []
    assert SECRET.encode() not in content_of(tmp_path)


def test_an_erased_document_takes_its_quotes_along_and_leaves_other_answers(kept, tmp_path):
    kept.keep("ana", "c1", turn("t1", answer=SECRET), ["d1", "d2"])
    kept.keep("ana", "c1", turn("t2", answer="lain"), ["d2"])
    kept.judge("ana", "t1", "down", "salah")
    forget_document(tmp_path, "d1")
    blanked, other = kept.turns("ana", "c1")
    assert (blanked.answer, blanked.reason) == (None, DOCUMENT_GONE)
    assert (blanked.question, blanked.verdict) == ("Apa?", "down")
    assert other.answer == "lain"
    assert SECRET.encode() not in content_of(tmp_path)


def test_where_nothing_was_kept_nothing_is_made(tmp_path):
    forget_document(tmp_path, "d1")
    assert not list(tmp_path.iterdir())


def test_verdicts_are_kept_changed_taken_back_and_given_out_without_names(kept):
    kept.keep("ana", "c1", turn("t1", "Satu?"), [])
    kept.keep("ana", "c1", turn("t2", "Dua?"), [])
    kept.judge("ana", "t1", "up", "")
    kept.judge("ana", "t1", "down", "x" * 5_000 + "\ud800")
    kept.judge("ana", "t2", "up", "jelas")
    kept.judge("ana", "t2", None, "")
    (only,) = kept.feedback()
    assert (only["question"], only["verdict"]) == ("Satu?", "down")
    assert len(only["reason"]) == REASON_CHARS_MAX
    assert "ana" not in str(only)


def test_a_folder_that_cannot_be_written_is_told_of(tmp_path):
    no_folder = tmp_path / "berkas"
    no_folder.write_text("a file, in which not even root can write another")
    with pytest.raises(StoreNotWritable):
        Conversations(no_folder)


def test_a_file_that_is_no_database_is_told_of(tmp_path):
    (tmp_path / module.CONVERSATIONS_FILE).write_bytes(b"bukan basis data" * 100)
    with pytest.raises(StoreNotWritable):
        Conversations(tmp_path)


def content_of(folder):
    return b"".join(path.read_bytes() for path in folder.iterdir())
