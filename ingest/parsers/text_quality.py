"""Whether a page's text layer is text, page by page, by measures that the report shows.

Four measures, each of which may fail alone: characters that the font maps to nothing known;
letters a square centimetre over a page image (a scan often carries a typed stamp and no more);
vowels (about 45% of the letters in Indonesian, 38% in English, far fewer where a font without a
true character map shifted them); and words that could be words, which poor OCR misses
("pcmcrintah", "l0kasi", "dAn"). The last two are for Latin script alone.
"""

from __future__ import annotations

import re

from ingest.blocks import PageMeasures
from ingest.parsers.page_text import PageText

UNMAPPED_SHARE_MAX = 0.2
VOWEL_SHARE_MIN = 0.22
WORD_SHARE_MIN = 0.35
RECOGNISED_WORD_SHARE_MIN = 0.75
"""For a layer that another program's OCR laid under the image, which is read again more readily."""
IMAGE_SHARE_MIN = 0.6
"""From here on a page is an image, and its text what stands on or behind it."""
LETTERS_PER_CM2_MIN = 0.5
"""A typed A4 page has 2 to 6; a stamp or a page number on a scan has under 0.5."""
_CHARACTERS_MIN = 40
_LETTERS_MIN = 200
_WORDS_MIN = 40
_CM2 = (2.54 / 72) ** 2
_VOWELS = frozenset("aeiouy")
_TOKEN = re.compile(r"[^\W_]{3,40}")
_CASED = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")

# Which letter may follow which: pairs with over 8 in 100,000 in Indonesian and English prose,
# together 99.5% of all pairs there.
_FOLLOWERS = {
    "a": "abcdefghijklmnoprstuvwxyz",
    "b": "aeiklnorstu",
    "c": "acehiklortuy",
    "d": "adeghimoprsu",
    "e": "abcdefghijklmnopqrstuvwxy",
    "f": "aefilortu",
    "g": "aeghiklnorstuy",
    "h": "aeiklmnorstuwy",
    "i": "abcdefghijklmnoprstuvwxyz",
    "j": "aeiopu",
    "k": "aehiklnorstuy",
    "l": "abdefiklmnostuy",
    "m": "abeiklmnopsuy",
    "n": "acdefghijklmnoprstuvy",
    "o": "abcdefghijklmnoprstuvwxy",
    "p": "adehiklmoprstuy",
    "q": "u",
    "r": "abcdefghijklmnoprstuvwy",
    "s": "acdefhiklmnoprstuwy",
    "t": "aehiklmnoprstuwy",
    "u": "abcdefghijklmnprstw",
    "v": "aeio",
    "w": "aehinostu",
    "x": "eipt",
    "y": "aeimnosu",
    "z": "aehi",
}
_PAIRS = frozenset(a + b for a, followers in _FOLLOWERS.items() for b in followers)


def measure(page: PageText) -> PageMeasures:
    """What the page's text layer is worth, and the measures that say so."""
    text = " ".join(piece.text for piece in page.pieces)
    letters = [character for character in text.lower() if character.isalpha()]
    latin = [character for character in letters if character.isascii()]
    is_latin = len(latin) >= 0.6 * len(letters)
    words = _words(text) if is_latin else []
    characters = max(page.characters, 1)
    per_cm2 = len(letters) / max(page.width * page.height * _CM2, 1.0)
    unmapped = page.unmapped / characters
    vowels = sum(letter in _VOWELS for letter in latin) / len(latin) if latin else None
    plausible = sum(map(is_plausible, words)) / len(words) if words else None
    recognised = page.invisible > 0.5 * page.characters
    why = ""
    if page.characters >= _CHARACTERS_MIN and text:
        if unmapped > UNMAPPED_SHARE_MAX:
            why = "unmapped"
        elif is_latin and len(latin) >= _LETTERS_MIN and (vowels or 0) < VOWEL_SHARE_MIN:
            why = "vowels"
        elif len(words) >= _WORDS_MIN and (plausible or 0) < (
            RECOGNISED_WORD_SHARE_MIN if recognised else WORD_SHARE_MIN
        ):
            why = "words"
    is_image = page.image_share >= IMAGE_SHARE_MIN
    is_none = not page.pieces or (is_image and per_cm2 < LETTERS_PER_CM2_MIN)
    if is_none:
        why = "letters" if page.pieces else ""
    return PageMeasures(
        page=page.number,
        layer="none" if is_none else "bad" if why else "good",
        why=why,
        letters=len(letters),
        letters_per_cm2=round(per_cm2, 2),
        unmapped_share=round(unmapped, 3),
        vowel_share=None if vowels is None or not is_latin else round(vowels, 3),
        word_share=None if plausible is None else round(plausible, 3),
        invisible_share=round(min(1.0, page.invisible / characters), 3),
        image_share=round(page.image_share, 3),
    )


def worth(measures: PageMeasures) -> float:
    """How many letters stand in words that could be words, to choose between two readings."""
    return measures.letters * (measures.word_share or 0.0) * (1 - measures.unmapped_share)


def _words(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if not token.isdigit()]


def is_plausible(word: str) -> bool:
    """Whether a word could be Indonesian or English, or a name or abbreviation among them."""
    if not _CASED.fullmatch(word):
        return False
    if word.isupper() and len(word) <= 6:
        return True
    lower = word.lower()
    if not _VOWELS & set(lower):
        return False
    return all(lower[at : at + 2] in _PAIRS for at in range(len(lower) - 1))
