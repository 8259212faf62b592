"""What a leaderboard report is given: records only, made by `bench.comparing.board`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.records import Estimate
from bench.reports.comparison import PairRow
from bench.stats.confidence import Point
from bench.stats.ranks import RankSet
from bench.usage import Latency, Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One model on a board."""

    name: str  # as shown, unique on the board
    model: str  # as the run calls it
    run: str  # the run's id
    reference: bool  # a yardstick such as `abstain_all`: shown, outside the ranks
    rank: RankSet | None  # None for a yardstick
    headline: Estimate
    metrics: Mapping[str, Estimate]
    slices: Mapping[str, Mapping[str, Estimate]]  # axis → label → estimate of `correct`
    risk: tuple[Point, ...]  # empty where no confidence is stated
    usage: Usage | None
    latency: Latency | None  # None where no clock came with the answers
    failed: int  # failed answers that were admitted; a board admits none unless told
    pinned: bool  # False: the same name may answer differently tomorrow
    self_reported: bool  # True: somebody else's answers, not made again by whoever keeps the board
    link: str | None
    licence: str | None
    command: str  # makes the answers again
    facts: Mapping[str, str]  # what made the answers: parameters, prompt, extractor


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A run that is not on the board, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Comparable runs, best first."""

    dataset: str  # name and version
    signature: str  # how all of them were scored
    headline_name: str
    units: Mapping[str, str]  # of each metric
    n_items: int  # in the headline
    n_articles: int
    mde: float | None  # minimum detectable difference of a single pair, the median over pairs
    rows: tuple[BoardRow, ...]
    pairs: tuple[PairRow, ...]  # of the ranked rows, by name; surest first
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]


def rank_text(row: BoardRow) -> str:
    """`1`, `1–3`, or an en dash for a yardstick."""
    if row.rank is None:
        return "–"
    return f"{row.rank.low}–{row.rank.high}" if row.rank.tied else str(row.rank.low)


def tie_groups(rows: Sequence[BoardRow]) -> tuple[tuple[str, ...], ...]:
    """Names of rows that cannot be told apart, in board order: neighbours whose rank sets overlap.

    A row may stand in two groups: A = B and B = C do not make A = C.
    """
    ranked = [row for row in rows if row.rank is not None]
    groups: list[tuple[str, ...]] = []
    for row in ranked:
        assert row.rank is not None
        group = tuple(
            r.name for r in ranked if r.rank is not None and r.rank.low <= row.rank.low <= r.rank.high
        )
        if len(group) > 1 and not any(set(group) <= set(other) for other in groups):
            groups.append(group)
    return tuple(groups)


def leader(rows: Sequence[BoardRow]) -> BoardRow | None:
    """The only row that can be first; None where several can."""
    first = [row for row in rows if row.rank is not None and row.rank.low == 1]
    return first[0] if len(first) == 1 else None


def above(row: BoardRow, rows: Sequence[BoardRow]) -> BoardRow | None:
    """The best yardstick that is not below `row`; None where it beats them all."""
    mine = row.headline.value or 0.0
    return next((r for r in rows if r.reference and (r.headline.value or 0.0) >= mine), None)


def winner(rows: Sequence[BoardRow]) -> str | None:
    """The name to set in bold: of the only row that can be first, where it beats every yardstick."""
    first = leader(rows)
    return first.name if first is not None and above(first, rows) is None else None
