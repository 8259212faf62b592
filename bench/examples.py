"""Solved items of the dev split, to be shown in a prompt: never one of the article that is asked about."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from bench.errors import DataError, Problem
from bench.records import Article, Dataset, Item


class Example(NamedTuple):
    """A solved item of the dev split that a prompt may show."""

    item_id: str
    article_id: str
    context: str
    passage: str  # the evidence sentences; the whole context where they are not known
    question: str
    answer: str  # as a model should have put it
    answerable: bool


def solved_items(dataset: Dataset, no_answer: str) -> tuple[Example, ...]:
    """Every item of the dev split that can be shown as solved, in data set order; () when there are none.

    `dataset` is the whole data set before selection. DataError, naming each, when one is a test item too.
    """
    articles = {a.id: a for a in dataset.articles}
    items = [i for i in dataset.items if i.split == "dev" and _exemplary(i)]
    if problems := _test_items_among(items, dataset.items):
        raise DataError(problems)
    return tuple(_example(i, articles.get(i.article_id), no_answer) for i in items)


def drawn(pool: Sequence[Example], n: int, seed: str) -> list[Example]:
    """`n` of the pool in an order that the seed decides: one of each article before a second, both classes from two on."""
    ranked = sorted(pool, key=lambda e: hashlib.sha256(f"{seed}:{e.item_id}".encode()).digest())
    turn: dict[str, int] = {}
    rounds = []
    for example in ranked:
        turn[example.article_id] = turn.get(example.article_id, 0) + 1
        rounds.append(turn[example.article_id])
    order = sorted(range(len(ranked)), key=lambda k: rounds[k])  # stable: rank decides within a round
    chosen = [ranked[k] for k in order[:n]]
    if n > 1 and len({e.answerable for e in chosen}) == 1:
        missing = (e for e in ranked if e.answerable != chosen[0].answerable)
        chosen[n // 2] = next(missing, chosen[n // 2])
    return chosen


def _exemplary(item: Item) -> bool:
    """Whether an item can be shown as solved: undisputed, one reading, nothing needed beside the body."""
    plain = item.status == "active" and item.variant == "none" and item.answer_type != "ambiguous"
    return plain and set(item.requires_context) <= {"body"}


def _test_items_among(examples: Sequence[Item], items: Sequence[Item]) -> list[Problem]:
    """A problem for each example whose article or very text is that of a test item."""
    tested = {i.article_id: i for i in items if i.split == "test"}
    texts = {" ".join(i.context.split()): i for i in tested.values()}
    problems = []
    for example in examples:
        other = tested.get(example.article_id) or texts.get(" ".join(example.context.split()))
        if other is not None:
            message = f"a few-shot example that is a test item: its article is that of {other.id}"
            fix = "keep an article in one split"
            problems.append(Problem(where=example.article_id, item=example.id, message=message, fix=fix))
    return problems


def _example(item: Item, article: Article | None, no_answer: str) -> Example:
    wanted = set(item.evidence[0]) if item.evidence else set()
    known = article.sentences if article is not None and article.text == item.context else ()
    passage = " ".join(item.context[s.start : s.end] for s in known if s.n in wanted)
    slots = item.gold[:1] if item.answer_mode == "any" else item.gold
    answer = "; ".join(f"{g.key}: {g.canonical}" if g.key else g.canonical for g in slots) or no_answer
    place = (item.id, item.article_id, item.context, passage or item.context)
    return Example(*place, item.question, answer, item.answerable)
