"""How much of what the article does not answer was declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bench.metrics._abstention import VERSION, abstention_parts
from bench.metrics.base import CorpusMetric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class AbstentionRecall(CorpusMetric):
    """Of the items that the article does not answer, the share that the model declined to answer, 0–1.

    Undefined without unanswerable items. Refusals and failed predictions are no abstentions.
    """

    name: ClassVar[str] = "abstention_recall"
    version: ClassVar[str] = VERSION
    size: ClassVar[int] = 3

    def parts(self, item: Item, answer: Answer) -> tuple[float, ...]:
        """Rightly declined, declined, unanswerable."""
        return abstention_parts(item, answer)

    def finish(self, sums: Sequence[float]) -> float | None:
        """Rightly declined / unanswerable."""
        return sums[0] / sums[2] if sums[2] else None
