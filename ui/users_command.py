"""``tanya users``: who may sign in to the chat page."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

from ui.printing import print_fields, print_json, print_line
from ui.users import ROLES, USERS_FILE, add_user, read_users, remove_user


def add_users_command(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """Put ``users`` and its commands into the parser."""
    users = commands.add_parser("users", help="siapa yang boleh masuk / who may sign in")
    actions = users.add_subparsers(required=True, metavar="AKSI")
    for name, run, text in (
        ("add", _add, "tambah, atau ganti kata sandi / add one, or give another password"),
        ("remove", _remove, "hapus / remove one"),
        ("list", _list, "daftar / list"),
    ):
        action = actions.add_parser(name, parents=parents, help=text)
        action.add_argument("--users", type=Path, metavar="FILE", help=f"STORE/{USERS_FILE}")
        action.set_defaults(run=run)
        if name != "list":
            action.add_argument("name", metavar="NAME")
        if name == "add":
            action.add_argument("--role", choices=ROLES, default="reader", help="(reader)")


def users_file(options: argparse.Namespace) -> Path:
    """The file that ``--users`` names, or the one in the store's folder."""
    from ui.opened_store import store_path

    named: Path | None = options.users
    return named or store_path(options.store) / USERS_FILE


def _add(options: argparse.Namespace) -> int:
    file = users_file(options)
    add_user(file, options.name, options.role, _password())
    print_fields(options, {"file": str(file), "name": options.name, "role": options.role})
    return 0


def _remove(options: argparse.Namespace) -> int:
    file = users_file(options)
    remove_user(file, options.name)
    print_fields(options, {"file": str(file), "name": options.name, "status": "removed"})
    return 0


def _list(options: argparse.Namespace) -> int:
    users = read_users(users_file(options)).values()
    if options.json:
        print_json({"users": [{"name": user.name, "role": user.role} for user in users]})
    else:
        for user in users:
            print_line(f"{user.role:<7} {user.name}")
    return 0


def _password() -> str:
    """From the terminal, unseen; from a pipe its first line. Never from the arguments."""
    if sys.stdin.isatty():
        return getpass.getpass("Kata sandi / password: ")
    return sys.stdin.readline().rstrip("\r\n")
