"""Any Hugging Face `evaluate` module as a metric: asked about each answer alone, then averaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.metrics._evaluate import EvaluateModule, texts_of
from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluate(EvaluateModule, Metric):
    """The figure of a module for one answer, 0–1 after `worst` and `best`; its mean is the metric's value.

    Where the module takes one gold text, the best over the item's gold texts counts, as in SQuAD. An abstention
    or an answer without words is worth 0 on an answerable item, without asking the module; a failed prediction
    too. UsageError when the module fails or gives no number. For modules whose figure for many answers is not
    the mean over them (BLEU, an F1 over classes) take `evaluate_corpus`. See `EvaluateModule` for the fields.
    """

    name: ClassVar[str] = "evaluate"

    def applies(self, item: Item) -> bool:
        """Answerable items; all with `unanswerable`."""
        return self.wanted(item)

    def score(self, item: Item, answer: Answer) -> float:
        """0–1."""
        if item.answerable and (answer.abstained or not answer.text.strip()):
            return 0.0
        texts = texts_of(item)
        chances = [texts] if self.takes_all_texts() else [(text,) for text in texts]
        return max(self.ask([(item, answer)], [chance]) for chance in chances)
