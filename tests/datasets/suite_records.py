"""The shipped suite as the checks see it, to plant faults in."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace

from bench.datasets.source import Source, read_sources
from bench.datasets.validation.suite import Folder, read_folder
from bench.errors import Problem
from bench.paths import find_data
from bench.records import Article, Item

ROOT = find_data("dateline")


@functools.cache
def shipped() -> Folder:
    sources, problems = read_sources(ROOT)
    assert problems == []
    return read_folder(ROOT, sources)


def with_items(change: Callable[[Item], Item | None]) -> Folder:
    """The shipped suite with each item changed; None drops it."""
    return changed(lambda s: replace(s, items=tuple(new for i in s.items if (new := change(i)) is not None)))


def with_article(name: str, **fields: object) -> Folder:
    """The shipped suite with one article's fields replaced."""
    return changed(lambda s: replace(s, article=replace(article_of(s), **fields)) if named(s, name) else s)


def changed(change: Callable[[Source], Source]) -> Folder:
    return replace(shipped(), sources=tuple(change(s) for s in shipped().sources))


def article_of(source: Source) -> Article:
    assert source.article is not None
    return source.article


def named(source: Source, name: str) -> bool:
    return article_of(source).id == name


def names(problems: list[Problem]) -> set[str]:
    return {p.check for p in problems}
