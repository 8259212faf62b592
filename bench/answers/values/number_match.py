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
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Final

from bench.answers.dates.moments import date_tokens
from bench.answers.meaning.asides import aside
from bench.answers.meaning.changes import settled
from bench.answers.meaning.conclusions import concluded
from bench.answers.meaning.opposed import same_event, told_of_opposite
from bench.answers.meaning.other_subject import of_another_subject
from bench.answers.meaning.stance import denied, statements
from bench.answers.meaning.taken_back import taken_back
from bench.answers.numbers.combine import sense
from bench.answers.numbers.gold import NumberGold, equals
from bench.answers.numbers.quantities import quantities
from bench.answers.numbers.quantity import Quantity
from bench.answers.numbers.rates import multiplied, per_time
from bench.answers.text.phrases import find
from bench.answers.text.tokens import Text, read
from bench.answers.text.units import ANY_THING, UNITS, same_thing
from bench.answers.text.wrapping import LONG, MANY, wraps
from bench.answers.values.number_rivals import elsewhere, of_another, rival

_NOTHING: Final = re.compile(
    r"\b(?:no|none|zero|nil|nobody|nothing|no one|not any|not a single|neither|nought)\b"
)

_ESSAY: Final = 200  # words: more than any wrapper lets through, so it need not be read

_OPPOSED: Final = {"at_most": "at_most", "below": "at_most", "at_least": "at_least", "above": "at_least"}


def match_number(gold: NumberGold, answer: str, context: str = "", *, strict: bool = False) -> bool:
    """Whether `answer` asserts the gold number and no other for the same thing.

    `strict` also demands the gold's bound to be said ("up to", "about", "at least").
    """
    text = read(answer)
    if text.key in gold.exact and not strict:
        return True
    if text.cut or not text.content:
        return False
    text = read(statements(answer))
    if len(text.content) > _ESSAY:
        return False
    masked = frozenset() if gold.dated else date_tokens(text)
    told = _measured(gold, quantities(text, masked | _indices(text)))
    found, left = settled(text, told, gold.asked, {target.value for target in gold.targets})
    if any(_rejected(gold, q) for q in left):
        return False
    found = [q for q in found if q.role != "operand"]
    if len(found) > MANY:
        return False
    worded = [m for m in find(text, gold.wordings) if not denied(text, m.first, m.end, lenient=gold.negated)]
    if any(m.label < 0 for m in worded):
        return False
    since = taken_back(text, [q.first for q in found] + [m.first for m in worded])
    live = [q for q in found if q.first >= since and not _denied(gold, text, q)]
    hits = [q for q in live if _hit(gold, q, context, strict=strict) and not _opposite(gold, text, q)]
    hits = [
        q
        for q in hits
        if not _multiple(text, q)
        and not per_time(gold, text, q, context)
        and not elsewhere(gold, text, q, found, context)
    ]
    if not hits:
        return (
            (bool(worded) and not _solid(live))
            or _none_at_all(gold, text, live)
            or multiplied(gold, text, live)
        )
    if of_another_subject(text, gold.asking, context) or any(
        _rejected(gold, q) and q not in hits for q in live
    ):
        return False
    end = concluded(text, [q.first for q in hits])
    final = [q for q in hits if q.first >= end]
    own = [q.first for q in final]
    if any(
        q not in hits
        and q.first >= end
        and rival(gold, text, q, final)
        and not aside(text, q.first, own)
        and not of_another(gold, text, q, found, final, context)
        for q in live
    ):
        return False
    spots = [(q.first, q.end) for q in final]
    readings = len({q.value for q in final})
    return not _stutters(text, hits) and wraps(text, spots, gold.asked, aside=[(0, end)], readings=readings)


def _measured(gold: NumberGold, found: list[Quantity]) -> list[Quantity]:
    """The figures, each bare one in the unit of the one before: "at first 4.1 billion euros, later 4.6 billion"."""
    out: list[Quantity] = []
    families = {target.unit.family for target in gold.targets if target.unit}
    for q in found:
        before = out[-1].unit if out else ""
        bare = not (q.unit or q.nouns or q.role or q.glued) and q.form in {"digits", "words"}
        lent = bare and before and UNITS[before].family in families
        out.append(q._replace(unit=before) if lent else q)
    return out


def _opposite(gold: NumberGold, text: Text, q: Quantity) -> bool:
    """Whether a gain is said to be a loss, or the other way round."""
    return gold.sense != 0 and sense(text.tokens, q) == -gold.sense


