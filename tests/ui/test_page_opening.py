import pytest

from tests.ui.fake_services import THEN, FakeServices, citation, sequence_answer
from ui.page_opening import PageOpening, page_opening
from ui.passage import PassageAddress
from ui.turns import Turn


@pytest.fixture
def services():
    services = FakeServices()
    services.kept.keep("ana", "c1", Turn("Apa?", answer=sequence_answer()))
    return services


def test_the_conversation_of_the_tab_comes_back_to_its_person_alone(services):
    begins = page_opening(services, "ana", "c1", {})
    assert [turn.question for turn in begins.turns] == ["Apa?"]
    assert begins.conversation_id == "c1"
    assert page_opening(services, "budi", "c1", {}) == PageOpening()
    assert page_opening(services, "", "c1", {}) == PageOpening()


@pytest.mark.parametrize("remembered", ["", "None", "c1\x00", "' OR 1=1 --", "\ud800", "x" * 10**6])
def test_what_the_tab_remembers_may_be_anything(services, remembered):
    assert page_opening(services, "ana", remembered, {}) == PageOpening()


def test_a_deleted_conversation_does_not_come_back(services):
    services.kept.delete("ana", "c1")
    assert page_opening(services, "ana", "c1", {}) == PageOpening()


def test_the_address_of_the_page_names_a_passage(services):
    cited = citation(1, "plan", THEN)
    query = {"document": "plan", "version": "1", "start": str(cited.start), "end": str(cited.end)}
    begins = page_opening(services, "ana", "", query)
    assert begins == PageOpening(address=PassageAddress("plan", 1, cited.start, cited.end))
    del query["end"]
    assert page_opening(services, "ana", "", query) == PageOpening(link_broken=True)
