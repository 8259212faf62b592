"""How often an abstention was right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bench.metrics._abstention import VERSION, abstention_parts
from bench.metrics.base import CorpusMetric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class AbstentionPrecision(CorpusMetric):
    """Of the items that the model declined to answer, the share that the article does not answer, 0–1.

    Undefined when nothing was declined. Refusals and failed predictions are no abstentions.
    """

    name: ClassVar[str] = "abstention_precision"
    version: ClassVar[str] = VERSION
    size: ClassVar[int] = 3

    def parts(self, item: Item, answer: Answer) -> tuple[float, ...]:
        """Rightly declined, declined, unanswerable."""
        return abstention_parts(item, answer)

    def finish(self, sums: Sequence[float]) -> float | None:
        """Rightly declined / declined."""
        return sums[0] / sums[1] if sums[1] else None
