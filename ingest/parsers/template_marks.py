"""Takes template marks (Blade, Twig, Jinja, PHP, ERB) out of a page, which no reader ever sees."""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"\{\{--.*?--\}\}|\{!!.*?!!\}|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
    r"|<\?(?:php|=).*?(?:\?>|\Z)|<%.*?%>|@php\b(?!\s*\().*?@endphp\b",
    re.DOTALL,
)
_BLADE = (
    "append auth break can cannot canany case checked class component continue csrf default dd "
    "disabled each else elseauth elsecan elseguest elseif empty env error extends for foreach "
    "forelse fragment guest hasSection if include includeFirst includeIf includeUnless includeWhen "
    "inject isset json lang livewire livewireScripts livewireStyles method once overwrite parent "
    "php prepend production props push pushOnce readonly required section selected sectionMissing "
    "session show slot stack stop style switch unless use verbatim vite while yield"
)
_DIRECTIVE = re.compile(rf"(?<![\w.@])@(?:end\w+|{_BLADE.replace(' ', '|')})\b[ \t]*(?P<open>\()?")
_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)


def is_template(name: str, text: str) -> bool:
    """Whether a page is a template: by its name, or by directives that only templates have."""
    return ".blade." in name.lower() or bool(
        re.search(r"^\s*@(?:extends|section|include|yield)\s*\(", text, re.MULTILINE)
    )


def without_marks(text: str, blade: bool) -> str:
    """The page without template expressions and, for Blade, without its @directives."""
    text = _MARKS.sub(" ", text)
    return _without_directives(text) if blade else text


def _without_directives(text: str) -> str:
    kept: list[str] = []
    position = 0
    for match in _DIRECTIVE.finditer(text):
        if match.start() < position:
            continue
        kept.append(text[position : match.start()])
        position = _after_arguments(text, match.end()) if match["open"] else match.end()
    kept.append(text[position:])
    return " ".join(kept)


def _after_arguments(text: str, position: int) -> int:
    """The index after the bracket that closes the one before ``position``; quotes respected."""
    depth = 1
    while position < len(text) and depth:
        quoted = _QUOTED.match(text, position)
        if quoted:
            position = quoted.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        position += 1
    return position
