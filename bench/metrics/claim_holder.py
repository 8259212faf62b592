"""Accuracy on questions about whose word a statement is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.answers.match import MATCH_VERSION, match
from bench.answers.text.normalise import NORMALISER_VERSION
from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class ClaimHolder(Metric):
    """`correct` on the items that have the skill `claim_holder`: whose word a statement is.

    Items without the skill take no part; unanswerable ones with it want an abstention, as in `correct`.
    """

    name: ClassVar[str] = "claim_holder"
    version: ClassVar[str] = f"{MATCH_VERSION}.{NORMALISER_VERSION}"

    def applies(self, item: Item) -> bool:
        """Items with the skill."""
        return "claim_holder" in item.skills

    def score(self, item: Item, answer: Answer) -> float:
        """0–1."""
        return match(item, answer)
