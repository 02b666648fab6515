"""What stands together with a sentence: the items of a list, the rows of a table, an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.coverage import ITEM, TABLE_CHARS_MAX, covered, is_heading_like, table_head
from assistant.evidence import Sentence, TextOf
from assistant.row_groups import row_groups, row_mark
from assistant.understand import Question
from docs_store.records import Hit
from docs_store.sentences import CELL_SEPARATOR, sentence_spans

LIST_CHARS_MAX = 6_000
LIST_ITEMS_MAX = 15
NEXT_CHARS_MAX = 1_500
_NAMES = re.compile(
    r"[“\"']?(?:yaitu|yakni|antara lain|di ?antaranya|masing-masing|namely|they are|these are)\b",
    re.IGNORECASE,
)
ARTICLE_CHARS_MAX = 8_000
_ARTICLE_LINE = re.compile(r"(?:Pasal|PASAL)\s+\d+\s*[A-Z]?\s*[.:]?$")
_LOCATED = re.compile(r"Pasal (\d+) ?([A-Z]?)(?!\w)")
_AFTER_ARTICLE = re.compile(
    r"^(?:(?:Pasal|PASAL)\s+[\dIVX]+\s*[A-Z]?\s*[.:]?$|BAB\s+[IVXLC]+\b|Bagian\s+Ke\w+\b|"
    r"Paragraf\s+\d+\b|PENJELASAN\b|LAMPIRAN\b)",
    re.MULTILINE,
)


def listed_items(text_of: TextOf, lead: Sentence) -> list[Sentence]:
    """The items of the list that a sentence ending in a colon opens, each as a sentence."""
    text = text_of(lead.hit.document_id, lead.hit.version)
    items: list[Sentence] = []
    own_mark = _mark(lead.text)
    at = lead.end
    for block in text[lead.end : lead.end + LIST_CHARS_MAX].lstrip("\n").split("\n\n"):
        lines = block.split("\n")
        if not (ITEM.match(lines[0]) or (len(lines) > 1 and not items)):
            break
        for line in lines:
            if own_mark and _mark(line) == own_mark:
                return items  # "(2)" after a list under "(1)" is no item of it
            at = text.index(line, at)
            end = at + len(line.rstrip())
            if line.strip() and len(items) < LIST_ITEMS_MAX:
                items.append(
                    replace(lead, start=at, end=end, text=text[at:end], follows_order=False)
                )
            at = end
    return items


def _mark(line: str) -> str | None:
    """How a line is numbered: "(1)" for all of (1), (2); None where it is not."""
    found = ITEM.match(line)
    return re.sub(r"[a-zA-Z]", "a", re.sub(r"\d+", "1", found.group().strip())) if found else None


def rows_beside(text_of: TextOf, question: Question, row: Sentence) -> list[Sentence]:
    """The rows of the group that a row names; else those that say of others what it says of its
    own thing."""
    return _rows_of_group(text_of, row) or _table_rows(text_of, question, row)


def stands_below(text_of: TextOf, heading: Sentence) -> list[Sentence]:
    """The rows of the table, or the list, that stand right below a heading."""
    return _rows_below(text_of, heading) or _list_below(text_of, heading)


def named_next(text_of: TextOf, sentence: Sentence) -> Sentence | None:
    """The sentence after it that names what it speaks of: "Ada lima daerah. Yaitu Kota …"."""
    text = text_of(sentence.hit.document_id, sentence.hit.version)
    after = text[sentence.end : sentence.end + NEXT_CHARS_MAX]
    spans = sentence_spans(after)
    if not spans or not _NAMES.match(after[slice(*spans[0])]):
        return None
    start, end = spans[0]
    return _beside(sentence, text, sentence.end + start, sentence.end + end)


def _table_rows(text_of: TextOf, question: Question, row: Sentence) -> list[Sentence]:
    """The rows of the table around a row, if the table's head speaks of what is asked.

    They share what the question asks of all ("kabupaten terinovatif") and differ in what names
    each, so a row that has none of the shared cells belongs to another part of the table.
    """
    text = text_of(row.hit.document_id, row.hit.version)
    head = covered(question.concepts, table_head(text, row.start), row.hit.language)
    if 2 * len(head) < len(question.concepts):
        return []
    first = max(0, row.start - TABLE_CHARS_MAX)
    lines = [
        (first + start, first + end)
        for start, end in sentence_spans(text[first : row.end + TABLE_CHARS_MAX])
    ]
    at = next((at for at, (start, end) in enumerate(lines) if start == row.start), None)
    if at is None:
        return []
    low = high = at
    while low > 0 and CELL_SEPARATOR in text[slice(*lines[low - 1])]:
        low -= 1
    while high + 1 < len(lines) and CELL_SEPARATOR in text[slice(*lines[high + 1])]:
        high += 1
    cells = {cell for cell in row.text.split(CELL_SEPARATOR) if not cell[:1].isdigit()}
    rows = [(start, end, text[start:end]) for start, end in lines[low : high + 1]]
    shared = Counter(c for _, _, other in rows for c in set(other.split(CELL_SEPARATOR)) & cells)
    group = {cell for cell, count in shared.items() if 1 < count < len(rows)}
    kept = [
        _beside(row, text, start, end)
        for start, end, other in rows
        if not group or group & set(other.split(CELL_SEPARATOR))
    ]
    place = next(at for at, other in enumerate(kept) if other.start == row.start)
    begin = max(0, min(place - LIST_ITEMS_MAX // 2, len(kept) - LIST_ITEMS_MAX))
    return kept[begin : begin + LIST_ITEMS_MAX]


def groups_of_row(text_of: TextOf, row: Sentence) -> list[Sentence]:
    """The rows that name what a row belongs to, outermost first."""
    text = text_of(row.hit.document_id, row.hit.version)
    return [_beside(row, text, start, end) for start, end in row_groups(text, row.start)]


def _rows_of_group(text_of: TextOf, row: Sentence) -> list[Sentence]:
    """The rows that belong to a row which only names their group: "1. | Kios di Terminal".

    They are marked otherwise ("a."), and end where a row is marked as the group's own is.
    """
    own = row_mark(row.text)
    if own is None or len(row.text.split(CELL_SEPARATOR)) > 2:
        return []
    text = text_of(row.hit.document_id, row.hit.version)
    below = text[row.end : row.end + TABLE_CHARS_MAX]
    rows: list[Sentence] = []
    for start, end in sentence_spans(below):
        line = below[start:end]
        mark = row_mark(line)
        if CELL_SEPARATOR not in line or mark is None or mark == own:
            break
        rows.append(_beside(row, text, row.end + start, row.end + end))
    return rows[:LIST_ITEMS_MAX]


def _rows_below(text_of: TextOf, heading: Sentence) -> list[Sentence]:
    """The rows of the table that stands right below a heading."""
    text = text_of(heading.hit.document_id, heading.hit.version)
    rows: list[Sentence] = []
    if CELL_SEPARATOR in heading.text:
        return rows
    below = text[heading.end : heading.end + TABLE_CHARS_MAX]
    for start, end in sentence_spans(below):
        line = below[start:end]
        if CELL_SEPARATOR not in line:
            if rows or not is_heading_like(line):
                break
            continue
        rows.append(_beside(heading, text, heading.end + start, heading.end + end))
    numbered = [row for row in rows if row.text[:1].isdigit()]
    return (numbered or rows)[:LIST_ITEMS_MAX]


def _list_below(text_of: TextOf, heading: Sentence) -> list[Sentence]:
    """The list that stands right below a heading, after what opens it if anything does."""
    text = text_of(heading.hit.document_id, heading.hit.version)
    below = text[heading.end : heading.end + LIST_CHARS_MAX]
    spans = sentence_spans(below)
    if not spans:
        return []
    start, end = spans[0]
    if not below[start:end].endswith(":"):
        items = listed_items(text_of, heading)
        return items if len(items) > 1 and ITEM.match(items[0].text) else []
    lead = _beside(heading, text, heading.end + start, heading.end + end)
    items = listed_items(text_of, lead)
    return [lead, *items] if items else []


def _beside(sentence: Sentence, text: str, start: int, end: int) -> Sentence:
    """What stands elsewhere in the text of the same version, as evidence of the same weight."""
    return replace(sentence, start=start, end=end, text=text[start:end], span=None)


def article_around(text_of: TextOf, sentence: Sentence) -> list[Sentence]:
    """The sentences of the article that a sentence stands in, from the first ayat on.

    A procedure stands in a regulation as the paragraphs of one article. Nothing comes back for a
    sentence outside of articles, or where the article's own line is not found above it.
    """
    located = _LOCATED.match(sentence.hit.locator or "")
    if located is None:
        return []
    text = text_of(sentence.hit.document_id, sentence.hit.version)
    number, suffix = located.groups()
    low = max(0, sentence.start - ARTICLE_CHARS_MAX)
    own_line = re.compile(rf"^(?:Pasal|PASAL)\s+{number}\s*{suffix}\s*[.:]?$", re.MULTILINE)
    above = list(own_line.finditer(text, low, sentence.start))
    if not above:
        return []
    start = above[-1].end()
    after = _AFTER_ARTICLE.search(text, start + 1)
    end = min(after.start() if after else len(text), start + ARTICLE_CHARS_MAX)
    if end < sentence.end:
        return []
    return [
        _beside(sentence, text, start + first, start + last)
        for first, last in sentence_spans(text[start:end])
    ]


def article_sentences(hits: Sequence[Hit]) -> list[Sentence]:
    """The sentences of an article's passages, of the first document among them, in order."""
    first = hits[0]
    own = [h for h in hits if (h.document_id, h.version) == (first.document_id, first.version)]
    return [
        Sentence(
            hit, hit.start + start, hit.start + end,
            hit.text[start:end], 1.0, 1.0, follows_order=False,
        )
        for hit in sorted(own, key=lambda hit: hit.start)
        for start, end in sentence_spans(hit.text)
        if not _ARTICLE_LINE.match(hit.text[start:end])
    ]  # fmt: skip
