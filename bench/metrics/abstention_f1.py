"""Abstention as a detector of unanswerable questions: the harmonic mean of its precision and recall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bench.metrics._abstention import VERSION, abstention_parts
from bench.metrics.base import CorpusMetric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class AbstentionF1(CorpusMetric):
    """2 · rightly declined / (declined + unanswerable), 0–1; see `AbstentionPrecision`, `AbstentionRecall`.

    Undefined without unanswerable items; 0 when nothing was declined though there are some.
    """

    name: ClassVar[str] = "abstention_f1"
    version: ClassVar[str] = VERSION
    size: ClassVar[int] = 3

    def parts(self, item: Item, answer: Answer) -> tuple[float, ...]:
        """Rightly declined, declined, unanswerable."""
        return abstention_parts(item, answer)

    def finish(self, sums: Sequence[float]) -> float | None:
        """The F1."""
        right, declined, unanswerable = sums
        return 2.0 * right / (declined + unanswerable) if unanswerable else None
