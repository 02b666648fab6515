"""Answers worded by a scripted chat model over the shipped samples, from question to JSON."""

from __future__ import annotations

import pytest

from assistant.answer import ChatModel, answer_question, stream_answer
from assistant.settings import AssistantSettings
from tests.assistant.chat_models import ScriptedModel, StoppingModel, claims
from tests.assistant.test_answer import assert_grounded

ASKED = "Siapa Sekda Banyuwangi?"


@pytest.fixture(scope="module")
def quoted(sample_store):
    """The sentence that answers, and the number of the passage that a model finds it in."""
    answer = answer_question(sample_store, ASKED)
    quote = answer.citations[0].quote
    at = next(n for n, hit in enumerate(answer.passages, start=1) if quote in hit.text)
    return quote, at


def chat(model):
    return ChatModel(model, AssistantSettings(chat_context_tokens=16_000))


def test_a_proved_claim_is_the_answer_and_a_false_one_is_counted(sample_store, quoted):
    quote, at = quoted
    true = ("Sekda Banyuwangi adalah Mujiono.", at, quote)
    false = ("Sekda Banyuwangi adalah Sutrisno.", at, quote)
    model = ScriptedModel.saying(claims(true, false), claims(false))
    answer = answer_question(sample_store, ASKED, chat=chat(model))
    assert_grounded(sample_store, answer)
    assert answer.mode == "llm"
    assert true[0] in answer.text
    assert "Sutrisno" not in answer.text
    assert answer.dropped == 1


@pytest.mark.parametrize(
    "failing",
    [
        StoppingModel(messages=iter([]), error=ConnectionRefusedError()),
        StoppingModel(messages=iter([]), error=TimeoutError()),
        ScriptedModel.saying("Maaf, saya tidak dapat membantu."),
    ],
    ids=["down", "slow", "refuses"],
)
def test_a_model_that_fails_costs_no_answer(sample_store, failing):
    answer = answer_question(sample_store, ASKED, chat=chat(failing))
    assert_grounded(sample_store, answer)
    assert answer.mode == "quotes"
    assert "Mujiono" in answer.text
    assert "kutipan saja" in answer.text


def test_nothing_proved_is_answered_by_quotes_and_says_what_was_dropped(sample_store, quoted):
    quote, at = quoted
    false = ("Sekda Banyuwangi adalah Sutrisno.", at, quote)
    model = ScriptedModel.saying(claims(false), claims(false))
    answer = answer_question(sample_store, ASKED, chat=chat(model))
    assert (answer.mode, answer.dropped) == ("quotes", 1)
    assert "Mujiono" in answer.text


def test_half_a_response_keeps_what_is_complete_and_says_so(sample_store, quoted):
    quote, at = quoted
    whole = claims(("Sekda Banyuwangi adalah Mujiono.", at, quote), ("Lagi.", at, quote))
    model = ScriptedModel.saying(whole[: whole.index("Lagi")])
    *_, answer = stream_answer(sample_store, ASKED, chat=chat(model))
    assert_grounded(sample_store, answer)
    assert answer.mode == "llm"
    assert "Sekda Banyuwangi adalah Mujiono." in answer.text
    assert "terputus" in answer.text
    assert "kutipan saja" not in answer.text


def test_a_model_is_not_asked_where_nothing_comes_near_to_an_answer(sample_store, quoted):
    quote, at = quoted
    model = ScriptedModel.saying(claims(("Sekda Banyuwangi adalah Mujiono.", at, quote)))
    answer = answer_question(sample_store, "Berapa kadar gula dalam buah salak?", chat=chat(model))
    assert answer.abstained
    assert answer.mode == "quotes"
