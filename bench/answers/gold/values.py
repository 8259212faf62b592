"""Numbers and dates as golds, prepared."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bench.answers.dates.anchors import ANCHORS
from bench.answers.dates.moments import moments, whole_date
from bench.answers.dates.when import When, parse_edtf
from bench.answers.gold.infer import is_number
from bench.answers.gold.names import keys_of, texts_of
from bench.answers.meaning.question import Question
from bench.answers.numbers.combine import direction, sense
from bench.answers.numbers.gold import NumberGold, Target, unit_of
from bench.answers.numbers.quantities import quantities
from bench.answers.numbers.quantity import Quantity
from bench.answers.text import votes
from bench.answers.text.phrases import REJECT, phrases, table
from bench.answers.text.tokens import read
from bench.answers.text.units import UNITS, Unit, stem
from bench.answers.text.wording import FUNCTION
from bench.answers.values.date_match import DateGold
from bench.records import Gold


def _one(text: str) -> Quantity | None:
    """The one number a wording holds; of "52 of 80" the first."""
    found = [q for q in quantities(read(text)) if q.role not in {"whole", "operand"}]
    return found[0] if len(found) == 1 else None


def number_of(slots: Sequence[Gold], question: Question, rejects: Sequence[str]) -> NumberGold:
    """The matcher\'s view of numbers; without targets where no wording holds one."""
    texts = texts_of(slots)
    parsed = [(text, q) for text in texts if (q := _one(text)) is not None]
    targets = [target for slot in slots for target in _targets(slot)]
    nouns = frozenset(noun for slot in slots for noun in (unit_of(slot.unit)[2] if slot.unit else ()))
    counted = frozenset(noun for _, q in parsed if not q.unit for noun in q.nouns if noun not in FUNCTION)
    units = [target.unit for target in targets if target.unit is not None]
    bare = any(not q.unit and not q.nouns and q.form != "fraction" and (q.value > 1 or q.value.denominator == 1)
               for _, q in parsed)  # fmt: skip
    figures = [q for text in rejects if is_number(text) and (q := _one(text)) is not None]
    worded = [p for text in texts if _one(text) is None for p in phrases(text, 0)]
    refused = [p for text in rejects if not is_number(text) for p in phrases(text, REJECT)]
    known = (nouns | counted) or question.counted
    keys = [stem(t.norm) for slot in slots if slot.key for t in read(slot.key).tokens if t.kind == "w"]
    bounds = {slot.bound for slot in slots if slot.bound}
    bounds |= {_side(q.bound) for _, q in parsed if q.bound}
    return NumberGold(
        exact=keys_of(texts),
        targets=tuple(targets),
        rejects=tuple(figures),
        wordings=table([*worded, *refused]),
        nouns=frozenset() if units or not known else known.union(keys, votes.counted(keys)),
        bounds=frozenset(bounds),
        tolerance=max((Fraction(str(slot.tolerance)) for slot in slots), default=Fraction(0)),
        needs_unit=bool(units) and not bare and not any(_asks_for(unit, question) for unit in units),
        measured=bool(units),
        sense=_sense(parsed, question),
        asked=question.words | question.stems,
        asked_names=question.names,
        asked_numbers=question.numbers,
        asked_times=question.dates,
        asking=question.seen,
        negated=question.negated,
        dated=any(t.unit is None and 1000 <= t.value <= 2200 and not nouns | counted for t in targets),
    )


def _sense(parsed: Sequence[tuple[str, Quantity]], question: Question) -> int:
    """Whether the gold, or else the question, speaks of a rise (1) or of a fall (−1)."""
    said = {sense(read(text).tokens, q) or (-1 if q.value < 0 else 0) for text, q in parsed} - {0}
    return said.pop() if len(said) == 1 else 0 if said else direction(question.words)


def _side(bound: str) -> str:
    return {"below": "at_most", "above": "at_least", "nearly": "approx"}.get(bound, bound)


def _targets(slot: Gold) -> list[Target]:
    scale, unit, _ = unit_of(slot.unit) if slot.unit else (1, None, frozenset())
    out: list[Target] = []
    for text in (slot.canonical, *slot.aliases):
        q = _one(text)
        if q is None:
            continue
        own: Unit | None = UNITS[q.unit] if q.unit else None
        share = (
            own is None
            and unit is not None
            and unit.family == "share"
            and (q.form == "fraction" or abs(q.value) < 1)
        )
        if share and unit is not None:
            own = Unit("share", Fraction(1))
        value = q.value * 10**6 if q.glued and not (unit and unit.family == "length") else q.value
        target = Target(value, own or unit, q.high, q.form == "ordinal")
        if target not in out:
            out.append(target)
    stated = _stated(slot, scale, unit)
    if stated is not None and not any(t.unit and t.unit.family == "share" for t in out) and stated not in out:
        out.append(stated)
    return out


def _stated(slot: Gold, scale: int, unit: Unit | None) -> Target | None:
    if slot.value is None or slot.value != slot.value or slot.value in {float("inf"), float("-inf")}:
        return None
    return Target(Fraction(str(slot.value)) * scale, unit)


def _asks_for(unit: Unit, question: Question) -> bool:
    """Whether the question itself fixes the unit: "how many days", "what percentage", "how old"."""
    if unit.family == "share":
        return (
            bool(question.words & {"percent", "percentage", "pct", "%"}) or {"per", "cent"} <= question.words
        )
    if unit.family == "points":
        return bool({"point", "points"} & question.words)
    if unit == UNITS["year"] and {"how", "old"} <= question.words:
        return True
    return any(
        UNITS.get(word) == unit for word in question.words | question.stems if word not in {"m", "t", "c"}
    )


def date_of(slots: Sequence[Gold], question: Question, rejects: Sequence[str]) -> DateGold:
    """The matcher\'s view of dates; without golds where no wording holds one."""
    texts = texts_of(slots)
    edtf = [when for slot in slots if slot.edtf for when in parse_edtf(slot.edtf)]
    is_stretch = any(slot.edtf and "/" in slot.edtf for slot in slots)
    dated = [found[0].when for text in texts if whole_date(text) and len(found := moments(read(text))) == 1]
    ends: tuple[When, ...] = tuple(edtf[:2]) if is_stretch else ()
    if not edtf and not dated:
        pair = [m.when for m in moments(read(texts[0]))] if texts else []
        ends = (pair[0], pair[1]) if len(pair) == 2 else ()
    if not ends and len(dated) == 1 and dated[0].last and not edtf:
        ends = (When(year=dated[0].year), When(year=dated[0].last))
    golds = () if ends else tuple(dict.fromkeys([*([] if is_stretch else edtf), *dated]))
    said: dict[str, int | str] = {}
    for when in golds:
        said = {**when.said(), **said}
    lures = [found[0].when for text in rejects if whole_date(text) and len(found := moments(read(text))) == 1]
    worded = [p for text in texts if not whole_date(text) for p in phrases(text, 0)]
    refused = [p for text in rejects if not whole_date(text) for p in phrases(text, REJECT)]
    return DateGold(
        exact=keys_of(texts),
        golds=golds,
        full=When(**said),  # type: ignore[arg-type]
        stretch=ends,
        rejects=tuple(lures),
        wordings=table([*worded, *refused]),
        negated=question.negated,
        anchors=frozenset(t.norm for text in texts for t in read(text).tokens) & ANCHORS,
        asked=question.words | question.stems,
        asked_names=question.names,
        asked_dates=question.dates,
    )
