"""One number mentioned, and plain number literals."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, NamedTuple

_PLAIN: Final = re.compile(r"-?\d+(?:\.\d+)?\Z")

_COMMA: Final = re.compile(r"-?\d+,\d{1,2}\Z")


class Quantity(NamedTuple):
    """One number mentioned: tokens first…end−1, bounds and currency included."""

    value: Fraction
    first: int
    end: int
    form: str  # digits · words · fraction · article ("an hour") · ordinal · range · pair (ratio, score)
    high: Fraction | None = None  # second figure of a range or pair
    unit: str = ""  # a name in UNITS
    nouns: tuple[str, ...] = ()  # stems of the words after it
    things: bool = False  # one of these words is a plural
    bound: str = ""  # at_most · below · at_least · above · approx · exact
    role: str = ""  # whole ("of the 80") · operand ("80 − 52 =") · part ("two of them") · year · lone ("one")
    of: Fraction | None = None  # "52 of 80": 80
    glued: str = ""  # "m": million or metre

    @property
    def counts(self) -> bool:
        """Whether the words behind the figure name things counted ("missiles"; not "were", "in", "rather")."""
        return self.things and self.form != "ordinal"


def figure(text: str) -> Fraction | None:
    """A plain number literal: "52", "-1.5", "1,000", "1,5" (decimal comma); None for anything else."""
    if _PLAIN.match(text):
        return Fraction(text) if len(text) < 60 else None
    if _COMMA.match(text) and len(text) < 60:
        return Fraction(text.replace(",", "."))
    grouped = len(text) < 80 and re.fullmatch(r"-?\d{1,3}(?:[,']\d{3})+(?:\.\d+)?", text)
    return Fraction(text.replace(",", "").replace("'", "")) if grouped else None
