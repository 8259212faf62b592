"""Scores → estimates: the headline, every metric, every slice. Each number with its interval and its N."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from bench.metrics._together import CorpusSums, Pool, together
from bench.metrics.base import Measure, Metric
from bench.records import Estimate, Item, Score
from bench.stats.confidence import Confidence, confidence_from_json, confidence_summary
from bench.stats.corpus import corpus_estimate
from bench.stats.estimates import headline_estimate, mean_estimate
from bench.stats.pooled import pooled_estimate

HEADLINE_METRIC = "correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a set of scores is worth."""

    headline: Estimate | None  # None when `correct` was not among the metrics
    headline_name: str
    metrics: Mapping[str, Estimate]  # over the headline items
    slices: Mapping[str, Mapping[str, Estimate]]  # axis → label → mean of `correct`
    diagnoses: Mapping[str, int]  # why it missed → how often
    counts: Mapping[str, int]  # planned, ok, failed, abstained, refused …
    confidence: Confidence | None = None  # None when no answer in the headline states one


class Tally:
    """Sums of scores per item, so that a million predictions need no more memory than their items.

    Replicates of an item are averaged; `summary` turns what was added so far into estimates. Corpus metrics
    keep sums per article, pooled ones every answer; a confidence costs its value, its credit and a row number.
    """

    def __init__(self, items: Sequence[Item], metrics: Mapping[str, Measure]) -> None:
        """Start from nothing; `items` fixes the order and the denominator."""
        self._items = items
        self._order = sorted(metrics)
        self._metrics = {name: m for name in self._order if isinstance(m := metrics[name], Metric)}
        others = {name: metrics[name] for name in self._order if name not in self._metrics}
        self._corpus = {name: together(metric) for name, metric in others.items()}
        self._confident = _Confident()
        self._sums = {name: array("d", bytes(8 * len(items))) for name in self._metrics}
        self._times = {name: array("l", bytes(array("l").itemsize * len(items))) for name in self._metrics}
        self._binary = dict.fromkeys(self._metrics, True)
        self._diagnoses: dict[str, int] = {}
        self._counts = dict.fromkeys(("predictions", "failed", "abstained", "refused", "truncated"), 0)

    @cached_property
    def _rows(self) -> dict[tuple[str, str], int]:
        return {(item.id, item.variant): n for n, item in enumerate(self._items)}

    def add(self, score: Score, row: int | None = None) -> None:
        """Take in one score of the item number `row`; KeyError for an item that was not named at the start."""
        if row is None:
            row = self._rows[score.key.item_id, score.key.variant]
        for name, value in score.values.items():
            self._sums[name][row] += value
            self._times[name][row] += 1
            if value not in (0.0, 1.0):
                self._binary[name] = False
        if (self._corpus or score.answer.confidence is not None) and in_headline(self._items[row]):
            for sums in self._corpus.values():
                sums.add(row, self._items[row], score.answer)
            self._confident.add(row, score)
        if score.diagnosis:
            self._diagnoses[score.diagnosis] = self._diagnoses.get(score.diagnosis, 0) + 1
        answer, counts = score.answer, self._counts
        counts["predictions"] += 1
        if answer.failed:
            counts["failed"] += 1
        if answer.abstained:
            counts["abstained"] += 1
        if answer.refused:
            counts["refused"] += 1
        if answer.finish_reason == "length":
            counts["truncated"] += 1

    def summary(self) -> Summary:
        """Estimates over what was added.

        The headline is the mean of accuracy on answerable and of abstention on unanswerable items, over active,
        unambiguous, unperturbed items; ambiguous and disputed items appear in slices of their own.
        """
        main = [n for n, item in enumerate(self._items) if in_headline(item)]
        headline, name = self._headline(main)
        slices = {axis: self._slice(axis) for axis in AXES} if HEADLINE_METRIC in self._metrics else {}
        articles = len({item.article_id for item in self._items})
        return Summary(
            headline=headline,
            headline_name=name,
            metrics={
                m: _estimate_together(self._corpus[m]) if m in self._corpus else self._estimate(main, m)
                for m in self._order
            },
            slices={axis: found for axis, found in slices.items() if found},
            diagnoses=_most_first(self._diagnoses),
            confidence=self._confident.summary(
                self._items, sum(self._times[HEADLINE_METRIC][n] for n in main)
            )
            if HEADLINE_METRIC in self._metrics
            else None,
            counts={
                "items": len(self._items),
                "headline_items": len(main),
                "articles": articles,
                **self._counts,
            },
        )

    def _values(self, rows: Sequence[int], metric: str) -> tuple[list[float], list[Item]]:
        """Per-item means and the items, where the metric applied."""
        sums, times = self._sums[metric], self._times[metric]
        scored = [n for n in rows if times[n]]
        return [sums[n] / times[n] for n in scored], [self._items[n] for n in scored]

    def _headline(self, rows: Sequence[int]) -> tuple[Estimate | None, str]:
        if HEADLINE_METRIC not in self._metrics:
            return None, "no headline without the metric `correct`"
        values, items = self._values(rows, HEADLINE_METRIC)
        answerable = [item.answerable for item in items]
        name = "balanced accuracy"
        if all(answerable):
            name = "accuracy (every item is answerable)"
        elif not any(answerable):
            name = "abstention (no item is answerable)"
        return headline_estimate(values, [item.article_id for item in items], answerable), name

    def _estimate(self, rows: Sequence[int], metric: str) -> Estimate:
        values, items = self._values(rows, metric)
        made = self._metrics[metric]
        binary = True if self._binary[metric] and made.high == 1.0 else None
        articles = [item.article_id for item in items]
        return mean_estimate(values, articles, binary=binary, bounds=(made.low, made.high))

    def _slice(self, axis: str) -> dict[str, Estimate]:
        groups: dict[str, list[int]] = {}
        times = self._times[HEADLINE_METRIC]
        for n, item in enumerate(self._items):
            if times[n]:
                for label in AXES[axis](item):
                    groups.setdefault(label, []).append(n)
        return {label: self._estimate(groups[label], HEADLINE_METRIC) for label in sorted(groups)}


