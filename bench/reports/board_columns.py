"""The columns of a leaderboard by name, for every form in which it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.errors import UsageError, nearest
from bench.records import Estimate
from bench.reports.board import Board, BoardRow, rank_text
from bench.reports.view import interval, number

Value = float | int | str | None

IN_TEXT = (
    "rank", "model", "headline", "interval", "em", "f1", "answerable", "unanswerable", "abstention_f1",
    "cost", "latency_p50", "latency_p95",
)  # fmt: skip
IN_PAPER = ("model", "headline_interval", "rank", "em", "f1")
IN_DATA = (
    "rank_low", "rank_high", "model", "reference", "headline", "low", "high", "correct", "correct_and_clean",
    "em", "f1", "answerable", "unanswerable", "abstention_f1", "tokens_in", "tokens_out", "cost",
    "latency_p50", "latency_p95", "failed", "pinned", "source", "licence", "link", "run",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which columns, and with how many digits; None for what suits the form."""

    columns: tuple[str, ...] | None = None
    digits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, its heading, and how a cell is read."""

    key: str
    heading: str
    numeric: bool
    value: Callable[[BoardRow], Value]  # shares as 0–100
    text: Callable[[BoardRow, int], str]  # with so many digits; an en dash where there is nothing


def pick(board: Board, layout: Layout, usual: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a layout; of the usual ones, those that hold something for some row.

    UsageError for a name that this board does not know, with the nearest.
    """
    known = known_columns(board)
    if layout.columns is None:
        return tuple(
            known[k]
            for k in usual
            if k in known and any(known[k].value(r) not in (None, "") for r in board.rows)
        )
    for key in layout.columns:
        if key not in known:
            raise UsageError(f"columns: no column is called {key!r}{nearest(key, known)}")
    return tuple(known[k] for k in layout.columns)


def known_columns(board: Board) -> dict[str, Column]:
    """Every column this board can show: fixed ones, its metrics, and its slices (`answer_type:number`)."""
    columns = [*_FIXED, *(_metric(name, unit) for name, unit in board.units.items() if _shown(board, name))]
    for axis in dict.fromkeys(axis for row in board.rows for axis in row.slices):
        labels = sorted({label for row in board.rows for label in row.slices.get(axis, ())})
        columns += [_slice(axis, label) for label in labels]
    return {c.key: c for c in columns}


def _shown(board: Board, metric: str) -> bool:
    return any(metric in row.metrics for row in board.rows)


def _plain(key: str, heading: str, read: Callable[[BoardRow], str | None]) -> Column:
    return Column(key=key, heading=heading, numeric=False, value=read, text=lambda row, _: read(row) or "–")


def _count(key: str, heading: str, read: Callable[[BoardRow], int | None]) -> Column:
    def text(row: BoardRow, _: int) -> str:
        found = read(row)
        return "–" if found is None else f"{found:,}"

    return Column(key=key, heading=heading, numeric=True, value=read, text=text)


def _decimal(key: str, heading: str, read: Callable[[BoardRow], float | None], more: int = 0) -> Column:
    def text(row: BoardRow, digits: int) -> str:
        found = read(row)
        return "–" if found is None else f"{found:.{digits + more}f}"

    return Column(key=key, heading=heading, numeric=True, value=read, text=text)


def _estimate(key: str, heading: str, unit: str, read: Callable[[BoardRow], Estimate | None]) -> Column:
    def value(row: BoardRow) -> float | None:
        found = read(row)
        if found is None or found.value is None:
            return None
        return 100 * found.value if unit == "share" else found.value

    def text(row: BoardRow, digits: int) -> str:
        found = read(row)
        return "–" if found is None else number(found.value, unit, digits)

    return Column(key=key, heading=heading, numeric=True, value=value, text=text)


_HEADINGS = {"em": "EM", "f1": "F1", "abstention_f1": "abst. F1", "correct_and_clean": "clean"}


def _metric(name: str, unit: str) -> Column:
    return _estimate(
        name, _HEADINGS.get(name, name.replace("_", " ")), unit, lambda row: row.metrics.get(name)
    )


def _slice(axis: str, label: str) -> Column:
    key = label if axis == "answerable" else f"{axis}:{label}"
    return _estimate(key, label.replace("_", " "), "share", lambda row: row.slices.get(axis, {}).get(label))


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _with_interval(row: BoardRow, digits: int) -> str:
    return f"{number(row.headline.value, 'share', digits)} ({interval(row.headline, digits=digits)})"


_FIXED = (
    Column(key="rank", heading="rank", numeric=True, value=rank_text, text=lambda row, _: rank_text(row)),
    _count("rank_low", "rank from", lambda row: row.rank.low if row.rank else None),
    _count("rank_high", "rank to", lambda row: row.rank.high if row.rank else None),
    _plain("model", "model", lambda row: row.name),
    _plain("reference", "reference", lambda row: "yes" if row.reference else "no"),
    _estimate("headline", "headline", "share", lambda row: row.headline),
    Column(
        key="interval", heading="95 % interval", numeric=True,
        value=lambda row: interval(row.headline), text=lambda row, digits: interval(row.headline, digits=digits),
    ),
    Column(
        key="headline_interval", heading="headline (95 % interval)", numeric=True,
        value=lambda row: _with_interval(row, 1), text=_with_interval,
    ),
    _decimal("low", "low", lambda row: _percent(row.headline.low)),
    _decimal("high", "high", lambda row: _percent(row.headline.high)),
    _count("tokens_in", "tokens in", lambda row: row.usage.tokens_in if row.usage else None),
    _count("tokens_out", "tokens out", lambda row: row.usage.tokens_out if row.usage else None),
    _decimal("cost", "US$", lambda row: row.usage.cost if row.usage else None, more=3),
    _decimal("latency_p50", "p50 s", lambda row: row.latency.p50 if row.latency else None, more=2),
    _decimal("latency_p95", "p95 s", lambda row: row.latency.p95 if row.latency else None, more=2),
    _count("failed", "failed", lambda row: row.failed),
    _plain("pinned", "pinned", lambda row: "yes" if row.pinned else "no"),
    _plain("source", "source", lambda row: "self-reported" if row.self_reported else "re-run"),
    _plain("licence", "licence", lambda row: row.licence),
    _plain("link", "link", lambda row: row.link),
    _plain("run", "run", lambda row: row.run),
)  # fmt: skip


def marks(row: BoardRow) -> str:
    """Signs beside a name: † self-reported, ‡ not pinned."""
    return ("†" if row.self_reported else "") + ("" if row.pinned else "‡")


MARKS: Mapping[str, str] = {
    "†": "self-reported: the answers were handed in, not made again here",
    "‡": "not pinned: the same name may answer differently tomorrow",
}


def marked(board: Board) -> list[tuple[str, str]]:
    """The signs that this board uses, with what they mean."""
    used = "".join(marks(row) for row in board.rows)
    return [(sign, meaning) for sign, meaning in MARKS.items() if sign in used]
