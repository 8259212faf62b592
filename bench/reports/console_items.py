"""One item or article in the terminal, with what each run answered."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from bench.records import Article, Gold, Item
from bench.reports.console import grid
from bench.reports.inert import plain
from bench.reports.view import RunView, given_answer, percent


def show_article(console: Console, article: Article, items: Sequence[Item]) -> None:
    """The text with sentence numbers, then the questions on it."""
    console.print(Text(plain(article.title) or article.id, style="bold"))
    facts = (article.id, article.published, article.topic, "fictional" if article.fictional else None)
    console.print(Text(" · ".join(str(f) for f in facts if f), style="dim"))
    paragraph = 0
    for s in article.sentences:
        if s.paragraph != paragraph:
            paragraph = s.paragraph
            console.print()
        console.print(
            Text(f"{s.n:>3}  ", style="dim").append(
                plain(article.text[s.start : s.end], 2000), style="default"
            )
        )
    if not article.sentences:
        for line in article.text.splitlines():
            console.print(Text(plain(line, 5000)))
    console.print()
    table = grid(("item", "left"), ("type", "left"), ("question", "left"), ("answer", "left"))
    for item in items:
        table.add_row(
            item.id, item.answer_type, plain(item.question), "; ".join(plain(g.canonical) for g in item.gold)
        )
    console.print(table)


def show_item(console: Console, item: Item, article: Article, views: Sequence[RunView]) -> None:
    """Question, evidence, gold, lures, and every run's answer with its verdict."""
    console.print(Text(plain(item.question, 1000), style="bold"))
    facts = [
        item.id,
        item.answer_type,
        item.answer_mode if item.answer_mode != "one" else "",
        item.status,
        *item.skills,
    ]
    console.print(Text(" · ".join(f for f in facts if f), style="dim"))
    wanted = {n for group in item.evidence for n in group}
    for s in article.sentences:
        if s.n in wanted:
            console.print(
                Text(f"{s.n:>3}  ", style="dim").append(
                    plain(article.text[s.start : s.end], 2000), style="default"
                )
            )
    if not article.sentences:  # own data: the text that was asked on, whole
        for line in item.context.splitlines():
            console.print(Text(plain(line, 2000), style="dim"))
    console.print()
    for gold in item.gold:
        console.print(_gold_line(gold))
    if not item.gold:
        console.print(Text(f"unanswerable: {item.unanswerable_reason}", style="green"))
    if item.derivation:
        console.print(f"derived: {plain(item.derivation)}")
    if item.reject:
        console.print(Text("never: " + " | ".join(map(plain, item.reject)), style="red"))
    if item.note:
        console.print(Text(plain(item.note, 500), style="dim"))
    console.print()
    _show_answers(console, item, views)


def _gold_line(gold: Gold) -> Text:
    line = Text(f"{gold.key}: " if gold.key else "").append(plain(gold.canonical), style="green")
    details = [plain(a) for a in gold.aliases]
    if gold.reading:
        line.append(f"  ({plain(gold.reading)})", style="dim")
    return line.append("  also " + " | ".join(details), style="dim") if details else line


def _show_answers(console: Console, item: Item, views: Sequence[RunView]) -> None:
    if not views:
        console.print(Text("no run holds this item yet", style="dim"))
        return
    table = grid(
        ("model", "left"), ("run", "left"), ("answer", "left"), ("correct", "right"), ("diagnosis", "left")
    )
    for view in views:
        for score in view.scores:
            if score.key.item_id == item.id:
                table.add_row(
                    plain(view.shown),
                    view.manifest["run_id"][:12],
                    plain(given_answer(score)) or "(empty)",
                    percent(score.values.get("correct"), 0),
                    score.diagnosis or "",
                )
    console.print(table)
