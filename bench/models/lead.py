"""The reader that quotes the first sentence: news puts much of the story there."""

from __future__ import annotations

from dataclasses import dataclass

from bench.models.base import Model, reply
from bench.records import Prediction, Request
from bench.sentences import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead(Model):
    """Answers every question with the article's first sentence; abstains on an article without text."""

    def answer(self, request: Request) -> Prediction:
        """The first sentence of the context, exactly as it stands there."""
        for start, end in sentences(request.context)[:1]:
            return reply(request, request.context[start:end])
        return reply(request, "")
