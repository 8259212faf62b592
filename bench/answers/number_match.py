"""Whether an answer asserts the number an item asks for.

Documented choices. Bounds are lenient: a bare or approximate figure is right for a bounded gold, a bound
that the gold does not have is wrong ("at least 40" for "up to 40", "more than 52" for 52); strictness is
`bound_strict`'s business. A stated unit must be the gold's, the question's, or the article's for that
figure. A unit of measure may be left out only where the question or an accepted wording leaves it out.
Exact conversions within one system of units are equal (14 days, two weeks); miles and kilometres are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from bench.answers.dates import date_tokens
from bench.answers.names import LONG
from bench.answers.numbers import Quantity, quantities
from bench.answers.phrases import Table, find
from bench.answers.stance import denied, statements, taken_back
from bench.answers.tokens import Text, read
from bench.answers.units import ANY_THING, FAINT, SCALES, UNITS, Unit, same_thing, stem
from bench.answers.wording import FUNCTION

_NOTHING: Final = re.compile(
    r"\b(?:no|none|zero|nil|nobody|nothing|no one|not any|not a single|neither|nought)\b"
)
_TAIL: Final = 150
_DEGREES: Final = ({"degree", "celsius"}, {"degree", "fahrenheit"})
_OPPOSED: Final = {"at_most": "at_most", "below": "at_most", "at_least": "at_least", "above": "at_least"}


@dataclass(frozen=True, slots=True)
class Target:
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
    asked: frozenset[str]  # stems of the question's words
    asked_numbers: frozenset[Fraction]
    negated: bool
    dated: bool  # the gold may be a year: dates in the answer count
    context: str = ""


def match_number(gold: NumberGold, answer: str, *, strict: bool = False) -> bool:
    """Whether `answer` asserts the gold number and no other for the same thing.

    `strict` also demands the gold's bound to be said ("up to", "about", "at least").
    """
    text = read(answer)
    if text.key in gold.exact and not strict:
        return True
    if text.cut or not text.content:
        return False
    text = read(statements(answer))
    masked = frozenset() if gold.dated else date_tokens(text)
    found = [q for q in quantities(text, masked | _indices(text)) if q.role != "operand"]
    worded = [m for m in find(text, gold.wordings) if not denied(text, m.first, m.end, lenient=gold.negated)]
    if any(m.label < 0 for m in worded):
        return False
    since = taken_back(text, [q.first for q in found] + [m.first for m in worded])
    live = [q for q in found if q.first >= since and not _denied(gold, text, q)]
    hits = [q for q in live if _hit(gold, text, q, strict=strict)]
    if not hits:
        return (bool(worded) and not _solid(live)) or _none_at_all(gold, text, live)
    if any(_rejected(gold, q) and q not in hits for q in live):
        return False
    if any(q not in hits and _rival(gold, text, q, hits) for q in live):
        return False
    return not _stutters(text, hits) and _short_enough(text, hits)


def _denied(gold: NumberGold, text: Text, q: Quantity) -> bool:
    return denied(text, q.first, q.end, lenient=gold.negated)


def _indices(text: Text) -> frozenset[int]:
    """Tokens that number the lines of a list: "1. …", "2) …"."""
    if "\n" not in text.clean and not text.clean.startswith(("1", "(1")):
        return frozenset()
    out: list[int] = []
    tokens = text.tokens
    figures = sum(1 for t in tokens if t.kind == "n")
    for i, token in enumerate(tokens):
        begins = i == 0 or tokens[i - 1].raw in {"\n", "("}
        if (
            begins
            and token.kind == "n"
            and token.raw.isdigit()
            and int(token.raw) <= 20
            and i + 2 < len(tokens)
        ):
            listed = tokens[i + 1].raw in {".", ")"} and tokens[i + 2].raw != "\n" and figures > 1
            if listed and int(token.raw) == len(out) + 1:
                out.append(i)
    return frozenset(out)


def _solid(live: Sequence[Quantity]) -> list[Quantity]:
    return [q for q in live if q.role == "" and q.form != "ordinal"]


def _hit(gold: NumberGold, text: Text, q: Quantity, *, strict: bool = False) -> bool:
    if q.role == "whole" or not any(_equals(gold, target, q) for target in gold.targets):
        return False
    side = _OPPOSED.get(q.bound)
    if side and side not in gold.bounds:
        return False
    if strict and not _bound_said(gold, q, side):
        return False
    return _same_kind(gold, q)


def _bound_said(gold: NumberGold, q: Quantity, side: str | None) -> bool:
    wanted = gold.bounds - {"exact"}
    if not wanted:
        return q.bound in {"", "exact"}
    return (side or q.bound) in wanted


def _equals(gold: NumberGold, target: Target, q: Quantity) -> bool:
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
            elif {unit.family, target.unit.family} in _DEGREES and abs(
                value - target.value
            ) <= gold.tolerance:
                return True
        elif unit is not None:
            if _unit_for_plain(gold, target, value, unit):
                return True
        elif _plain_for_unit(gold, target, q, value):
            return True
    return _share_of(target, q)


def _readings(q: Quantity, target: Target) -> list[tuple[Fraction, Unit | None]]:
    """A figure with its unit; a glued "m" is million or metre."""
    if q.glued == "m":
        return [(q.value * 10**6, None), (q.value, UNITS["m"])]
    if q.glued:
        return [(q.value * 10**6, None)]
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


def _same_kind(gold: NumberGold, q: Quantity) -> bool:
    """Whether the words behind the figure may stand for what is asked about."""
    if q.unit or not q.nouns:
        return True
    nouns = q.nouns
    if gold.measured and not any(noun in UNITS for noun in nouns):
        return not _plural(q) or nouns[0] in ANY_THING
    if not gold.nouns or gold.measured:
        return True
    known = gold.nouns | gold.asked | ANY_THING
    if any(noun in known or any(same_thing(noun, own) for own in gold.nouns) for noun in nouns):
        return True
    if not _plural(q):
        return True
    return bool(_counted_in(gold.context).get(q.value, frozenset()) & set(nouns))


@lru_cache(maxsize=512)
def _counted_in(context: str) -> dict[Fraction, frozenset[str]]:
    """What the article counts by which figure."""
    out: dict[Fraction, frozenset[str]] = {}
    for begin in range(0, min(len(context), 20_000), 4000):
        for q in quantities(read(context[begin : begin + 4000])):
            out[q.value] = out.get(q.value, frozenset()) | frozenset(q.nouns)
    return out


def _plural(q: Quantity) -> bool:
    """Whether the words behind the figure name things counted ("missiles"; not "were", "in", "rather")."""
    return q.things and q.form != "ordinal"


def _rejected(gold: NumberGold, q: Quantity) -> bool:
    for lure in gold.rejects:
        if (lure.value, lure.high) != (q.value, q.high) or q.form == "ordinal":
            continue
        if lure.unit and q.unit and UNITS[lure.unit].family != UNITS[q.unit].family:
            continue
        if q.value in gold.asked_numbers and q.role == "whole":
            continue
        if q.role == "lone" and q.nouns and not set(q.nouns) & gold.nouns:
            continue
        return True
    return False


def _rival(gold: NumberGold, text: Text, q: Quantity, hits: Sequence[Quantity]) -> bool:
    """Whether another figure is offered for the same thing."""
    tokens = text.tokens
    for hit in hits:
        low, high = (hit, q) if hit.first < q.first else (q, hit)
        between = [t.norm for t in tokens[low.end : high.first]]
        if len(between) <= 3 and {"or", "/"} & set(between):
            return True
    if q.role in {"whole", "year"} or q.form == "ordinal" or (q.role == "lone" and not q.unit):
        return False
    if q.value in gold.asked_numbers:
        return False
    if q.unit:
        family = UNITS[q.unit].family
        if not any(t.unit and t.unit.family == family for t in gold.targets):
            return False
        return not any(_equals(gold, t, q) for t in gold.targets)
    if q.nouns and not gold.measured:
        about = any(
            n in gold.nouns or n in gold.asked or any(same_thing(n, own) for own in gold.nouns)
            for n in q.nouns
        )
        return about or not _plural(q) or not gold.nouns
    if q.nouns and gold.measured:
        return False
    return True


def _none_at_all(gold: NumberGold, text: Text, live: Sequence[Quantity]) -> bool:
    """ "None", "no drones", "nobody" where the gold is zero."""
    if not any(t.value == 0 and t.high is None for t in gold.targets) or _solid(live):
        return False
    return _NOTHING.search(text.clean.lower()) is not None and _short_enough(text, ())


def _stutters(text: Text, hits: Sequence[Quantity]) -> bool:
    """The same figure again and again."""
    row = 1
    for one, two in zip(hits, hits[1:], strict=False):
        between = {t.raw for t in text.tokens[one.end : two.first]}
        if not between - {"*", '"', "-"}:
            return True
        row = row + 1 if between <= {",", ".", ";", "\n", "and", "or"} else 1
        if row > 2:
            return True
    return False


def _short_enough(text: Text, hits: Sequence[Quantity]) -> bool:
    words = len(text.content)
    if words <= LONG:
        return True
    stop = next((i for i, t in enumerate(text.tokens) if t.raw in {".", "\n", "!", ":"} and i > 0), 0)
    return (
        words <= _TAIL
        and any(q.first < stop for q in hits)
        and sum(1 for i in text.content if i < stop) <= 22
    )


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


def number_spots(gold: NumberGold, text: Text) -> list[tuple[int, int]]:
    """Where the gold number is asserted, as token ranges with the word counted, for members of lists."""
    masked = frozenset() if gold.dated else date_tokens(text)
    found = [q for q in quantities(text, masked) if q.role != "operand" and not _denied(gold, text, q)]
    spots = [(q.first, q.end) for q in found if _hit(gold, text, q)]
    return spots + [(m.first, m.end) for m in find(text, gold.wordings) if m.label >= 0]
