"""SQuAD 2.0 exact match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.answers import squad
from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class ExactMatch(Metric):
    """1 when the answer equals a gold string after SQuAD normalisation, else 0.

    Unanswerable items: 1 when the model abstained or its text normalises to nothing. An abstention is the
    empty string here, as in the official evaluate-v2.0 script, with which this agrees bit for bit.
    """

    name: ClassVar[str] = "em"

    def score(self, item: Item, answer: Answer) -> float:
        """0 or 1."""
        return float(squad.pair_of(item, "" if answer.abstained else answer.text)[0])
