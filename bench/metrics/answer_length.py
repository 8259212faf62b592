"""Length of the extracted answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class AnswerLength(Metric):
    """Words of the extracted answer, split at white space; 0 for an abstention. Neither high nor low is good."""

    name: ClassVar[str] = "answer_length"
    unit: ClassVar[str] = "words"
    high: ClassVar[float | None] = None
    higher_is_better: ClassVar[bool | None] = None
    failure: ClassVar[float | None] = None  # no output has no length

    def score(self, item: Item, answer: Answer) -> float:  # noqa: ARG002 - a length needs no gold
        """A count."""
        return float(len(answer.text.split()))
