"""What a metric is: numbers for answers to items, and what these numbers mean.

A `Metric` gives one number per answer, and its value over a data set is their mean. A `CorpusMetric` has no
value per answer: it gives sufficient statistics that are added up, and a value of their sums.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from bench.records import Answer, Item


class Measure(ABC):
    """What both kinds of metric declare. A subclass is a frozen dataclass whose fields are its parameters."""

    name: ClassVar[str]
    version: ClassVar[str] = "1"  # raised by hand whenever a value may change
    unit: ClassVar[str] = "share"  # share (0–1) · count · characters …
    low: ClassVar[float] = 0.0
    high: ClassVar[float | None] = 1.0  # None: unbounded
    higher_is_better: ClassVar[bool | None] = True  # None: descriptive, neither

    def applies(self, item: Item) -> bool:  # noqa: ARG002 - most metrics apply everywhere
        """Whether the metric says anything about this item."""
        return True


class Metric(Measure):
    """A value for every answer.

    `score` is pure, total and deterministic: any answer to any item that `applies` gives a finite value
    inside `low`…`high`.
    """

    failure: ClassVar[float | None] = 0.0  # what a failed prediction is worth; None: excluded and counted

    @abstractmethod
    def score(self, item: Item, answer: Answer) -> float:
        """The value of `answer` to `item`; failed predictions never get here."""


class CorpusMetric(Measure):
    """A value for many answers together, such as an F1 over items.

    `parts` and `finish` are pure, total and deterministic. Only the sums of parts are kept, by article, so
    the order of items is irrelevant; replicates of an item add up like items, so `finish` should depend on
    the ratios of the sums alone.
    """

    size: ClassVar[int]  # how many statistics an answer gives
    # True: `parts` is asked about a failed prediction too, as about an answer that says nothing. False: excluded.
    counts_failures: ClassVar[bool] = True

    @abstractmethod
    def parts(self, item: Item, answer: Answer) -> tuple[float, ...] | None:
        """`size` finite statistics of `answer` to `item`; None where it takes no part.

        Failed predictions get here where `counts_failures`, with `answer.failed` set and an empty text.
        """

    @abstractmethod
    def finish(self, sums: Sequence[float]) -> float | None:
        """The value of the summed statistics inside `low`…`high`; None when undefined, never NaN."""
