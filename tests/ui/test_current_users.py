import asyncio
import os
from types import SimpleNamespace

import pytest

from ui.current_users import CurrentUsersOnly
from ui.users import Users, add_user, remove_user

PASSWORD = "kata sandi untuk uji"


class Signed:
    """The sessions that a Gradio application would keep, behind the middleware."""

    def __init__(self, file):
        self.app = SimpleNamespace(tokens={})
        self.reached = 0
        self._middleware = CurrentUsersOnly(self._pass, Users(file))

    async def _pass(self, scope, receive, send):
        self.reached += 1

    def request(self, kind="http"):
        """What sessions a request finds."""
        asyncio.run(self._middleware({"type": kind, "app": self.app}, None, None))
        return set(self.app.tokens)


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "users.json"
    add_user(file, "ana", "editor", PASSWORD)
    add_user(file, "budi", "reader", PASSWORD)
    return file


@pytest.fixture
def signed(file):
    signed = Signed(file)
    signed.app.tokens.update(a1="ana", a2="ana", b="budi")
    assert signed.request() == {"a1", "a2", "b"}
    return signed


def test_one_who_was_removed_has_no_session_at_the_next_request(signed, file):
    remove_user(file, "ana")
    assert signed.request() == {"b"}
    add_user(file, "ana", "editor", PASSWORD)
    assert signed.request() == {"b"}
    signed.app.tokens["a3"] = "ana"
    assert signed.request() == signed.request() == {"a3", "b"}
    assert signed.reached == 5


@pytest.mark.parametrize(
    ("role", "password"), [("reader", PASSWORD), ("editor", "yang lain sekali")]
)
def test_another_role_or_password_ends_the_sessions_that_began_before(signed, file, role, password):
    add_user(file, "ana", role, password)
    signed.app.tokens["a3"] = "ana"
    assert signed.request() == {"a3", "b"}


def test_a_change_to_someone_else_ends_nothing(signed, file):
    add_user(file, "citra", "reader", PASSWORD)
    remove_user(file, "budi")
    assert signed.request() == {"a1", "a2"}


def test_where_the_list_cannot_be_read_no_one_is_in_it(signed, file, caplog):
    file.write_text("rusak")
    assert signed.request() == set()
    assert "tanya users add" in caplog.text
    os.unlink(file)
    assert signed.request() == set()


def test_what_is_no_request_is_passed_on(signed):
    signed.request("lifespan")
    assert signed.reached == 2
