"""Typed match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.answers.normalise import normalise
from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectAndClean(Metric):
    """1 when right."""

    name: ClassVar[str] = "correct_and_clean"

    def score(self, item: Item, answer: Answer) -> float:
        """0 or 1."""
        if not item.gold:
            return float(answer.abstained)
        given = normalise(answer.text)
        return float(any(given == normalise(t) for g in item.gold for t in (g.canonical, *g.aliases)))
