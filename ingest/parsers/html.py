"""HTML: the page's own text in order, its headings, lists and tables; menus and scripts out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from ingest.blocks import Block, BlockKind, ParsedDocument
from ingest.errors import DamagedFile
from ingest.limits import Limits
from ingest.parsers.clean_text import clean, clean_line, decode
from ingest.parsers.html_noise import article_root, drop_noise
from ingest.parsers.html_table import is_data_table, table_blocks
from ingest.parsers.legal_lines import heading_level, item_level
from ingest.parsers.plain_text import text_blocks
from ingest.parsers.template_marks import is_template, without_marks

Element = Any  # lxml.html.HtmlElement: lxml carries no types

_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_BOLD = {"b", "strong", "th"}
_BOLD_CLASS = re.compile(r"(?:^|\s)(?:font-(?:semi|extra)?bold|fw-bold(?:er)?)(?:\s|$)")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SIZE_CLASS = re.compile(r"(?:^|\s)(?:text-([2-9]?)xl|h([1-6])|display-[1-6])(?:\s|$)")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DATE_META = (
    "article:published_time",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "publishdate",
    "pubdate",
    "date",
)
_TITLE_BULLET = re.compile(r"\s+[|»–—-]\s+")


def parse(data: bytes, name: str, limits: Limits) -> ParsedDocument:
    """A page, a saved page, or a page's template. Raises DamagedFile where lxml finds no page."""
    del limits
    declared = _CHARSET.search(data[:4096])
    text = decode(data, declared[1].decode("ascii", "replace") if declared else None)
    blade = is_template(name, text)
    root = page_tree(without_marks(text, blade))
    title, date, language = _title(root), _date(root), _language(root)
    author = _author(_meta(root, "author", "article:author", "dc.creator", "dcterms.creator"))
    publisher = _meta(root, "og:site_name", "dc.publisher", "dcterms.publisher", "publisher")
    drop_noise(root)
    article = article_root(root)
    blocks = list(element_blocks(article))
    if not blocks:  # libxml2 drops what is nested deeper than 2,048 levels
        blocks = text_blocks(re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "\n", text, flags=re.S))
    heading = _page_heading(root, article)
    if heading is not None and all(block.text != heading.text for block in blocks[:5]):
        blocks.insert(0, heading)
    # A template's <html lang> is its framework's, not its author's.
    return ParsedDocument(
        "text/html",
        tuple(blocks),
        title,
        date,
        None if blade else language,
        author=None if blade else author,
        publisher=None if blade else publisher,
    )


