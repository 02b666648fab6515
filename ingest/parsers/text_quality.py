"""Whether a page's text layer is text: fonts without a true character map give gibberish.

Two measures, each of which may fail alone: the share of characters that the font maps to nothing
known, and, in Latin script, the share of vowels (about 45% in Indonesian, 38% in English, and
far less where letters were shifted or swapped).
"""

from __future__ import annotations

from ingest.parsers.pdf_page import PageText

UNMAPPED_SHARE_MAX = 0.2
VOWEL_SHARE_MIN = 0.22
_CHARACTERS_MIN = 40
_LETTERS_MIN = 200
_VOWELS = frozenset("aeiouy")


def is_bad_text(page: PageText) -> bool:
    """Whether the page's characters are for the most part not those that it shows."""
    text = "".join(piece.text for piece in page.pieces)
    if page.characters < _CHARACTERS_MIN or not text:
        return False
    if page.unmapped > page.characters * UNMAPPED_SHARE_MAX:
        return True
    letters = [character for character in text.lower() if character.isalpha()]
    latin = [character for character in letters if character.isascii()]
    if len(latin) < max(_LETTERS_MIN, 0.6 * len(letters)):
        return False
    return sum(letter in _VOWELS for letter in latin) < len(latin) * VOWEL_SHARE_MIN
