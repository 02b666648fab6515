"""Who may sign in: a file of names, roles and argon2 hashes, made by ``tanya users add``."""

from __future__ import annotations

import json
import os
import re
import threading
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from docs_store.errors import BilingualError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["reader", "editor"]
ROLES: tuple[Role, ...] = ("reader", "editor")
USERS_FILE = "users.json"
PASSWORD_CHARS_MIN = 8
_NAME = re.compile(r"[A-Za-z0-9._@-]{1,64}")


class UsersRefused(BilingualError):
    """A name, a password or the file itself cannot be used."""

    indonesian = "Daftar pengguna {file}: {why_id}"
    english = "The list of users {file}: {why_en}"


@dataclass(frozen=True, slots=True)
class User:
    """One person who may sign in; an ``editor`` may change documents, a ``reader`` only ask."""

    name: str
    role: Role
    password_hash: str


class Users:
    """The people of one file, read again when it changes.

    Raises (from the constructor): UsersRefused.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._read_at: tuple[int, int] | None = None
        self._users: dict[str, User] = {}
        self._lock = threading.Lock()
        self.current()

    def get(self, name: str) -> User | None:
        """The user of this name."""
        return self.current().get(name)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.current())

    def verify(self, name: str, password: str) -> bool:
        """Whether this is the password of that name; as slow for a name that there is not."""
        from argon2.exceptions import InvalidHashError, VerificationError

        user = self.current().get(name)
        try:
            return _hasher().verify(user.password_hash if user else _no_one(), password) and bool(
                user
            )
        except (VerificationError, InvalidHashError):
            return False

    def current(self) -> dict[str, User]:
        """All of them by name, as the file is now; raises UsersRefused."""
        with self._lock:
            try:
                status = self.file.stat()
                if (stamp := (status.st_mtime_ns, status.st_size)) != self._read_at:
                    self._users, self._read_at = read_users(self.file), stamp
            except OSError as error:
                raise _unreadable(self.file, error) from error
            return self._users


def read_users(file: Path) -> dict[str, User]:
    """The users in a file, by name.

    Raises:
        UsersRefused: it cannot be read, or is no list of users.
    """
    try:
        users = [User(**entry) for entry in json.loads(file.read_text("utf-8"))["users"]]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _unreadable(file, error) from error
    if any(user.role not in ROLES for user in users):
        raise _unreadable(file, f"role: {', '.join(ROLES)}")
    return {user.name: user for user in users}


def add_user(file: Path, name: str, role: Role, password: str) -> None:
    """Put a user into the file, over the one of that name; no one else on the machine can read it.

    Raises:
        UsersRefused: the name or the password cannot be used, or the file not be written.
    """
    if not _NAME.fullmatch(name):
        raise UsersRefused(
            file=file,
            why_id=f"nama {name[:64]!r} hanya boleh berisi huruf, angka, . _ @ -",
            why_en=f"the name {name[:64]!r} may only hold letters, digits, . _ @ -",
        )
    if len(password) < PASSWORD_CHARS_MIN:
        raise UsersRefused(
            file=file,
            why_id=f"kata sandi paling sedikit {PASSWORD_CHARS_MIN} karakter.",
            why_en=f"a password has at least {PASSWORD_CHARS_MIN} characters.",
        )
    users = read_users(file) if file.exists() else {}
    users[name] = User(name, role, _hasher().hash(password))
    write_users(file, users)


def remove_user(file: Path, name: str) -> None:
    """Take a user out of the file.

    Raises:
        UsersRefused: there is none of that name, or the file cannot be written.
    """
    users = read_users(file)
    if users.pop(name, None) is None:
        raise UsersRefused(
            file=file, why_id=f"tidak ada pengguna {name!r}.", why_en=f"there is no user {name!r}."
        )
    write_users(file, users)


def write_users(file: Path, users: dict[str, User]) -> None:
    """Replace the file, whole or not at all; raises UsersRefused."""
    content = json.dumps({"users": [asdict(user) for user in users.values()]}, indent=2)
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with os.fdopen(
            os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
        ) as out:
            out.write(content)
        unfinished.replace(file)
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, why: object) -> UsersRefused:
    told = str(why)
    return UsersRefused(
        file=file,
        why_id=f"tidak dapat dipakai ({told}). Buat dengan: tanya users add NAMA",
        why_en=f"cannot be used ({told}). Make it with: tanya users add NAME",
    )


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _no_one() -> str:
    """A hash that no password has been given for."""
    return _hasher().hash(os.urandom(16).hex())
