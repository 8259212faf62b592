"""What part a number plays: an answer, the whole of "52 of the 80", a term of a calculation, a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.answers.numbers.quantity import Quantity
from bench.answers.text.tokens import Token
from bench.answers.text.wording import FUNCTION

_PLUS: Final = frozenset(
    {"+", "*", "x", "/", "minus", "plus", "times", "divided", "multiplied", "-", "less", "÷", "×"}
)

_SUMS: Final = frozenset(
    {"subtract", "subtracting", "deduct", "deducting", "difference", "sum", "adding", "add", "subtracted"}
)

_RESULTS: Final = frozenset({"=", "equals", "equal"})


def with_roles(tokens: Sequence[Token], found: list[Quantity]) -> list[Quantity]:
    """Mark wholes, operands and years, which are no answers of their own."""
    out = list(found)
    values = {r.value for r in found if r.high is None}
    for i, q in enumerate(out):
        before = tokens[q.first - 1].norm if q.first else ""
        if i and _is_whole(tokens, out[i - 1], q):
            out[i] = q._replace(role="whole")
            out[i - 1] = out[i - 1]._replace(of=q.value)
        elif _year_like(q) and (
            _labels(tokens, q)
            or before in {"in", "the", "since", "of", "by", "during", "until", "late", "early", "mid", "from"}
        ):
            out[i] = q._replace(role="year")
        if q.form == "pair" and q.high is not None and q.value - q.high in values:
            out[i] = q._replace(role="operand")  # "28 (80 − 52)"
        nxt = out[i + 1] if i + 1 < len(out) else None
        after = tokens[q.end].norm if q.end < len(tokens) else ""
        if nxt and after in _RESULTS:
            out[i] = out[i]._replace(role="operand")
        if nxt and _computed(tokens, q, nxt):
            out[i] = out[i]._replace(role="operand")
            out[i + 1] = nxt._replace(role="operand")
    return out


def _labels(tokens: Sequence[Token], q: Quantity) -> bool:
    """ "2022: 1.2 million"."""
    return q.end < len(tokens) and tokens[q.end].raw == ":" and 1900 <= q.value <= 2100


def _year_like(q: Quantity) -> bool:
    return (
        q.form == "digits"
        and q.value.denominator == 1
        and 1000 <= q.value <= 2200
        and not q.unit
        and not q.things
    )


def _is_whole(tokens: Sequence[Token], part: Quantity, q: Quantity) -> bool:
    """ "52 of the 80", "52 drones out of 80", "one in three"."""
    if part.role == "whole" or q.value < part.value or q.form == "ordinal":
        return False
    between = [t.norm for t in tokens[part.end : q.first]]
    if between[-1:] == ["in"] and (len(between) == 1 or (len(between) == 2 and part.value == 1)):
        return part.value < q.value and not part.unit  # "one household in five"
    if (
        "of" not in between
        or len(between) > 7
        or any(w in {".", ";", "or", "and", "but", "total"} for w in between)
    ):
        return False
    tail = between[between.index("of") + 1 :]
    return all(w in FUNCTION or w == "'s" for w in tail) or len(tail) <= (3 if "'s" in tail else 2)


def _signs(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sign before token `at` is that of the number, as in "not +3": glued to it and to nothing before."""
    return tokens[at].glued and at > 1 and not tokens[at - 1].glued and tokens[at - 2].kind != "n"


def _computed(tokens: Sequence[Token], one: Quantity, two: Quantity) -> bool:
    """Whether two numbers are terms of a calculation that is written out."""
    between = [t.norm for t in tokens[one.end : two.first]]
    if two.first < one.end or len(between) > 8 or any(w in {".", ";", "\n"} for w in between):
        return False
    lead = {t.norm for t in tokens[max(0, one.first - 4) : one.first]}
    if lead & _SUMS and {"from", "and", "to"} & set(between):
        return True
    if not set(between) & _PLUS or (between[-1] == "+" and _signs(tokens, two.first)):
        return False
    if set(between) & {"minus", "plus", "times", "divided", "multiplied", "+", "÷", "×", "less"}:
        return True
    rest = [t.norm for t in tokens[two.end : two.end + 12]]
    return len(between) == 1 and bool(_RESULTS & set(rest))
