"""Answers of a scripted chat model: what of them is believed."""

from __future__ import annotations

import itertools
import re
import time

import pytest

from assistant.chat_stream import stream_text
from assistant.compose_llm import Dropped, Passed, compose
from assistant.errors import ChatModelFailed
from assistant.ground import ground
from assistant.prompts import tokens_most
from assistant.settings import AssistantSettings
from assistant.understand import understand
from docs_store.records import Hit
from tests.assistant.chat_models import (
    ScriptedModel,
    StallingModel,
    StoppingModel,
    ToolModel,
    claims,
)

TEXT = """\
Pasar Desa Contoh dibuka pada hari Senin. Pedagang tidak membayar retribusi pada tahun
pertama. Pada tahun kedua tarifnya Rp2.500 per hari.

Camat mengatur parkir. Parkir tidak dipungut biaya.

The market office closes at noon."""
_BORDERS = [0, TEXT.index("Camat"), TEXT.index("The market"), len(TEXT) + 2]
HITS = [
    Hit(
        passage_id=number, document_id="d", version=3, title="Catatan pasar", source="p.txt",
        date="2021-04-01", language="id", page=2, locator=None, start=start, end=end - 2,
        text=TEXT[start : end - 2], context="", score=1.0 / number,
    )
    for number, (start, end) in enumerate(itertools.pairwise(_BORDERS), start=1)
]  # fmt: skip
SETTINGS = AssistantSettings(chat_model="openai:test", chat_base_url="http://127.0.0.1:9/v1")
ASKED = understand("Berapa tarif pasar Desa Contoh?")
FEE = ("Pada tahun kedua tarifnya Rp2.500 per hari.", 1, "tarifnya Rp2.500 per hari")
OPENS = ("Pasar Desa Contoh dibuka pada hari Senin.", 1, "dibuka pada hari Senin.")


def text_of(*_):
    return TEXT


def passes(statement):
    """The program's own gate over the text above."""
    _, refused = ground([statement], text_of)
    return refused[0].why if refused else None


def composed(model, question=ASKED, hits=HITS, settings=SETTINGS, gate=passes):
    found = list(compose(question, hits, model, settings, gate, text_of))
    statements = [one.statement for one in found if isinstance(one, Passed)]
    for statement in statements:
        for citation in statement.citations:
            assert TEXT[citation.start : citation.end] == citation.quote
    return statements, [one for one in found if isinstance(one, Dropped)]


def test_claims_become_statements_with_the_whole_sentence_as_proof():
    model = ScriptedModel.saying(claims(OPENS, FEE))
    statements, dropped = composed(model)
    assert [statement.text for statement in statements] == [OPENS[0], FEE[0]]
    (citation,) = statements[1].citations
    assert citation.quote == "Pada tahun kedua tarifnya Rp2.500 per hari."
    assert (citation.document_id, citation.version, citation.page) == ("d", 3, 2)
    assert dropped == []
    assert len(model.told) == 1


def test_a_line_break_in_the_text_is_no_difference_and_the_quote_is_the_stored_text():
    said = "Pedagang tidak membayar retribusi pada tahun pertama."
    statements, _ = composed(ScriptedModel.saying(claims((said, 1, said))))
    assert statements[0].citations[0].quote == said.replace("tahun pertama", "tahun\npertama")


@pytest.mark.parametrize(
    "claim",
    [
        (FEE[0], 1, "tarifnya Rp2.600 per hari"),  # a digit
        (FEE[0], 1, "tarifnya Rp 2.500 per hari"),  # white space where there is none
        (FEE[0], 1, "Tarifnya Rp2.500 per hari"),  # a letter
        (FEE[0], 1, "tarifnya … per hari"),
        (FEE[0], 2, FEE[2]),  # of another passage
        (FEE[0], 0, FEE[2]),
        (FEE[0], 9, FEE[2]),
        ("Pada tahun kedua tarifnya Rp2.600 per hari.", 1, FEE[2]),  # what the gate refuses
        ("Pedagang membayar retribusi.", 1, "membayar retribusi pada tahun pertama"),  # "tidak"
        ("Parkir dipungut biaya.", 2, "dipungut biaya."),
        ("Tentang parkir:", 2, "Parkir tidak dipungut biaya."),  # states nothing
        ("Pasal 7", 1, FEE[2]),
    ],
)
def test_what_is_not_proved_is_asked_for_once_more_and_dropped(claim):
    model = ScriptedModel.saying(claims(OPENS, claim), claims(claim))
    statements, dropped = composed(model)
    assert [statement.text for statement in statements] == [OPENS[0]]
    assert [one.text for one in dropped] == [claim[0]]
    assert len(model.told) == 2
    assert dropped[0].why in model.told[1]  # the model is told why
    assert dropped[0].why not in model.told[0]


