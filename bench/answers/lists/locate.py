"""Where the members of a list stand in a text, whatever their kind."""

from __future__ import annotations

from collections.abc import Sequence

from bench.answers.gold.prepare import Spec
from bench.answers.lists.members import Spot
from bench.answers.names.match import name_spots
from bench.answers.names.persons import Names
from bench.answers.numbers.gold import NumberGold
from bench.answers.text.tokens import Text
from bench.answers.values.date_match import DateGold, date_spots
from bench.answers.values.number_match import number_spots


def locate(specs: Sequence[Spec], text: Text, context: str = "") -> list[Spot]:
    """The asserted members of all slots, left to right; of overlapping ones the longest.

    A member that fits several slots (one name under two keys) carries them all.
    """
    found: dict[tuple[int, int], set[int]] = {}
    for number, spec in enumerate(specs):
        for span in _spots(spec, text, context):
            found.setdefault(span, set()).add(number)
    out: list[Spot] = []
    taken: set[int] = set()
    for first, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if taken.isdisjoint(range(first, end)):
            taken.update(range(first, end))
            out.append(Spot(first, end, frozenset(found[(first, end)])))
    return sorted(out, key=lambda spot: spot.first)


def _spots(spec: Spec, text: Text, context: str) -> list[tuple[int, int]]:
    if isinstance(spec, Names):
        return name_spots(spec, text, context)
    if isinstance(spec, NumberGold):
        return number_spots(spec, text, context)
    assert isinstance(spec, DateGold)
    return date_spots(spec, text, context)
