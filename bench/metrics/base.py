"""What a metric is: one number for one answer to one item, and what that number means."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from bench.records import Answer, Item


class Metric(ABC):
    """Base of all metrics. A subclass is a frozen dataclass whose fields are its parameters.

    `score` is pure, total and deterministic: any answer to any item that `applies` gives a finite value
    inside `low`…`high`.
    """

    name: ClassVar[str]
    version: ClassVar[str] = "1"  # raised by hand whenever a value may change
    unit: ClassVar[str] = "share"  # share (0–1) · count · characters …
    low: ClassVar[float] = 0.0
    high: ClassVar[float | None] = 1.0  # None: unbounded
    higher_is_better: ClassVar[bool | None] = True  # None: descriptive, neither
    failure: ClassVar[float | None] = 0.0  # what a failed prediction is worth; None: excluded and counted

    def applies(self, item: Item) -> bool:  # noqa: ARG002 - most metrics apply everywhere
        """Whether the metric says anything about this item."""
        return True

    @abstractmethod
    def score(self, item: Item, answer: Answer) -> float:
        """The value of `answer` to `item`; failed predictions never get here."""