def test_a_mended_claim_takes_its_place():
    wrong = ("Pada tahun kedua tarifnya Rp2.600 per hari.", 1, FEE[2])
    model = ScriptedModel.saying(claims(wrong, OPENS), claims(FEE))
    found = list(compose(ASKED, HITS, model, SETTINGS, passes, text_of))
    assert [(one.order, one.statement.text) for one in found] == [(1, OPENS[0]), (0, FEE[0])]


def test_a_claim_is_yielded_before_the_response_is_whole():
    model = StoppingModel.saying(claims(OPENS, FEE))
    model.after = claims(OPENS).count(" ") * 2 + 6
    stream = compose(ASKED, HITS, model, SETTINGS, passes, text_of)
    assert next(stream).statement.text == OPENS[0]
    with pytest.raises(ChatModelFailed, match="dihubungi"):
        next(stream)


def test_a_response_that_breaks_off_keeps_what_is_complete_and_says_so():
    whole = claims(OPENS, FEE)
    stream = compose(ASKED, HITS, ScriptedModel.saying(whole[: whole.index("per hari")]), SETTINGS,
                     passes, text_of)  # fmt: skip
    assert next(stream).statement.text == OPENS[0]
    with pytest.raises(ChatModelFailed, match="terputus"):
        next(stream)


def test_no_claims_is_no_answer_and_no_failure():
    assert composed(ScriptedModel.saying('{"claims": []}')) == ([], [])


def test_without_passages_nothing_is_asked():
    model = ScriptedModel.saying()
    assert composed(model, hits=[]) == ([], [])
    assert model.told == []


@pytest.mark.parametrize(
    "response", ["Maaf, saya tidak dapat membantu.", "", '{"claims": ', '{"claims": [{"a": 1}]}']
)
def test_what_cannot_be_read_is_a_failure(response):
    with pytest.raises(ChatModelFailed, match=r"bukan daftar|kosong"):
        composed(ScriptedModel.saying(response))


def test_a_failure_when_asking_again_costs_only_the_refused_claim():
    model = ScriptedModel.saying(claims(OPENS, (FEE[0], 1, "tarif baru")), "Maaf.")
    statements, dropped = composed(model)
    assert [one.text for one in statements] == [OPENS[0]]
    assert len(dropped) == 1


def test_what_is_said_twice_is_shown_once():
    statements, dropped = composed(ScriptedModel.saying(claims(FEE, FEE)))
    assert len(statements) == 1
    assert dropped == []


def test_marks_that_look_like_citations_are_taken_out():
    said = (f"{FEE[0][:-1]} [7].", *FEE[1:])
    statements, _ = composed(ScriptedModel.saying(claims(said)))
    assert statements[0].text == FEE[0]


def test_a_model_that_keeps_to_a_schema_is_held_to_it():
    model = ToolModel.saying(claims(OPENS, FEE))
    statements, _ = composed(model)
    assert model.bound == ["claims"]
    assert len(statements) == 2


