from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from docs_store.errors import DocumentNotFound
from tests.ui.fake_services import DOCUMENTS, LETTER, MARKET, PLAN, THEN, FakeServices, citation
from ui import texts
from ui.passage import SURROUNDINGS_CHARS_MAX, PassageAddress, open_passage
from ui.source_viewer import confidence_text, panel_html, place_text


def address_of(document_id, quote, **more):
    cited = citation(1, document_id, quote)
    return PassageAddress(document_id, 1, cited.start, cited.end, **more)


def soup(markup):
    return BeautifulSoup(markup, "html.parser")


def test_the_quote_is_marked_within_its_surroundings():
    view = open_passage(FakeServices(), address_of("plan", THEN, surroundings_chars=100))
    assert view.quote == THEN
    assert view.before + view.quote + view.after in PLAN
    assert view.before.endswith("Setelah pariwisata berjalan, ")
    assert not view.ends_text


def test_surroundings_are_cut_between_words():
    view = open_passage(FakeServices(), address_of("plan", THEN, surroundings_chars=100))
    start = PLAN.index(view.before + view.quote)
    end = start + len(view.before + view.quote + view.after)
    assert start == 0 or PLAN[start - 1].isspace()
    assert end == len(PLAN) or PLAN[end].isspace()


def test_a_short_text_is_shown_whole():
    view = open_passage(FakeServices(), address_of("letter", MARKET))
    assert view.before + view.quote + view.after == LETTER
    assert view.starts_text
    assert view.ends_text


@given(
    start=st.integers(-5, len(PLAN) + 5),
    length=st.integers(-5, 400),
    around=st.integers(-5, 2 * SURROUNDINGS_CHARS_MAX),
)
def test_any_address_gives_an_exact_slice_or_nothing(start, length, around):
    address = PassageAddress("plan", 1, start, start + length, surroundings_chars=around)
    view = open_passage(FakeServices(), address)
    if view is None:
        assert start < 0 or length <= 0 or start + length > len(PLAN)
    else:
        assert view.quote == PLAN[start : start + length]
        assert PLAN[start - len(view.before) :].startswith(view.before + view.quote + view.after)


def test_the_panel_shows_what_the_passage_is_from():
    panel = soup(panel_html(FakeServices(), address_of("plan", THEN, page=2, marker=2), "id"))
    assert panel.mark.get_text() == THEN
    assert panel.h2.get_text() == DOCUMENTS[0].title
    facts = {row.dt.get_text(): row.dd.get_text() for row in panel.select("dl > div")}
    assert facts == {
        "Tanggal": "27 Januari 2022",
        "Letak": "halaman 2",
        "Berkas": "plan.txt",
        "Versi": "1",
    }
    assert panel.select_one(".source-number").get_text() == "2"
    assert not panel.select("script")
    assert '<script>document.title = "dibajak"</script>' in panel.get_text()


def test_a_document_without_a_date_says_so():
    panel = soup(panel_html(FakeServices(), address_of("letter", MARKET), "en"))
    assert "not stated" in panel.dl.get_text()
    assert panel.select_one(".source-text")["lang"] == "en"


def test_a_removed_document_is_told_of():
    panel = soup(panel_html(FakeServices([]), address_of("plan", THEN), "id"))
    assert panel.select_one(".source-notice").get_text() == texts.SOURCE_REMOVED("id")
    assert not panel.select("mark")
    with pytest.raises(DocumentNotFound):
        open_passage(FakeServices([]), address_of("plan", THEN))


def test_a_passage_beyond_the_text_is_told_of():
    panel = soup(panel_html(FakeServices(), PassageAddress("letter", 1, 5, 9_999), "en"))
    assert panel.select_one(".source-notice").get_text() == texts.SOURCE_MOVED("en")


def test_a_replaced_document_is_told_of():
    services = FakeServices([replace(DOCUMENTS[0], version=3)])
    panel = soup(panel_html(services, address_of("plan", THEN), "en"))
    assert "replaced by version 3" in panel.select_one(".source-notice").get_text()
    assert panel.mark.get_text() == THEN


def test_more_text_can_be_asked_for_up_to_a_limit():
    panel = soup(panel_html(FakeServices(), address_of("plan", THEN, surroundings_chars=50), "id"))
    buttons = panel.select(".source-more")
    assert [button.get_text() for button in buttons] == [
        texts.MORE_BEFORE("id"),
        texts.MORE_AFTER("id"),
    ]
    assert buttons[0]["data-surroundings"] == "200"


def test_without_a_passage_the_panel_says_how_to_open_one():
    assert texts.NO_SOURCE_YET("en") in panel_html(FakeServices(), None, "en")


def test_an_address_survives_the_page():
    address = address_of("plan", THEN, page=2, locator="Pasal 5", marker=7, confidence=0.834)
    sent = {
        name.removeprefix("data_"): str(value)
        for name, value in address.attributes().items()
        if value is not None
    }
    assert PassageAddress.from_event(sent) == address


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"document": "a", "version": "x", "start": "1", "end": "2"},
        {"document": "a"},
        {"document": "a", "version": "1", "start": "1", "end": "2", "confidence": "7"},
        {"document": "a", "version": "1", "start": "1", "end": "2", "confidence": "nan"},
    ],
)
def test_what_is_no_address_is_refused(data):
    with pytest.raises(ValueError, match=r"not the address|invalid literal|not a share"):
        PassageAddress.from_event(data)


@pytest.mark.parametrize(
    ("page", "locator", "told"),
    [(2, None, "halaman 2"), (None, "Pasal 5", "Pasal 5"), (2, "Pasal 5", "halaman 2 · Pasal 5")],
)
def test_places_are_told_as_far_as_known(page, locator, told):
    assert place_text(page, locator, "id") == told


@pytest.mark.parametrize(
    ("confidence", "told", "is_unsure"),
    [
        (0.8399, "dibaca dengan OCR, keyakinan 83%", False),
        (0.58, "dibaca dengan OCR, keyakinan 58%", True),
        (1.0, "dibaca dengan OCR, keyakinan 100%", False),
    ],
)
def test_recognised_text_says_so_and_warns_where_unsure(confidence, told, is_unsure):
    panel = soup(panel_html(FakeServices(), address_of("plan", THEN, confidence=confidence), "id"))
    facts = {row.dt.get_text(): row.dd.get_text() for row in panel.select("dl > div")}
    assert facts["Pembacaan"] == told
    notices = [notice.get_text() for notice in panel.select(".source-notice")]
    assert notices == ([texts.OCR_UNSURE("id")] if is_unsure else [])
    assert "confidence 58%" in confidence_text(0.58, "en")
