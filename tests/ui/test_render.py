import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from assistant.conversation import AnswerPart, Computed
from docs_store.errors import Reason
from tests.ui.fake_services import (
    FIRST,
    LAST,
    THEN,
    abstention,
    citation,
    market_answer,
    sequence_answer,
)
from ui import texts
from ui.render import (
    QUESTION_CHARS_SHOWN,
    answer_html,
    clip,
    conversation_html,
    copy_text,
    header_html,
    turn_html,
)
from ui.turns import Turn


def soup(markup):
    return BeautifulSoup(markup, "html.parser")


def test_every_part_is_shown_in_order_with_its_markers():
    page = soup(answer_html(sequence_answer(), "id"))
    assert page.select_one(".part-lead").get_text() == "Menurut dokumen, urutannya sebagai berikut."
    items = page.select(".answer-text ul > li")
    assert [item.span.get_text() for item in items] == [FIRST, THEN, LAST]
    assert [item.select_one(".citation").get_text() for item in items] == ["1", "2", "3"]


def test_a_marker_carries_its_address_and_its_name():
    marker = soup(answer_html(sequence_answer(), "id")).select(".citation")[1]
    cited = citation(2, "plan", THEN)
    assert marker.name == "button"
    assert marker["data-document"] == "plan"
    assert (int(marker["data-start"]), int(marker["data-end"])) == (cited.start, cited.end)
    assert marker["data-quote"] == THEN
    assert marker["data-about"] == "27 Januari 2022 · halaman 2"
    assert marker["aria-label"] == f"Sumber 2: {cited.title}, halaman 2"
    english = soup(answer_html(sequence_answer(), "en")).select_one(".citation")
    assert english["aria-label"] == f"Source 1: {cited.title}, page 2"


def test_a_citation_of_recognised_text_says_so_in_its_marker_and_in_the_copy():
    answer = sequence_answer()
    unsure = replace(answer.citations[1], confidence=0.764)
    answer = replace(answer, citations=(answer.citations[0], unsure, answer.citations[2]))
    first, second, _ = soup(answer_html(answer, "id")).select(".citation")
    assert second["data-confidence"] == "0.764"
    assert second["data-about"].endswith(" · dibaca dengan OCR, keyakinan 76%")
    assert "OCR" not in first["data-about"]
    assert copy_text(answer, "id").count("dibaca dengan OCR, keyakinan 76%") == 1


def test_a_source_tells_what_was_done_to_it_and_its_least_sure_quote():
    answer = sequence_answer()
    first, second, third = answer.citations
    first = replace(first, notices=("Diubah dengan UU 9/2015",), confidence=0.91)
    second = replace(second, notices=("Diubah dengan UU 9/2015", "Dicabut <b>"), confidence=0.839)
    answer = replace(answer, citations=(first, second, third))
    remarks = soup(answer_html(answer, "id")).select(".sources .source-remark")
    assert [remark.get_text() for remark in remarks] == [
        "Diubah dengan UU 9/2015",
        "Dicabut <b>",
        "dibaca dengan OCR, keyakinan 83%",
    ]
    assert copy_text(answer, "id").count("Diubah dengan UU 9/2015") == 2
    assert not soup(answer_html(sequence_answer(), "id")).select(".source-remark")


def test_a_marker_in_the_words_of_a_document_stays_text():
    page = soup(answer_html(sequence_answer(), "id"))
    assert "[1]" in page.select(".answer-text li")[2].span.get_text()
    assert len(page.select(".citation")) == 3


def test_a_marker_without_a_citation_is_not_shown():
    answer = replace(sequence_answer(), parts=(AnswerPart("statement", "Apa saja.", (9,)),))
    assert not soup(answer_html(answer, "id")).select(".citation")


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_that_a_document_says_becomes_markup(language):
    hostile = '<img src=x onerror="alert(1)"></span><script>alert(2)</script>'
    answer = sequence_answer(hostile)
    answer = replace(
        answer,
        parts=(AnswerPart("statement", hostile, (1,)),),
        citations=tuple(
            replace(one, title=hostile, source=hostile, locator=hostile, quote=hostile)
            for one in answer.citations
        ),
        computed=(Computed(hostile, hostile, (1,)),),
        passages=tuple(
            replace(one, title=hostile, text=hostile, date=hostile, locator=hostile)
            for one in answer.passages
        ),
    )
    not_one = replace(answer, abstained=True, reason=hostile)
    problem = Turn(hostile, problem=Reason(hostile, hostile))
    turns = (Turn(hostile, answer=answer), Turn(hostile, answer=not_one), problem, Turn(hostile))
    for markup in (
        conversation_html(turns, [], 1, language),
        conversation_html((), [hostile], 1, language),
    ):
        page = soup(markup)
        assert not page.select("script, img, [onerror]")
        assert hostile in page.get_text()


