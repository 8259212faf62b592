"""Whether scored runs may stand in one table, and if not why, in words a person can act on."""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Sequence
from typing import Any

from bench.errors import NotComparable
from bench.records import Item
from bench.reports.view import RunView, counted, selection

_ASKED = ("variant", "question", "context")  # what was asked: the content by which items are paired
# What may differ between paired items without changing a score or an article: labels and remarks.
_LABELS = frozenset({
    "id", "skills", "difficulty", "contrast_group", "version", "split", "review", "note", "requires_context",
})  # fmt: skip
_JUDGED = tuple(f.name for f in dataclasses.fields(Item) if f.name not in _LABELS | set(_ASKED))
_asked = operator.attrgetter(*_ASKED)
_judged = operator.attrgetter(*_JUDGED)
_SHOWN = 3  # ids named in a sentence


def title(view: RunView) -> str:
    """A run's model with the first digits of its id, as sentences name it, and its label: `lexical 53a638 (today)`."""
    label = f" ({view.label})" if view.label else ""
    return f"{view.manifest['model']['name']} {str(view.manifest['run_id'])[:6]}{label}"


def replicates(view: RunView) -> int:
    """How many answers were planned per item."""
    return int(view.manifest.get("replicates") or len({s.key.replicate for s in view.scores}) or 1)


def require_comparable(views: Sequence[RunView]) -> None:
    """NotComparable, saying everything that differs, unless all views are comparable with the first."""
    reasons = []
    for view in views[1:]:
        if found := differences(views[0], view):
            reasons += [f"{title(views[0])} (a) and {title(view)} (b):", *(f"  - {text}" for text in found)]
    if reasons:
        raise NotComparable("\n".join(["these runs are not comparable", *reasons]))


def differences(a: RunView, b: RunView) -> list[str]:
    """Everything that keeps `a` and `b` from being compared, each a sentence with what to do; [] if nothing.

    Items, gold, metric versions, replicates and partiality must agree. Model, prompt, seed, dtype, device,
    revision and extractor may differ.
    """
    return [*_partial(a, b), *_items(a, b), *_gold(a, b), *_replicates(a, b), *_metrics(a, b)]


def matches(a: RunView, b: RunView) -> list[tuple[int | None, int | None]]:
    """Positions of paired items in a and b, in a's order, then what only b has; None where one has none."""
    ours, theirs = a.dataset.items, b.dataset.items
    if ours is theirs:
        return [(n, n) for n in range(len(ours))]
    named = {(item.id, item.variant): n for n, item in enumerate(theirs)}
    pairs: dict[int, int | None] = dict.fromkeys(range(len(ours)))
    for n, item in enumerate(ours):
        other = named.get((item.id, item.variant))
        if other is not None and _asked(item) == _asked(theirs[other]):
            pairs[n] = other
    taken = set(pairs.values())
    left: dict[Any, list[int]] = {}
    for n in reversed(range(len(theirs))):
        if n not in taken:
            left.setdefault(_asked(theirs[n]), []).append(n)
    for n, item in enumerate(ours):
        if pairs[n] is None and left.get(_asked(item)):
            pairs[n] = left[_asked(item)].pop()
    return [*pairs.items(), *((None, n) for n in sorted(n for rest in left.values() for n in rest))]


def _partial(a: RunView, b: RunView) -> list[str]:
    chosen = [selection(view.manifest) for view in (a, b)]
    if bool(chosen[0]) == bool(chosen[1]):
        return []
    part, name = ("a", chosen[0]) if chosen[0] else ("b", chosen[1])
    return [f"{part} is a partial run ({name}) and the other is whole: make both with the same selection"]


def _items(a: RunView, b: RunView) -> list[str]:
    """Items that were asked on one side only, or in other words on each."""
    found = matches(a, b)
    only_a = [a.dataset.items[i] for i, j in found if i is not None and j is None]
    only_b = [b.dataset.items[j] for i, j in found if i is None and j is not None]
    others = {(i.id, i.variant): i for i in only_b}
    changed = [(i, o) for i in only_a if (o := others.get((i.id, i.variant))) is not None]
    both = {(i.id, i.variant) for i, _ in changed}
    out = []
    if changed:
        what = sorted({f for i, o in changed for f in _ASKED if getattr(i, f) != getattr(o, f)})
        out.append(
            f"{counted(len(changed), 'item was', 'items were')} asked with another {' and '.join(what)} "
            f"({_ids([i for i, _ in changed])}): ask again with `dateline run` on the same data"
        )
    for side, only in (("a", only_a), ("b", only_b)):
        if rest := [i for i in only if (i.id, i.variant) not in both]:
            out.append(f"{counted(len(rest), 'item')} only in {side} ({_ids(rest)}){_splits(a, b)}")
    return out


def _splits(a: RunView, b: RunView) -> str:
    one, two = (v.manifest["dataset"].get("split") for v in (a, b))
    names = [f"{v.dataset.name} {v.dataset.version}" for v in (a, b)]
    if names[0] != names[1]:
        return f": a is on {names[0]}, b on {names[1]}"
    return f": a is on split={one}, b on split={two}" if one != two else ""


def _gold(a: RunView, b: RunView) -> list[str]:
    """Items that are judged by other answers, or counted with another article."""
    if a.dataset.items is b.dataset.items:
        return []
    changed, fields = [], set()
    for i, j in matches(a, b):
        if i is None or j is None:
            continue
        one, two = a.dataset.items[i], b.dataset.items[j]
        if _judged(one) != _judged(two):
            changed.append(one)
            fields |= {f for f in _JUDGED if getattr(one, f) != getattr(two, f)}
    if not changed:
        return []
    return [
        f"{counted(len(changed), 'item differs', 'items differ')} in {', '.join(sorted(fields))} "
        f"({_ids(changed)}): score both over the same data with `dateline score runs=…`"
    ]


def _replicates(a: RunView, b: RunView) -> list[str]:
    one, two = replicates(a), replicates(b)
    if one == two:
        return []
    return [f"a has {counted(one, 'answer')} per item, b has {two}: run both with the same replicates="]


def _metrics(a: RunView, b: RunView) -> list[str]:
    """Metrics of both sides in other versions; or none in common."""
    ours, theirs = a.signature["metrics"], b.signature["metrics"]
    again = "score both again with `dateline score runs=…`"
    if not (shared := sorted(ours.keys() & theirs.keys())):
        return [f"no metric in common (a: {', '.join(ours)}; b: {', '.join(theirs)}): {again}"]
    out = []
    for name in shared:
        one, two = ours[name], theirs[name]
        if parts := sorted(k for k in one.keys() | two.keys() if one.get(k) != two.get(k)):
            how = ", ".join(f"{k} {one.get(k)} and {two.get(k)}" for k in parts)
            out.append(f"metric {name}: {how}; {again}")
    return out


def _ids(items: Sequence[Item]) -> str:
    names = [i.id if i.variant == "none" else f"{i.id} {i.variant}" for i in items[:_SHOWN]]
    return ", ".join(names) + (" …" if len(items) > _SHOWN else "")
