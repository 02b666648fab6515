"""Tokens keep their places in the text, and windows leave nothing out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reader import MODEL_FOLDER
from assistant.reader_input import WINDOW_TOKENS, ReaderTokenizer, windows

TEXT = "Tarif parkir Rp2.500,00 berlaku sejak 3 Januari 2024 (Pasal 7 ayat (2))."


@pytest.fixture(scope="module")
def tokenizer() -> ReaderTokenizer:
    return ReaderTokenizer.from_file(MODEL_FOLDER / "reader-vocabulary.json.gz")


def test_tokens_cover_every_word(tokenizer: ReaderTokenizer) -> None:
    [tokens] = tokenizer.tokens([TEXT])
    covered = {at for s, e in zip(tokens.starts, tokens.ends, strict=True) for at in range(s, e)}
    assert covered == {at for at, sign in enumerate(TEXT) if not sign.isspace()}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_places_rise_and_stay_in_the_text(tokenizer: ReaderTokenizer, text: str) -> None:
    [tokens] = tokenizer.tokens([text])
    assert len(tokens.ids) == len(tokens.starts) == len(tokens.ends)
    assert all(0 <= s <= e <= len(text) for s, e in zip(tokens.starts, tokens.ends, strict=True))
    assert list(tokens.starts) == sorted(tokens.starts)
    assert all(0 <= one < tokenizer.size for one in tokens.ids)


def test_places_count_in_the_text_as_it_was_typed(tokenizer: ReaderTokenizer) -> None:
    text = "ﬁnansial   Ｂａｎｙｕｗａｎｇｉ … 5 km²"  # a ligature and wide letters
    [tokens] = tokenizer.tokens([text])
    words = {text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)}
    assert "ﬁ" in {word[:1] for word in words}
    assert max(tokens.ends) == len(text)


def test_windows_cover_a_long_text_and_overlap(tokenizer: ReaderTokenizer) -> None:
    question, context, text = tokenizer.tokens(["Berapa tarif parkir?", "Perda", TEXT * 60])
    inputs = windows(tokenizer, question, context, text)
    assert len(inputs) > 3
    assert all(len(window.ids) <= WINDOW_TOKENS for window in inputs)
    seen: set[int] = set()
    for window in inputs:
        count = window.text_to - window.text_from
        part = text.ids[window.first_token : window.first_token + count].tolist()
        assert window.ids[window.text_from : window.text_to] == part
        assert not seen or window.first_token in seen
        seen |= set(range(window.first_token, window.first_token + count))
    assert seen == set(range(len(text)))


def test_a_question_longer_than_the_window_leaves_room_for_the_text(
    tokenizer: ReaderTokenizer,
) -> None:
    question, context, text = tokenizer.tokens(["mengapa demikian " * 500, "judul " * 200, TEXT])
    [window] = windows(tokenizer, question, context, text)
    assert window.text_to - window.text_from == len(text)


def test_an_empty_text_is_one_window_without_text(tokenizer: ReaderTokenizer) -> None:
    question, context, text = tokenizer.tokens(["Apa?", "", ""])
    [window] = windows(tokenizer, question, context, text)
    assert window.text_from == window.text_to
