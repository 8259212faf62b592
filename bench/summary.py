"""Scores → estimates: the headline, every metric, every slice. Each number with its interval and its N."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from bench.metrics.base import Metric
from bench.records import Estimate, Item, Score
from bench.stats.estimates import headline_estimate, mean_estimate

HEADLINE_METRIC = "correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a set of scores is worth."""

    headline: Estimate | None  # None when `correct` was not among the metrics
    headline_name: str
    metrics: Mapping[str, Estimate]  # over the headline items
    slices: Mapping[str, Mapping[str, Estimate]]  # axis → label → mean of `correct`
    counts: Mapping[str, int]  # planned, ok, failed, abstained, refused …


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One item with each metric's mean over replicates."""

    item: Item
    values: Mapping[str, float]


def summarise(items: Sequence[Item], scores: Sequence[Score], metrics: Mapping[str, Metric]) -> Summary:
    """Estimates over `scores`, one or more per item (replicates are averaged first).

    The headline is the mean of accuracy on answerable and of abstention on unanswerable items, over active,
    unambiguous, unperturbed items; ambiguous and disputed items appear in slices of their own.
    """
    rows = _rows(items, scores)
    main = [r for r in rows if in_headline(r.item)]
    headline, name = _headline(main)
    slices = {axis: _slice(rows, axis) for axis in AXES}
    return Summary(
        headline=headline,
        headline_name=name,
        metrics={m: _estimate(main, m, metrics[m]) for m in sorted(metrics)},
        slices={axis: found for axis, found in slices.items() if found},
        counts=_counts(rows, main, scores),
    )


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
        counts=value["counts"],
    )


def in_headline(item: Item) -> bool:
    """Whether an item counts towards the headline."""
    return item.status == "active" and item.answer_type != "ambiguous" and item.variant == "none"


def _rows(items: Sequence[Item], scores: Sequence[Score]) -> list[_Row]:
    by_item: dict[tuple[str, str], list[Score]] = {}
    for score in scores:
        by_item.setdefault((score.key.item_id, score.key.variant), []).append(score)
    rows = []
    for item in items:
        replicates = by_item.get((item.id, item.variant), [])
        names = dict.fromkeys(n for s in replicates for n in s.values)
        means = {n: fmean(s.values[n] for s in replicates if n in s.values) for n in names}
        rows.append(_Row(item=item, values=means))
    return rows


def _headline(rows: Sequence[_Row]) -> tuple[Estimate | None, str]:
    scored = [r for r in rows if HEADLINE_METRIC in r.values]
    if not scored:
        return None, "no headline without the metric `correct`"
    answerable = [r.item.answerable for r in scored]
    name = "balanced accuracy"
    if all(answerable):
        name = "accuracy (every item is answerable)"
    elif not any(answerable):
        name = "abstention (no item is answerable)"
    values = [r.values[HEADLINE_METRIC] for r in scored]
    return headline_estimate(values, [r.item.article_id for r in scored], answerable), name


def _estimate(rows: Sequence[_Row], metric_name: str, metric: Metric | None = None) -> Estimate:
    scored = [r for r in rows if metric_name in r.values]
    values = [r.values[metric_name] for r in scored]
    bounds = (metric.low, metric.high) if metric else (0.0, 1.0)
    return mean_estimate(values, [r.item.article_id for r in scored], bounds=bounds)


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


def _slice(rows: Sequence[_Row], axis: str) -> dict[str, Estimate]:
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        if HEADLINE_METRIC not in row.values:
            continue
        for label in AXES[axis](row.item):
            groups.setdefault(label, []).append(row)
    return {label: _estimate(groups[label], HEADLINE_METRIC) for label in sorted(groups)}


def _counts(rows: Sequence[_Row], main: Sequence[_Row], scores: Sequence[Score]) -> dict[str, int]:
    return {
        "items": len(rows),
        "headline_items": len(main),
        "articles": len({r.item.article_id for r in rows}),
        "predictions": len(scores),
        "failed": sum(s.answer.failed for s in scores),
        "abstained": sum(s.answer.abstained for s in scores),
        "refused": sum(s.answer.refused for s in scores),
        "truncated": sum(s.answer.finish_reason == "length" for s in scores),
    }
