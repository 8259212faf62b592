"""Numbers that belong together: lengths in two units, shown working, parts of a whole; and rise or fall."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from bench.answers.numbers.quantity import Quantity
from bench.answers.text.tokens import Token
from bench.answers.text.units import UNITS
from bench.answers.text.wording import FUNCTION, words_of

_TIMES: Final = frozenset(
    {"minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century"}
)
_PARTS: Final = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}
_SMALLER: Final = {"m": "minute", "min": "minute", "mins": "minute", "s": "second", "sec": "second"}
_OF_THEM: Final = frozenset({"them", "which", "whom", "these", "those"})
DOWN: Final = words_of(
    "loss losses lost lose loses deficit deficits shortfall fall falls fell fallen drop drops dropped decline declines "
    "slid slide slipped dipped tumbled plunged sagged "
    "declined decrease decreased down shrank shrink shrunk cut negative"
)
UP: Final = words_of(
    "profit profits gain gains gained surplus surpluses rise rises rose risen increase increases increased up grew grow "
    "climbed soared jumped surged "
    "grown growth climbed jumped positive"
)


def single_at(tokens: Sequence[Token], at: int) -> Quantity | None:
    """ "an hour", "a fortnight": one of it."""
    if tokens[at].norm in {"a", "an"} and at + 1 < len(tokens) and tokens[at + 1].norm in _TIMES:
        return Quantity(Fraction(1), at, at + 2, "article", unit=tokens[at + 1].norm)
    return None


def and_a_half(tokens: Sequence[Token], q: Quantity) -> Quantity:
    """ "an hour and a half", "two years and a quarter"."""
    part = [t.norm for t in tokens[q.end : q.end + 3]]
    if not q.unit or len(part) < 3 or part[:2] != ["and", "a"] or part[2] not in _PARTS:
        return q
    return q._replace(value=q.value + _PARTS[part[2]], end=q.end + 3, form="digits")


def joined(tokens: Sequence[Token], one: Quantity, two: Quantity) -> Quantity | None:
    """ "1 hour 30 minutes", "two years and three months" as one length; None where they are two."""
    if not one.unit and one.nouns[:1] == ("h",):
        one = one._replace(unit="h", end=one.end + 1)  # "1 h 30 min"
    between = [t.norm for t in tokens[one.end : two.first]]
    if not one.unit or one.high is not None or two.high is not None or between not in ([], ["and"], [","]):
        return None
    unit = two.unit or _SMALLER.get(two.glued) or _SMALLER.get(two.nouns[0] if two.nouns else "")
    if unit is None and one.unit == "h" and tokens[two.first].glued and tokens[two.first].kind == "n":
        return two._replace(
            value=one.value * 60 + two.value, first=one.first, unit="minute", form="digits", bound=one.bound
        )
    if (
        unit is None
        or UNITS[unit].family != UNITS[one.unit].family
        or UNITS[one.unit].family not in {"time", "months"}
    ):
        return None
    ratio = UNITS[one.unit].factor / UNITS[unit].factor
    if ratio <= 1 or not 0 <= two.value < ratio:
        return None
    end = two.end + (not two.unit and not two.glued)
    return two._replace(value=one.value * ratio + two.value, first=one.first, end=end, unit=unit, glued="", form="digits",
                        bound=one.bound)  # fmt: skip


def with_working(tokens: Sequence[Token], found: list[Quantity]) -> list[Quantity]:
    """Mark the wholes, parts and terms around an answer that shows how it was reached."""
    if len(found) < 2:
        return found
    values = {q.value for q in found if q.high is None}
    out = list(found)
    for i, q in enumerate(out):
        ahead = [
            t.norm for t in tokens[max(0, q.first - 4) : q.first] if t.norm not in {"the", "all", "its", "a"}
        ]
        after = [t.norm for t in tokens[q.end : q.end + 4]]
        opens = ahead[-1:] == ["of"] and (len(ahead) == 1 or ahead[-2] in {"out", ",", ".", "(", "\n"})
        if opens and any(0 <= r.value <= q.value for r in out[i + 1 :]):
            out[i] = q._replace(role="whole")  # "Of the 214 containers, 37 …"
        elif "of" in after[:3] and _OF_THEM & set(after) and any(r.value > q.value for r in out[:i]):
            out[i] = q._replace(role="part")  # "24, two of them badly"
        elif ahead[-1:] == ["including"] and not q.unit and any(r.value > q.value for r in out[:i]):
            out[i] = q._replace(role="part")  # "30, including two children"
        elif q.high is not None and abs(q.high - q.value) in values:
            out[i] = q._replace(role="operand")  # "from 57.9 to 61.4, i.e. 3.5"
        elif q.of is not None and q.of - q.value in values - {q.value}:
            out[i] = q._replace(role="operand")  # "two short: 59 of the 61"
    first, rest = out[0], out[1:]
    sign = tokens[first.end].raw if first.end < len(tokens) else ""
    told = any(t.raw in {":", "("} for t in tokens[first.end : first.end + 3]) or sign in {":", "("}
    if told and len(rest) == 2 and rest[1].form == "ordinal" and rest[0].high is None:
        if rest[0].value + 1 == rest[1].value == first.value:
            out[1] = rest[0]._replace(role="operand")  # "Four: three climbed in and a fourth waited"
    elif (
        told
        and len(rest) > 1
        and all(r.high is None for r in rest)
        and sum(r.value for r in rest) == first.value
    ):
        out[1:] = [r._replace(role="operand") for r in rest]  # "Four: three inside and one in the van"
    return out


def sense(tokens: Sequence[Token], q: Quantity) -> int:
    """1 where the figure is said to be a rise or gain ("a profit of 3"), −1 for a fall or loss, 0 where neither."""
    if q.first and tokens[q.first - 1].raw == "+":
        return 1
    for at in range(q.first - 1, max(-1, q.first - 5), -1):
        norm = tokens[at].norm
        if norm in DOWN or norm in UP:
            return -1 if norm in DOWN else 1
        if norm == "to" or (norm not in FUNCTION and norm not in {"net", "small", "large", "record"}):
            break
    for noun in q.nouns[:3]:
        if noun in DOWN or noun in UP:
            return -1 if noun in DOWN else 1
    return 0


def direction(words: frozenset[str]) -> int:
    """The sense of a question that asks for a rise or for a fall alone; else 0."""
    plain = words - {"up", "down", "cut", "positive", "negative"}  # "cut off", "grew up"
    down, up = bool(plain & DOWN), bool(plain & UP)
    return up - down
