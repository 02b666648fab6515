"""Claims out of a chat model's response, each as soon as it is complete.

The response should be ``{"claims": [{"text", "passage", "quote"}, ...]}``. Models put words,
thoughts or code fences around it, leave the outer object out, or stop in the middle; what is
complete is read all the same, and nothing is guessed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

_OPENING = re.compile(r"\{[^{}\[\]]*\"claims\"\s*:\s*\[")
_THOUGHTS = re.compile(r"\A\s*<think>(?:.*?</think>)?", re.DOTALL)
_DECODER = json.JSONDecoder(strict=False)  # a line break in a string is no reason to lose a claim
_CUT_CHARS = 6
"""How near to its end a text that stops in an escape or in ``null`` is found wrong."""

CLAIMS_SCHEMA: dict[str, Any] = {
    "title": "claims",
    "description": "Statements, each with the words of a passage that prove it",
    "type": "object",
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "passage": {"type": "integer"},
                    "quote": {"type": "string"},
                    "translation": {"type": ["string", "null"]},
                },
                "required": ["text", "passage", "quote", "translation"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["claims"],
    "additionalProperties": False,
}
"""What models that can are held to."""


@dataclass(frozen=True, slots=True)
class ModelClaim:
    """What a model says, and the words of a numbered passage by which it would prove it."""

    text: str
    passage: int
    quote: str
    translation: str | None = None
    """The quote in the asker's language, if it is not."""


class ClaimReader:
    """Reads a response as it comes in.

    ``closed`` says that the list of claims has come to its end. After the last piece, ``is_whole``
    says that nothing is missing, and ``spoilt`` how many objects in the list are no claims.
    """

    def __init__(self) -> None:
        self._read = ""
        self._at = 0
        self._opened = self._found = False
        self.closed = False
        self.spoilt = 0

    @property
    def is_whole(self) -> bool:
        """Whether there is a list of claims, which may be empty, to its end, or a claim alone."""
        alone = self._found and not self._opened and "{" not in self._read[self._at :]
        return self.closed or alone

    def feed(self, piece: str) -> list[ModelClaim]:
        """The claims that are complete with this piece of the response."""
        self._read += piece
        if self._at == 0:
            thoughts = _THOUGHTS.match(self._read)
            if thoughts and not thoughts[0].endswith("</think>"):
                return []
            self._at = thoughts.end() if thoughts else 0
        return self._claims() if "}" in piece or "]" in piece else []

    def _claims(self) -> list[ModelClaim]:
        found: list[ModelClaim] = []
        while not self.closed and (brace := self._read.find("{", self._at)) >= 0:
            if not self._opened and (opening := _OPENING.match(self._read, brace)):
                self._opened, self._at = True, opening.end()
                continue
            if self._opened and "]" in self._read[self._at : brace]:
                break
            try:
                value, end = _DECODER.raw_decode(self._read, brace)
            except json.JSONDecodeError as error:
                cut = error.pos > len(self._read) - _CUT_CHARS
                if cut or error.msg.startswith("Unterminated"):
                    return found  # goes on in a later piece
                self.spoilt += self._opened
                self._at = brace + 1
                continue
            before, self._at = self._at, end
            claim = _claim(value)
            if claim is None:
                self.spoilt += self._opened
            else:
                self._opened = self._opened or "[" in self._read[before:brace]
                self._found = True
                found.append(claim)
        self.closed = self.closed or (self._opened and "]" in self._read[self._at :])
        return found


def _claim(value: dict[str, Any]) -> ModelClaim | None:
    text, quote = value.get("text"), value.get("quote")
    number = re.search(r"\d{1,4}", str(value.get("passage")))
    if not (isinstance(text, str) and isinstance(quote, str) and number):
        return None
    if not text.strip() or not quote.strip():
        return None
    translation = value.get("translation")
    return ModelClaim(
        text=" ".join(text.split()),
        passage=int(number[0]),
        quote=quote.strip(),
        translation=translation if isinstance(translation, str) and translation.strip() else None,
    )
