"""Whether an answer is right for a reason: correct, with the sentences that show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.answers.match import MATCH_VERSION, match
from bench.answers.text.normalise import NORMALISER_VERSION
from bench.metrics._evidence import cites, supported
from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class CorrectAndSupported(Metric):
    """`correct` where the sentences cited hold one whole alternative set and at most `spare` others; else 0.

    On answerable, unperturbed items with evidence. `spare` keeps a model that cites the whole article from
    being right everywhere. The joint demand is that of HotpotQA's joint metrics (Yang et al., EMNLP 2018).
    """

    name: ClassVar[str] = "correct_and_supported"
    version: ClassVar[str] = f"1.{MATCH_VERSION}.{NORMALISER_VERSION}"
    spare: int = 1

    def applies(self, item: Item) -> bool:
        """Whether the item says which sentences answer it."""
        return cites(item)

    def score(self, item: Item, answer: Answer) -> float:
        """0–1."""
        return match(item, answer) if supported(item, answer, self.spare) else 0.0
