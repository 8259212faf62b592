"""What a metric is: numbers for answers to items, and what these numbers mean.

A `Metric` gives one number per answer, and its value over a data set is their mean. A `CorpusMetric` has no
value per answer: it gives sufficient statistics that are added up, and a value of their sums. A `PooledMetric`
needs all the answers at once.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

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

    def prepare(self) -> None:  # noqa: B027 - most have nothing to load
        """Fail now if the metric can never give a value (a file that is not there), not after a model has answered."""

    def identity(self) -> Mapping[str, Any]:
        """Everything that determines the values: version and parameters. It enters the signature of scores."""
        parameters: dict[str, Any] = dataclasses.asdict(self) if dataclasses.is_dataclass(self) else {}
        return {"version": self.version, **parameters}


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


class PooledMetric(Measure):
    """A value for all answers at once that is no function of sums, such as BLEU; every answer is kept for it.

    `over` is deterministic, and the order of answers is irrelevant to it but for rounding. Replicates of an
    item are answers like any others.
    """

    @abstractmethod
    def over(self, pairs: Sequence[tuple[Item, Answer]]) -> float | None:
        """The value inside `low`…`high`; None when undefined. A failed prediction is an answer of no words."""
