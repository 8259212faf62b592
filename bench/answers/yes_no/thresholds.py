"""Yes-no questions that set a mark ("more than 500 people?"), answered by a figure ("about 300 did")."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from bench.answers.dates.moments import date_tokens
from bench.answers.numbers.quantities import quantities
from bench.answers.numbers.quantity import Quantity
from bench.answers.text.tokens import Text
from bench.answers.text.units import UNITS, same_thing
from bench.answers.text.wording import NEGATORS, words_of
from bench.answers.yes_no import contrary
from bench.answers.yes_no.restated import adverse

_SMALLER: Final = words_of(
    "less fewer lower smaller shorter younger cheaper lighter slower earlier nearer closer weaker colder cooler"
)
_LONG: Final = 20  # words
_NO_COMPARATIVE: Final = frozenset({"rather", "other"})
_EXCEED: Final = words_of("exceed top surpass")


def beyond_the_mark(question: Text, statement: Text) -> bool | None:
    """What the one figure of a statement says to the mark of a question; None where there is no such pair, or a "not"."""
    marks = [
        mark for q in quantities(question, date_tokens(question)) if (mark := _marked(question, q)).bound
    ]
    found = [q for q in quantities(statement, date_tokens(statement)) if q.role == "" and q.form != "ordinal"]
    if (
        len(marks) != 1
        or len(statement.content) > _LONG
        or not NEGATORS.isdisjoint(t.norm for t in statement.tokens)
    ):
        return None
    norms, asked = [t.norm for t in statement.tokens], {t.norm for t in question.tokens}
    if contrary.told(norms, asked)[1] or any(adverse(norm) for norm in norms if norm not in asked):
        return None  # "58 percent rejected it" is no figure of those who backed it
    given = [q for q in found if q.high is None and _comparable(marks[0], q)]
    if len(given) == 1 and _difference(statement, given[0]):
        return None
    return _holds(marks[0], given[0]) if len(given) == 1 else None


def _difference(text: Text, q: Quantity) -> bool:
    """Whether a figure tells how far something is from another: "20 metres taller", "over it by 40 million"."""
    behind = [t.norm for t in text.tokens[q.end : q.end + 2]]
    ahead = text.tokens[q.first - 1].norm if q.first else ""
    return ahead == "by" or any(
        norm in _SMALLER
        or norm == "more"
        or (norm.endswith("er") and len(norm) > 4 and norm not in _NO_COMPARATIVE)
        for norm in behind
    )


def _marked(text: Text, q: Quantity) -> Quantity:
    """`q` with the bound that the question sets by a verb or a comparative: "exceed 50", "taller than 300 metres"."""
    before = [t.norm for t in text.tokens[max(0, q.first - 2) : q.first]]
    if q.bound in {"above", "below", "at_least", "at_most"} or q.high is not None:
        return q
    if before[-1:] and before[-1] in _EXCEED:
        return q._replace(bound="above")
    if before[-1:] == ["than"] and (
        before[0] in _SMALLER or (before[0].endswith("er") and before[0] not in _NO_COMPARATIVE)
    ):
        return q._replace(bound="below" if before[0] in _SMALLER else "above")
    return q._replace(bound="")


def _comparable(mark: Quantity, q: Quantity) -> bool:
    """Whether two figures measure or count the same, as far as is said."""
    if mark.unit and q.unit:
        return UNITS[mark.unit].family == UNITS[q.unit].family
    share = q.form == "fraction" or (q.unit != "" and UNITS[q.unit].family == "share")
    if mark.form == "fraction" or share:
        return mark.form == "fraction" and share
    if mark.unit or q.unit:
        return not q.unit and not q.nouns  # "It will cost 310 million"
    nouns = [noun for noun in mark.nouns[:2] if not noun.endswith("ed")]
    return not (nouns and q.nouns) or any(same_thing(one, two) for one in nouns for two in q.nouns)


def _holds(mark: Quantity, q: Quantity) -> bool | None:
    """Whether all that a figure allows is on the asked side of the mark; None where only a part of it is."""
    level, value = _size(mark), _size(q)
    if q.bound in {"above", "at_least"}:
        sides = {_side(mark.bound, value, level, up=True), mark.bound in {"above", "at_least"}}
    elif q.bound in {"below", "at_most"}:
        sides = {_side(mark.bound, value, level, up=False), mark.bound in {"below", "at_most"}}
    else:
        sides = {_side(mark.bound, value, level, up=None)}
    return sides.pop() if len(sides) == 1 else None


def _size(q: Quantity) -> Fraction:
    return q.value * (UNITS[q.unit].factor if q.unit else 1)


def _side(bound: str, value: Fraction, level: Fraction, *, up: bool | None) -> bool:
    """Whether `value`, or what is next to it above (`up`) or below, is on the side that `bound` means."""
    if value == level and up is not None:
        return bound in {"above", "at_least"} if up else bound in {"below", "at_most"}
    return {
        "above": value > level,
        "at_least": value >= level,
        "below": value < level,
        "at_most": value <= level,
    }[bound]
