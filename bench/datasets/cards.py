"""The figures on the cards of a suite, made from its items so that no figure is kept by hand.

A card marks where they stand:

    <!-- counts -->            all tables
    <!-- counts agreement -->  one table (`TABLES` names them)
    …
    <!-- /counts -->

What stands between the marks is replaced. In the YAML head of a data set card, `size_categories` is kept as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bench.datasets.validation.scorer import Score
from bench.datasets.validation.suite import in_headline
from bench.datasets.validation.suite_reviews import agrees
from bench.datasets.validation.suite_shares import LONG_ANSWER, position
from bench.errors import DataError, Problem
from bench.records import ANSWER_TYPES, Article, Dataset, Item

TABLES = ("size", "types", "skills", "reasons", "difficulty", "shares", "agreement")

_BEGIN = re.compile(r"<!-- counts(?: (?P<name>[a-z]+))? -->")
_BLOCK = re.compile(
    r"(?P<begin><!-- counts(?: (?P<name>[a-z]+))? -->)\n(?P<body>.*?)(?P<end><!-- /counts -->)", re.DOTALL
)
_HEAD = re.compile(r"\A---\n.*?^---$", re.DOTALL | re.MULTILINE)
_SIZE = re.compile(r"^size_categories:\n- .*$", re.MULTILINE)
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def tables(dataset: Dataset, score: Score) -> dict[str, str]:
    """Each table of `TABLES` as Markdown, retired items left out; `score(item, answer)` is the typed scorer.

    Shares are of headline items (active, not ambiguous). Agreement is the share of active items, by type, of
    which every kept second answer is worth 1 today.
    """
    items = [i for i in dataset.items if i.status != "retired"]
    makers: Mapping[str, Callable[[], str]] = {
        "size": lambda: _size(dataset, items),
        "types": lambda: _by_split("type", items, lambda i: (i.answer_type,), ANSWER_TYPES),
        "skills": lambda: _by_split("skill", items, lambda i: i.skills),
        "reasons": lambda: _by_split("reason", items, lambda i: (i.unanswerable_reason or "",)),
        "difficulty": lambda: _by_split("difficulty", items, lambda i: (str(i.difficulty or "not stated"),)),
        "shares": lambda: _shares(dataset.articles, [i for i in items if in_headline(i)]),
        "agreement": lambda: _agreement([i for i in items if i.status == "active"], score),
    }
    return {name: makers[name]() for name in TABLES}


def size_category(items: int) -> str:
    """The size category of the Hugging Face hub for a number of rows."""
    return next((name for limit, name in _SIZES if items < limit), "n>1M")


def fill(text: str, where: str, made: Mapping[str, str], items: int) -> str:
    """The card with its counts brought up to date; equal to `text` when they were.

    `made` comes from `tables`, `items` is the number of rows. DataError for a table that does not exist and
    for marks that do not pair.
    """
    problems = list(_marks(text, where, made))
    if problems:
        raise DataError(problems)

    def block(match: re.Match[str]) -> str:
        name = match["name"]
        body = made[name] if name else "\n".join(made.values())
        return f"{match['begin']}\n{body}{match['end']}"

    filled = _BLOCK.sub(block, text)
    head = _HEAD.match(filled)
    if head is None:
        return filled
    return _SIZE.sub(f"size_categories:\n- {size_category(items)}", head.group()) + filled[head.end() :]


def stale(text: str, filled: str, where: str) -> Problem | None:
    """The problem of a card that is not as `fill` makes it, at the first line that differs."""
    if text == filled:
        return None
    lines = zip(text.split("\n"), filled.split("\n"), strict=False)
    line = next((n for n, (old, new) in enumerate(lines, start=1) if old != new), None)
    message, fix = "the counts are not those of the items", f"run dateline cards path={Path(where).parent}"
    return Problem(where=where, line=line, message=message, fix=fix, check="cards")


def _marks(text: str, where: str, made: Mapping[str, str]) -> Iterable[Problem]:
    """What is wrong with the marks of a card."""
    whole = {match.start() for match in _BLOCK.finditer(text) if not _BEGIN.search(match["body"])}
    for match in _BEGIN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match.start() not in whole:
            fix = "put it alone on a line, and end the block with <!-- /counts -->"
            yield Problem(where=where, line=line, message="the mark has no end", fix=fix, check="cards")
        if match["name"] and match["name"] not in made:
            message = f"there is no table {match['name']!r}"
            yield Problem(
                where=where, line=line, message=message, fix=f"one of {', '.join(made)}", check="cards"
            )


def _size(dataset: Dataset, items: Sequence[Item]) -> str:
    rows: list[tuple[str | int, ...]] = []
    for split, articles in _splits(dataset.articles):
        ids = {a.id for a in articles}
        own = [i for i in items if i.article_id in ids]
        rows.append(
            (
                split,
                len(articles),
                sum(a.fictional is True for a in articles),
                sum(len(a.sentences) for a in articles),
                sum(len(a.text.split()) for a in articles),
                len(own),
                sum(in_headline(i) for i in own),
                sum(bool(i.review) for i in own),
            )
        )
    heads = (
        "split",
        "articles",
        "fictional",
        "sentences",
        "words",
        "items",
        "headline items",
        "reviewed items",
    )
    return f"Version {dataset.version}.\n\n" + _table(heads, _with_total(rows))


def _splits(articles: Sequence[Article]) -> list[tuple[str, list[Article]]]:
    names = sorted({a.split or "test" for a in articles})
    return [(name, [a for a in articles if (a.split or "test") == name]) for name in names]


def _by_split(
    title: str, items: Sequence[Item], of: Callable[[Item], Iterable[str]], order: Sequence[str] = ()
) -> str:
    """Items per label and split; an item may have several labels, a blank one is none."""
    splits = sorted({i.split for i in items})
    counts = {split: Counter(w for i in items if i.split == split for w in of(i) if w) for split in splits}
    labels = {label for counter in counts.values() for label in counter}
    named = [label for label in order if label in labels] or sorted(labels)
    rows: list[tuple[str | int, ...]] = [
        (label, *(counts[s][label] for s in splits), sum(c[label] for c in counts.values()))
        for label in named
    ]
    return _table((title, *splits, "all"), rows)


def _shares(articles: Sequence[Article], items: Sequence[Item]) -> str:
    by_id = {a.id: a for a in articles}
    judged = [i.gold[0].canonical for i in items if i.answer_type == "yes_no"]
    places = [p for i in items if (p := position(by_id[i.article_id], i)) is not None]
    answerable = [i for i in items if i.gold]
    rows = [
        ("unanswerable", *_share(len(items) - len(answerable), len(items))),
        ("yes among yes/no", *_share(judged.count("yes"), len(judged))),
        (
            "computed among answerable",
            *_share(sum(all(g.computed for g in i.gold) for i in answerable), len(answerable)),
        ),
        ("in a contrast group", *_share(sum(bool(i.contrast_group) for i in items), len(items))),
        ("evidence begins in the first third", *_share(sum(p < 1 / 3 for p in places), len(places))),
        (
            f"answer of {LONG_ANSWER} words or more",
            *_share(
                sum(any(len(g.canonical.split()) >= LONG_ANSWER for g in i.gold) for i in items), len(items)
            ),
        ),
    ]
    return _table(("share of headline items", "items", "of", "percent"), rows)


def _agreement(items: Sequence[Item], score: Score) -> str:
    reviewed = [i for i in items if i.review]
    good = {i.id: all(agrees(i, said, score) for said in i.review) for i in reviewed}
    rows = []
    for type_ in ANSWER_TYPES:
        own = [i for i in reviewed if i.answer_type == type_]
        if own:
            rows.append((type_, *_share(sum(good[i.id] for i in own), len(own))))
    rows.append(("all", *_share(sum(good.values()), len(reviewed))))
    return _table(("type", "agree", "reviewed", "percent"), rows)


def _share(part: int, whole: int) -> tuple[int, int, str]:
    return part, whole, f"{100 * part / whole:.1f}" if whole else "–"


def _with_total(rows: Sequence[tuple[str | int, ...]]) -> list[tuple[str | int, ...]]:
    columns = list(zip(*rows, strict=True))[1:]
    return [*rows, ("all", *(sum(int(n) for n in column) for column in columns))]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """A Markdown table, first column left, the others right, thousands separated."""
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    shown = ((f"{cell:,}" if isinstance(cell, int) else cell for cell in row) for row in rows)
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in shown)]) + "\n"
