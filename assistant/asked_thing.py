"""What a question for a meaning asks about, apart from where it is said."""

from __future__ import annotations

import re

_WHERE = (
    r"(?=\s+(?:dalam|menurut|pada|di|berdasarkan|sesuai|kalau|jika|bagi|untuk|itu|adalah|ialah|"
    r"tersebut|in|under|according|within|as|mean|means|stand|stands|by)\b|\s*[?,.;:]|\s*$)"
)
_THING = rf"(?P<thing>[^?,;:]{{1,90}}?){_WHERE}"
_ASKED_FIRST = re.compile(
    r"\b(?:apa(?:kah)?\s+)?(?:yang\s+di\s?maksud(?:kan)?(?:\s+dengan)?|apa(?:kah)?\s+itu|"
    r"(?:arti|definisi|pengertian|makna|maksud|kepanjangan)(?:\s+(?:dari|kata|istilah))?|"
    r"what\s+(?:is|are|does)(?:\s+meant\s+by)?(?:\s+(?:an?|the))?|"
    r"(?:definition|meaning)\s+of(?:\s+(?:an?|the))?|defines?(?:\s+(?:an?|the))?)\s+" + _THING,
    re.IGNORECASE,
)
_ASKED_LAST = re.compile(
    r"^\W*(?P<thing>[^?,;:]{1,90}?)"
    r"(?:\s+(?:dalam|menurut|pada|di|berdasarkan|sesuai)\s[^?]{2,80}?)?\s+"
    r"(?:itu\s+apa|(?:adalah|artinya|maksudnya|itu\s+artinya|pengertiannya|kepanjangannya)\s+apa|"
    r"apa\s+(?:artinya|maksudnya|pengertiannya|kepanjangannya)|apaan)\b",
    re.IGNORECASE,
)


def asked_thing(text: str) -> str | None:
    """The thing whose meaning is asked for, without where it is said; None where none is seen.

    >>> asked_thing("Ajudikasi dalam UU Keterbukaan Informasi Publik artinya apa?")
    'Ajudikasi'
    """
    found = _ASKED_LAST.search(text) or _ASKED_FIRST.search(text)
    return found["thing"].strip() if found else None
