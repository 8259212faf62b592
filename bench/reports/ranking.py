"""Several runs as blocks: ranks with ties, and the pairs."""

from __future__ import annotations

from bench.reports.blocks import Block, Bullets, Heading, Para, Table
from bench.reports.comparison import Ranking
from bench.reports.view import counted, interval, p_text, percent


def ranking_blocks(found: Ranking, shown_pairs: int) -> list[Block]:
    """The whole report, with at most so many pairs."""
    what = f" where {found.where}" if found.where else ""
    rows = tuple(
        (s.side.title, _ranks(s.rank.low, s.rank.high), percent(s.estimate.value), interval(s.estimate))
        for s in found.standings
    )
    pairs = tuple(
        (
            f"{p.b} − {p.a}" if p.value >= 0 else f"{p.a} − {p.b}",
            f"{100 * abs(p.value):.1f}",
            p_text(p.p_adjusted),
        )
        for p in found.pairs[:shown_pairs]
    )
    blocks: list[Block] = [
        Heading(level=1, text=f"{len(rows)} runs on {found.standings[0].side.dataset}{what}"),
        Bullets(entries=tuple(("", note) for note in found.notes)),
        Table(header=("run", "rank", found.headline_name, "95 % interval"), rows=rows),
        Para(text=f"{counted(found.n_items, 'item')} on {counted(found.n_articles, 'article')}. Ranks hold together with 95 % confidence "
                  f"(simultaneous, by article); runs that share a rank are not told apart.{_detectable(found)}",
             tone="dim"),
        Heading(level=2, text=f"Pairs ({len(found.pairs)})"),
        Table(header=("higher − lower", "points", "p adj."), rows=pairs),
        Para(text="p by sign flips of whole articles, adjusted for looking at all pairs (step-down max-t).", tone="dim"),
    ]  # fmt: skip
    if len(pairs) < len(found.pairs):
        blocks.append(
            Para(text=f"The {counted(len(pairs), 'surest pair')}; the JSON form holds all.", tone="dim")
        )
    return blocks


def _ranks(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def _detectable(found: Ranking) -> str:
    if found.mde is None:
        return ""
    if found.mde >= 1.0:
        return " On so few items no difference whatever could be found."
    return f" The median pair would show a difference of {percent(found.mde)} points with 80 % probability."