def page_tree(text: str) -> Element:
    """The page as a tree; nothing is fetched, no entity is expanded from outside."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    # Without huge_tree libxml2 silently drops all text below 256 levels of nesting.
    parser = lxml_html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise DamagedFile(kind="HTML", why=str(error)[:80]) from error
    for comment in root.xpath("//processing-instruction()"):
        comment.drop_tree()
    return root


def element_blocks(root: Element) -> Iterator[Block]:
    """The blocks of an element, in document order. Walks without recursion: pages nest deep."""
    reader = _Reader()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if element.tag == "table" and is_data_table(element):
                yield from reader.flush()
                yield from table_blocks(element)
                walk.skip_subtree()
                continue
            yield from reader.start(element)
        else:
            yield from reader.end(element)
            if element is not root:
                reader.add(element.tail)
    yield from reader.flush()


class _Reader:
    """Gathers inline text until a block element begins or ends."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._bold_depth = 0
        self._bold_chars = 0
        self._pre_depth = 0
        self._size_level = 0
        self._headings: list[int] = []
        self._lists: list[tuple[str, int]] = []
        self._item: str | None = None
        self._term = ""

    def start(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if tag == "br":
            self._text.append("\n")
        elif tag not in _INLINE:
            yield from self.flush()
            if tag in {"ul", "ol", "menu"}:
                self._lists.append((_list_style(element), _number(element.get("start"), 1)))
            elif tag == "li":
                self._item = self._marker(element)
            elif tag == "pre":
                self._pre_depth += 1
            elif re.fullmatch(r"h[1-6]", tag):
                self._headings.append(int(tag[1]))
        if _is_bold(element):
            self._bold_depth += 1
        size = _SIZE_CLASS.search(element.get("class") or "")
        if size and not self._size_level:
            self._size_level = int(size[2]) if size[2] else max(1, 5 - int(size[1] or 1))
        self.add(element.text)

    def end(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if tag == "br":
            return
        if tag == "dt":
            yield from self._lone_term()
            self._term, self._text = clean_line("".join(self._text)), []
            self._bold_chars, self._size_level = 0, 0
        elif tag not in _INLINE:
            yield from self.flush()
            if tag in {"ul", "ol", "menu"} and self._lists:
                self._lists.pop()
            elif tag == "dl":
                yield from self._lone_term()
            elif tag == "pre":
                self._pre_depth -= 1
            elif re.fullmatch(r"h[1-6]", tag) and self._headings:
                self._headings.pop()
        if _is_bold(element):
            self._bold_depth -= 1

    def add(self, text: str | None) -> None:
        if not text:
            return
        text = text if self._pre_depth else re.sub(r"\s+", " ", text)
        self._text.append(text)
        if self._bold_depth:
            self._bold_chars += len(text.strip())

    def flush(self) -> Iterator[Block]:
        """The blocks of what was gathered; two line breaks part paragraphs."""
        raw, self._text = "".join(self._text), []
        bold = self._bold_chars >= len(raw.strip()) * 0.9
        size_level, self._size_level, self._bold_chars = self._size_level, 0, 0
        for part in re.split(r"\n\s*\n", raw):
            text = clean(part)
            if text:
                yield self._block(text, bold, size_level)

    def _lone_term(self) -> Iterator[Block]:
        """A term of a definition list that no text of a definition followed."""
        term, self._term = self._term, ""
        if term:
            yield Block(BlockKind.PARAGRAPH, term)

    def _block(self, text: str, bold: bool, size_level: int) -> Block:
        if self._term:
            term, self._term = self._term, ""
            return Block(BlockKind.PARAGRAPH, f"{term}{' ' if term.endswith(':') else ': '}{text}")
        if self._headings:
            return Block(BlockKind.HEADING, clean_line(text), level=self._headings[-1])
        legal = heading_level(text)
        if legal:
            return Block(BlockKind.HEADING, text, level=legal)
        if self._item is not None:
            marker, self._item = self._item, None
            return Block(BlockKind.LIST_ITEM, f"{marker}{text}", level=max(1, len(self._lists)))
        if (
            bold
            and len(text) <= 160
            and re.search(r"\w", text)
            and not text.endswith((".", ";", ","))
        ):
            return Block(BlockKind.HEADING, clean_line(text), level=size_level or 4)
        if item_level(text):
            return Block(BlockKind.LIST_ITEM, text, level=item_level(text))
        return Block(BlockKind.PARAGRAPH, text)

    def _marker(self, element: Element) -> str:
        if not self._lists or self._lists[-1][0] == "bullet":
            return ""
        style, number = self._lists[-1]
        number = _number(element.get("value"), number)
        self._lists[-1] = (style, number + 1)
        return f"{list_number(style, number)}. "


def _is_bold(element: Element) -> bool:
    return (
        element.tag in _BOLD
        or bool(_BOLD_CLASS.search(element.get("class") or ""))
        or bool(_BOLD_STYLE.search(element.get("style") or ""))
    )


def _list_style(element: Element) -> str:
    style = re.sub(r"\s", "", (element.get("style") or "").lower())
    if element.tag != "ol" or "list-style:none" in style or "list-style-type:none" in style:
        return "bullet"
    return str(element.get("type") or "1")[:1]


def _number(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value.strip()) else default


def list_number(style: str, number: int) -> str:
    """``number`` in a list style: ``1`` figures, ``a``/``A`` letters, ``i``/``I`` Roman."""
    if style in "aA" and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(97 + rest) + letters
        return letters.upper() if style == "A" else letters
    if style in "iI" and 0 < number < 4000:
        roman = ""
        for value, sign in zip(
            (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
            ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
            strict=True,
        ):
            count, number = divmod(number, value)
            roman += sign * count
        return roman.upper() if style == "I" else roman
    return str(number)


def _page_heading(root: Element, article: Element) -> Block | None:
    """The page's only h1, where it stands outside the article."""
    headings = root.xpath("//h1")
    if len(headings) != 1 or article.xpath(".//h1"):
        return None
    text = clean_line(headings[0].text_content())
    return Block(BlockKind.HEADING, text, level=1) if text else None


def _meta(root: Element, *names: str) -> str | None:
    for wanted in names:
        for element in root.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            content = clean_line(element.get("content") or "")
            if name.lower() == wanted and content:
                return content
    return None


def _title(root: Element) -> str | None:
    declared = _meta(root, "og:title", "twitter:title", "dc.title", "dcterms.title")
    if declared:
        return declared
    element = root.find(".//head/title")
    title = clean_line(element.text_content()) if element is not None else ""
    # "Article - Site": the article's part is the one that the page repeats as its heading.
    for part in _TITLE_BULLET.split(title):
        if len(part) > 10 and any(
            clean_line(h.text_content()).lower() == part.lower() for h in root.iter("h1", "h2")
        ):
            return part
    return title or None


def _date(root: Element) -> str | None:
    found = _meta(root, *_DATE_META) or _json_ld_date(root)
    if not found:
        times = {element.get("datetime") for element in root.iter("time")} - {None}
        found = times.pop() if len(times) == 1 else None
    match = _DATE.match(found or "")
    return match[0] if match else None


def _author(name: str | None) -> str | None:
    """A name; neither a profile's address nor what a site's program puts there."""
    is_name = name and "://" not in name and name.lower() not in {"admin", "administrator"}
    return name if is_name else None


def _json_ld_date(root: Element) -> str | None:
    for script in root.xpath('//script[@type="application/ld+json"]'):
        match = re.search(r'"datePublished"\s*:\s*("[^"\\]{8,40}")', script.text or "")
        if match:
            return str(json.loads(match[1]))
    return None


def _language(root: Element) -> str | None:
    language = (root.get("lang") or "").lower()[:2]
    return language if re.fullmatch(r"[a-z]{2}", language) else None
