"""Which items of a data set a run asks: by split, by slice, by a seeded sample."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Sequence

from bench.errors import UsageError, nearest
from bench.records import Dataset, Item

_FIELDS: dict[str, Callable[[Item], Sequence[str]]] = {
    "answerable": lambda i: ("true" if i.answerable else "false",),
    "article": lambda i: (i.article_id,),
    "difficulty": lambda i: (str(i.difficulty),),
    "group": lambda i: (i.contrast_group or "",),
    "id": lambda i: (i.id,),
    "reason": lambda i: (i.unanswerable_reason or "",),
    "skill": lambda i: i.skills,
    "status": lambda i: (i.status,),
    "type": lambda i: (i.answer_type,),
    "variant": lambda i: (i.variant,),
}


def matcher(where: str) -> Callable[[Item], bool]:
    """A test from `type=number skill=arithmetic|comparison difficulty!=3`.

    Conditions are separated by spaces and must all hold; `|` separates accepted values. UsageError with the
    known fields on anything else.
    """
    tests = [_condition(word) for word in where.split()]
    if not tests:
        raise UsageError("where= is empty; write for example where='type=number skill=arithmetic'")
    return lambda item: all(test(item) for test in tests)


def _condition(word: str) -> Callable[[Item], bool]:
    name, equals, value = word.partition("=")
    negated = name.endswith("!")
    name = name.rstrip("!")
    if not equals or not value:
        raise UsageError(f"where: {word!r} is not field=value")
    if name not in _FIELDS:
        raise UsageError(f"where: no field is called {name!r}{nearest(name, _FIELDS)}")
    wanted = set(value.split("|"))
    read = _FIELDS[name]
    return lambda item: bool(wanted.intersection(read(item))) != negated


def select(
    dataset: Dataset,
    *,
    split: str | None = "test",
    where: str | None = None,
    limit: int | None = None,
    seed: int = 0,
) -> Dataset:
    """The part of `dataset` that is asked, in its own order, with only the articles it needs.

    Draft and retired items are never asked. `split="all"` (or None) takes every split. `limit` is a sample
    drawn by hashing (seed, item id), so it does not change when other items are added before or after.
    """
    live = [i for i in dataset.items if i.status in ("active", "disputed")]
    items = [i for i in live if split in (None, "all") or i.split == split]
    if not items:
        splits = sorted({i.split for i in live})
        raise UsageError(
            f"dataset {dataset.name}: no items in split {split!r}; it has {', '.join(splits) or 'none'}"
        )
    if where:
        test = matcher(where)
        items = [i for i in items if test(i)]
        if not items:
            raise UsageError(f"dataset {dataset.name}: no item matches where={where!r}")
    if limit is not None:
        if limit < 1:
            raise UsageError(f"limit={limit}: must be at least 1")
        chosen = sorted(items, key=lambda i: hashlib.sha256(f"{seed}:{i.id}".encode()).digest())[:limit]
        kept = {i.id for i in chosen}
        items = [i for i in items if i.id in kept]
    wanted = {i.article_id for i in items}
    articles = tuple(a for a in dataset.articles if a.id in wanted)
    return dataclasses.replace(dataset, articles=articles, items=tuple(items))


def is_partial(where: str | None, limit: int | None) -> bool:
    """Whether a run asks a chosen part only; such runs never stand on a board or as a baseline."""
    return bool(where) or limit is not None
