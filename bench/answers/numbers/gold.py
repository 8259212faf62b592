"""What a number item accepts: values with units, and when a figure equals one of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from bench.answers.dates.when import When
from bench.answers.numbers.quantity import Quantity
from bench.answers.text.phrases import Table
from bench.answers.text.tokens import Text, read
from bench.answers.text.units import FAINT, SCALES, UNITS, Unit, stem
from bench.answers.text.wording import FUNCTION

_DEGREES: Final = ({"degree", "celsius"}, {"degree", "fahrenheit"})


class Target(NamedTuple):
    """One value that is right."""

    value: Fraction
    unit: Unit | None = None
    high: Fraction | None = None
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class NumberGold:
    """What a number item accepts and refuses."""

    exact: frozenset[str]
    targets: tuple[Target, ...]
    rejects: tuple[Quantity, ...]
    wordings: Table  # accepted and rejected wordings that hold no number
    nouns: frozenset[str]  # stems of what is counted
    bounds: frozenset[str]  # bounds the gold has
    tolerance: Fraction
    needs_unit: bool
    measured: bool  # the gold's unit is one of measure
    sense: int  # 1 a rise or gain, −1 a fall or loss, 0 neither
    asked: frozenset[str]  # stems of the question's words
    asked_names: frozenset[str]
    asked_numbers: frozenset[Fraction]
    asked_times: tuple[When, ...]
    asking: Text  # the question
    negated: bool
    dated: bool  # the gold may be a year: dates in the answer count


def equals(gold: NumberGold, target: Target, q: Quantity) -> bool:
    """Whether a figure with its unit is the target value, within the tolerance."""
    if (target.high is None) != (q.high is None):
        return _share_of(target, q)
    if q.high is not None:
        return q.value == target.value and q.high == target.high
    if target.ordinal != (q.form == "ordinal"):
        return target.ordinal and q.role == "" and q.value == target.value and not q.unit
    for value, unit in _readings(q, target):
        if unit is not None and target.unit is not None:
            if unit.family == target.unit.family:
                wanted = target.value * target.unit.factor
                if abs(value * unit.factor - wanted) <= gold.tolerance * target.unit.factor:
                    return True
            elif (
                {unit.family, target.unit.family} in _DEGREES
                and abs(value - target.value) <= gold.tolerance
                and not _other_scale(gold, unit)
            ):
                return True
        elif unit is not None:
            if _unit_for_plain(gold, target, value, unit):
                return True
        elif _plain_for_unit(gold, target, q, value):
            return True
    return _share_of(target, q)


def _other_scale(gold: NumberGold, unit: Unit) -> bool:
    """Whether an accepted wording names another scale of temperature than `unit`."""
    named = {target.unit.family for target in gold.targets if target.unit} & {"celsius", "fahrenheit"}
    return unit.family in {"celsius", "fahrenheit"} and bool(named) and unit.family not in named


def _readings(q: Quantity, target: Target) -> list[tuple[Fraction, Unit | None]]:
    """A figure with its unit; a glued "m" is million or metre."""
    if q.glued:
        million = (q.value * 10**6, UNITS[q.unit] if q.unit else None)
        return [million, (q.value, UNITS["m"])] if q.glued == "m" and not q.unit else [million]
    unit = UNITS[q.unit] if q.unit else None
    if unit is None and target.unit is not None:  # "17 calendar days", "162 full hours"
        unit = next((UNITS[noun] for noun in q.nouns[:3] if noun in UNITS and noun not in FAINT), None)
    if unit is None and target.unit is not None and q.nouns and q.nouns[0] in FAINT:
        unit = UNITS[q.nouns[0]]
    return [(q.value, unit)]


def _unit_for_plain(gold: NumberGold, target: Target, value: Fraction, unit: Unit) -> bool:
    """A figure with a unit, where the gold has none."""
    if unit.family == "share":
        asked = bool(gold.asked & {"percent", "percentage"})
        return abs(value * unit.factor - target.value) <= gold.tolerance or (asked and value == target.value)
    if gold.nouns and not any(UNITS.get(noun) == unit for noun in gold.nouns):
        return False
    rivals = [UNITS[word] for word in gold.asked if word in UNITS and word not in FAINT]
    if any(other != unit for other in rivals) and unit not in rivals:
        return False
    return abs(value - target.value) <= gold.tolerance


def _plain_for_unit(gold: NumberGold, target: Target, q: Quantity, value: Fraction) -> bool:
    """A bare figure, where the gold may have a unit."""
    if target.unit is None:
        if q.form == "fraction" and target.value.denominator == 1:
            return False
        return abs(value - target.value) <= gold.tolerance
    if target.unit.family == "share":
        wanted = target.value * target.unit.factor
        if (q.form == "fraction" or abs(value) <= 1) and abs(
            value - wanted
        ) <= gold.tolerance * target.unit.factor:
            return True
        if q.form == "fraction":
            return False
    return not gold.needs_unit and abs(value - target.value) <= gold.tolerance


def _share_of(target: Target, q: Quantity) -> bool:
    """ "52 of 80" and "one in three", where a share is asked for."""
    if q.of is None or not q.of or target.high is not None or q.high is not None:
        return False
    if target.unit is not None and target.unit.family == "share":
        return q.value / q.of == target.value * target.unit.factor
    return target.unit is None and target.value.denominator > 1 and q.value / q.of == target.value


def unit_of(text: str) -> tuple[int, Unit | None, frozenset[str]]:
    """A unit as an item states it: (scale, unit of measure, stems of what is counted).

    "EUR" → (1, euro, ∅); "million euros" → (10⁶, euro, ∅); "drone" → (1, None, {drone}).
    """
    words = [t.norm for t in read(text.replace("_", " ")).tokens if t.kind in "wn"]
    scale = 1
    while words and words[0] in SCALES and words[0] not in {"k", "b", "score"}:
        scale *= SCALES[words.pop(0)]
    while len(words) > 1 and words[-1] in SCALES:
        scale *= SCALES[words.pop()]
    for size in (3, 2, 1):
        for joint in (" ", ""):
            name = joint.join(words[:size])
            if len(words) >= size and name in UNITS:
                return scale, UNITS[name], frozenset()
            if len(words) >= size and stem(name) in UNITS:
                return scale, UNITS[stem(name)], frozenset()
    if "/".join(words) in UNITS:
        return scale, UNITS["/".join(words)], frozenset()
    return scale, None, frozenset(stem(word) for word in words if word not in FUNCTION)
