"""Who is at the page, what they may do, how often, and the record of what they changed."""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docs_store.dates import utc_now
from docs_store.errors import BilingualError
from ui.users import Users

AUDIT_FILE = "audit.jsonl"
HOUR_S = 3600.0

logger = logging.getLogger(__name__)


class TooOften(BilingualError):
    """A person asks, uploads or tries to sign in faster than is allowed."""

    indonesian = "Terlalu sering: paling banyak {most} kali dalam {minutes} menit. Tunggu sebentar."
    english = "Too often: at most {most} times in {minutes} minutes. Wait a little."


class SignInNeeded(BilingualError):
    """The page would be open to everyone on a network."""

    indonesian = (
        "Pada alamat {host} halaman ini terbuka bagi siapa pun di jaringan. Buat daftar pengguna: "
        "tanya users add NAMA --role editor, lalu jalankan dengan --users FILE."
    )
    english = (
        "At the address {host} the page would be open to anyone on the network. Make a list of "
        "users: tanya users add NAME --role editor, then start with --users FILE."
    )


class EditorsOnly(BilingualError):
    """A reader tried to change documents."""

    indonesian = "Hanya editor yang dapat mengubah dokumen. Hubungi pengelola."
    english = "Only editors can change documents. Ask whoever runs this program."


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person at a page."""

    person: str
    """What their conversations are kept under."""
    name: str
    """As signed in; ``"local"`` on a machine where no one signs in."""
    may_edit: bool


class RateLimit:
    """At most so many times in so long, for each person.

    Args:
        most: how many times.
        within_s: in which time.
        clock: seconds that only go forward.
    """

    def __init__(
        self, most: int, within_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._within_s, self._clock = most, within_s, clock
        self._times: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def count(self, person: str, times: int = 1) -> None:
        """Count what a person does; raises TooOften, and then counts nothing."""
        now = self._clock()
        with self._lock:
            for name in [n for n, times_of in self._times.items() if self._over(times_of, now)]:
                del self._times[name]
            done = self._times.setdefault(person, deque())
            while done and now - done[0] > self._within_s:
                done.popleft()
            if len(done) + times > self._most:
                raise TooOften(most=self._most, minutes=max(1, round(self._within_s / 60)))
            done.extend([now] * times)

    def _over(self, times: deque[float], now: float) -> bool:
        return not times or now - times[-1] > self._within_s


class AuditLog:
    """One JSON line for each change: who, what, which documents, when. Only ever added to."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / AUDIT_FILE
        self._lock = threading.Lock()

    def note(self, who: str, action: str, **details: Any) -> None:
        """Add a line; a log that cannot be written is told of in the program's own log."""
        line = json.dumps({"at": utc_now(), "who": who, "action": action, **details})
        try:
            with self._lock:
                # One write call: lines of several processes do not mix.
                log = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                try:
                    os.write(log, f"{line}\n".encode())
                finally:
                    os.close(log)
        except OSError:
            logger.exception("The audit log cannot be written: %s", line)


class Gate:
    """Lets people in and holds them to the limits.

    Args:
        users: who may sign in; None where no one has to, and everyone may do everything.
        audit: where changes are noted; nowhere if None.
    """

    def __init__(self, users: Users | None = None, audit: AuditLog | None = None) -> None:
        self.users, self._audit = users, audit
        self.questions = RateLimit(30, 60.0)
        self.uploads = RateLimit(2_000, HOUR_S)
        self._sign_ins = RateLimit(10, 300.0)

    def sign_in(self, name: str, password: str) -> bool:
        """Whether a name and a password let a person in; few tries for each name."""
        assert self.users is not None
        try:
            self._sign_ins.count(name[:64])
        except TooOften:
            return False
        return self.users.verify(name, password)

    def visitor(self, signed_in: str | None, kept: str) -> Visitor:
        """Who is at the page.

        Args:
            signed_in: the name that the server knows them by.
            kept: the random name that their browser keeps, where no one signs in.
        """
        if self.users is None:
            # A browser that kept nothing is no one: what it asks is not kept either.
            return Visitor(f"browser:{kept[:64]}" if kept else "", "local", may_edit=True)
        user = self.users.get(signed_in or "")
        # A request that was under way when its user was taken out of the file changes nothing.
        may_edit = user is not None and user.role == "editor"
        return Visitor(f"user:{signed_in}", signed_in or "", may_edit)

    @contextmanager
    def editing(self, visitor: Visitor, action: str, **details: Any) -> Iterator[None]:
        """Around a change: only editors get in, and what is done is noted; raises EditorsOnly."""
        if not visitor.may_edit:
            raise EditorsOnly
        yield
        if self._audit is not None:
            self._audit.note(visitor.name, action, **details)


def users_for(host: str, file: Path | None) -> Users | None:
    """Who may sign in at an address; None on this machine's own, where no one has to.

    Raises:
        SignInNeeded: others can reach the address, and there is no one who may.
        UsersRefused: see `ui.users`.
    """
    if file is not None:
        users = Users(file)
        if len(users) == 0:
            raise SignInNeeded(host=host)
        return users
    if not _is_loopback(host):
        raise SignInNeeded(host=host)
    return None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
