"""The plots and the pair table of a leaderboard's page."""

from __future__ import annotations

from bench.reports.board import Board
from bench.reports.page import attribute, text
from bench.reports.svg import Series, chart
from bench.reports.view import p_text, signed

_ALPHA = 0.05
_MOST = 60  # rows of the pair table: beyond that nobody reads it, and the JSON form has all pairs


def pair_table(board: Board) -> list[str]:
    """Row minus column in points, coloured where the difference is sure among all pairs."""
    names = [r.name for r in board.rows if r.rank is not None][:_MOST]
    if len(names) < 2:
        return []
    found = {(p.a, p.b): (p.value, p.p_adjusted) for p in board.pairs}
    found |= {(p.b, p.a): (-p.value, p.p_adjusted) for p in board.pairs}
    head = "".join(f'<th scope="col" class="n">{text(name, 20)}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{text(a)}</th>{"".join(_pair(found.get((b, a))) for b in names)}</tr>'
        for a in names
    )
    return [
        "<h2>Pairs</h2>",
        '<div class="scroll" tabindex="0" role="region" aria-label="Pairs"><table class="pairs">'
        "<caption><span>Row minus column, in points. A coloured cell with a star is a sure difference (p ≤ .05, adjusted for "
        "looking at all pairs; signs of whole articles flipped).</span></caption>",
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>",
    ]


def _pair(found: tuple[float, float | None] | None) -> str:
    if found is None:
        return '<td class="n soft">·</td>'
    value, p = found
    sure = p is not None and p <= _ALPHA
    kind = ("up" if value > 0 else "down") if sure else ""
    return f'<td class="n {kind}" title={attribute(f"p = {p_text(p)}")}>{signed(value)}{"*" if sure else ""}</td>'


def cost_plot(board: Board) -> list[str]:
    """Headline over cost, where costs are known."""
    series = [
        Series(
            name=r.name,
            points=((r.usage.cost, 100 * r.headline.value),),
            low=None if r.headline.low is None else 100 * r.headline.low,
            high=None if r.headline.high is None else 100 * r.headline.high,
        )
        for r in board.rows
        if r.usage is not None and r.usage.cost and r.headline.value is not None
    ]
    if not series:
        return []
    said = "; ".join(f"{s.name}: {s.points[0][1]:.1f} for US$ {s.points[0][0]:.4g}" for s in series)
    drawn = chart(
        series, "US dollars for the whole run", "headline", f"Headline over cost. {said}", log_x=True
    )
    return ["<h2>Cost and quality</h2>", f"<div class=scroll>{drawn}</div>"]


def risk_plot(board: Board) -> list[str]:
    """Risk over coverage, where answers state a confidence."""
    series = [
        Series(name=r.name, points=tuple((100 * p.coverage, 100 * p.risk) for p in r.risk))
        for r in board.rows
        if r.risk
    ]
    if not series:
        return []
    said = "; ".join(f"{s.name}: {s.points[-1][1]:.1f} % wrong when all is answered" for s in series)
    drawn = chart(
        series, "answers given, % (surest first)", "wrong among them, %", f"Risk over coverage. {said}"
    )
    return ["<h2>Risk and coverage</h2>", f"<div class=scroll>{drawn}</div>"]
