"""Figures for papers: slices with intervals, risk over coverage, diagnoses; for one run or several side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bench.diagnosis.labels import DIAGNOSES
from bench.records import Estimate
from bench.reports.inert import plain
from bench.reports.scene import COLOURS, RULE, SOFT, Mark, Scene, Stroke, Words, marker
from bench.reports.view import RunView, counted, interval, percent

MOST = len(COLOURS)  # runs that one figure can tell apart
_WIDTH, _LEFT, _RIGHT, _HEADING = 460.0, 140.0, 416.0, 20.0
_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 3), (1.5, 2), (7, 2, 1.5, 2))
_AXES = {
    "answerable": "class", "answer_type": "answer type", "unanswerable_reason": "why there is no answer",
}  # fmt: skip

FIGURES = ("slices", "risk", "diagnoses")
Runs = Mapping[str, RunView]  # by the name that the legend shows, in its order


def draw(figure: str, runs: Runs, axes: Sequence[str]) -> Scene | None:
    """One of FIGURES, for at most MOST runs on the same items; None when there is nothing to draw."""
    if figure == "slices":
        return slices(runs, axes)
    return risk(runs) if figure == "risk" else diagnoses(runs)


def slices(runs: Runs, axes: Sequence[str]) -> Scene | None:
    """The headline and `correct` on every slice of `axes`, a dot with its 95 % interval per run; None without either."""
    rows: list[tuple[str, list[Estimate | None]]] = []  # no estimates: a heading
    if any(v.summary.headline for v in runs.values()):
        rows.append(("headline", [v.summary.headline for v in runs.values()]))
    for axis in axes:
        found = [v.summary.slices.get(axis, {}) for v in runs.values()]
        if labels := sorted({label for one in found for label in one}):
            rows.append((_AXES.get(axis, axis.replace("_", " ")), []))
            rows += [(label, [one.get(label) for one in found]) for label in labels]
    if not rows:
        return None
    step = 13.0 if len(runs) == 1 else 8 + 7.5 * len(runs)
    marks = _legend(runs, runs)
    top = 8 + _legend_height(runs, runs)
    bottom = top + 14 + sum(step if e else _HEADING for _, e in rows)
    marks += _scale(top + 12, bottom, [n / 5 for n in range(6)], "correct, % (line: 95 % interval)")
    marks.append(Words(x=_WIDTH - 4, y=top + 6, text="items", anchor="end", size=7, colour=SOFT))
    y = top + 14
    for label, estimates in rows:
        height = step if estimates else _HEADING
        low = y + height / 2 + 3 if estimates else y + height - 5
        marks.append(Words(x=8 if estimates else 2, y=low, text=plain(label, 24), bold=not estimates))
        for n, e in enumerate(estimates):
            marks += _whisker(n, e, y + height / 2 + 7.5 * (n - (len(estimates) - 1) / 2))
        if items := max(
            (e.n_items for e in estimates if e is not None), default=0
        ):  # comparable runs: the same
            marks.append(Words(x=_WIDTH - 4, y=low, text=f"{items:,}", anchor="end"))
        y += height
    said = "; ".join(
        f"{label}: "
        + ", ".join(
            f"{name} {percent(e.value)} ({interval(e)})" for name, e in zip(runs, es, strict=True) if e
        )
        for label, es in rows
        if es
    )
    return _scene("Slices with 95 % intervals", runs, said, bottom + 34, marks)


def risk(runs: Runs) -> Scene | None:
    """The error rate over the share of answers given, surest first; None when no run states a confidence."""
    curves = {
        name: [(p.coverage, p.risk) for p in v.summary.confidence.curve]
        for name, v in runs.items()
        if v.summary.confidence is not None and v.summary.confidence.curve
    }
    if not curves:
        return None
    most = max(y for points in curves.values() for _, y in points)
    high = next(h for h in (0.05, 0.1, 0.2, 0.25, 0.5, 1.0) if most <= h + 1e-9)
    top, left = 10 + _legend_height(runs, curves), 48.0
    bottom = top + 190
    marks = _legend(runs, curves, dashed=True)
    for n in range(6):
        y = bottom - n / 5 * (bottom - top)
        marks.append(Stroke(points=((left, y), (_RIGHT, y)), colour=RULE, width=0.6))
        marks.append(Words(x=left - 6, y=y + 3, text=f"{100 * high * n / 5:g}", anchor="end"))
        marks.append(
            Words(x=left + n / 5 * (_RIGHT - left), y=bottom + 13, text=f"{20 * n}", anchor="middle")
        )
    middle = (left + _RIGHT) / 2
    marks.append(Words(x=middle, y=bottom + 28, text="answers given, % (surest first)", anchor="middle"))
    marks.append(Words(x=14, y=(top + bottom) / 2, text="wrong among them, %", anchor="middle", upwards=True))
    for n, name in enumerate(runs):
        points = tuple(
            (left + x * (_RIGHT - left), bottom - y / high * (bottom - top)) for x, y in curves.get(name, ())
        )
        if points:
            marks.append(Stroke(points=points, colour=COLOURS[n], width=1.4, dash=_DASHES[n % len(_DASHES)]))
            marks.append(marker(n, *points[-1], COLOURS[n]))
    said = "; ".join(
        f"{name}: {percent(points[-1][1])} % wrong when all is answered" for name, points in curves.items()
    )
    return _scene("Risk over coverage", {name: runs[name] for name in curves}, said, bottom + 36, marks)


def diagnoses(runs: Runs) -> Scene | None:
    """Why answers missed, in % of a run's answers, with their number at the end of each bar; None without a miss."""
    found = [v.summary.diagnoses for v in runs.values()]
    labels = [label for label in DIAGNOSES if any(label in one for one in found)]
    if not labels:
        return None
    shares = [
        {k: n / v.summary.counts["predictions"] for k, n in v.summary.diagnoses.items()}
        for v in runs.values()
    ]
    most = max(s for one in shares for s in one.values())
    high = next(h for h in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0) if most <= h + 1e-9)
    step = 15.0 if len(runs) == 1 else 9 + 8.0 * len(runs)
    top = 8 + _legend_height(runs, runs)
    bottom = top + step * len(labels)
    marks = _legend(runs, runs)
    marks += _scale(top, bottom, [high * n / 5 for n in range(6)], "% of the run's answers (number: answers)")
    for row, label in enumerate(labels):
        y = top + (row + 0.5) * step
        marks.append(Words(x=8, y=y + 3, text=label))
        for n, one in enumerate(shares):
            at = y + 8.0 * (n - (len(shares) - 1) / 2)
            x = _LEFT + one.get(label, 0.0) / high * (_RIGHT - _LEFT)
            marks.append(Stroke(points=((_LEFT, at), (x, at)), colour=COLOURS[n], width=4.0))
            if len(runs) > 1:
                marks.append(marker(n, x, at, COLOURS[n]))
            marks.append(Words(x=x + 7, y=at + 2.5, text=f"{found[n].get(label, 0):,}", size=7, colour=SOFT))
    said = "; ".join(
        f"{label}: "
        + ", ".join(f"{name} {one.get(label, 0):,}" for name, one in zip(runs, found, strict=True))
        for label in labels
    )
    return _scene("Why answers missed", runs, said, bottom + 34, marks)


