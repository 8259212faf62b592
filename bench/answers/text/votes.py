"""The sides of a vote, which are keys of many a list: "112 votes for, 87 against and 6 abstentions"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bench.answers.text.units import stem
from bench.answers.text.wording import words_of

_SIDES: Final = (
    words_of("for favour favor support supported yes aye ayes yea yeas"),
    words_of("against opposed oppose no noes nay nays"),
    words_of("abstained abstain abstaining abstention abstentions"),
)
_CAST: Final = frozenset({"vote", "ballot"})


def same_side(one: str, two: str) -> bool:
    """Whether both words name one side."""
    return any(one in side and two in side for side in _SIDES)


def counted(keys: Iterable[str]) -> frozenset[str]:
    """Stems of what is counted under keys of such words: nothing where no side is among them."""
    sides = [side for side in _SIDES if not side.isdisjoint(keys)]
    return _CAST.union(*(map(stem, side) for side in sides)) if sides else frozenset()
