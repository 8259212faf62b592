"""SQuAD 2.0 token F1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.answers import squad
from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class F1(Metric):
    """Bag-of-words F1 after SQuAD normalisation, the best over the gold strings, 0–1.

    Unanswerable items: 1 when the model abstained or its text normalises to nothing, else 0. Agrees bit for
    bit with the official evaluate-v2.0 script.
    """

    name: ClassVar[str] = "f1"

    def score(self, item: Item, answer: Answer) -> float:
        """0–1."""
        return float(squad.pair_of(item, "" if answer.abstained else answer.text)[1])