def test_a_computed_figure_shows_its_working_and_its_operands():
    answer = replace(sequence_answer(), computed=(Computed("7", "3 + 4", (1, 2)),))
    line = soup(answer_html(answer, "id")).select_one(".computed")
    assert "Dihitung: 3 + 4 = 7" in line.get_text()
    assert [chip.get_text() for chip in line.select(".citation")] == ["1", "2"]


def test_sources_are_listed_once_a_document():
    lines = soup(answer_html(sequence_answer(), "id")).select(".sources li")
    assert len(lines) == 1
    assert lines[0].select_one(".source-numbers").get_text() == "1, 2, 3"
    assert "27 Januari 2022" in lines[0].get_text()


def test_an_abstention_is_no_answer_and_says_so():
    page = soup(answer_html(abstention("Berapa?"), "id"))
    assert page.select_one(".abstention")
    assert not page.select(".citation")
    assert not page.select(".answer-text")
    assert "tidak menyebut" in page.select_one(".abstention-reason").get_text()
    assert page.select_one(".nearest h3").get_text() == "Bukan jawaban: kutipan terdekat"
    assert [button["data-document"] for button in page.select(".nearest-passage")] == [
        "plan",
        "letter",
    ]
    english = soup(answer_html(abstention("Berapa?"), "en"))
    assert english.select_one(".nearest h3").get_text() == "Not an answer: nearest passages"


def test_an_abstention_without_passages_has_no_list():
    page = soup(answer_html(replace(abstention("?"), passages=()), "id"))
    assert not page.select(".nearest")


def test_an_answer_is_marked_with_its_own_language():
    page = soup(answer_html(market_answer("When?"), "id"))
    assert page.select_one(".answer-text")["lang"] == "en"


def test_time_is_written_as_people_write_it():
    assert "0,12 detik" in answer_html(sequence_answer(), "id")
    assert "0.12 s" in answer_html(sequence_answer(), "en")


def test_a_pending_question_is_busy_and_has_no_tools():
    page = soup(turn_html(Turn("Bagaimana?"), "id"))
    assert page.article["aria-busy"] == "true"
    assert page.select_one(".searching")["role"] == "status"
    assert not page.select(".tools")


def test_a_very_long_question_is_shown_clipped():
    page = soup(turn_html(Turn("kata " * 2000, problem=Reason("x", "y")), "id"))
    shown = page.select_one(".question").get_text()
    assert len(shown) <= QUESTION_CHARS_SHOWN + 1
    assert shown.endswith("…")


def test_an_empty_store_says_how_to_add_documents():
    for language in ("id", "en"):
        page = soup(conversation_html((), [], 0, language))
        assert [code.get_text() for code in page.select("code")] == [
            "tanya ingest FOLDER",
            "make chat",
        ]


def test_examples_are_offered_before_the_first_question_only():
    assert soup(conversation_html((), ["Apa?"], 3, "id")).select_one(".example").get_text() == (
        "Apa?"
    )
    assert not soup(conversation_html((Turn("Apa?"),), ["Apa?"], 3, "id")).select(".example")


def test_the_header_counts_documents_and_names_the_language():
    page = soup(header_html(9894, "id"))
    assert page.select_one(".collection-size").get_text() == "9.894 dokumen"
    assert page.select_one("[aria-pressed=true]")["data-language"] == "id"
    assert soup(header_html(1, "en")).select_one(".collection-size").get_text() == "1 document"


def test_the_copied_text_carries_quotes_and_sources():
    copied = copy_text(sequence_answer("Bagaimana urutannya?"), "id")
    assert copied.startswith("Bagaimana urutannya?\n")
    assert f"- {FIRST} [1]" in copied
    assert re.search(
        r"\[2\] .*, 27 Januari 2022, halaman 2, versi 1, berkas/plan\.txt: “" + re.escape(THEN),
        copied,
    )


def test_only_an_answer_can_be_copied():
    def actions(turn):
        return {button["data-action"] for button in soup(turn_html(turn, "id")).select("button")}

    assert "copy" in actions(Turn("a", answer=sequence_answer()))
    assert "copy" not in actions(Turn("a", answer=abstention("a")))
    assert actions(Turn("a", problem=Reason("x", "y"))) == {"ask", "edit"}


@pytest.mark.parametrize(
    ("text", "clipped"),
    [("abc", "abc"), ("abcde fgh ijkl", "abcde fgh…"), ("a" * 30, "a" * 10 + "…")],
)
def test_clipping_ends_at_a_word(text, clipped):
    assert clip(text, 10) == clipped


def test_every_control_has_a_name():
    turns = (Turn("a", answer=sequence_answer()), Turn("b", answer=abstention("b")))
    for markup in (header_html(2, "en"), conversation_html(turns, [], 2, "en")):
        for button in soup(markup).select("button"):
            assert button.get("aria-label") or len(button.get_text(strip=True)) > 1
            assert button["type"] == "button"


def test_texts_of_the_page_follow_its_language():
    turns = (Turn("a", answer=sequence_answer()),)
    english = soup(conversation_html(turns, [], 2, "en")).get_text(" ")
    assert texts.COPY("en") in english
    assert texts.COPY("id") not in english
