"""Whether the sentences cited are those that support the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.metrics._evidence import best_f1, cites
from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class EvidenceF1(Metric):
    """F1 of the sentence numbers cited, the best over the item's alternative sets; 0 when none are cited.

    On answerable, unperturbed items with evidence; the answer itself is not looked at. For one set this is the
    supporting-fact F1 of HotpotQA (Yang et al., EMNLP 2018, section 5.2); the maximum over sets is as for answers
    in SQuAD. Numbers that no sentence has count as wrong citations.
    """

    name: ClassVar[str] = "evidence_f1"

    def applies(self, item: Item) -> bool:
        """Whether the item says which sentences answer it."""
        return cites(item)

    def score(self, item: Item, answer: Answer) -> float:
        """0–1."""
        return best_f1(item, answer)
