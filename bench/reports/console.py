"""Runs in the terminal: one run in full, several side by side. Everything a model said is inert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bench.canonical import to_json
from bench.diagnosis.labels import EXPLANATIONS
from bench.records import Estimate, Score
from bench.reports.inert import plain
from bench.reports.truncation import truncation_line
from bench.reports.view import (
    RunView,
    age,
    counted,
    evidence_sentences,
    expected_answer,
    given_answer,
    how_made,
    interval,
    misses,
    number,
    percent,
    text_bar,
    usage_line,
)
from bench.usage import latency_of

_SHOWN_MISSES = 5
_SLICES = {"answerable": "class", "answer_type": "answer type", "skill": "skill"}


def grid(*columns: tuple[str, str]) -> Table:
    """An empty table in the house style; a column is (heading, "left" or "right")."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for heading, side in columns:
        right = side == "right"
        table.add_column(heading, justify="right" if right else "left", overflow="fold", no_wrap=right)
    return table


def bar(value: float | None, width: int = 20) -> Text:
    """A share as a bar of `width` cells."""
    filled = 0 if value is None else round(min(max(value, 0.0), 1.0) * width)
    return Text("█" * filled, style="cyan").append("░" * (width - filled), style="dim")


def run_row(view: RunView) -> dict[str, Any]:
    """The line of a run in a comparison: names, headline with interval, every metric, counts."""
    headline = view.summary.headline
    return {
        "dataset": f"{view.dataset.name} {view.dataset.version}",
        "model": view.manifest["model"]["name"],
        "run": view.manifest["run_id"][:12],
        "parameters": {k: str(v) for k, v in view.manifest["identity"]["model"].items()},
        "headline": headline.value if headline else None,
        "low": headline.low if headline else None,
        "high": headline.high if headline else None,
        "metrics": {name: e.value for name, e in view.summary.metrics.items()},
        "units": dict(view.signature["units"]),
        "items": view.summary.counts["headline_items"],
        "articles": view.summary.counts["articles"],
        "failed": view.summary.counts["failed"],
        "partial": view.manifest["dataset"]["partial"],
        "usage": to_json(view.usage),
        "seconds": to_json(latency_of(view.predictions, view.seconds)),
        "label": view.summary.headline_name,
    }


def show_run(console: Console, view: RunView) -> None:
    """One run: headline, metrics, slices, the first misses."""
    summary, counts = view.summary, view.summary.counts
    title = f"{view.manifest['model']['name']} on {view.dataset.name} {view.dataset.version}"
    console.print(Text(plain(title), style="bold"))
    if summary.headline is not None:
        line = Text(f"{percent(summary.headline.value)}  ", style="bold cyan")
        line.append(f"{summary.headline_name}, 95 % interval {interval(summary.headline)}", style="default")
        console.print(line)
        console.print(Text(how_made(summary.headline), style="dim"))
    asked = f"{counted(counts['headline_items'], 'item')} in the headline, {counts['items']} asked, {counted(counts['articles'], 'article')}"
    console.print(
        f"{asked}; {counts['failed']} failed, {counts['abstained']} abstained, {counts['refused']} refused"
    )
    _show_usage(console, view)
    if cut := truncation_line(view):
        console.print(Text(cut, style="yellow"))
    console.print()
    _show_metrics(console, view)
    for axis, heading in _SLICES.items():
        if labels := summary.slices.get(axis):
            _show_slice(console, heading, labels)
    _show_diagnoses(console, view)
    _show_misses(console, view)


def _show_usage(console: Console, view: RunView) -> None:
    parts = [usage_line(usage)] if (usage := view.usage) else []
    if latency := latency_of(view.predictions, view.seconds):
        parts.append(
            f"seconds per item: {latency.p50:.3g} median, {latency.p95:.3g} 95th percentile, {latency.mean:.3g} mean"
        )
    if parts:
        console.print("; ".join(parts))


def _show_metrics(console: Console, view: RunView) -> None:
    table = grid(("metric", "left"), ("value", "right"), ("95 % interval", "right"), ("items", "right"))
    for name, estimate in view.summary.metrics.items():
        unit = view.signature["units"][name]
        table.add_row(name, number(estimate.value, unit), interval(estimate, unit), str(estimate.n_items))
    console.print(table)
    console.print()


