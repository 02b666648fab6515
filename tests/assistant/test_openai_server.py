"""The documented case: a server on this machine that speaks OpenAI's protocol.

One is made here, to see what is sent and what becomes of its failures. ``TANYA_TEST_CHAT_BASE_URL``
names a real one (with ``TANYA_TEST_CHAT_MODEL``, default ``default``), which must answer too.
"""

from __future__ import annotations

import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.chat_model import load_chat_model
from assistant.compose_llm import Passed, compose
from assistant.errors import ChatModelFailed
from assistant.ground import ground
from assistant.settings import AssistantSettings
from tests.assistant.chat_models import claims
from tests.assistant.test_compose_llm import ASKED, FEE, HITS, OPENS, TEXT, passes, text_of

pytest.importorskip("langchain_openai", reason="pip install 'tanya-daerah[openai]'")
pytestmark = pytest.mark.loopback


class Server(ThreadingHTTPServer):
    """Answers each request with the next step: a status, or pieces of a streamed response."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.steps: list = []
        self.asked: list[dict] = []
        self.keys: list[str] = []
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_POST(self):
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.keys.append(self.headers["Authorization"])
        step = self.server.steps.pop(0)
        if isinstance(step, int):
            self.send_response(step)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"error": {"message": "sk-secret"}}')
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self._event(_delta({"role": "assistant", "content": ""}))
        for piece in step:
            if piece == "stall":
                self.server.stopping.wait(20)
                return
            if piece == "drop":
                return
            if piece == "length":
                self._event(_delta({}, "length"))
                return
            self._event(_delta(piece if isinstance(piece, dict) else {"content": piece}))
        self._event(_delta({}, "stop"))
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, event):
        whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"} | event
        self.wfile.write(f"data: {json.dumps(whole)}\n\n".encode())
        self.wfile.flush()


def _delta(delta, finish_reason=None):
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]}


@pytest.fixture
def server():
    made = Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.stopping.set()
    made.shutdown()
    made.server_close()
    thread.join()


def composed(server, *steps, **changed):
    server.steps = list(steps)
    settings = AssistantSettings(chat_model="openai:m", chat_base_url=server.url, **changed)
    return compose(ASKED, HITS, load_chat_model(settings), settings, passes, text_of)


def pieces(text, size=9):
    return [text[at : at + size] for at in range(0, len(text), size)]


def test_the_request_and_its_streamed_answer(server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-service")
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:3128")  # must not be gone through
    found = list(composed(server, pieces(claims(OPENS, FEE))))
    assert [one.statement.text for one in found] == [OPENS[0], FEE[0]]
    (asked,) = server.asked
    assert asked["model"] == "m"
    assert asked["temperature"] == 0
    assert asked["stream"] is True
    assert asked["response_format"]["json_schema"]["schema"]["required"] == ["claims"]
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert TEXT[:20] in asked["messages"][1]["content"]
    assert server.keys == ["Bearer none"]


def test_a_server_without_schemas_is_asked_in_words(server):
    found = list(composed(server, 400, pieces(f"Baik:\n```json\n{claims(FEE)}\n```")))
    assert [one.statement.text for one in found] == [FEE[0]]
    assert "response_format" in server.asked[0]
    assert "response_format" not in server.asked[1]


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ([401], "HTTP 401"),
        ([500, 500], "HTTP 500"),
        ([400, 400], "HTTP 400"),
        ([["drop"]], "bukan daftar"),
        ([[{"refusal": "Saya tidak mau."}]], "menolak"),
        ([["Maaf, ", "tidak."]], "bukan daftar"),
    ],
)
def test_failures_are_told_apart(server, steps, why):
    with pytest.raises(ChatModelFailed, match=why) as caught:
        list(composed(server, *steps))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("end", ["length", "drop"])
def test_a_response_cut_by_the_server_keeps_what_is_complete(server, end):
    whole = claims(OPENS, FEE)
    stream = composed(server, [*pieces(whole[: whole.index("per hari")]), end])
    assert next(stream).statement.text == OPENS[0]
    with pytest.raises(ChatModelFailed, match="terputus"):
        next(stream)


def test_a_server_that_stalls_is_not_waited_for(server):
    started = time.monotonic()
    stream = composed(server, [claims(OPENS)[:-2] + ", ", "stall"], chat_timeout_s=1.0)
    assert next(stream).statement.text == OPENS[0]
    with pytest.raises(ChatModelFailed, match="1 detik"):
        next(stream)
    assert time.monotonic() - started < 10


def test_a_server_that_is_down_is_told_with_its_address(server):
    settings = AssistantSettings(chat_model="openai:m", chat_base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ChatModelFailed, match=r"http://127\.0\.0\.1:9/v1"):
        list(compose(ASKED, HITS, load_chat_model(settings), settings, passes, text_of))


@pytest.mark.skipif(
    "TANYA_TEST_CHAT_BASE_URL" not in os.environ,
    reason="name a chat server in TANYA_TEST_CHAT_BASE_URL",
)
def test_a_real_server():
    settings = AssistantSettings(
        chat_model=f"openai:{os.environ.get('TANYA_TEST_CHAT_MODEL', 'default')}",
        chat_base_url=os.environ["TANYA_TEST_CHAT_BASE_URL"],
        chat_timeout_s=600,
    )
    found = list(compose(ASKED, HITS, load_chat_model(settings), settings, passes, text_of))
    statements = [one.statement for one in found if isinstance(one, Passed)]
    for one in found:
        print(one)
    passed, refused = ground(statements, text_of)
    assert len(passed) == len(statements)
    assert refused == []
    assert found, "the model gave no claim at all"
