"""Whole records as rows of a table: what makes an export lossless.

A row holds every field of an item under its own name (its gold under `answers`), the item's article without
its text under `article`, and under `dateline` where the row comes from. `bench.datasets._native` reads it back.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from bench.datasets.exports.base import About
from bench.errors import counted
from bench.records import Article, Dataset, Item

KEY = "dateline"

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)

Write = Callable[[Any], dict[str, Any]]  # `sparse` or `full`


def sparse(record: Any) -> dict[str, Any]:
    """A record as JSON values; fields equal to their default are left out, and so are those of its parts."""
    fields = dataclasses.fields(record)
    values = [(f, getattr(record, f.name)) for f in fields]
    return {f.name: _plain(value, sparse) for f, value in values if value != f.default}


def full(record: Any) -> dict[str, Any]:
    """A record as JSON values with every field, for tables whose columns are fixed."""
    return {f.name: _plain(getattr(record, f.name), full) for f in dataclasses.fields(record)}


def _plain(value: Any, write: Write) -> Any:
    if isinstance(value, tuple):
        return [_plain(v, write) for v in value]
    return write(value) if dataclasses.is_dataclass(value) else value


def article_row(article: Article, contexts: Collection[str], write: Write = sparse) -> dict[str, Any]:
    """An article without its id, and without its text where `contexts` (of its items, in order) tell it.

    They do when the text is one of them, or all of them as paragraphs. The text's sha256 says which.
    """
    told = article.text in contexts or article.text == "\n\n".join(contexts)
    row = {k: v for k, v in write(article).items() if k != "id" and not (told and k == "text")}
    return {**row, "sha256": article.sha256}


def item_row(item: Item, write: Write = sparse) -> dict[str, Any]:
    """An item with its gold under `answers` and, for readers who know nothing of slots, `answerable`."""
    row = {"answers" if k == "gold" else k: v for k, v in write(item).items()}
    return {**row, "answerable": item.answerable}


def contexts_of(items: Iterable[Item]) -> dict[str, dict[str, None]]:
    """The distinct contexts of each article's items, in order of appearance."""
    found: dict[str, dict[str, None]] = {}
    for item in items:
        found.setdefault(item.article_id, {})[item.context] = None
    return found


def articles_of(dataset: Dataset, contexts: Mapping[str, Collection[str]]) -> dict[str, Article]:
    """The articles that have items, by id; one that the data set does not hold is made of its contexts."""
    known = {a.id: a for a in dataset.articles}
    return {n: known.get(n) or Article(id=n, text="\n\n".join(texts)) for n, texts in contexts.items()}


def row_digest(item: Item, article: Mapping[str, Any]) -> str:
    """What tells whether a row was edited: 16 hex digits over the item and its article's row."""
    text = _canonical.encode([sparse(item), article])
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


def rows_of(dataset: Dataset, about: About, write: Write = sparse) -> Iterator[dict[str, Any]]:
    """One row per item, in the order of the data set."""
    contexts = contexts_of(dataset.items)
    articles = articles_of(dataset, contexts)
    told = {name: article_row(article, contexts[name]) for name, article in articles.items()}
    written = {name: article_row(article, contexts[name], write) for name, article in articles.items()}
    for n, item in enumerate(dataset.items):
        source = origin(dataset, about, item, told[item.article_id], n)
        yield {KEY: source, **item_row(item, write), "article": written[item.article_id]}


def origin(dataset: Dataset, about: About, item: Item, article: Mapping[str, Any], n: int) -> dict[str, Any]:
    """Where a row comes from: data set, version, position and digest; the canary where there is one."""
    found = {
        "name": dataset.name,
        "version": dataset.version,
        "n": n,
        "digest": row_digest(item, article),
        "canary": about.canary,
    }
    return {k: v for k, v in found.items() if v is not None}


def without_questions(dataset: Dataset) -> tuple[str, ...]:
    """A note about articles that have no item and therefore no row."""
    empty = len({a.id for a in dataset.articles} - {i.article_id for i in dataset.items})
    return (f"left out: {counted(empty, 'article')} without questions",) if empty else ()
