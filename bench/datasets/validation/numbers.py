"""Checks of values, bounds and derivations against the answer as worded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from bench.datasets._values import read_number
from bench.datasets.derivation import DerivationError, Result, evaluate
from bench.datasets.validation.dates import contradiction, edtf_fault
from bench.datasets.validation.lookup import Lookup
from bench.datasets.validation.wording import fold
from bench.errors import Problem
from bench.records import Article, Gold, Item

# How an answer may begin, and the bounds it may then stand for.
_BOUND_WORDS = (
    (re.compile(r"(?:about|around|roughly|approximately|some|circa)\b", re.IGNORECASE), ("approx",)),
    (re.compile(r"(?:nearly|almost)\b", re.IGNORECASE), ("approx", "at_most")),
    (re.compile(r"(?:at least|more than|over|no fewer than|no less than)\b", re.IGNORECASE), ("at_least",)),
    (re.compile(r"(?:at most|up to|as many as|as much as|no more than)\b", re.IGNORECASE), ("at_most",)),
)
_ROUNDING = Fraction(1, 10**9)  # relative: values are floats


def check_numbers(_article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """A number item has a value; value and bound agree with the answer as worded; the unit is a word."""
    for item in items:
        for j, gold in enumerate(item.gold):
            if item.answer_type == "number" and gold.value is None:
                path = lookup.slot(item, j, "answer")
                yield lookup.item(
                    "number", item, path, "no number in it", value=gold.canonical, fix="give value"
                )
            if gold.value is None:
                continue
            said = read_number(gold.canonical)
            if said is not None and not _near(Fraction(said), gold.value, 0.0):
                message = f"is {gold.value:g}, but the answer {gold.canonical!r} says {said:g}"
                yield lookup.item(
                    "number", item, lookup.slot(item, j, "value"), message, fix="correct one of them"
                )
            fits = next((b for words, b in _BOUND_WORDS if words.match(gold.canonical)), None)
            if fits and (gold.bound or "exact") not in fits:
                message = f"is {gold.bound or 'exact'}, but the answer says {gold.canonical!r}"
                fix = f'set bound = "{fits[0]}"'
                yield lookup.item("bound", item, lookup.slot(item, j, "bound"), message, fix=fix)
            if gold.unit is not None and not any(c.isalpha() or c in "$€£¥%°" for c in gold.unit):
                path = lookup.slot(item, j, "unit")
                yield lookup.item(
                    "number", item, path, "is no unit", value=gold.unit, fix="name what is counted"
                )


def check_derivations(_article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """A derivation can be evaluated, and gives the gold (one of them, where there are several slots)."""
    for item in items:
        if item.derivation is None:
            continue
        path = ("derivation",)
        try:
            result = evaluate(item.derivation)
        except DerivationError as error:
            message = f"cannot be evaluated: {error}"
            yield lookup.item("derivation", item, path, message, value=item.derivation)
            continue
        if not any(agrees(result, gold) for gold in item.gold):
            golds = ", ".join(repr(g.canonical) for g in item.gold) or "none"
            message = f"gives {spoken(result)}, the gold is {golds}"
            yield lookup.item(
                "derivation", item, path, message, value=item.derivation, fix="correct one of them"
            )


def agrees(result: Result, gold: Gold) -> bool:
    """Whether a derivation's value is what the gold says, within the gold's tolerance."""
    accepted = {fold(text) for text in (gold.canonical, *gold.aliases)}
    if isinstance(result, bool):
        return fold(gold.canonical) == ("yes" if result else "no")
    if isinstance(result, str):
        return fold(result) in accepted or fold(result.replace("_", " ")) in accepted
    if isinstance(result, date):
        iso = result.isoformat()
        if gold.edtf is not None and edtf_fault(gold.edtf) is None and "/" not in gold.edtf:
            return all(p in ("X", c) for p, c in zip(gold.edtf, iso, strict=False))
        return contradiction(gold.canonical, iso) is None
    value = read_number(gold.canonical) if gold.value is None else gold.value
    return value is not None and _near(result, value, gold.tolerance)


def spoken(result: Result) -> str:
    """A derivation's value for a message."""
    if isinstance(result, bool):
        return "yes" if result else "no"
    if isinstance(result, Fraction):
        return str(result) if result.denominator == 1 else f"{float(result):g} ({result})"
    return str(result)


def _near(exact: Fraction, value: float, tolerance: float) -> bool:
    """Whether two numbers are equal within an absolute tolerance, and the rounding of floats."""
    return abs(exact - Fraction(value)) <= Fraction(tolerance) + _ROUNDING * abs(exact)
