"""Any Hugging Face `evaluate` module as a metric over all answers together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bench.metrics._evaluate import EvaluateModule, texts_of
from bench.metrics.base import PooledMetric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateCorpus(EvaluateModule, PooledMetric):
    """The figure of a module for all answers at once, 0–1 after `worst` and `best`.

    Where the module takes one gold text, that is the item's first. Abstentions and failed predictions are
    answers without words. The module is asked once more for each article left out, which gives the interval.
    UsageError when it fails or gives no number. See `EvaluateModule` for the fields.
    """

    name: ClassVar[str] = "evaluate_corpus"

    def applies(self, item: Item) -> bool:
        """Answerable items; all with `unanswerable`."""
        return self.wanted(item)

    def over(self, pairs: Sequence[tuple[Item, Answer]]) -> float | None:
        """0–1; None without answers."""
        return self.ask(pairs, [texts_of(item) for item, _ in pairs]) if pairs else None
