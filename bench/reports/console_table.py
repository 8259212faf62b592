"""Several runs side by side in the terminal, in as many columns as fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from bench.records import Estimate
from bench.reports.console import grid
from bench.reports.inert import plain
from bench.reports.view import counted, interval, number, percent
from bench.usage import dollars

_SHORT = {"correct_and_clean": "clean", "abstention_f1": "abst. F1"}  # headings narrower than the name
_FIRST = ("correct", "em", "f1")  # the last to go where the terminal is narrow
_GAP = 3  # cells between columns

Row = Mapping[str, Any]


def show_table(console: Console, rows: Sequence[Row]) -> None:
    """Runs side by side, best headline first within a data set; failed jobs after them, one line each.

    What is the same in all rows (data set, items, articles) stands above the table instead of in it.
    """
    good = sorted((r for r in rows if "error" not in r), key=_order)
    if good:
        _show_good(console, good)
    for row in rows:
        if "error" in row:
            text = f"failed: {plain(str(row['model']))}: {plain(str(row['error']), 300)}"
            console.print(Text(text, style="red"))


def _show_good(console: Console, rows: Sequence[Row]) -> None:
    varying = [name for name, read in _ABOUT.items() if len({read(r) for r in rows}) > 1]
    same = [_said(n, rows[0]) for n in _ABOUT if n not in varying]
    left = [("model", [_told_apart(r, rows) for r in rows])]
    left += [(n, [_ABOUT[n](r) for r in rows]) for n in varying if n == "data set"]
    right = [
        ("headline", [percent(r["headline"]) for r in rows]),
        ("95 % interval", [_interval(r) for r in rows]),
    ]
    tail = [(n, [_ABOUT[n](r) for r in rows]) for n in varying if n != "data set"]
    tail.append(("failed", [str(r["failed"]) for r in rows]))
    costs = [(r.get("usage") or {}).get("cost") for r in rows]
    if any(c is not None for c in costs):
        tail.append(("cost", ["–" if c is None else dollars(c) for c in costs]))
    room = console.width - sum(_width(c) for c in (*left, *right, *tail))
    right += _metric_columns(rows, room) + tail
    table = grid(*((name, "left") for name, _ in left), *((name, "right") for name, _ in right))
    for cells in zip(*(values for _, values in (*left, *right)), strict=True):
        table.add_row(*cells)
    table.columns[len(left)].style = "bold"
    if same:
        console.print(Text(", ".join(same), style="bold"))
    console.print(table)
    console.print(_footnote(rows), style="dim")


def _metric_columns(rows: Sequence[Row], room: int) -> list[tuple[str, list[str]]]:
    """Heading and cells of the metrics that fit into `room` cells; metrics.json has all of them."""
    names = list(dict.fromkeys(n for r in rows for n in r["metrics"]))
    units = {n: u for r in rows for n, u in r["units"].items()}
    chosen = []
    for name in sorted(names, key=lambda n: (_FIRST.index(n) if n in _FIRST else len(_FIRST), n)):
        column = (_SHORT.get(name, name), [number(r["metrics"].get(name), units[name]) for r in rows])
        if (room := room - _width(column)) < 0:
            break
        chosen.append(column)
    return chosen


def _width(column: tuple[str, list[str]]) -> int:
    heading, cells = column
    return max(map(len, (heading, *cells))) + _GAP


def _dataset(row: Row) -> str:
    return plain(row["dataset"]) + (" (partial)" if row["partial"] else "")


def _interval(row: Row) -> str:
    return interval(
        Estimate(value=None, low=row["low"], high=row["high"], n_items=0, n_articles=0, method="")
    )


_ABOUT: dict[str, Callable[[Row], str]] = {
    "data set": _dataset,
    "items": lambda row: str(row["items"]),
    "articles": lambda row: str(row["articles"]),
}


def _said(name: str, row: Row) -> str:
    return _dataset(row) if name == "data set" else counted(int(row[name]), name.removesuffix("s"))


def _told_apart(row: Row, rows: Sequence[Row]) -> str:
    """The model's name, with the parameters in which it differs from its namesakes in the table."""
    namesakes = [r for r in rows if r["model"] == row["model"]]
    names = dict.fromkeys(k for r in namesakes for k in r["parameters"])
    varying = [k for k in names if len({r["parameters"].get(k) for r in namesakes}) > 1]
    return " ".join([row["model"], *(f"{k}={plain(row['parameters'].get(k, '–'), 24)}" for k in varying)])


def _footnote(rows: Sequence[Row]) -> str:
    labels = "; ".join(dict.fromkeys(r["label"] for r in rows))
    text = (
        f"headline = {labels}; intervals by article"
        if any(r["headline"] is not None for r in rows)
        else labels
    )
    if any(r["articles"] == 1 for r in rows):
        text += "; one article supports no claim beyond this article"
    return text


def _order(row: Row) -> tuple[Any, ...]:
    value = row.get("headline")
    return (row["dataset"], -(value if value is not None else -1.0), row["model"], row["run"])
