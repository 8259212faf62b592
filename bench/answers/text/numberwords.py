"""Numbers written in words: cardinals, fractions and ordinals, by a small grammar over tokens."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from bench.answers.text.tokens import Token

UNITS: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "nil": 0, "nought": 0,
}  # fmt: skip
TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
    "thousandth": 1000, "millionth": 10**6,
}  # fmt: skip
SCALES: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
PARTS: Final = {
    "half": 2, "halves": 2, "quarter": 4, "quarters": 4, "third": 3, "thirds": 3, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10,
    "tenths": 10, "twelfth": 12, "twelfths": 12, "twentieth": 20, "twentieths": 20, "hundredth": 100,
    "hundredths": 100,
}  # fmt: skip
DOZENS: Final = {"dozen": 12, "score": 20, "couple": 2, "pair": 2}
STARTS: Final = frozenset({*UNITS, *TENS, *ORDINALS, *SCALES, *PARTS, *DOZENS, "a", "an", "hundred"})


class Words(NamedTuple):
    """A number read from words: tokens up to `end` (exclusive)."""

    value: Fraction
    end: int
    form: str  # cardinal · ordinal · fraction
    lone: bool = False  # "one", "a …": may be no number at all


def words_at(tokens: Sequence[Token], at: int) -> Words | None:
    """The longest number in words that begins at token `at`, or None. "a" and "an" begin a number only
    before hundred, thousand, dozen, half and the like."""
    norm = tokens[at].norm
    if norm not in STARTS:
        return None
    return _fraction(tokens, at) or _mixed(tokens, at) or _ordinal_alone(tokens, at)


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if at < len(tokens) else ""


def _past_hyphen(tokens: Sequence[Token], at: int) -> int:
    """Steps over a hyphen glued on both sides."""
    if at + 1 < len(tokens) and tokens[at].raw == "-" and tokens[at].glued and tokens[at + 1].glued:
        return at + 1
    return at


def _under_hundred(tokens: Sequence[Token], at: int) -> tuple[int, int, bool] | None:
    """(value, end, ordinal)."""
    norm = _norm(tokens, at)
    if norm in UNITS:
        return UNITS[norm], at + 1, False
    if norm not in TENS:
        return None
    step = _past_hyphen(tokens, at + 1)
    follow = _norm(tokens, step)
    if follow in UNITS and 0 < UNITS[follow] < 10:
        return TENS[norm] + UNITS[follow], step + 1, False
    if follow in ORDINALS and ORDINALS[follow] < 10 and (step > at + 1 or follow not in PARTS):
        return TENS[norm] + ORDINALS[follow], step + 1, True
    return TENS[norm], at + 1, False


def _under_thousand(tokens: Sequence[Token], at: int) -> tuple[int, int, bool] | None:
    norm = _norm(tokens, at)
    small = _under_hundred(tokens, at)
    if small is None:
        if norm not in {"a", "an", "hundred"}:
            return None
        base, after = 1, at if norm == "hundred" else at + 1
        if norm != "hundred" and _norm(tokens, after) != "hundred":
            return None
    else:
        base, after, ordinal = small
        if ordinal:
            return small
    step = _past_hyphen(tokens, after)
    if _norm(tokens, step) != "hundred":
        return small
    total, end = base * 100, step + 1
    tail = _past_hyphen(tokens, end + 1 if _norm(tokens, end) == "and" else end)
    rest = _under_hundred(tokens, tail)
    if rest and _norm(tokens, rest[1]) not in {"hundred"} and rest[0]:
        return total + rest[0], rest[1], rest[2]
    return total, end, False


def _cardinal(tokens: Sequence[Token], at: int) -> Words | None:
    total, end, top, ordinal = 0, at, 10**15, False
    lone = _norm(tokens, at) in {"one", "a", "an"}
    while True:
        begin = end + 1 if total and _norm(tokens, end) == "and" else end
        begin = _past_hyphen(tokens, begin) if total else begin
        group = _under_thousand(tokens, begin)
        if group is None and not total and _norm(tokens, begin) in {"a", "an"}:
            group = (1, begin + 1, False) if _norm(tokens, begin + 1) in SCALES else None
        if group is None and not total and _norm(tokens, begin) in SCALES:
            group = (1, begin, False)
        if group is None:
            break
        value, after, ordinal = group
        scale_at = _past_hyphen(tokens, after)
        scale = SCALES.get(_norm(tokens, scale_at), 0)
        if scale >= top or (not scale and begin > end and value >= 100):
            break
        if not scale:
            total, end = total + value, after
            break
        total, end, top = total + value * scale, scale_at + 1, scale
    if end == at:
        return None
    return Words(Fraction(total), end, "ordinal" if ordinal else "cardinal", lone and end == at + 1)


def _mixed(tokens: Sequence[Token], at: int) -> Words | None:
    """Cardinals with their extras: "two and a half", "one and a half million", "three dozen", "two point five"."""
    base = _cardinal(tokens, at)
    if base is None:
        return _dozen(tokens, at)
    if base.form == "ordinal":
        return base
    end = base.end
    if _norm(tokens, end) == "and" and (part := _part_after(tokens, end + 1)):
        value, after = base.value + part[0], part[1]
        scale = SCALES.get(_norm(tokens, after), 1)
        return Words(value * scale, after + (scale > 1), "cardinal")
    if _norm(tokens, end) in {"dozen", "score"}:
        return Words(base.value * DOZENS[_norm(tokens, end)], end + 1, "cardinal")
    if _norm(tokens, end) == "point" and _norm(tokens, end + 1) in UNITS:
        digits, after = "", end + 1
        while _norm(tokens, after) in UNITS and UNITS[_norm(tokens, after)] < 10:
            digits, after = digits + str(UNITS[_norm(tokens, after)]), after + 1
        if digits:
            value = base.value + Fraction(int(digits), 10 ** len(digits))
            scale = SCALES.get(_norm(tokens, after), 1)
            return Words(value * scale, after + (scale > 1), "cardinal")
    return base


def _part_after(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    """ "a half", "a quarter", "three quarters" after "and"."""
    norm = _norm(tokens, at)
    count, step = (1, at + 1) if norm in {"a", "an"} else (UNITS.get(norm, 0), at + 1)
    part = _norm(tokens, step)
    if count and part in PARTS and part not in {"second"}:
        return Fraction(count, PARTS[part]), step + 1
    return (Fraction(1, 2), at + 1) if norm == "half" else None


def _dozen(tokens: Sequence[Token], at: int) -> Words | None:
    norm = _norm(tokens, at)
    step = at + 1 if norm in {"a", "an"} else at
    name = _norm(tokens, step)
    if name not in DOZENS or (step == at and name != "dozen"):
        return None
    if name == "score" and step == at:
        return None
    return Words(Fraction(DOZENS[name]), step + 1, "cardinal")


def _fraction(tokens: Sequence[Token], at: int) -> Words | None:
    """ "half", "a third", "two-thirds", "three quarters of", "half a million", "half a dozen"."""
    norm = _norm(tokens, at)
    count, step = 1, at
    if norm in {"a", "an"}:
        step = at + 1
    elif norm != "half":
        small = _under_hundred(tokens, at)
        if small is None or small[2]:
            return None
        count, step = small[0], _past_hyphen(tokens, small[1])
        if step < len(tokens) and _norm(tokens, step) == "half" and count > 1:
            return None
    part = _norm(tokens, step)
    if part not in PARTS or part == "second":
        return None
    if count == 1 and norm in {"a", "an"} and part not in {"half", "third", "quarter", "fourth", "fifth", "sixth", "seventh",
                                                           "eighth", "ninth", "tenth", "twentieth", "hundredth"}:  # fmt: skip
        return None
    if (
        norm in {"a", "an"}
        and part not in {"half", "quarter"}
        and _norm(tokens, step + 1) not in {"", "of", ".", ",", ")"}
    ):
        return None  # "a third round" is an ordinal
    value = Fraction(count, PARTS[part])
    end = step + 1
    follow = end + 1 if _norm(tokens, end) in {"a", "an"} else end
    multiple = {**SCALES, **DOZENS, "hundred": 100}.get(_norm(tokens, follow), 0)
    if multiple and (part in {"half", "quarter", "quarters"}):
        return Words(value * multiple, follow + 1, "cardinal")
    return Words(value, end, "fraction")


def _ordinal_alone(tokens: Sequence[Token], at: int) -> Words | None:
    norm = _norm(tokens, at)
    return Words(Fraction(ORDINALS[norm]), at + 1, "ordinal") if norm in ORDINALS else None
