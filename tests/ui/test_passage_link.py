from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from docs_store.records import PageSpan, TextBox
from tests.ui.fake_services import PLAN, THEN, FakeServices, citation
from ui import texts, texts_source
from ui.passage import PassageAddress
from ui.passage_link import link_to, linked_passage
from ui.source_viewer import broken_link_html, panel_html

CITED = citation(1, "plan", THEN)
ADDRESS = PassageAddress("plan", 1, CITED.start, CITED.end)


def query_of(link):
    assert link.startswith("?")
    return dict(parse_qsl(link[1:]))


@given(
    document=st.text(min_size=1),
    numbers=st.tuples(*[st.integers(0, 10**9)] * 3),
    image=st.none() | st.integers(1, 10**6),
)
def test_a_link_names_the_same_passage_again(document, numbers, image):
    address = PassageAddress(document, *numbers, image_page=image)
    assert linked_passage(FakeServices([]), query_of(link_to(address))) == address


def test_what_is_told_of_the_passage_comes_from_the_store_and_not_from_the_link():
    services = FakeServices()
    services.pages = lambda *_: (PageSpan(1, 0, 50), PageSpan(2, 50, len(PLAN)))
    services.boxes = lambda *_: tuple(
        TextBox(2, start, start + 40, 0, 0, 1, 1, sure)
        for start, sure in ((CITED.start - 100, 0.1), (CITED.start - 20, 0.7), (CITED.start, 0.9))
    )
    forged = {"page": "7", "locator": "Pasal 1 palsu", "confidence": "1", "marker": "3"}
    found = linked_passage(services, {**query_of(link_to(ADDRESS)), **forged})
    assert found == replace(ADDRESS, page=2, confidence=0.7)


def test_an_address_without_a_passage_opens_none():
    assert linked_passage(FakeServices(), {}) is None
    assert linked_passage(FakeServices(), {"__theme": "dark"}) is None


@pytest.mark.parametrize(
    "change",
    [
        {"version": "x"},
        {"start": None},
        {"end": "1" * 30},
        {"image": "1.5"},
        {"version": "9" * 5000},
    ],
)
def test_a_link_that_was_cut_or_changed_is_refused(change):
    query = {**query_of(link_to(ADDRESS)), **change}
    query = {name: value for name, value in query.items() if value is not None}
    with pytest.raises(ValueError, match=r"."):
        linked_passage(FakeServices(), query)
    shown = BeautifulSoup(broken_link_html("id"), "html.parser")
    assert shown.select_one(".source-notice").get_text() == texts_source.LINK_BROKEN("id")
    assert shown.select_one('[data-action="close"]')
    assert not shown.select('[data-action="link"]')


def test_the_link_of_an_erased_document_says_so_and_is_not_given_on():
    address = linked_passage(FakeServices([]), query_of(link_to(ADDRESS)))
    shown = BeautifulSoup(panel_html(FakeServices([]), address, "en"), "html.parser")
    assert shown.select_one(".source-notice").get_text() == texts.SOURCE_REMOVED("en")
    assert not shown.select('[data-action="link"]')


def test_the_panel_offers_the_link_of_what_it_shows():
    shown = BeautifulSoup(panel_html(FakeServices(), ADDRESS, "id"), "html.parser")
    button = shown.select_one('[data-action="link"]')
    assert button.get_text() == texts_source.COPY_LINK("id")
    assert button["data-link"] == shown.article["data-link"] == link_to(ADDRESS)
