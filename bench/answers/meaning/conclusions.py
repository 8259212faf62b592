"""Where an answer that reasons comes to its conclusion: "…, so X", "i.e. X", "… = X"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.answers.text.tokens import Text

_STOPS: Final = frozenset({",", ";", ".", "—", "\n", ")"})
_ALWAYS: Final = frozenset({"therefore", "thus", "hence", "ie", "="})
_MEANING: Final = frozenset({"means", "makes", "gives", "meaning", "making", "giving"})
_TOTALLING: Final = frozenset({"comes", "amounts", "leads", "leading", "amounting"})


def concluded(text: Text, asserted: Sequence[int]) -> int:
    """First token of the conclusion, where what is asserted stands there and premises before it; 0 otherwise.

    `asserted`: where candidates for the answer begin. "So" concludes behind a stop only ("about 30 or so" does
    not), "means" and the like only behind a clause; a conclusion without a candidate is none.
    """
    tokens = text.tokens
    if not asserted:
        return 0
    for at in range(max(asserted) - 1, 0, -1):
        norm, before = tokens[at].norm, tokens[at - 1]
        if norm in _ALWAYS or (norm == "so" and before.raw in _STOPS and tokens[at + 1].norm != "far"):
            return at
        if norm in _TOTALLING and tokens[at + 1].norm == "to" and at > 1:
            return at  # "half of the 780 million, which comes to 390 million"
        if norm in _MEANING and (before.raw in _STOPS or before.norm in {"which", "that", "this"}):
            return at
    return 0