def _show_slice(console: Console, heading: str, labels: Mapping[str, Estimate]) -> None:
    table = grid(
        (heading, "left"), ("correct", "right"), ("95 % interval", "right"), ("items", "right"), ("", "left")
    )
    for label, estimate in labels.items():
        table.add_row(plain(label), percent(estimate.value), interval(estimate), str(estimate.n_items),
                      bar(estimate.value, 20 if console.width >= 90 else 6))  # fmt: skip
    console.print(table)
    console.print()


def _show_diagnoses(console: Console, view: RunView) -> None:
    """A bar per reason, against the most frequent one."""
    found = view.summary.diagnoses
    if not found:
        return
    table = grid(("why it missed", "left"), ("", "left"), ("answers", "right"), ("", "left"))
    for name, n in found.items():
        bar_of = Text(text_bar(n / max(found.values())), style="red")
        table.add_row(plain(name), Text(EXPLANATIONS.get(name, ""), style="dim"), str(n), bar_of)
    console.print(table)
    console.print()


def first_misses(n: int, shown: int) -> str:
    """The heading over the first misses of `n`."""
    return counted(n, "miss", "misses") + (f"; the first {shown}:" if n > shown else ":")


def _show_misses(console: Console, view: RunView) -> None:
    found = misses(view)
    if not found:
        return
    console.print(Text(first_misses(len(found), _SHOWN_MISSES), style="bold"))
    for miss in found[:_SHOWN_MISSES]:
        console.print(Text(f"{miss.item.id}  {plain(miss.item.question)}"))
        for sentence in miss.sentences[:2]:
            console.print(Text(f"  “{plain(sentence, 300)}”", style="dim"))
        line = Text("  expected ").append(plain(miss.expected), style="green")
        line.append("  answered ").append(plain(given_answer(miss.score), 120) or "(empty)", style="red")
        if miss.score.diagnosis:
            line.append(f"  [{miss.score.diagnosis}]", style="dim")
        console.print(line)
    console.print()


def show_changes(console: Console, view: RunView, changes: Sequence[tuple[Score, Score]]) -> None:
    """The verdicts that a rescoring changed, each with question, gold and answer."""
    items, articles = view.items, view.articles
    name = plain(view.manifest["model"]["name"])
    console.print(Text(f"{name}: {len(changes)} changed verdicts", style="bold"))
    for before, after in changes:
        item = items[after.key.item_id, after.key.variant]
        console.print(Text(f"  {item.id}  {plain(item.question)}"))
        for sentence in evidence_sentences(item, articles.get(item.article_id))[:2]:
            console.print(Text(f"    “{plain(sentence, 300)}”", style="dim"))
        shown = f"    expected {plain(expected_answer(item))}; answered {plain(given_answer(after), 120)}"
        console.print(Text(shown))
        moved = [
            f"{m} {number(before.values[m], view.signature['units'].get(m, 'share'))} → "
            f"{number(after.values[m], view.signature['units'].get(m, 'share'))}"
            for m in after.values
            if m in before.values and before.values[m] != after.values[m]
        ]
        console.print(Text("    " + ("; ".join(moved) or "read differently, same values"), style="cyan"))
    console.print()


def show_runs(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    """The runs that exist."""
    table = grid(("run", "left"), ("status", "left"), ("headline", "right"), ("95 % interval", "right"),
                 ("items", "right"), ("age", "right"), ("names", "left"))  # fmt: skip
    for row in rows:
        parts = row["path"].replace("\\", "/").split("/")[-3:]
        low, high = row.get("low"), row.get("high")
        span = Estimate(value=None, low=low, high=high, n_items=0, n_articles=0, method="")
        table.add_row(plain("/".join(parts)), plain(_state(row)), percent(row.get("headline")), interval(span),
                      str(row.get("items", "–")), age(row["age_seconds"]), plain(" ".join(row["names"])))  # fmt: skip
    console.print(table)


def _state(row: Mapping[str, Any]) -> str:
    return f"{row['status']}, partial" if row.get("partial") else str(row["status"])


def show_catalogue(console: Console, groups: Mapping[str, Mapping[str, str]]) -> None:
    """Config groups with the one-line description of each choice."""
    for group, choices in groups.items():
        console.print(Text(f"{group}=", style="bold"))
        table = grid(("", "left"), ("", "left"))
        table.show_header = False
        for name, description in choices.items():
            table.add_row(f"  {name}", description)
        console.print(table)
