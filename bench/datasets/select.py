"""Which items of a data set a run asks: by split, by slice, by a seeded sample."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.errors import UsageError, nearest
from bench.records import ANSWER_TYPES, Dataset, Item

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
# Fields whose values are the same in every data set, so that a slip beside a right value (`number|nmber`) shows too.
_VALUES: dict[str, tuple[str, ...]] = {"answerable": ("true", "false"), "type": ANSWER_TYPES}


@dataclass(frozen=True, slots=True)
class _Condition:
    """One word of a `where`: a field that must, or must not, have one of some values."""

    field: str
    values: tuple[str, ...]  # as written, in order
    negated: bool

    def __call__(self, item: Item) -> bool:
        return (not set(self.values).isdisjoint(_FIELDS[self.field](item))) != self.negated

    def __str__(self) -> str:
        return f"{self.field}{'!' if self.negated else ''}={'|'.join(self.values)}"


def matcher(where: str) -> Callable[[Item], bool]:
    """A test from `type=number skill=arithmetic|comparison difficulty!=3`.

    Conditions are separated by spaces and must all hold; `|` separates accepted values. UsageError with the
    known fields on anything else.
    """
    tests = _conditions(where)
    return lambda item: all(test(item) for test in tests)


def no_match(where: str, items: Sequence[Item]) -> str:
    """Why no item of `items` matches: a value that none has, with the nearest or all known, or what does not go together."""
    tests = _conditions(where)
    for test in tests:
        known = {value for item in items for value in _FIELDS[test.field](item) if value}
        unknown = [value for value in test.values if value not in known]
        if unknown and not test.negated:
            return f"where={where!r}: no item has {test.field}={unknown[0]}{nearest(unknown[0], known)}"
    each = ", ".join(f"{test} {sum(map(test, items)):,}" for test in tests)
    return f"where={where!r}: no item matches" + (
        f" all of it; items that match a part: {each}" if tests[1:] else ""
    )


def _conditions(where: str) -> list[_Condition]:
    if not where.split():
        raise UsageError("where= is empty; write for example where='type=number skill=arithmetic'")
    return [_condition(word) for word in where.split()]


def _condition(word: str) -> _Condition:
    name, equals, value = word.partition("=")
    negated = name.endswith("!")
    name = name.rstrip("!")
    if not equals or not value:
        raise UsageError(f"where: {word!r} is not field=value")
    if name not in _FIELDS:
        raise UsageError(f"where: no field is called {name!r}{nearest(name, _FIELDS)}")
    values = tuple(value.split("|"))
    for one in values:
        if one not in (allowed := _VALUES.get(name, values)):
            raise UsageError(f"where: {name} is never {one!r}{nearest(one, allowed)}")
    return _Condition(name, values, negated)


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
        asked, items = items, [i for i in items if test(i)]
        if not items:
            raise UsageError(f"dataset {dataset.name}, split {split or 'all'}: {no_match(where, asked)}")
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
