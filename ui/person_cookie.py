"""A random name that a browser keeps, under which its conversations are kept."""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie

from ui.response_headers import AsgiApp, Message, Receive, Send

COOKIE = "tanya-person"
KEPT_S = 2 * 365 * 24 * 3600


class PersonCookie:
    """ASGI middleware: a browser that opens the page without the cookie gets one."""

    def __init__(self, app: AsgiApp) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on; the answer to a first visit sets the cookie."""
        if scope["type"] != "http" or scope["path"] != "/" or _has_cookie(scope):
            await self._app(scope, receive, send)
            return
        # Not for scripts, nor for requests that other sites make; but whoever follows a link there
        # (webmail) comes as who they are.
        cookie = f"{COOKIE}={secrets.token_hex(16)}; Path=/; Max-Age={KEPT_S}; HttpOnly"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [
                    *message.get("headers", []),
                    (b"set-cookie", f"{cookie}; SameSite=Lax".encode()),
                ]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _has_cookie(scope: Message) -> bool:
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                return bool(SimpleCookie(value.decode("latin-1")).get(COOKIE))
            except CookieError:
                return False
    return False
