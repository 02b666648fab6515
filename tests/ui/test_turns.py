from tests.ui.fake_services import PERIOD, REGION, FakeServices, timeline_answer
from ui import texts
from ui.turns import TURNS_MAX, Turn, begin, begin_without, stop
from ui.turns import finish as grow


def finish(turns, services):
    *_, done = grow(turns, services)
    return done


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


def test_an_answer_is_shown_as_it_grows():
    states = list(grow(begin((), "tumbuh"), FakeServices(slow_s=0)))
    assert [(len(state[-1].answer.citations), state[-1].pending) for state in states] == [
        (1, True),
        (3, True),
        (3, False),
    ]


def test_a_stopped_answer_keeps_what_had_come():
    growing = next(grow(begin((), "tumbuh"), FakeServices()))
    (stopped,) = stop(growing)
    assert not stopped.pending
    assert stopped.answer is not None
    assert stopped.problem.text("en") == texts.STOPPED("en")


def test_earlier_answers_go_with_a_question():
    services = FakeServices()
    first = finish(begin((), "Bagaimana urutannya?"), services)
    finish(begin(stop(begin(first, "lambat")), "market"), services)
    assert services.asked[-1] == ("market", (first[0].answer,), ())


def test_an_inference_taken_away_is_left_out_with_those_before():
    services = FakeServices()
    turns = finish(begin((), "linimasa"), services)
    turns = finish(begin_without(turns, turns[0].turn_id, PERIOD.key), services)
    assert [one.key for one in turns[-1].answer.understood] == [REGION.key]
    turns = finish(begin_without(turns, turns[-1].turn_id, REGION.key), services)
    assert services.asked[-1][2] == (PERIOD.key, REGION.key)
    assert turns[-1].without == (PERIOD, REGION)
    assert begin_without(turns, turns[0].turn_id, "region:unknown") == turns
    assert begin_without(turns, "unknown", PERIOD.key) == turns
    assert timeline_answer().understood == (REGION, PERIOD)