def test_a_server_that_knows_no_schema_is_asked_in_words():
    class NoSchema(Exception):
        status_code = 400

    class Declining(ToolModel):
        def bind_tools(self, tools, **kwargs):
            return StoppingModel(messages=iter([]), error=NoSchema()).bind()

    statements, _ = composed(Declining.saying(claims(FEE)))
    # The scripted model itself answers by a tool call that nobody asked for; it is read too.
    assert len(statements) == 1


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (TimeoutError(), "detik"),
        (ConnectionRefusedError(), "dihubungi"),
        (type("APITimeoutError", (Exception,), {})("sk-secret"), "detik"),
        (type("APIConnectionError", (Exception,), {})("sk-secret"), "dihubungi"),
        (type("AuthenticationError", (Exception,), {"status_code": 401})("sk-secret"), "401"),
        (type("ContentFilterFinishReasonError", (Exception,), {})("x"), "menolak"),
        (RuntimeError("sk-secret"), "RuntimeError"),
    ],
)
def test_errors_are_told_apart_and_keep_the_providers_words_out(error, why):
    model = StoppingModel(messages=iter([]), error=error)
    with pytest.raises(ChatModelFailed, match=why) as caught:
        composed(model)
    assert "secret" not in str(caught.value)


def test_a_slow_response_is_not_waited_for():
    model = StallingModel.saying(claims(OPENS, FEE))
    settings = SETTINGS.model_copy(update={"chat_timeout_s": 0.4})
    started = time.monotonic()
    stream = compose(ASKED, HITS, model, settings, passes, text_of)
    with pytest.raises(ChatModelFailed, match=r"0\.4 detik"):
        list(stream)
    assert time.monotonic() - started < 4


def test_a_response_without_end_is_cut():
    small = SETTINGS.model_copy(update={"chat_answer_tokens": 128})
    model = ScriptedModel.saying('{"claims": [{"text": "' + "la " * 1_000)
    with pytest.raises(ChatModelFailed, match="tidak berakhir"):
        list(stream_text(model, [], {"title": "claims"}, small))


def test_a_small_window_leaves_out_the_last_passages():
    many = [HITS[0]] * 60
    model = ScriptedModel.saying(claims(FEE))
    composed(model, hits=many)
    count = len(re.findall(r"<passage \d+ \w+>", model.told[0]))
    assert 3 < count < 60
    room = SETTINGS.chat_context_tokens - SETTINGS.chat_answer_tokens
    assert 0.8 * room < tokens_most(model.told[0]) <= room
    large = SETTINGS.model_copy(update={"chat_context_tokens": 40_000})
    model = ScriptedModel.saying(claims(FEE))
    composed(model, hits=many, settings=large)
    assert len(re.findall(r"<passage \d+ \w+>", model.told[0])) == 60


def test_a_prompt_that_asks_again_fits_too():
    wrong = [(f"Tarifnya Rp9.{n}00. " * 20, 1, FEE[2]) for n in range(8)]
    model = ScriptedModel.saying(claims(*wrong), claims())
    composed(model, hits=[HITS[0]] * 60)
    room = SETTINGS.chat_context_tokens - SETTINGS.chat_answer_tokens
    assert len(model.told) == 2
    assert tokens_most(model.told[1]) <= room


def test_a_passage_larger_than_the_window_is_a_failure_that_says_how_to_mend_it():
    large = HITS[0].__class__(**{
        field: getattr(HITS[0], field) for field in HITS[0].__slots__ if field != "text"
    }, text="kata " * 4_000)  # fmt: skip
    with pytest.raises(ChatModelFailed, match="ASSISTANT_CHAT_CONTEXT_TOKENS"):
        composed(ScriptedModel.saying(), hits=[large])


def test_documents_are_fenced_with_a_mark_that_they_do_not_know():
    first, second = ScriptedModel.saying(claims(FEE)), ScriptedModel.saying(claims(FEE))
    composed(first)
    composed(second)
    marks = [re.search(r"<passage 1 (\w{16})>", model.told[0])[1] for model in (first, second)]
    assert marks[0] != marks[1]
    assert f"</passage 1 {marks[0]}>" in first.told[0]
    assert first.told[0].index(marks[0]) < first.told[0].index("<passage 1")  # told beforehand


