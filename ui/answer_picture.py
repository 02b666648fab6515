"""An answer's sequence or table as a picture for a letter or a slide."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from assistant.conversation import Answer, Language
from ui import texts
from ui.comparison_html import step_label

WIDTH_PX = 1600
HEIGHT_PX_MAX = 12_000
"""A picture that no program can open is of no use: what does not fit is cut off."""
_MARGIN, _GAP, _SIZE = 64, 28, 30
_LINE = 44
_INK, _SOFT, _ACCENT, _RULE, _PAPER = "#1d2528", "#566164", "#0f5e5a", "#d9d6cc", "#ffffff"


def answer_png(answer: Answer, language: Language) -> bytes:
    """A PNG of the answer's sequence, or else its table, with the titles of its sources."""
    canvas = Image.new("RGB", (WIDTH_PX, HEIGHT_PX_MAX), _PAPER)
    draw = ImageDraw.Draw(canvas)
    top = _text(draw, (_MARGIN, _MARGIN), answer.question, WIDTH_PX - 2 * _MARGIN, bold=True)
    top += _GAP
    if answer.timeline:
        top = _timeline(draw, top, answer, language)
    elif answer.table is not None:
        top = _table(draw, top, answer)
    sources = "; ".join(f"[{cited.marker}] {cited.title}" for cited in answer.citations)
    told = f"{texts.SOURCES(language)}: {sources}"
    top = _text(draw, (_MARGIN, top + _GAP), told, WIDTH_PX - 2 * _MARGIN, fill=_SOFT)
    written = io.BytesIO()
    height = min(top + _MARGIN, HEIGHT_PX_MAX)
    canvas.crop((0, 0, WIDTH_PX, height)).save(written, "PNG", optimize=True)
    return written.getvalue()


def _timeline(draw: ImageDraw.ImageDraw, top: int, answer: Answer, language: Language) -> int:
    left, dot = _MARGIN + 60, 11
    line = _MARGIN + 16
    dots: list[int] = []
    for step in answer.timeline:
        dots.append(top + _LINE // 2)
        width = WIDTH_PX - left - _MARGIN
        top = _text(draw, (left, top), step_label(step, language), width, bold=True, fill=_ACCENT)
        top = _text(draw, (left, top), _marked(step.text, step.markers), width) + _GAP
    draw.line((line, dots[0], line, dots[-1]), fill=_RULE, width=5)
    for middle in dots:
        draw.ellipse((line - dot, middle - dot, line + dot, middle + dot), fill=_ACCENT)
    return top


def _table(draw: ImageDraw.ImageDraw, top: int, answer: Answer) -> int:
    assert answer.table is not None
    columns = len(answer.table.columns) + 1
    width = (WIDTH_PX - 2 * _MARGIN) // columns
    rows = [
        ["", *answer.table.columns],
        *(
            [row.label, *(_marked(cell.text, cell.markers) for cell in row.cells)]
            for row in answer.table.rows
        ),
    ]
    for number, cells in enumerate(rows):
        bottoms = [
            _text(
                draw,
                (_MARGIN + at * width, top + _GAP // 2),
                cell,
                width - _GAP,
                bold=number == 0 or at == 0,
            )
            for at, cell in enumerate(cells[:columns])
        ]
        top = max(bottoms) + _GAP // 2
        draw.line((_MARGIN, top, WIDTH_PX - _MARGIN, top), fill=_RULE, width=3 if number else 5)
    return top


def _text(
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    width: int,
    *,
    bold: bool = False,
    fill: str = _INK,
) -> int:
    """Write text within a width; where the next line would begin."""
    left, top = at
    font = _font(bold)
    for line in _lines(text, font, width):
        if top < HEIGHT_PX_MAX:
            draw.text((left, top), line, font=font, fill=fill)
        top += _LINE
    return top


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
            continue
        while (
            len(word) > 1 and font.getlength(word) > width
        ):  # a word that is wider than the column
            fitting = (n for n in range(len(word), 0, -1) if font.getlength(word[:n]) <= width)
            kept = next(fitting, 1)
            lines.append(word[:kept])
            word = word[kept:]
        lines.append(word)
    return [line for line in lines if line] or [""]


def _marked(text: str, markers: Sequence[int]) -> str:
    return text + "".join(f" [{marker}]" for marker in markers)


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    """The font of the pages, which Gradio's own package carries."""
    name = "Bold" if bold else "Regular"
    folder = resources.files("gradio").joinpath("templates", "frontend", "static", "fonts")
    content = folder.joinpath("IBMPlexSans", f"IBMPlexSans-{name}.woff2").read_bytes()
    return ImageFont.truetype(io.BytesIO(content), _SIZE)
