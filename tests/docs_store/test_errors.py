from __future__ import annotations

import string

import pytest

from docs_store import errors
from docs_store.errors import BilingualError


def _leaves(kind=BilingualError):
    return [
        leaf
        for child in kind.__subclasses__()
        for leaf in (_leaves(child) or [child])
        if leaf.__module__ == errors.__name__
    ]


def _fields(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("kind", _leaves(), ids=lambda kind: kind.__name__)
def test_each_error_says_the_same_in_both_languages_on_one_line(kind):
    if kind is not errors.SettingsError:
        assert _fields(kind.indonesian) == _fields(kind.english)
    details = {name: f"<{name}>" for name in _fields(kind.indonesian) | _fields(kind.english)}
    error = kind(**details)
    assert str(error) == f"{error.text('id')} / {error.text('en')}"
    assert error.text("id") != error.text("en")
    assert "\n" not in str(error)
    assert "{" not in str(error)
    assert error.details == details
    for name in _fields(kind.english):
        assert f"<{name}>" in error.text("en")


@pytest.mark.parametrize("kind", _leaves(), ids=lambda kind: kind.__name__)
def test_each_error_is_in_the_tree_at_the_top(kind):
    assert f" {kind.__name__} " in errors.__doc__