def _denied(gold: NumberGold, text: Text, q: Quantity) -> bool:
    capped = q.bound == "at_most" and text.tokens[q.first].norm == "more"  # "no nurse has more than 10"
    if not capped and denied(text, q.first, q.end, lenient=gold.negated):
        return True
    return told_of_opposite(text, gold.asked, q.first, q.end, doer=False)


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
            and len(token.raw) <= 2
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


_MULTIPLES: Final = frozenset({"twice", "thrice", "double", "triple", "treble", "quadruple"})


def _hit(gold: NumberGold, q: Quantity, context: str, *, strict: bool = False) -> bool:
    if (
        q.role == "whole"
        or (q.role == "year" and not gold.dated)
        or not any(equals(gold, target, q) for target in gold.targets)
    ):
        return False
    side = _OPPOSED.get(q.bound)
    if (side and side not in gold.bounds) or (q.bound == "nearly" and gold.bounds == {"exact"}):
        return False
    if strict and not _bound_said(gold, q, side):
        return False
    return _same_kind(gold, q, context)


def _bound_said(gold: NumberGold, q: Quantity, side: str | None) -> bool:
    wanted = gold.bounds - {"exact"}
    if not wanted:
        return q.bound in {"", "exact"}
    return (side or {"nearly": "approx"}.get(q.bound, q.bound)) in wanted


def _multiple(text: Text, q: Quantity) -> bool:
    """ "twice 28 million"."""
    return q.first > 0 and text.tokens[q.first - 1].norm in _MULTIPLES


def _same_kind(gold: NumberGold, q: Quantity, context: str) -> bool:
    """Whether the words behind the figure may stand for what is asked about."""
    if q.unit or not q.nouns:
        return True
    nouns = q.nouns
    if nouns[0] == "point" and any(t.unit and t.unit.family == "points" for t in gold.targets):
        return True
    if gold.measured and not any(noun in UNITS for noun in nouns):
        return not q.counts or nouns[0] in ANY_THING
    if not gold.nouns or gold.measured:
        return True
    known = gold.nouns | gold.asked | ANY_THING
    if any(noun in known or any(same_thing(noun, own) for own in gold.nouns) for noun in nouns):
        return True
    if not q.counts or any(same_event(noun, gold.asked) for noun in nouns):
        return True  # "nine fatalities", of how many were killed
    return bool(counted_in(context).get(q.value, frozenset()) & set(nouns))


@lru_cache(maxsize=512)
def counted_in(context: str) -> dict[Fraction, frozenset[str]]:
    """What the article counts by which figure."""
    out: dict[Fraction, frozenset[str]] = {}
    for begin in range(0, min(len(context), 20_000), 4000):
        for q in quantities(read(context[begin : begin + 4000])):
            out[q.value] = out.get(q.value, frozenset()) | frozenset(q.nouns)
    return out


def _rejected(gold: NumberGold, q: Quantity) -> bool:
    for lure in gold.rejects:
        if (lure.value, lure.high) != (q.value, q.high) or q.form == "ordinal":
            continue
        if lure.unit and q.unit and UNITS[lure.unit].family != UNITS[q.unit].family:
            continue
        if q.role in {"whole", "part"}:
            continue  # "52 of the 80": of what there is some, and no second answer
        if q.role == "lone" and q.nouns and not set(q.nouns) & gold.nouns:
            continue
        return True
    return False


def _none_at_all(gold: NumberGold, text: Text, live: Sequence[Quantity]) -> bool:
    """ "None", "no drones", "nobody" where the gold is zero."""
    if not any(t.value == 0 and t.high is None for t in gold.targets) or _solid(live):
        return False
    return _NOTHING.search(text.clean.lower()) is not None and len(text.content) <= LONG


def _stutters(text: Text, hits: Sequence[Quantity]) -> bool:
    """The same figure again and again."""
    row = 1
    for one, two in pairwise(hits):
        between = {t.raw for t in text.tokens[one.end : two.first]}
        if not between - {"*", '"', "-"}:
            return True
        row = row + 1 if between <= {",", ".", ";", "\n", "and", "or"} else 1
        if row > 2:
            return True
    return False


def number_spots(gold: NumberGold, text: Text, context: str = "") -> list[tuple[int, int]]:
    """Where the gold number is asserted, as token ranges with the word counted, for members of lists."""
    masked = frozenset() if gold.dated else date_tokens(text)
    found = [q for q in _measured(gold, quantities(text, masked)) if q.role != "operand"]
    found = [q for q in found if not _denied(gold, text, q)]
    spots = [(q.first, q.end) for q in found if _hit(gold, q, context)]
    return spots + [(m.first, m.end) for m in find(text, gold.wordings) if m.label >= 0]
