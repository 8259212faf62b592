"""What is said of a scored predictions file: console and report.md. Everything a model said is inert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.text import Text

from bench.diagnosis.labels import EXPLANATIONS
from bench.reports.console import first_misses, grid, show_run
from bench.reports.inert import markdown as md
from bench.reports.inert import plain
from bench.reports.markdown import table
from bench.reports.squad_rows import squad_rows
from bench.reports.view import Miss, RunView, counted, given_answer, how_made, interval, number, percent

SHOWN_IDS = 20  # of missing and of extra ids
KEPT_MISSES = 500  # in the report; scores.jsonl holds all
_CONSOLE_MISSES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Some ids and how many there are."""

    count: int
    first: tuple[str, ...]

    def __str__(self) -> str:
        """`a, b, c …`."""
        return ", ".join(plain(name, 80) for name in self.first) + (
            " …" if self.count > len(self.first) else ""
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileScores:
    """A scored predictions file."""

    view: RunView  # without predictions and scores: there may be millions
    missed: int  # answers whose `correct` is below 1
    misses: tuple[Miss, ...]  # the first of them
    missing: Listed  # planned, not in the file: they count as failed
    extra: Listed  # in the file, belonging to no item
    squad: Mapping[str, float] | None  # the official script's figures, for SQuAD data


def show(console: Console, found: FileScores) -> None:
    """The usual summary of a run, the official figures, the first misses."""
    show_run(console, found.view)
    if found.squad is not None:
        _show_squad(console, found.squad)
    if not found.misses:
        return
    shown = found.misses[:_CONSOLE_MISSES]
    console.print(Text(first_misses(found.missed, len(shown)), style="bold"))
    misses = grid(("item", "left"), ("question", "left"), ("expected", "left"), ("answered", "left"))
    for miss in shown:
        answered = plain(given_answer(miss.score), 120) or "(empty)"
        misses.add_row(*(Text(text) for text in (
            plain(miss.item.id, 40), plain(miss.item.question, 120), plain(miss.expected, 120), answered)))  # fmt: skip
    console.print(misses)
    console.print()


def _show_squad(console: Console, squad: Mapping[str, float]) -> None:
    figures = grid(("SQuAD 2.0", "left"), ("exact", "right"), ("F1", "right"), ("questions", "right"))
    for row in squad_rows(squad):
        figures.add_row(*row)
    console.print(figures)
    console.print()


def render(found: FileScores) -> str:
    """report.md; the same scores give the same bytes."""
    view, summary, counts = found.view, found.view.summary, found.view.summary.counts
    units = view.signature["units"]
    lines = [
        f"# {md(view.manifest['model']['name'])} on {md(view.dataset.name)} {md(view.dataset.version)}",
        "",
    ]
    if (h := summary.headline) is not None:
        lines += [
            f"**{percent(h.value)}** {summary.headline_name}, 95 % interval {interval(h)} ({md(how_made(h))}).",
            "",
        ]
    lines += [
        f"{counted(counts['headline_items'], 'item')} in the headline, {counts['items']:,} scored, on "
        f"{counted(counts['articles'], 'article')}; {counted(counts['predictions'], 'answer')}, {counts['failed']:,} failed ({found.missing.count:,} of them missing), "
        f"{counts['abstained']:,} abstained, {counts['refused']:,} refused, {counts['truncated']:,} truncated.",
        "",
    ]
    if view.manifest["dataset"]["partial"]:
        lines += [
            "**Part of the data** (`limit` or `where`): comparable with scores of the same items only.",
            "",
        ]
    rows = [
        (name, number(e.value, units[name]), interval(e, units[name]), str(e.n_items), str(e.n_articles))
        for name, e in summary.metrics.items()
    ]
    lines += table(("metric", "value", "95 % interval", "items", "articles"), rows, numeric_from=1)
    if found.squad is not None:
        lines += [
            "",
            "## SQuAD 2.0",
            "",
            *table(("", "exact", "F1", "questions"), squad_rows(found.squad), 1),
        ]
    for axis, labels in summary.slices.items():
        parts = [
            (md(label), percent(e.value), interval(e), str(e.n_items), str(e.n_articles))
            for label, e in labels.items()
        ]
        lines += ["", f"## By {axis.replace('_', ' ')}", ""]
        lines += table(("", "correct", "95 % interval", "items", "articles"), parts, numeric_from=1)
    return (
        "\n".join([*lines, "", *_lists(found), *_diagnoses(found), *_misses(found), *_provenance(view)])
        + "\n"
    )


def _lists(found: FileScores) -> list[str]:
    lines = []
    for title, listed in (("Missing, counted as failed", found.missing), ("In the file only", found.extra)):
        if listed.count:
            names = ", ".join(md(name, 80) for name in listed.first)
            more = " …" if listed.count > len(listed.first) else ""
            lines += [f"## {title} ({listed.count:,})", "", names + more, ""]
    return lines


def _diagnoses(found: FileScores) -> list[str]:
    if not (why := found.view.summary.diagnoses):
        return []
    rows = [(md(name), md(EXPLANATIONS.get(name, "")), f"{n}") for name, n in why.items()]
    header = ("diagnosis", "what was given", "answers")
    return ["## Why it missed", "", *table(header, rows, numeric_from=2), ""]


def _misses(found: FileScores) -> list[str]:
    if not found.missed:
        return ["## Misses (0)", "", "None.", ""]
    lines = [f"## Misses ({found.missed:,})", ""]
    if found.missed > len(found.misses):
        lines += [f"The first {len(found.misses)}; scores.jsonl holds all.", ""]
    rows = [
        (md(m.item.id), md(m.item.question), md(m.expected), md(given_answer(m.score)) or "(empty)",
         md(m.score.diagnosis or ""))
        for m in found.misses
    ]  # fmt: skip
    return [*lines, *table(("item", "question", "expected", "answered", "diagnosis"), rows, 5), ""]


def _provenance(view: RunView) -> list[str]:
    made: Mapping[str, Any] = view.manifest
    return [
        "## How this was made",
        "",
        f"- scored: `{view.signature['line']}`",
        f"- predictions: sha256 `{made['predictions']['sha256']}`",
        f"- command: `{made['command'].replace('`', ' ')}`",
    ]
