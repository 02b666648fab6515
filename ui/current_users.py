"""Ends the session of whoever was taken out of the list of users, or changed in it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, MutableMapping

from ui.response_headers import AsgiApp, Message, Receive, Send
from ui.users import User, Users, UsersRefused

logger = logging.getLogger(__name__)


class CurrentUsersOnly:
    """ASGI middleware: a session holds as long as its user stands in the list as when it began.

    Another role or another password ends it as removal does. Where the list cannot be read, no
    one is in it.

    Args:
        app: a Gradio application, which keeps the names of those signed in under random tokens.
        users: who may sign in, looked up at each request.
    """

    def __init__(self, app: AsgiApp, users: Users) -> None:
        self._app, self._users = app, users
        self._began: dict[str, User] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """End what has to end, then pass the request on: Gradio refuses it without a session."""
        if scope["type"] == "http":
            self._end_sessions(scope["app"].tokens)
        await self._app(scope, receive, send)

    def _end_sessions(self, tokens: MutableMapping[str, str]) -> None:
        current: Mapping[str, User] = {}
        try:
            current = self._users.current()
        except UsersRefused:
            logger.exception("No one is let in")
        held: dict[str, User] = {}
        for token, name in list(tokens.items()):
            user = current.get(name)
            if user is not None and self._began.get(token, user) == user:
                held[token] = user
            else:
                tokens.pop(token, None)
        self._began = held
