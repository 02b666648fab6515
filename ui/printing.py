"""What the command line prints: JSON for programs, plain lines for people, warnings aside."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any


def print_json(value: object) -> None:
    """One JSON object on one line."""
    print(json.dumps(value, ensure_ascii=False), flush=True)  # noqa: T201


def print_fields(options: argparse.Namespace, fields: dict[str, Any]) -> None:
    """The fields, as one JSON object with ``--json``, else a line each."""
    if options.json:
        print_json(fields)
        return
    for name, value in fields.items():
        print_line(f"{name}: {value}")


def print_line(text: str) -> None:
    """A line for people."""
    print(text, flush=True)  # noqa: T201


def warn(text: str) -> None:
    """A line that is no result."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def positive(text: str) -> int:
    """A whole number from 1, for argparse."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("1 atau lebih / 1 or more")
    return number
