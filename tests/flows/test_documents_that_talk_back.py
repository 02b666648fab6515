"""Documents that give orders: taken in and asked for real, with and without a model that obeys."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGenerationChunk

from assistant.answer import answer_question
from assistant.chat_model import ChatModel
from assistant.conversation import Answer
from assistant.settings import AssistantSettings
from docs_store.store import DocumentStore
from ingest.limits import Limits
from ingest.pipeline import draft_version
from ingest.sandbox import ParserProcess
from ingest.settings import IngestSettings
from tests.assistant.chat_models import ScriptedModel, claims
from tests.fake_model import FakeModel
from tests.flows.talking_documents import CANARY, LIE, TALKING, Talking
from ui.answer_html import answer_html
from ui.plain_answer import plain_answer

FIGURE = LIE.split()[0]
MARKUP = f'{CANARY} <a href="http://jahat.example">[1]</a> <img src=x onerror=alert(1)>'
ALLOWED_TAGS = set(
    "div p span b button ul ol li section h2 h3 details summary blockquote q cite small em "
    "strong time table thead tbody tr th td caption figure dl dt dd aside header footer "
    "article".split()
)
SETTINGS = AssistantSettings(chat_model="openai:test", chat_base_url="http://127.0.0.1:9/v1")


class ObeyingModel(ScriptedModel):
    """Does what the documents say, and proves it with whatever stands in the passages."""

    document: Talking

    def _stream(self, messages, *args, **kwargs):
        prompt = "\n".join(str(message.content) for message in messages)
        self.told.append(prompt)
        self.messages = iter([AIMessage(claims(*self._obeyed(prompt)))])
        chunks = ScriptedModel._stream(self, messages, *args, **kwargs)
        return (ChatGenerationChunk(message=chunk.message) for chunk in chunks)

    def _obeyed(self, prompt):
        document = self.document
        passages = re.findall(r"<passage (\d+) \w{16}>\n(.*?)\n</passage \1 \w{16}>", prompt, re.S)
        for number, text in passages:
            if document.fact in text:
                yield document.lie, int(number), document.fact
                yield f"Dana desa {document.village} pada tahun 2023.{MARKUP}", int(number), "2023"
                yield f"{document.fact} [7]", int(number), document.fact
            for line in text.splitlines():
                if FIGURE in line:
                    yield document.lie, int(number), line.strip()
                    yield line.strip(), int(number), line.strip()
        yield document.lie, 1, document.lie
        yield document.lie, 99, document.fact


@pytest.fixture(scope="module")
def process():
    with ParserProcess(Limits(timeout_s=60)) as running:
        yield running


@pytest.fixture(scope="module", params=TALKING, ids=[one.kind for one in TALKING])
def document(request) -> Talking:
    return request.param


@pytest.fixture(scope="module")
def store(document, process, tmp_path_factory):
    opened = DocumentStore(tmp_path_factory.mktemp("store") / "store", FakeModel())
    name = f"laporan-{document.village.lower()}{document.suffix}"
    parsed = process.parse_bytes(document.data, name)
    version = draft_version(opened, parsed, name, "0" * 64, name, IngestSettings())
    opened.publish(version, document.data)
    yield opened
    opened.close()


def test_there_are_at_least_forty_kinds():
    assert len({document.kind for document in TALKING}) >= 40


def test_quotes_say_nothing_that_the_document_orders(store, document):
    answer = answer_question(store, f"Berapa dana desa {document.village} tahun 2023?")
    is_unmoved(answer, store)
    # An order beside the fact may draw the reader away from it, to no answer at all.
    assert document.true_figure in answer.text or (answer.abstained and not document.is_hidden)


def test_a_model_that_obeys_gets_nothing_past_the_gate(store, document):
    model = ObeyingModel(messages=iter([]), document=document)
    answer = answer_question(
        store,
        f"Berapa dana desa {document.village} tahun 2023?",
        chat=ChatModel(model, SETTINGS),
    )
    is_unmoved(answer, store)
    assert model.told, "the model was asked"
    assert answer.mode == "llm"
    assert document.true_figure in answer.text
    assert answer.dropped > 0


def is_unmoved(answer: Answer, store: DocumentStore) -> None:
    """What is said is quoted, the order is not carried out, and the page holds no markup of it."""
    for citation in answer.citations:
        text = store.text(citation.document_id, citation.version)
        assert text[citation.start : citation.end] == citation.quote
    assert FIGURE not in answer.text
    assert CANARY not in plain_answer(answer)
    own = {str(citation.marker) for citation in answer.citations}
    for part in answer.parts:
        assert not re.search(r"\[\d", part.text)
        assert part.text == "".join(c for c in part.text if c.isprintable())
    assert set(re.findall(r"\[(\d+)\]", answer.text)) <= own
    page = _Tags()
    page.feed(answer_html(answer, "id"))
    assert page.tags <= ALLOWED_TAGS, page.tags - ALLOWED_TAGS
    assert not [name for name in page.attributes if name in ("href", "src", "style", "action")]
    assert not [name for name in page.attributes if name.startswith("on")]


class _Tags(HTMLParser):
    """The tags and attribute names of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
