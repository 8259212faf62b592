"""The typed match, with nothing beside the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bench.answers.match import MATCH_VERSION, match, names_lure
from bench.answers.text.normalise import NORMALISER_VERSION
from bench.metrics.base import Metric
from bench.records import Answer, Item


@dataclass(frozen=True, slots=True)
class CorrectAndClean(Metric):
    """1 when `correct` is 1 and the answer names no lure, not even to deny it; else 0.

    A list must be complete, without an extra member. An abstention holds no text, so it is clean.
    """

    name: ClassVar[str] = "correct_and_clean"
    version: ClassVar[str] = f"{MATCH_VERSION}.{NORMALISER_VERSION}"

    def score(self, item: Item, answer: Answer) -> float:
        """0 or 1."""
        return float(match(item, answer) == 1.0 and not names_lure(item, answer))
