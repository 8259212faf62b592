"""The typed match, the headline metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.answers.match import MATCH_VERSION, match
from bench.answers.text.normalise import NORMALISER_VERSION
from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class Correct(Metric):
    """1 when the value asserted is the gold's, else 0; lists get 2·matched / (gold slots + members given).

    Unanswerable items: 1 when the model abstained, or corrected a false premise. Failed predictions,
    refusals and answers that name a lure without denying it: 0; in a list a lure is an extra member. Rules:
    `bench.answers.match`.
    """

    name: ClassVar[str] = "correct"
    version: ClassVar[str] = f"{MATCH_VERSION}.{NORMALISER_VERSION}"

    def score(self, item: Item, answer: Answer) -> float:
        """0–1."""
        return match(item, answer)