def _scene(title: str, runs: Runs, said: str, height: float, marks: list[Mark]) -> Scene:
    data = next(iter(runs.values())).dataset
    whole = f"{title}: {', '.join(plain(n, 60) for n in runs)} on {data.name} {data.version}"
    described = f"{counted(len(data.items), 'item')} on {counted(len(data.articles), 'article')}. {said}"
    return Scene(width=_WIDTH, height=height, title=whole, described=described, marks=tuple(marks))


def _legend_height(runs: Runs, shown: Iterable[str]) -> float:
    return 13.0 * len(list(shown)) + 4 if len(runs) > 1 else 0.0


def _legend(runs: Runs, shown: Iterable[str], *, dashed: bool = False) -> list[Mark]:
    """A line with its sign per run that is drawn, where there are several; signs and colours go by place in `runs`."""
    names = [name for name in runs if name in set(shown)]
    marks: list[Mark] = []
    for row, name in enumerate(names if len(runs) > 1 else ()):
        n, y = list(runs).index(name), 9 + 13.0 * row
        dash = _DASHES[n % len(_DASHES)] if dashed else ()
        marks.append(Stroke(points=((8, y), (32, y)), colour=COLOURS[n], width=1.4, dash=dash))
        marks += [marker(n, 20, y, COLOURS[n]), Words(x=40, y=y + 3, text=plain(name, 60))]
    return marks


def _scale(top: float, bottom: float, ticks: Sequence[float], name: str) -> list[Mark]:
    """Upright rules with their values in percent below, and what they measure."""
    marks: list[Mark] = []
    for tick in ticks:
        x = _LEFT + tick / ticks[-1] * (_RIGHT - _LEFT)
        marks.append(Stroke(points=((x, top), (x, bottom)), colour=RULE, width=0.6))
        marks.append(Words(x=x, y=bottom + 12, text=f"{100 * tick:g}", anchor="middle"))
    marks.append(Words(x=(_LEFT + _RIGHT) / 2, y=bottom + 26, text=name, anchor="middle"))
    return marks


def _whisker(n: int, estimate: Estimate | None, y: float) -> list[Mark]:
    if estimate is None or estimate.value is None:
        return []
    marks: list[Mark] = []
    if estimate.low is not None and estimate.high is not None:
        ends = ((_across(estimate.low), y), (_across(estimate.high), y))
        marks.append(Stroke(points=ends, colour=COLOURS[n], width=1.2))
    return [*marks, marker(n, _across(estimate.value), y, COLOURS[n])]


def _across(share: float) -> float:
    return _LEFT + min(max(share, 0.0), 1.0) * (_RIGHT - _LEFT)
