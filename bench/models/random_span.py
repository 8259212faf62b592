"""The reader that points at random: the floor for anything that quotes the article."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import ClassVar

from bench.models.base import Model, reply
from bench.records import Prediction, Request

_TOKEN = re.compile(r"\S+")
_LONGEST = 5  # tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomSpan(Model):
    """Answers with 1 to 5 neighbouring tokens of the context.

    The draw depends on (seed, request digest, replicate) alone, so neither the order of the requests nor the
    process changes it. Lengths are drawn first (uniformly, at most the context's), then the place.
    """

    uses_seed: ClassVar[bool] = True
    seed: int = 0

    def answer(self, request: Request) -> Prediction:
        """A random span with its offsets' text; empty when the context has no tokens."""
        tokens = [match.span() for match in _TOKEN.finditer(request.context)]
        if not tokens:
            return reply(request, "")
        source = f"{self.seed}|{request.digest}|{request.key.replicate}".encode()
        drawn = hashlib.sha256(source).digest()
        length = 1 + int.from_bytes(drawn[:8], "big") % min(_LONGEST, len(tokens))
        first = int.from_bytes(drawn[8:16], "big") % (len(tokens) - length + 1)
        return reply(request, request.context[tokens[first][0] : tokens[first + length - 1][1]])
