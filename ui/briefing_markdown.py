"""A briefing as Markdown with footnotes (``[^1]``, as GitHub, Pandoc and Obsidian read them).

Words of documents are escaped, so that a link, a tag or a heading in them stays text.
"""

from __future__ import annotations

import re

from ui import texts
from ui.briefing import Block, Briefing, Grid, Line, Note, Source

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~^&!$@]|(?<=:)//|(?i:(?<=www)\.)")
_AT_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=:])")


def markdown_text(briefing: Briefing) -> str:
    """The whole briefing."""
    language = briefing.language
    parts = [f"# {_escaped(briefing.heading)}", _escaped(briefing.byline)]
    if briefing.read_as:
        parts.append(_escaped(briefing.read_as))
    parts.append(f"## {texts.BRIEFING_ANSWER(language)}")
    parts += _blocks(briefing.blocks)
    if briefing.sources:
        parts.append(f"## {texts.SOURCES(language)}")
        parts.append("\n".join(_source(source) for source in briefing.sources))
    parts += [f"*{_escaped(text)}*" for text in briefing.closing]
    parts += [_note(note) for note in briefing.notes]
    return "\n\n".join(parts) + "\n"


def _blocks(blocks: tuple[Block, ...]) -> list[str]:
    """Paragraphs, items as one list, tables."""
    written: list[str] = []
    in_list = False
    for block in blocks:
        if isinstance(block, Line) and block.kind == "item":
            item = f"- {_stated(block)}"
            if in_list:
                written[-1] += f"\n{item}"
            else:
                written.append(item)
            in_list = True
            continue
        in_list = False
        written.append(_grid(block) if isinstance(block, Grid) else _paragraph(block))
    return written


def _paragraph(line: Line) -> str:
    if line.kind == "part":
        return f"### {_stated(line)}"
    return _stated(line)


def _stated(line: Line) -> str:
    text = _escaped(line.text)
    if line.kind == "value":
        text = f"**{text}**"
    return text + "".join(f"[^{number}]" for number in line.notes)


def _grid(grid: Grid) -> str:
    rows = [
        "| " + " | ".join(_escaped(text) for text in grid.head) + " |",
        "|" + " --- |" * len(grid.head),
    ]
    rows += ["| " + " | ".join(_stated(cell) for cell in row) + " |" for row in grid.rows]
    return "\n".join(rows)


def _note(note: Note) -> str:
    told = f"[^{note.number}]: “{_escaped(note.quote)}” {_escaped(note.place)}."
    return f"{told} {_escaped(note.translation)}" if note.translation else told


def _source(source: Source) -> str:
    facts = ", ".join(_escaped(fact) for fact in source.facts)
    remarks = f" **{_escaped('; '.join(source.remarks))}.**" if source.remarks else ""
    return f"- {_escaped(source.title)} ({facts}).{remarks}"


def _escaped(text: str) -> str:
    text = _MARKUP.sub(lambda match: "".join(f"\\{c}" for c in match.group()), text)
    return _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", text)
