"""Numbers and dates that an answer asserts, set against the gold's and the article's."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from bench.answers.dates.moments import date_tokens, moments
from bench.answers.dates.parts import Moment
from bench.answers.dates.when import When
from bench.answers.gold.prepare import Prepared
from bench.answers.meaning.stance import denied
from bench.answers.numbers.gold import NumberGold
from bench.answers.numbers.quantities import quantities
from bench.answers.numbers.quantity import Quantity
from bench.answers.text.tokens import Text, read
from bench.answers.values.date_match import DateGold
from bench.diagnosis.content import meaning
from bench.diagnosis.siblings import Siblings, figure
from bench.records import Item

NUMERIC: Final = frozenset({"number", "date"})

# Words of its own that an answer may have beside a figure, where a figure is asked for and where it is not.
_CLAUSE: Final = 10
_WRAPPING: Final = 5


def same_digits(ready: Prepared, seen: Text, siblings: Siblings) -> bool:
    """Whether a figure has the digits of the gold number: 65 for 65 %, 1.5 for 1.5 million, −5 for 5.

    A figure of another size that the article has itself is another number (40 for 4), no slip of scale.
    """
    golds = [spec for spec in ready.specs if isinstance(spec, NumberGold)]
    if not golds:
        return False
    targets = [t for gold in golds for t in gold.targets if t.high is None]
    values = {abs(t.value) for t in targets if t.value}
    digits = {_digits(value) for value in values}
    for q in _asserted(seen):
        if q.high is not None or q.form == "ordinal" or _digits(q.value) not in digits:
            continue
        if abs(q.value) in values or figure(q) not in siblings.figures:
            return True
    return False


def ends_in_gold(ready: Prepared, seen: Text) -> bool:
    """Whether a range has the gold number at one end: "52 to 60" for 52."""
    values = {t.value for spec in ready.specs if isinstance(spec, NumberGold) for t in spec.targets}
    return bool(values) and any(q.form == "range" and {q.value, q.high} & values for q in _asserted(seen))


def names_figure(item: Item, ready: Prepared, seen: Text, siblings: Siblings) -> bool:
    """Whether the answer is a number or date of the article, of a lure or of another item, that the question lacks.

    A lure counts wherever it stands; another figure not in a sentence that has much else to say. For items
    that ask for something else, "second" and "first" are no figures.
    """
    lures = [read(text) for text in item.reject]
    given, dated = _given(ready, seen), _told(seen)
    told = [when for m in dated for when in (m.when, *m.others)]
    refused = {figure(q) for text in lures for q in quantities(text)}
    if any(figure(q) in refused for q in given) or any(
        m.when in told for text in lures for m in moments(text)
    ):
        return True
    numeric = bool(ready.kinds) and set(ready.kinds) <= NUMERIC
    spots = {i for m in dated for i in range(m.first, m.end)} | {
        i for q in given for i in range(q.first, q.end)
    }
    if len([i for i in meaning(ready, seen) if i not in spots]) > (_CLAUSE if numeric else _WRAPPING):
        return False
    if any(figure(q) in siblings.figures for q in given if numeric or q.form != "ordinal"):
        return True
    return any(_other_date(ready, when, siblings) for when in told if when not in ready.question.dates)


def _other_date(ready: Prepared, when: When, siblings: Siblings) -> bool:
    """Whether a date is all or part of one of the article ("Sunday" of Sunday night) that is not the gold's."""
    said = when.said().items()
    golds = [g.said().items() for spec in ready.specs if isinstance(spec, DateGold) for g in spec.golds]
    if any(said <= gold for gold in golds):
        return False
    known = (each.said().items() for each in siblings.dates)
    return any(said <= each and not any(gold <= each for gold in golds) for each in known)


def invents_figure(ready: Prepared, seen: Text, siblings: Siblings) -> bool:
    """Whether an answer that gives no number or date of the article gives one all the same.

    A date that says less than one of the article ("May" for 16 May) is not invented.
    """
    told = _told(seen)
    said = [m.when.said().items() for m in told if m.when not in ready.question.dates]
    known = [when.said().items() for when in siblings.dates]
    dated = {i for m in told for i in range(m.first, m.end)}
    bare = any(q.first not in dated for q in _given(ready, seen))
    return bare or any(not any(one <= each for each in known) for one in said)


def _given(ready: Prepared, seen: Text) -> list[Quantity]:
    return [q for q in _asserted(seen) if q.value not in ready.question.numbers]


def _told(seen: Text) -> list[Moment]:
    return [m for m in moments(seen) if not denied(seen, m.first, m.end, lenient=False)]


def _asserted(seen: Text) -> list[Quantity]:
    """Undenied numbers, without those of dates and sums; "one" only where there is no other."""
    found = [
        q
        for q in quantities(seen, date_tokens(seen))
        if q.role != "operand" and not denied(seen, q.first, q.end, lenient=False)
    ]
    return [q for q in found if q.role != "lone"] or found


def _digits(value: Fraction) -> Fraction:
    """The significant digits: equal for values whose ratio is a power of ten. Endless decimals stay as they are."""
    rest, left = abs(value), value.denominator
    for prime in (2, 5):
        while left % prime == 0:
            left //= prime
    if rest == 0 or left != 1:
        return rest
    while rest.denominator != 1:
        rest *= 10
    # Python refuses to write out integers of thousands of digits.
    return Fraction(int(str(rest.numerator).rstrip("0"))) if rest.numerator < 10**300 else rest
