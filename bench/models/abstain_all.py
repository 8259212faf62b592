"""The reader that never answers: what a benchmark gives for silence."""

from __future__ import annotations

from dataclasses import dataclass

from bench.models.base import Model, reply
from bench.records import Prediction, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class AbstainAll(Model):
    """Abstains on every question. A reference row: balanced accuracy is 0.5 wherever both classes exist."""

    def answer(self, request: Request) -> Prediction:
        """An empty text, which is an abstention."""
        return reply(request, "")
