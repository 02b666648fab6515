"""Takes out of a page what is not its text: scripts, menus, banners, what is not displayed."""

from __future__ import annotations

import re
from typing import Any

Element = Any

_NEVER_TEXT = (
    "script style noscript template head iframe frame object embed applet svg canvas math audio "
    "video map button select textarea input option datalist progress meter dialog nav aside footer"
)
_ROLES = {
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
}
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0[^.\d]", re.I
)
_SHOWN_CLASS = re.compile(r":(?:block|flex|grid|inline|table)")
_HIDDEN_CLASSES = {"hidden", "d-none", "sr-only", "visually-hidden", "screen-reader-text"}
_NOISE = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|submenu|side-?bar|breadcrumbs?|footer|cookies?|"
    r"consent|gdpr|shar(?:e|ing)|social|sosmed|related|recommend(?:ed|ations?)?|terkait|bacajuga|"
    r"baca-juga|comments?|komentar|advert\w*|ads?|iklan|popup|newsletter|subscribe|pagination|"
    r"pager|skip-?link|widget|toolbar)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_KEEP = {"html", "body", "main", "article", "table", "tbody", "tr", "td", "th", "h1"}
_ARTICLE = (
    "//main",
    "//*[@role='main']",
    "//article",
    "//*[@itemprop='articleBody']",
    "//*[@id='content' or @id='main-content' or @id='mw-content-text']",
)


def drop_noise(root: Element) -> None:
    """Remove, in place, elements that a reader of the page does not read."""
    for element in list(root.iter(*_NEVER_TEXT.split())):
        _drop(element)
    total = max(1, len(root.text_content()))
    for element in list(root.iter()):
        if isinstance(element.tag, str) and (
            _is_hidden(element) or _is_noise(element, total) or _is_menu(element)
        ):
            _drop(element)


def _drop(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()  # the text after the element stays


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN_STYLE.search((element.get("style") or "") + ";"):
        return True
    classes = element.get("class") or ""
    return bool(_HIDDEN_CLASSES & set(classes.split())) and not _SHOWN_CLASS.search(classes)


def _is_noise(element: Element, total: int) -> bool:
    """By its role, class or id; not where it holds a good part of the page's text."""
    if element.tag in _KEEP:
        return False
    if element.get("role") in _ROLES:
        return len(element.text_content()) < total * 0.4
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag == "header" and not element.xpath(".//h1|ancestor::article|ancestor::main"):
        return len(element.text_content()) < total * 0.2
    if not names.strip() or not _NOISE.search(names) or element.xpath(".//h1|.//article|.//main"):
        return False
    return len(element.text_content()) < total * 0.3


def _is_menu(element: Element) -> bool:
    """A list of short links and nothing else, outside the main text."""
    if element.tag not in {"ul", "ol", "div", "section"}:
        return False
    links = element.xpath(".//a[@href]")
    if len(links) < 4 or element.xpath("ancestor-or-self::main|ancestor-or-self::article"):
        return False
    text = len("".join(element.text_content().split()))
    linked = sum(len("".join(link.text_content().split())) for link in links)
    return linked >= text * 0.85 and linked / len(links) < 30


def article_root(root: Element) -> Element:
    """The element that holds the page's text: a lone main or article, else the body."""
    body = root.find("body")
    body = root if body is None else body
    total = len(" ".join(body.text_content().split()))
    for path in _ARTICLE:
        found = body.xpath(path)
        if len(found) == 1 and len(" ".join(found[0].text_content().split())) >= total * 0.5:
            return found[0]
    return body
