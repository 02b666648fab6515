import asyncio

import pytest

from ui.person_cookie import COOKIE, PersonCookie


def headers_of(path, cookie=None):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"y")]})

    sent = []

    async def send(message):
        sent.append(message)

    headers = [] if cookie is None else [(b"cookie", cookie)]
    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(PersonCookie(app)(scope, None, send))
    assert (b"x", b"y") in sent[0]["headers"]
    return [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]


def test_a_first_visit_gets_a_name_that_no_one_can_guess_and_no_script_can_read():
    (one,), (other,) = headers_of("/"), headers_of("/")
    assert one.startswith(f"{COOKIE}=")
    assert "HttpOnly" in one
    assert "SameSite=Lax" in one
    assert one.split(";")[0] != other.split(";")[0]
    assert len(one.split(";")[0]) == len(COOKIE) + 1 + 32


@pytest.mark.parametrize(
    ("path", "cookie"),
    [("/", f"a=b; {COOKIE}=abc".encode()), ("/gradio_api/queue/join", None)],
)
def test_only_a_first_visit_gets_one(path, cookie):
    assert headers_of(path, cookie) == []


def test_a_broken_cookie_is_replaced():
    assert headers_of("/", b"\xff;;=,\x00")
