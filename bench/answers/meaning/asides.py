"""Figures and dates that an answer gives beside its answer: "up from 190 the year before", "originally planned for April"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from bench.answers.text.tokens import Text

_WORDS: Final = frozenset(
    {
        "originally",
        "previously",
        "formerly",
        "earlier",
        "former",
        "extra",
        "additional",
        "another",
        "compared",
    }
)
_PAIRS: Final = frozenset(
    {("up", "from"), ("down", "from"), ("year", "before"), ("last", "year"), ("previous", "year")}
)
_ENDS: Final = frozenset(".;!?\n,()")


def aside(text: Text, first: int, spots: list[int]) -> bool:
    """Whether the clause around token `first` says that it speaks of another time or of more beside.

    `spots`: where the answer itself stands; a clause that holds one of them is no aside.
    """
    tokens = text.tokens
    begin = next((i + 1 for i in range(first - 1, -1, -1) if tokens[i].raw in _ENDS), 0)
    end = next((i for i in range(first, len(tokens)) if tokens[i].raw in _ENDS), len(tokens))
    if begin == 0 or any(begin <= spot < end for spot in spots):
        return False
    norms = [token.norm for token in tokens[begin:end]]
    return not _WORDS.isdisjoint(norms) or any(pair in _PAIRS for pair in pairwise(norms))