def test_braces_in_a_document_are_not_filled_in():
    text = 'Tarif {language} {{mark}} {0} "claims": [ Rp2.500.'
    hit = Hit(1, "d", 1, "J", "s", None, "id", None, None, 0, len(text), text, "", 1.0)
    model = ScriptedModel.saying(claims(("Tarif Rp2.500.", 1, text)))
    list(compose(ASKED, [hit], model, SETTINGS, lambda _: None, lambda *_: text))
    assert text in model.told[0]


def test_english_over_indonesian_quotes_the_original_with_a_translation():
    asked = understand("What does the market of Desa Contoh charge per day in the second year?")
    quote = "Pada tahun kedua tarifnya Rp2.500 per hari."
    translation = "In the second year the fee is Rp2.500 per day."
    said = ("In the second year the fee is Rp2.500 per day.", 1, quote, translation)
    statements, _ = composed(ScriptedModel.saying(claims(said)), asked)
    (citation,) = statements[0].citations
    assert (citation.quote, citation.translation) == (quote, translation)


@pytest.mark.parametrize(
    ("quote", "translation"),
    [
        # of half the sentence, with another figure, and in the language that it has already
        ("tarifnya Rp2.500 per hari", "the fee is Rp2.500 per day in the market."),
        ("Pada tahun kedua tarifnya Rp2.500 per hari.", "In the second year the fee is Rp2.600."),
        ("Pada tahun kedua tarifnya Rp2.500 per hari.", "Pada tahun kedua tarifnya Rp2.500."),
    ],
)
def test_a_translation_that_is_not_of_the_quote_is_left_out(quote, translation):
    asked = understand("What does the market of Desa Contoh charge per day in the second year?")
    said = ("In the second year the fee is Rp2.500 per day.", 1, quote, translation)
    statements, _ = composed(ScriptedModel.saying(claims(said)), asked)
    assert statements[0].citations[0].translation is None


def test_a_claim_in_another_language_than_the_question_is_refused():
    said = ("In the second year the fee of the market is Rp2.500 per day.", *FEE[1:])
    model = ScriptedModel.saying(claims(said), claims(FEE))
    statements, _ = composed(model)
    assert [one.text for one in statements] == [FEE[0]]
    assert "not written in Indonesian" in model.told[1]


RULES = "(2) Setiap orang dilarang:\na. berjualan di trotoar; dan\nb. parkir di taman kota.\n"


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("Setiap orang dilarang berjualan di trotoar.", True),
        ("Setiap orang berjualan di trotoar.", False),
        ("a. berjualan di trotoar; dan", False),  # to the character, and yet the opposite
    ],
)
def test_an_item_is_cited_with_what_opens_its_list(said, stands):
    start = RULES.index("a.")  # the passage does not hold what opens the list
    hit = Hit(1, "d", 1, "J", "s", None, "id", None, None, start, len(RULES), RULES[start:], "", 1)
    model = ScriptedModel.saying(*[claims((said, 1, "berjualan di trotoar; dan"))] * 2)
    found = list(compose(ASKED, [hit], model, SETTINGS, lambda _: None, lambda *_: RULES))
    if not stands:
        assert isinstance(found[0], Dropped)
        assert "Setiap orang dilarang:" in found[0].why
        return
    quotes = [citation.quote for citation in found[0].statement.citations]
    assert quotes == ["(2) Setiap orang dilarang:", "a. berjualan di trotoar; dan"]
    assert all(RULES[c.start : c.end] == c.quote for c in found[0].statement.citations)


def test_of_words_that_stand_twice_the_place_that_proves_the_claim_is_cited():
    text = "Tarif parkir tidak naik pada 2020. Tarif parkir naik pada 2021."
    hit = Hit(1, "d", 1, "J", "s", None, "id", None, None, 0, len(text), text, "", 1.0)
    model = ScriptedModel.saying(claims(("Pada 2021 tarif parkir naik.", 1, "Tarif parkir")))

    def gate(statement):
        _, refused = ground([statement], lambda *_: text)
        return refused[0].why if refused else None

    (passed,) = compose(ASKED, [hit], model, SETTINGS, gate, lambda *_: text)
    assert passed.statement.citations[0].quote == "Tarif parkir naik pada 2021."
