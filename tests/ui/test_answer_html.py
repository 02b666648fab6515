import csv
import io
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from assistant.conversation import (
    AnswerPart,
    Cell,
    Computed,
    Inference,
    Table,
    TableRow,
    TimelineStep,
)
from docs_store.errors import Reason
from tests.ui.fake_services import (
    FIRST,
    LAST,
    THEN,
    abstention,
    citation,
    comparison_answer,
    market_answer,
    options_answer,
    sequence_answer,
    timeline_answer,
)
from ui import texts
from ui.answer_export import answer_csv, copy_text
from ui.answer_html import answer_html
from ui.answer_picture import WIDTH_PX, answer_png
from ui.conversation_html import QUESTION_CHARS_SHOWN, conversation_html, turn_html
from ui.header_html import header_html
from ui.texts import clip
from ui.turns import Turn


def soup(markup):
    return BeautifulSoup(markup, "html.parser")


def test_every_part_is_shown_in_order_with_its_markers():
    page = soup(answer_html(sequence_answer(), "id"))
    assert page.select_one(".part-lead").get_text() == "Menurut dokumen, urutannya sebagai berikut."
    items = page.select(".answer-text ul > li")
    assert [item.span.get_text() for item in items] == [FIRST, THEN, LAST]
    assert [item.select_one(".citation").get_text() for item in items] == ["1", "2", "3"]


def test_a_translation_is_told_as_a_machines_behind_its_marker_and_in_what_is_copied():
    answer = sequence_answer()
    first, *others = answer.citations
    told = replace(first, translation="Tourism came\nfirst.")
    answer = replace(answer, citations=(told, *others))
    marker = soup(answer_html(answer, "en")).select_one(".citation")
    assert marker["data-about"].endswith("Machine translation, no proof: Tourism came first.")
    assert "Machine translation, no proof: Tourism came first." in copy_text(answer, "en")


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
        understood=(Inference(hostile, "region", hostile),),
        standalone=hostile + "?",
        table=Table((hostile,), (TableRow(hostile, (Cell(hostile, (1,)),)),)),
        timeline=(TimelineStep(hostile, hostile, hostile, (1,)),),
        options=(hostile,),
        follow_ups=(hostile,),
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


def test_the_value_comes_first_and_each_part_of_a_question_has_a_heading():
    page = soup(answer_html(comparison_answer(), "id"))
    shown = page.select(".answer-text > *")
    assert [part.name for part in shown[:5]] == ["h3", "p", "p", "h3", "p"]
    assert page.select_one(".part-value").get_text() == "Pariwisata1"
    assert not page.select("h3 .citation")


def test_a_comparison_has_its_markers_in_its_cells():
    page = soup(answer_html(comparison_answer(), "id"))
    assert [th.get_text() for th in page.select("thead th")] == [
        "Aspek",
        "Kabupaten Contoh",
        "Desa Pasar",
    ]
    first = page.select("tbody tr")[0]
    assert first.th["scope"] == "row"
    assert [td.select_one("span").get_text() for td in first.select("td")] == [
        "Pariwisata",
        "tidak ditemukan",
    ]
    assert [len(td.select(".citation")) for td in first.select("td")] == [1, 0]
    assert first.select("td")[1]["class"] == ["nothing-found"]


def test_a_sequence_is_a_line_with_dates_and_says_nothing_twice():
    page = soup(answer_html(timeline_answer(), "id"))
    steps = page.select(".timeline ol > li")
    assert [step.find(["time", "b"]).get_text() for step in steps] == [
        "27 Januari 2022",
        "Mei 2023",
        "kemudian",
    ]
    assert steps[0].time["datetime"] == "2022-01-27"
    assert steps[1].select_one(".citation").get_text() == "2"
    assert answer_html(timeline_answer(), "id").count(f'<span dir="auto">{FIRST}</span>') == 1
    assert page.select_one(".timeline h3").get_text() == "Urutan waktu"
    undated = tuple(replace(step, date=None) for step in timeline_answer().timeline)
    page = soup(answer_html(replace(timeline_answer(), timeline=undated), "id"))
    assert page.select_one(".timeline h3").get_text() == "Urutan"
    english = soup(answer_html(timeline_answer(), "en"))
    assert english.select_one("time").get_text() == "27 January 2022"


def test_what_a_question_was_taken_to_mean_is_told_and_can_be_taken_away():
    page = soup(answer_html(timeline_answer(), "id", "turn-7"))
    assert "Dibaca sebagai: Bagaimana urutan waktu" in page.select_one(".standalone").get_text()
    first, second = page.select(".inference button")
    assert (first["data-action"], first["data-turn"]) == ("without", "turn-7")
    assert (first["data-key"], second["data-key"]) == ("region:99.01", "period:2022")
    assert second["aria-label"] == "Tanya lagi tanpa tahun 2022"
    same = replace(timeline_answer(), standalone=timeline_answer().question)
    assert not soup(answer_html(same, "id")).select(".standalone")


def test_options_follow_ups_and_dropped_claims_are_told():
    page = soup(answer_html(timeline_answer(), "id"))
    assert page.select_one(".questions button")["data-question"] == "Berapa anggaran desa?"
    assert page.select_one(".dropped").get_text().startswith("2 pernyataan")
    options = soup(answer_html(options_answer("taksa"), "en")).select(".questions button")
    assert [option["data-action"] for option in options] == ["ask", "ask"]
    assert not soup(answer_html(sequence_answer(), "id")).select(".questions, .dropped, .inference")


def test_a_growing_answer_is_shown_and_still_busy():
    page = soup(turn_html(Turn("a", answer=sequence_answer(), growing=True), "id"))
    assert page.select(".answer-text li")
    assert page.article["aria-busy"] == "true"
    assert page.select_one(".searching")
    assert not page.select(".tools")


def rows_of(answer, language):
    text = answer_csv(answer, language)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";" if language == "id" else ","))


def test_a_sequence_is_taken_along_as_csv_with_its_sources():
    rows = rows_of(timeline_answer(), "id")
    assert rows[1] == ["2022-01-27", FIRST, "[1]"]
    assert rows[3] == ["kemudian", LAST, "[3]"]
    assert rows[-1][0] == "[3]"
    assert rows[-1][-1] == LAST


def test_a_cell_of_the_csv_never_runs_as_a_formula():
    rows = rows_of(comparison_answer(), "en")
    assert rows[1] == ["Didahulukan", "Pariwisata [1]", "tidak ditemukan"]
    assert rows[2][1] == "'=1+1"


@pytest.mark.parametrize("answer", [timeline_answer(), comparison_answer()])
def test_the_picture_grows_with_what_it_tells(answer):
    short = Image.open(io.BytesIO(answer_png(answer, "id")))
    assert short.format == "PNG"
    assert short.width == WIDTH_PX
    assert len(short.getcolors(1 << 20)) > 10  # something is written on it
    longer = replace(answer, question="Pertanyaan " * 60 + "x" * 500)
    assert Image.open(io.BytesIO(answer_png(longer, "id"))).height > short.height


def test_a_picture_of_very_much_is_still_one_that_opens():
    many = timeline_answer().timeline * 400
    wide = comparison_answer().table
    wide = replace(wide, columns=wide.columns * 40)
    for answer in (
        replace(timeline_answer(), timeline=many),
        replace(comparison_answer(), table=wide),
    ):
        assert Image.open(io.BytesIO(answer_png(answer, "id"))).height <= 12_000


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
    assert "brief" in actions(Turn("a", answer=abstention("a")))
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
