"""Comparable runs item by item, as aligned arrays.

- `pair(views)`: a `Paired` of one or more comparable views, with equally ordered items
- `Paired.values(metric)`: (views, items) means over replicates; `.applies(metric)`: (items,) where it counts;
  `.articles`, `.answerable`, `.in_headline`: (items,); `.weights`: (items,), so that
  `values("correct") @ weights` is the headline of each view
- `Paired.only(mask)`: the same views on a part of the items, such as a slice
- `in_step(views)`: the views themselves, under the first one's items and ids

Items are paired by what was asked (variant, question, context), not by position; an id only tells apart
items that ask the same. Nothing is intersected: unequal plans are refused, and a planned item without a
score, or with a failed one, counts with the metric's failure value against its own side.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.comparing.comparable import matches, replicates, require_comparable, title
from bench.errors import NotComparable, UsageError
from bench.records import Answer, Item, Key, Score
from bench.reports.view import RunView
from bench.stats.clusters import FloatArray
from bench.summary import HEADLINE_METRIC, in_headline

BoolArray = NDArray[np.bool_]

_NOTHING = Answer(text="", failed=True)  # of a score that stands in for a missing one; known by identity


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paired:
    """M comparable views on the same N items, in the plan order of the first."""

    views: tuple[RunView, ...]
    items: tuple[Item, ...]  # (N,) as the first view has them, labels included
    scores: tuple[
        tuple[tuple[Score, ...], ...], ...
    ]  # (M, N, K) by replicate; missing ones stand in as failed

    @property
    def missing(self) -> tuple[int, ...]:
        """(M,) planned scores that a view lacks; they count as failed."""
        return tuple(sum(s.answer is _NOTHING for scores in rows for s in scores) for rows in self.scores)

    @property
    def articles(self) -> list[str]:
        """Article id of each item."""
        return [item.article_id for item in self.items]

    @property
    def answerable(self) -> BoolArray:
        """(N,) whether the text answers the question."""
        return np.array([item.answerable for item in self.items], dtype=bool)

    @property
    def in_headline(self) -> BoolArray:
        """(N,) whether the item counts towards the headline."""
        return np.array([in_headline(item) for item in self.items], dtype=bool)

    @property
    def weights(self) -> FloatArray:
        """(N,) weight of each item in the headline, 0 outside it.

        ½/n of its class; 1/n where only one class has items; all 0 where none has.
        """
        main, answerable = self.in_headline, self.answerable
        classes = [c for c in (main & answerable, main & ~answerable) if c.any()]
        weights = np.zeros(len(self.items))
        for members in classes:
            weights[members] = 1.0 / (len(classes) * int(members.sum()))
        return weights

    @property
    def metrics(self) -> tuple[str, ...]:
        """Metrics that all views were scored with and that have a value per answer; `correct` first."""
        shared = set.intersection(*(set(_per_answer(v)) for v in self.views))
        return tuple(sorted(shared, key=lambda name: (name != HEADLINE_METRIC, name)))

    def values(self, metric: str) -> FloatArray:
        """(M, N) value of each item, the mean over its replicates; 0 where the metric does not apply."""
        worst = failure_value(self.views[0], metric)
        applies = self.applies(metric)
        out = np.zeros((len(self.views), len(self.items)))
        for m, rows in enumerate(self.scores):
            for n in np.flatnonzero(applies):
                found = [score.values.get(metric, worst) for score in rows[n]]
                out[m, n] = sum(v for v in found if v is not None) / len(found)
        return out

    def applies(self, metric: str) -> BoolArray:
        """(N,) whether an item counts by the metric: wherever every score there is has a value of it.

        So an item on which one side failed is left out by a metric that excludes failures (a length), and
        one that only one side's labels give to a metric counts for neither. A missing score stands in with
        the failure value; where all are missing, a metric counts that counts everywhere else.
        """
        leaves_out = failure_value(self.views[0], metric) is None
        found = np.zeros(len(self.items), dtype=bool)
        unknown = np.zeros(len(self.items), dtype=bool)
        for n, scores in enumerate(zip(*self.scores, strict=True)):
            every = [score for of_view in scores for score in of_view]
            known = [score for score in every if score.answer is not _NOTHING]
            found[n] = all(metric in score.values for score in known)
            unknown[n] = not known
            if len(known) < len(every) and (leaves_out or not known):
                found[n] = False
        if not leaves_out and found[~unknown].all():
            found |= unknown
        return found

    def only(self, mask: BoolArray | Sequence[bool]) -> Paired:
        """The same views on the items where `mask`, of length N, is true."""
        chosen = [n for n, kept in enumerate(mask) if kept]
        return dataclasses.replace(
            self,
            items=tuple(self.items[n] for n in chosen),
            scores=tuple(tuple(rows[n] for n in chosen) for rows in self.scores),
        )


def pair(views: Sequence[RunView]) -> Paired:
    """One or more comparable views, aligned; NotComparable says what differs, UsageError without views."""
    if not views:
        raise UsageError("nothing to compare: no runs were given")
    require_comparable(views)
    items = views[0].dataset.items
    aligned = [[view.dataset.items[j] for _, j in matches(views[0], view) if j is not None] for view in views]
    rows = tuple(tuple(_scores(view, own)) for view, own in zip(views, aligned, strict=True))
    return Paired(views=tuple(views), items=items, scores=rows)


def in_step(views: Sequence[RunView]) -> tuple[RunView, ...]:
    """Comparable views with the items of the first, and all keys under its ids; missing scores stay missing."""
    paired = pair(views)
    return tuple(_renamed(paired, m, view) for m, view in enumerate(paired.views))


def _renamed(paired: Paired, m: int, view: RunView) -> RunView:
    keys = {
        score.key: Key(item.id, item.variant, score.key.replicate)
        for item, scores in zip(paired.items, paired.scores[m], strict=True)
        for score in scores
        if score.answer is not _NOTHING
    }
    return dataclasses.replace(
        view,
        dataset=paired.views[0].dataset,
        predictions={
            keys[key]: dataclasses.replace(p, key=keys[key])
            for key, p in view.predictions.items()
            if key in keys
        },
        scores=tuple(dataclasses.replace(s, key=keys[s.key]) for s in view.scores),
    )


def _scores(view: RunView, items: Sequence[Item]) -> Iterator[tuple[Score, ...]]:
    """Per item its scores by replicate; missing ones stand in as failed."""
    found: dict[tuple[str, str], list[Score]] = {}
    for score in view.scores:
        found.setdefault((score.key.item_id, score.key.variant), []).append(score)
    planned = replicates(view)
    for item in items:
        have = sorted(found.get((item.id, item.variant), ()), key=lambda s: s.key.replicate)
        lacking = [
            Score(key=Key(item.id, item.variant, planned + n), article_id=item.article_id, values={},
                  answer=_NOTHING, diagnosis="failed")
            for n in range(planned - len(have))
        ]  # fmt: skip
        yield (*have, *lacking)


def about(view: RunView) -> Mapping[str, Any]:
    """What the signature says of each metric: low, high, higher_is_better, per_answer, failure."""
    found: Mapping[str, Any] | None = view.signature.get("about")
    if found is None:
        raise NotComparable(
            f"{title(view)} was scored by an earlier version; score it again with `dateline score runs=…`"
        )
    return found


def _per_answer(view: RunView) -> list[str]:
    return [name for name, known in about(view).items() if known["per_answer"]]


def failure_value(view: RunView, metric: str) -> float | None:
    """What a failed answer is worth by `metric`; None where the metric leaves failures out."""
    worth: float | None = about(view)[metric]["failure"]
    return worth
