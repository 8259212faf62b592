"""Figures that are rates ("1,200 litres a day"), and factors in one word ("it doubled")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bench.answers.numbers.gold import NumberGold
from bench.answers.numbers.quantity import Quantity
from bench.answers.text.quoted import in_article
from bench.answers.text.tokens import Text
from bench.answers.text.units import stem
from bench.answers.text.wrapping import LONG

_EACH: Final = frozenset({"a", "an", "per", "each", "every"})
_TIMES: Final = frozenset({"minute", "hour", "day", "night", "week", "month", "year"})
_ADVERBS: Final = {
    unit: frozenset(words) | frozenset(map(stem, words))
    for unit, words in {
        "day": ("daily",), "night": ("nightly",), "week": ("weekly",), "month": ("monthly",), "hour": ("hourly", "mph", "kph"),
        "year": ("yearly", "annual", "annually", "annum"),
    }.items()
}  # fmt: skip
_FACTORS: Final = {"doubled": 2, "twofold": 2, "tripled": 3, "trebled": 3, "threefold": 3, "quadrupled": 4, "fourfold": 4,
                   "quintupled": 5, "fivefold": 5}  # fmt: skip


def per_time(gold: NumberGold, text: Text, q: Quantity, context: str) -> bool:
    """ "1,200 litres a day", where neither question nor gold nor article speaks of a day."""
    said = [t.norm for t in text.tokens[q.end : q.end + 5] if t.kind == "w" and t.norm != "single"]
    for one, two in pairwise(said):
        if one in _EACH and two in _TIMES:
            adverbs = _ADVERBS.get(two, frozenset())
            own = (
                not adverbs.isdisjoint(gold.asked)
                or any(in_article(word, context) for word in adverbs)
                or two in gold.asked
                or any(two in key.split() for key in gold.exact)
            )
            return (
                bool(context)
                and not own
                and re.search(rf"\b(?:an?|per|each|every) {two}\b", context.lower()) is None
            )
    return False


def multiplied(gold: NumberGold, text: Text, live: Sequence[Quantity]) -> bool:
    """ "It doubled" for a factor of two."""
    if "factor" not in gold.asked or live or len(text.content) > LONG:
        return False
    said = {_FACTORS[t.norm] for t in text.tokens if t.norm in _FACTORS}
    return len(said) == 1 and any(t.value in said and t.high is None for t in gold.targets)
