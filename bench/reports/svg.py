"""Small drawings for pages: an interval, a scatter, curves. Colours come from the page's style."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

from bench.records import Estimate
from bench.reports.inert import plain

_WIDTH, _HEIGHT = 680, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 170, 16, 44
DASHES = ("", "7 4", "2 3", "9 3 2 3", "1 4", "12 4")  # curves differ by dash as well as by label


def interval_bar(
    estimate: Estimate, low: float, high: float, mark: float | None = None, width: int = 180
) -> str:
    """A dot with its interval on a scale from `low` to `high` (0–1), and a thin line at `mark`.

    An estimate without a value gives the bare scale. Decorative: the numbers stand beside it.
    """
    scale = (width - 12) / ((high - low) or 1.0)

    def x(value: float) -> float:
        return round(6 + (min(max(value, low), high) - low) * scale, 1)

    parts = [f'<line x1="6" x2="{width - 6}" y1="10" y2="10" class="scale"/>']
    if mark is not None:
        parts.append(f'<line x1="{x(mark)}" x2="{x(mark)}" y1="0" y2="20" class="mark"/>')
    if estimate.low is not None and estimate.high is not None:
        parts.append(
            f'<line x1="{x(estimate.low)}" x2="{x(estimate.high)}" y1="10" y2="10" class="whisker"/>'
        )
    if estimate.value is not None:
        parts.append(f'<circle cx="{x(estimate.value)}" cy="10" r="4.5" class="dot"/>')
    return (
        f'<svg width="{width}" height="20" viewBox="0 0 {width} 20" aria-hidden="true">{"".join(parts)}</svg>'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Points (x, y) under one name: several make a curve, one a dot."""

    name: str
    points: tuple[tuple[float, float], ...]
    low: float | None = None  # of a dot's interval
    high: float | None = None


def chart(series: Sequence[Series], x_name: str, y_name: str, describe: str, *, log_x: bool = False) -> str:
    """Curves or dots on labelled axes, each named where it ends. `describe` is read to those who do not see it."""
    xs = [x for s in series for x, _ in s.points if not log_x or x > 0]
    ys = [y for s in series for _, y in s.points] + [
        v for s in series for v in (s.low, s.high) if v is not None
    ]
    if not xs or not ys:
        return ""
    across = _Axis(min(xs), max(xs), _LEFT, _WIDTH - _RIGHT, log_x)
    up = _Axis(min(0.0, *ys), max(ys), _HEIGHT - _BOTTOM, _TOP)
    parts = [*_grid(across, up), _names(x_name, y_name)]
    places = _apart([up.at(s.points[-1][1]) for s in series])
    for n, (one, place) in enumerate(zip(series, places, strict=True)):
        parts += _drawn(one, n, across, up, place)
    label = html.escape(plain(describe, 500), quote=True)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img" '
        f'aria-label="{label}">{"".join(parts)}</svg>'
    )


class _Axis:
    """Values → pixels, with round ticks."""

    def __init__(self, low: float, high: float, start: float, end: float, log: bool = False) -> None:
        self.log = log
        if log:
            low, high = math.log10(low), math.log10(high)
        if high - low < 1e-12:
            low, high = low - 0.5, high + 0.5
        self.step = 1.0 if log else _round_step((high - low) / 5)
        self.low, self.high = math.floor(low / self.step) * self.step, math.ceil(high / self.step) * self.step
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        place = math.log10(value) if self.log else value
        return round(self.start + (place - self.low) / (self.high - self.low) * (self.end - self.start), 1)

    def ticks(self) -> list[tuple[float, str]]:
        count = round((self.high - self.low) / self.step)
        places = [self.low + n * self.step for n in range(count + 1)]
        return [(self.at(10**p if self.log else p), f"{10**p if self.log else p:.10g}"[:8]) for p in places]


def _round_step(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return float(next(m * power for m in (1, 2, 5, 10) if m * power >= raw))


def _grid(across: _Axis, up: _Axis) -> list[str]:
    parts = []
    for y, name in up.ticks():
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}" class="grid"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{name}</text>')
    for x, name in across.ticks():
        parts.append(f'<text x="{x}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{name}</text>')
    return parts


def _names(x_name: str, y_name: str) -> str:
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    return (
        f'<text x="{middle}" y="{_HEIGHT - 6}" text-anchor="middle">{html.escape(x_name)}</text>'
        f'<text x="14" y="{_HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 14 {_HEIGHT / 2})">{html.escape(y_name)}</text>'
    )


def _drawn(one: Series, n: int, across: _Axis, up: _Axis, place: float) -> list[str]:
    points = [(across.at(x), up.at(y)) for x, y in one.points if not across.log or x > 0]
    if not points:
        return []
    x, y = points[-1]
    parts = []
    if len(points) > 1:
        path = " ".join(f"{a},{b}" for a, b in points)
        parts.append(
            f'<polyline points="{path}" class="curve" stroke-dasharray="{DASHES[n % len(DASHES)]}"/>'
        )
    else:
        if one.low is not None and one.high is not None:
            parts.append(
                f'<line x1="{x}" x2="{x}" y1="{up.at(one.low)}" y2="{up.at(one.high)}" class="whisker"/>'
            )
        parts.append(f'<circle cx="{x}" cy="{y}" r="4.5" class="dot"/>')
    parts.append(f'<text x="{x + 9}" y="{place + 4}" class="name">{html.escape(plain(one.name, 22))}</text>')
    return parts


def _apart(places: Sequence[float], gap: float = 14.0) -> list[float]:
    """The same places, moved down so far that labels do not cover each other."""
    out = list(places)
    last = -math.inf
    for n in sorted(range(len(out)), key=lambda i: (out[i], i)):
        out[n] = last = max(out[n], last + gap)
    return out
