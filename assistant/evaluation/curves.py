"""Reliability diagrams and cost curves as SVG: a few lines and dots need no plotting library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from assistant.evaluation.measures import Bin, Cost

WIDTH, HEIGHT, MARGIN = 640, 420, 56
LEGEND_LINE = 18
COLOURS = ("#1b6ca8", "#c2410c", "#15803d", "#7c3aed", "#a16207", "#be185d")
Point = tuple[float, float]


def reliability_diagram(bars: Mapping[str, Sequence[Bin]]) -> str:
    """A line a set: what share came true, over the probability that was given; 0 to 1 both ways.

    The area of a dot tells how many questions it stands for.
    """
    parts = [_polyline([(0, 0), (1, 1)], "#888", dashes="4 4")]
    for (name, line), colour in zip(bars.items(), COLOURS, strict=False):
        points = [(bar.probability, bar.right) for bar in line]
        parts.append(_polyline(points, colour))
        total = sum(bar.count for bar in line)
        for bar in line:
            radius = 2 + 14 * (bar.count / total) ** 0.5
            x, y = _at((bar.probability, bar.right))
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" '
                f'fill-opacity="0.35"><title>{escape(name)}: {bar.count}</title></circle>'
            )
    return _picture("Reliability", "probability given", "share that is answered", parts, list(bars))


def cost_curves(curves: Mapping[str, Sequence[Cost]], wrong_answer: float) -> str:
    """A line a set: cost a question over the threshold, a wrong answer costing so many others."""

    def cost_of(cost: Cost) -> float:
        return wrong_answer * cost.answered_wrongly + cost.withheld

    top = max((cost_of(cost) for line in curves.values() for cost in line), default=1.0) or 1.0
    parts = [
        _polyline([(cost.threshold, cost_of(cost) / top) for cost in line], colour)
        for line, colour in zip(curves.values(), COLOURS, strict=False)
    ]
    return _picture(
        f"Cost: a wrong answer counts as {wrong_answer:g} withheld ones",
        "threshold",
        "cost a question",
        parts,
        list(curves),
        lambda share: f"{share * top:.2f}",
    )


def _picture(
    title: str,
    across: str,
    up: str,
    parts: Sequence[str],
    names: Sequence[str],
    label: Callable[[float], str] = lambda share: f"{share:.1f}",
) -> str:
    axes = [
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{WIDTH - 2 * MARGIN}" '
        f'height="{HEIGHT - 2 * MARGIN}" fill="none" stroke="#888"/>'
    ]
    for step in range(6):
        share = step / 5
        x, y = _at((share, share))
        axes.append(_text(x, HEIGHT - MARGIN + 18, f"{share:.1f}", "middle"))
        axes.append(_text(MARGIN - 8, y + 4, label(share), "end"))
    axes.append(_text(WIDTH / 2, HEIGHT - 14, across, "middle"))
    axes.append(
        f'<g transform="translate(16 {HEIGHT / 2:.0f}) rotate(-90)">{_text(0, 0, up, "middle")}</g>'
    )
    axes.append(_text(WIDTH / 2, 28, title, "middle"))
    legend = []
    for at, (name, colour) in enumerate(zip(names, COLOURS, strict=False)):
        y = HEIGHT + 4 + LEGEND_LINE * at
        legend.append(f'<rect x="{MARGIN}" y="{y}" width="12" height="12" fill="{colour}"/>')
        legend.append(_text(MARGIN + 20, y + 11, name, "start"))
    height = HEIGHT + 12 + LEGEND_LINE * len(names)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="sans-serif" font-size="13"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
        + "\n".join([*axes, *parts, *legend])
        + "</svg>\n"
    )


def _at(point: Point) -> Point:
    x, y = point
    return MARGIN + x * (WIDTH - 2 * MARGIN), HEIGHT - MARGIN - y * (HEIGHT - 2 * MARGIN)


def _polyline(points: Sequence[Point], colour: str, dashes: str = "") -> str:
    placed = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(_at, points))
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<polyline points="{placed}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'
