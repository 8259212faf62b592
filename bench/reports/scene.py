"""A drawing as a list of marks, in points from the top left corner; written as SVG here and as PDF in scene_pdf."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from bench.reports.inert import plain

# Okabe and Ito's colours (2008), which the colour-blind tell apart; their yellow is too pale for paper.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#7f7f7f")
INK, SOFT, RULE = "#1a1a1a", "#5a5a5a", "#d9d9d9"
# One typeface: Vera's descendants have its widths, and the PDF embeds Vera itself.
_FONT = "'DejaVu Sans', 'Bitstream Vera Sans', Verdana, sans-serif"
_NOT_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str = INK
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A filled polygon."""

    points: tuple[tuple[float, float], ...]
    colour: str = INK


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """A filled circle."""

    x: float
    y: float
    radius: float
    colour: str = INK


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of text; `x` is its start, middle or end, `y` the line it stands on."""

    x: float
    y: float
    text: str
    size: float = 8.0
    anchor: str = "start"
    bold: bool = False
    upwards: bool = False  # turned by a quarter, read from below
    colour: str = INK


Mark = Stroke | Fill | Disc | Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is drawn, and what is said to those who do not see it."""

    width: float
    height: float
    title: str
    described: str
    marks: tuple[Mark, ...]


def marker(n: int, x: float, y: float, colour: str) -> Mark:
    """The n-th run's sign: disc, square, triangle, diamond, and again."""
    r = 3.0
    if n % 4 == 0:
        return Disc(x=x, y=y, radius=r, colour=colour)
    shapes = (
        ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)),
        ((x - 3.5, y + r), (x + 3.5, y + r), (x, y - 3.5)),
        ((x - 4, y), (x, y - 4), (x + 4, y), (x, y + 4)),
    )
    return Fill(points=shapes[n % 4 - 1], colour=colour)


def to_svg(scene: Scene) -> str:
    """A self-contained SVG file: its own colours, no style sheet, script, link or font file; stable to the byte."""
    size = f'width="{_n(scene.width)}pt" height="{_n(scene.height)}pt" viewBox="0 0 {_n(scene.width)} {_n(scene.height)}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{_FONT}">',
        f"<title>{_text(scene.title)}</title>",
        f"<desc>{_text(scene.described)}</desc>",
        f'<rect width="{_n(scene.width)}" height="{_n(scene.height)}" fill="#ffffff"/>',
        *map(_mark, scene.marks),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _mark(mark: Mark) -> str:
    match mark:
        case Stroke():
            dash = f' stroke-dasharray="{" ".join(map(_n, mark.dash))}"' if mark.dash else ""
            style = f'fill="none" stroke="{mark.colour}" stroke-width="{_n(mark.width)}"{dash}'
            return f'<polyline points="{_points(mark.points)}" {style}/>'
        case Fill():
            return f'<polygon points="{_points(mark.points)}" fill="{mark.colour}"/>'
        case Disc():
            return f'<circle cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(mark.radius)}" fill="{mark.colour}"/>'
        case Words():
            x, y = _n(mark.x), _n(mark.y)
            extra = ' font-weight="bold"' if mark.bold else ""
            extra += f' transform="rotate(-90 {x} {y})"' if mark.upwards else ""
            style = f'font-size="{_n(mark.size)}" text-anchor="{mark.anchor}" fill="{mark.colour}"{extra}'
            return f'<text x="{x}" y="{y}" {style}>{_text(mark.text)}</text>'


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{round(value, 2):g}"


def _text(text: str) -> str:
    return html.escape(_NOT_XML.sub("\ufffd", plain(text, 1000)))
