"""Value and bound of a bounded number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.answers.match import MATCH_VERSION, bound_stated
from bench.answers.text.normalise import NORMALISER_VERSION
from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class BoundStrict(Metric):
    """1 when a bounded number is given with its bound ("up to 40", not a bare 40), else 0.

    Applies to number items whose gold says approx, at_most or at_least; `correct` is lenient there.
    """

    name: ClassVar[str] = "bound_strict"
    version: ClassVar[str] = f"{MATCH_VERSION}.{NORMALISER_VERSION}"

    def applies(self, item: Item) -> bool:
        """Number items with a bound."""
        return item.answer_type == "number" and any(slot.bound not in {None, "exact"} for slot in item.gold)

    def score(self, item: Item, answer: Answer) -> float:
        """0 or 1."""
        return float(bound_stated(item, answer))
