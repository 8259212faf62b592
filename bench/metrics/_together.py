"""What is remembered of answers for metrics that have no value per answer."""

from __future__ import annotations

from bench.metrics.base import CorpusMetric, Measure, PooledMetric
from bench.records import Answer, Item


class CorpusSums:
    """The summed statistics of one corpus metric, by article."""

    def __init__(self, metric: CorpusMetric) -> None:
        """Start from nothing."""
        self.metric = metric
        self._sums: dict[str, list[float]] = {}
        self.rows: set[int] = set()  # of the items that took part

    def add(self, row: int, item: Item, answer: Answer) -> None:
        """Take in one answer to the item in `row`."""
        metric = self.metric
        if not metric.applies(item) or (answer.failed and not metric.counts_failures):
            return
        parts = metric.parts(item, answer)
        if parts is None:
            return
        self.rows.add(row)
        sums = self._sums.setdefault(item.article_id, [0.0] * metric.size)
        for n, part in enumerate(parts):
            sums[n] += part

    def table(self) -> list[list[float]]:
        """One row of sums per article, in the order of their ids."""
        return [self._sums[article] for article in sorted(self._sums)]


class Pool:
    """The answers for one pooled metric, by article."""

    def __init__(self, metric: PooledMetric) -> None:
        """Start from nothing."""
        self.metric = metric
        self._pairs: dict[str, list[tuple[Item, Answer]]] = {}
        self.rows: set[int] = set()  # of the items that took part

    def add(self, row: int, item: Item, answer: Answer) -> None:
        """Take in one answer to the item in `row`."""
        if self.metric.applies(item):
            self.rows.add(row)
            self._pairs.setdefault(item.article_id, []).append((item, answer))

    def groups(self) -> list[list[tuple[Item, Answer]]]:
        """The answers of each article, in the order of their ids."""
        return [self._pairs[article] for article in sorted(self._pairs)]


def together(metric: Measure) -> CorpusSums | Pool:
    """What remembers answers for `metric`, which has no value per answer."""
    if isinstance(metric, CorpusMetric):
        return CorpusSums(metric)
    assert isinstance(metric, PooledMetric)
    return Pool(metric)
