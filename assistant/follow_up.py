"""Makes a question that leans on the conversation one that stands alone.

By rule, so that what was put in can be shown: "bagaimana dengan Sumedang?" is the question before
with Sumedang in place of its region; "siapa yang menandatanganinya?" gets the document or the
subject that the question before was about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation import Answer
from docs_store.gazetteer import regions_in_question
from docs_store.languages import detect_language
from docs_store.regulation_keys import find_regulations, title_regulation

WORDS_MAX = 14
"""A longer question says itself what it is about."""
_WHAT_ABOUT = re.compile(
    r"^(?:(?:kalau|bagaimana|gimana|lalu|terus|dan|nah|how|what|and|so)[\s,]+)+"
    r"(?P<link>(?:(?:dengan|untuk|di|pada|tentang|kalau|about|for|in|with)\s+)*)"
    r"(?P<rest>.+?)\W*$",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(
    r"^(?:(?:dan|lalu|terus|kalau|and|bagaimana|what|how|about|di|pada|in|for|untuk)[\s,]+)*"
    r"(?:tahun\s+|year\s+)?(?P<year>(?:19|20)\d{2})\W*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_ENCLITIC = re.compile(r"\b(?P<stem>[a-zA-Z]{3,}[a-z])(?:nya)(?P<kah>kah)?\b")
# Words whose -nya belongs to the word and points to nothing.
_NOT_ENCLITIC = frozenset(
    """
    hanya tanya bertanya punya mempunyai biasanya sebenarnya sesungguhnya akhirnya umumnya adanya
    misalnya lainnya selanjutnya sebelumnya sebaiknya seharusnya sepertinya khususnya kiranya
    tentunya rupanya ternyata pertanyaan menanyakan banyaknya namanya terutamanya
    """.split()
)
_POINTS = re.compile(
    r"\b(?:itu|ini|tersebut|ia|dia|beliau|mereka|di ?sana|di ?situ|it|its|they|them|their|he|she|"
    r"his|her|him|this|that|these|those|there)\b",
    re.IGNORECASE,
)
_NOT_POINTING = re.compile(
    r"\bapa(?:kah)? (?:itu|ini)\s+\w+|\b(?:apa|apakah) itu\b(?=.*\w)|\bsaat ini\b|\bselama ini\b|"
    r"\bhari ini\b|\btahun ini\b|\bis there\b|\bare there\b|\bthat\s+\w+s\b|\bis it true\b|"
    r"\bthis year\b",
    re.IGNORECASE,
)
_OF_A_TEXT = re.compile(
    r"\b(?:menandatangan|tanda tangan|ditandatangan|menetapkan|ditetapkan|mengundang|diundang|"
    r"berlaku|isi|pasal|bab|judul|nomor|sign|enact|force|article|title)\w*",
    re.IGNORECASE,
)
_PERSON_POINTED = re.compile(r"\b(?:ia|dia|beliau|he|she|his|her|him)\b", re.IGNORECASE)


def standalone(question: str, history: Sequence[Answer]) -> str:
    """The question as it stands alone, or unchanged where it does already.

    Args:
        question: as typed.
        history: the answers of the conversation so far, newest last.
    """
    if not history or len(question.split()) > WORDS_MAX:
        return question
    before = history[-1]
    asked = before.standalone or before.question
    year = _IN_YEAR.match(question)
    if year is not None:
        return _with_year(asked, year["year"])
    what_about = _WHAT_ABOUT.match(question)
    if what_about is not None and not _asks_itself(what_about["rest"], bool(what_about["link"])):
        return _with_region(asked, what_about["rest"])
    if _points_back(question):
        return _with_subject(question, before, asked)
    return question


def part_of(part: str, whole: Sequence[str]) -> str:
    """A part of a question, with the subject of the first part where it points to it."""
    if not whole or part == whole[0] or not _points_back(part):
        return part
    return _pointed_to(part, _subject(whole[0]))


def _asks_itself(rest: str, is_linked: bool) -> bool:
    """Whether what follows "bagaimana" is a question of its own, not a region or a thing."""
    words = rest.split()
    named = regions_in_question(rest)
    if named and sum(len(rest[m.start : m.end].split()) for m in named) >= len(words) - 1:
        return False
    return not is_linked or len(words) > 3 or _points_back(rest)


def _points_back(question: str) -> bool:
    if regions_in_question(question) or find_regulations(question):
        return False
    bare = _NOT_POINTING.sub(" ", question)
    return bool(_POINTS.search(bare)) or any(_enclitics(question))


def _enclitics(question: str) -> list[re.Match[str]]:
    return [
        match
        for match in _ENCLITIC.finditer(question)
        if match.group().lower() not in _NOT_ENCLITIC
    ]


def _with_year(asked: str, year: str) -> str:
    if _YEAR.search(asked):
        return _YEAR.sub(year, asked)
    word = "in" if detect_language(asked) == "en" else "tahun"
    return f"{asked.rstrip(' ?.')} {word} {year}?"


def _with_region(asked: str, rest: str) -> str:
    """The question before, about another region or thing."""
    old, new = regions_in_question(asked), regions_in_question(rest)
    if old and new:
        first, last = old[0].start, old[0].end
        named = rest[new[0].start : new[0].end]
        # "Kabupaten Banyuwangi" and "Sumedang": the word for its kind is named anew or left out.
        return f"{asked[:first]}{named}{asked[last:]}"
    year = _YEAR.search(rest)
    if year is not None and _YEAR.search(asked):
        return _YEAR.sub(year.group(), asked)
    if new:
        word = "in" if detect_language(asked) == "en" else "di"
        return f"{asked.rstrip(' ?.')} {word} {rest[new[0].start : new[0].end]}?"
    return f"{asked.rstrip(' ?.')}: {rest}?"


def _with_subject(question: str, before: Answer, asked: str) -> str:
    if _OF_A_TEXT.search(question) and before.citations:
        title = before.citations[0].title
        named = title_regulation(title)
        subject = " ".join(title[named.start : named.end].split()) if named else title
        return _pointed_to(question, subject)
    if _PERSON_POINTED.search(question) and (name := _value_of(before)):
        return _pointed_to(question, name)
    return _pointed_to(question, _subject(asked))


def _value_of(before: Answer) -> str | None:
    return next((part.text for part in before.parts if part.kind == "value"), None)


_QUESTION_WORDS = re.compile(
    r"^\W*(?:(?:pada|di|dari|sejak|kepada|oleh|untuk|dengan|in|by|to|for|from)\s+)?"
    r"(?:apa(?:kah)?|siapa(?:kah)?|kapan(?:kah)?|berapa(?:kah)?|bagaimana(?:kah)?|mengapa|kenapa|"
    r"mana(?:kah)?|di ?mana(?:kah)?|sebutkan|jelaskan|who|what|when|where|why|which|how(?: many| "
    r"much| long| far)?)\b\s*(?:(?:saja|itu|yang|is|are|was|were|did|does|do|the|a|an)\b\s*)*",
    re.IGNORECASE,
)


_VERB = re.compile(r"\s(?:di|me[mnrly]|ber|ter)[a-z]{3,}\b(?!\s*[-/])")


def _subject(asked: str) -> str:
    """What a question is about: itself without its question words, up to its verb."""
    rest = _QUESTION_WORDS.sub("", asked).strip(" ?.,") or asked.strip(" ?.")
    verb = _VERB.search(rest)
    return rest[: verb.start()].strip() if verb else rest


def _pointed_to(question: str, subject: str) -> str:
    """The question with the subject where a word pointed to it."""
    if subject.casefold() in question.casefold():
        return question
    found = _enclitics(question)
    if found:
        match = found[-1]
        stem = f"{match['stem']}{match['kah'] or ''}"
        return f"{question[: match.start()]}{stem} {subject}{question[match.end() :]}"
    pointing = _POINTS.search(_blanked(question))
    if pointing is not None:
        word = pointing.group().lower()
        if word in ("itu", "ini", "tersebut"):
            return (
                f"{question[: pointing.end()].rstrip(' ?')} ({subject}){question[pointing.end() :]}"
            )
        return f"{question[: pointing.start()]}{subject}{question[pointing.end() :]}"
    return f"{question.rstrip(' ?')} ({subject})?"


def _blanked(question: str) -> str:
    """The question with words that only look as if they pointed back as white space."""
    return _NOT_POINTING.sub(lambda match: " " * len(match.group()), question)
