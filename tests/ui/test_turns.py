from tests.ui.fake_services import FakeServices
from ui import texts
from ui.turns import TURNS_MAX, Turn, begin, finish, stop


def test_a_question_is_pending_and_then_answered():
    asked = begin((), "Bagaimana urutannya?")
    assert asked[-1].pending
    (done,) = finish(asked, FakeServices())
    assert not done.pending
    assert done.answer is not None
    assert done.answer.question == "Bagaimana urutannya?"


def test_an_empty_question_gets_a_plain_reply_and_is_not_kept():
    asked = begin((), " \n\t ")
    (reply,) = finish(asked, FakeServices())
    assert reply.problem.text("id") == texts.QUESTION_EMPTY("id")
    later = begin(asked, "Bagaimana?")
    assert [turn.question for turn in later] == ["Bagaimana?"]


def test_a_refused_question_tells_why_in_the_language_of_the_page():
    (turn,) = finish(begin((), "a" * 10_000), FakeServices())
    assert "terlalu panjang" in turn.problem.text("id")
    assert "too long" in turn.problem.text("en")


def test_an_unexpected_failure_is_logged_and_told_without_its_details(caplog):
    (turn,) = finish(begin((), "rusak"), FakeServices())
    assert turn.problem.text("en") == texts.UNEXPECTED("en")
    assert "secret detail" in caplog.text


def test_a_stopped_question_stays_stopped():
    stopped = stop(begin((), "lambat"))
    assert stopped[-1].problem.text("en") == texts.STOPPED("en")
    assert finish(stopped, FakeServices()) == stopped
    assert stop(stopped) == stopped
    assert stop(()) == ()


def test_old_turns_are_dropped():
    turns = ()
    for number in range(TURNS_MAX + 5):
        turns = stop(begin(turns, f"Pertanyaan {number}"))
    assert len(turns) == TURNS_MAX
    assert turns[-1] == Turn(f"Pertanyaan {TURNS_MAX + 4}", problem=turns[-1].problem)
