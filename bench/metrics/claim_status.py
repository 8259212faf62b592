"""Accuracy on questions about what became of a claim: confirmed, denied, left open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.answers.match import MATCH_VERSION, match
from bench.answers.text.normalise import NORMALISER_VERSION
from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class ClaimStatus(Metric):
    """`correct` on the items that have the skill `claim_status`: what became of a claim: confirmed, denied, left open.

    Items without the skill take no part; unanswerable ones with it want an abstention, as in `correct`.
    """

    name: ClassVar[str] = "claim_status"
    version: ClassVar[str] = f"{MATCH_VERSION}.{NORMALISER_VERSION}"

    def applies(self, item: Item) -> bool:
        """Items with the skill."""
        return "claim_status" in item.skills

    def score(self, item: Item, answer: Answer) -> float:
        """0–1."""
        return match(item, answer)
