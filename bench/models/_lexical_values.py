"""Dates and numbers in a tokenised sentence, with the words that bound them and the things they count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bench.models._lexical_text import Token
from bench.models._words import (
    BOUNDS,
    DAY_WORDS,
    FRACTIONS,
    MONTHS,
    NUMBER_WORDS,
    PREPOSITIONS,
    SCALE_WORDS,
    TIME_UNITS,
    WEEKDAYS,
)

Tokens = tuple[Token, ...]


class Candidate(NamedTuple):
    """A possible answer, by token indices into its sentence."""

    kind: str  # name · number · date · quote · phrase · clause
    first: int
    last: int  # inclusive
    cue: str = (
        ""  # name: person, place, organisation; number: percent, money, duration; date: weekday, calendar
    )
    unit: tuple[str, ...] = ()  # number: stems of the words it counts


def lower_at(tokens: Tokens, i: int) -> str:
    """The lower-case token at `i`; "" outside the sentence."""
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def dates(tokens: Tokens) -> Iterator[Candidate]:
    """Weekdays, calendar dates, years after a preposition, parts of the day, and "last month"."""
    i = 0
    while i < len(tokens):
        last = date_end(tokens, i)
        if last is None:
            i += 1
            continue
        cue = "weekday" if tokens[i].lower in WEEKDAYS else ""
        if any(_is_month(t) or _is_year(t) for t in tokens[i : last + 1]):
            cue = "calendar"
        yield Candidate("date", i, last, cue)
        i = last + 1


def date_end(tokens: Tokens, i: int) -> int | None:
    """The last token of the date that begins at `i`, or None."""
    lower = tokens[i].lower
    following = lower_at(tokens, i + 1)
    if lower in WEEKDAYS:
        if following in DAY_WORDS:
            return i + 1
        calendar = _calendar_end(tokens, i + 2 if following == "," else i + 1)
        return i if calendar is None else calendar
    if lower in {"last", "next", "this"} and following in TIME_UNITS | DAY_WORDS | WEEKDAYS | MONTHS:
        return i + 1
    if lower in DAY_WORDS:
        return i + 2 if following == "on" and lower_at(tokens, i + 2) in WEEKDAYS else i
    if _is_year(tokens[i]):
        return i if lower_at(tokens, i - 1) in PREPOSITIONS else None
    return _calendar_end(tokens, i)


def _calendar_end(tokens: Tokens, i: int) -> int | None:
    """The end of "16 May 2025", "May 16, 2025", "May 2025" or "May" at `i`, or None."""
    if i >= len(tokens):
        return None
    if _is_month(tokens[i]):
        end = i + 1 if i + 1 < len(tokens) and _is_day(tokens[i + 1]) else i
    elif _is_day(tokens[i]) and i + 1 < len(tokens) and _is_month(tokens[i + 1]):
        end = i + 1
    else:
        return None
    year = end + 2 if lower_at(tokens, end + 1) == "," else end + 1
    return year if year < len(tokens) and _is_year(tokens[year]) else end


def _is_day(token: Token) -> bool:
    digits = token.lower.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return digits.isdigit() and len(digits) <= 2


def _is_year(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) == 4 and token.text[0] in "12"


def _is_month(token: Token) -> bool:
    return token.is_capital and token.lower in MONTHS


def is_number(token: Token) -> bool:
    """Whether the token is written as a number: digits, words, "$5"; not "20-year"."""
    if token.text[:1].isdigit() or token.text[1:2].isdigit():
        return "-" not in token.text
    return token.lower in FRACTIONS or all(part in NUMBER_WORDS for part in token.lower.split("-"))


def numbers(tokens: Tokens) -> Iterator[Candidate]:
    """Numbers that are no dates, with their bounds ("up to 40") and percent signs or time units."""
    i = 0
    while i < len(tokens):
        date = date_end(tokens, i)
        if date is not None or not is_number(tokens[i]):
            i = i + 1 if date is None else date + 1
            continue
        last = i
        while lower_at(tokens, last + 1) in SCALE_WORDS or lower_at(tokens, last + 1) in NUMBER_WORDS:
            last += 1
        candidate = _number(tokens, i, last)
        yield candidate
        i = max(last, candidate.last) + 1


def _number(tokens: Tokens, i: int, last: int) -> Candidate:
    following = lower_at(tokens, last + 1)
    unit = tuple(t.stem for t in tokens[last + 1 : last + 5] if t.stem and not is_number(t))[:2]
    cue = ""
    if following == "percent" or (following == "per" and lower_at(tokens, last + 2) == "cent"):
        cue = "percent"
        last += 1 if following == "percent" else 2
    elif tokens[last].text.endswith("%") or tokens[last].lower in FRACTIONS:
        cue = "percent"
    elif tokens[i].text[0] in "$€£¥₺" or following in {"dollars", "euros", "pounds", "yen", "crowns"}:
        cue = "money"
    elif following in TIME_UNITS:
        cue = "duration"
        last += 1
    return Candidate("number", _bound_start(tokens, i), last, cue, unit)


def _bound_start(tokens: Tokens, i: int) -> int:
    """Where the words that bound the number at `i` begin ("up to", "at least"), else `i`."""
    if lower_at(tokens, i - 1) in {"a", "an"}:
        i -= 1
    for bound in BOUNDS:
        if i >= len(bound) and tuple(t.lower for t in tokens[i - len(bound) : i]) == bound:
            return i - len(bound)
    return i