def _estimate_together(sums: CorpusSums | Pool) -> Estimate:
    bounds, n_items = (sums.metric.low, sums.metric.high), len(sums.rows)
    if isinstance(sums, Pool):
        return pooled_estimate(sums.groups(), sums.metric.over, n_items, bounds=bounds)
    table = np.array(sums.table()).reshape(-1, sums.metric.size)
    return corpus_estimate(table, sums.metric.finish, n_items, bounds=bounds)


class _Confident:
    """Stated confidences with the credit that their answers got."""

    def __init__(self) -> None:
        self._stated, self._credit, self._rows = array("d"), array("d"), array("l")

    def add(self, row: int, score: Score) -> None:
        stated, credit = score.answer.confidence, score.values.get(HEADLINE_METRIC)
        # A figure outside 0–1, NaN included, is no confidence.
        if stated is None or credit is None or score.answer.failed or not 0.0 <= stated <= 1.0:
            return
        self._stated.append(stated)
        self._credit.append(credit)
        self._rows.append(row)

    def summary(self, items: Sequence[Item], of: int) -> Confidence | None:
        if not self._rows:
            return None
        articles = [items[row].article_id for row in self._rows]
        return confidence_summary(self._stated, self._credit, articles, of)


def _most_first(diagnoses: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(diagnoses.items(), key=lambda pair: (-pair[1], pair[0])))


def summarise(items: Sequence[Item], scores: Iterable[Score], metrics: Mapping[str, Measure]) -> Summary:
    """Estimates over `scores`, one or more per item."""
    tally = Tally(items, metrics)
    for score in scores:
        tally.add(score)
    return tally.summary()


def summary_from_json(value: Mapping[str, Any]) -> Summary:
    """The summary that `to_json` made."""
    return Summary(
        headline=Estimate(**value["headline"]) if value["headline"] else None,
        headline_name=value["headline_name"],
        metrics={k: Estimate(**v) for k, v in sorted(value["metrics"].items())},
        slices={
            axis: {k: Estimate(**v) for k, v in sorted(value["slices"][axis].items())}
            for axis in AXES
            if axis in value["slices"]
        },
        diagnoses=_most_first(value["diagnoses"]),
        counts=value["counts"],
        confidence=confidence_from_json(value["confidence"]) if value.get("confidence") else None,
    )


def in_headline(item: Item) -> bool:
    """Whether an item counts towards the headline."""
    return item.status == "active" and item.answer_type != "ambiguous" and item.variant == "none"


def _type_labels(item: Item) -> Iterable[str]:
    return (item.answer_type,)


AXES: dict[str, Callable[[Item], Iterable[str]]] = {
    "answerable": lambda i: ("answerable" if i.answerable else "unanswerable",) if in_headline(i) else (),
    "answer_type": _type_labels,
    "skill": lambda i: i.skills if in_headline(i) else (),
    "unanswerable_reason": lambda i: (i.unanswerable_reason,) if i.unanswerable_reason else (),
    "difficulty": lambda i: (str(i.difficulty),) if i.difficulty is not None and in_headline(i) else (),
    "status": lambda i: (i.status,) if i.status != "active" else (),
    "variant": lambda i: (i.variant,) if i.variant != "none" else (),
}
