"""Dates and times in words alone: "New Year's Day 2025", "the third quarter", "ten past four", "the seventeenth century"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.answers.dates.parts import MONTHS, Moment, year_after
from bench.answers.dates.when import When, exists
from bench.answers.text.numberwords import words_at
from bench.answers.text.tokens import Token

_DAYS: Final = {
    ("new", "year", "'s", "day"): (1, 1), ("new", "year", "'s", "eve"): (12, 31), ("may", "day"): (5, 1),
    ("valentine", "'s", "day"): (2, 14), ("halloween",): (10, 31), ("christmas", "eve"): (12, 24),
    ("christmas", "day"): (12, 25), ("boxing", "day"): (12, 26), ("leap", "day"): (2, 29),
}  # fmt: skip
FEASTS: Final = frozenset(words[0] for words in _DAYS)
_TENS: Final = {name: n for n, name in enumerate(
    ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"), start=2)}  # fmt: skip
_PAST: Final = {"quarter": 15, "half": 30}


def feast_at(tokens: Sequence[Token], at: int) -> Moment | None:
    """A day that has a name, with the year that may follow it."""
    for words, (month, day) in _DAYS.items():
        end = at + len(words)
        if tuple(token.norm for token in tokens[at:end]) == words:
            year, last = year_after(tokens, end)
            return Moment(When(year=year, month=month, day=day), at, last if year else end)
    return None


def last_day_at(tokens: Sequence[Token], at: int) -> Moment | None:
    """ "the last day of August 2030"."""
    norms = [token.norm for token in tokens[at : at + 4]]
    if norms[:3] != ["last", "day", "of"] or norms[-1] not in MONTHS:
        return None
    year, last = year_after(tokens, at + 4)
    month = MONTHS[norms[-1]]
    day = next(d for d in (31, 30, 29, 28) if exists(year or 2001, month, d))
    return Moment(When(year=year, month=month, day=day), at, last if year else at + 4)


def worded_decade_at(tokens: Sequence[Token], at: int) -> Moment | None:
    """ "nineteen-eighties"."""
    words = words_at(tokens, at)
    step = words.end if words is not None else at
    step += step < len(tokens) and tokens[step].raw == "-"
    tens = _TENS.get(tokens[step].norm) if step < len(tokens) else None
    if words is None or tens is None or words.form != "cardinal" or words.value not in {18, 19, 20}:
        return None
    return Moment(When(decade=int(words.value) * 10 + tens), at, step + 1)


def quarter_at(tokens: Sequence[Token], at: int) -> Moment | None:
    """ "Q3 of 2026", "third quarter"."""
    follow = tokens[at + 1] if at + 1 < len(tokens) else None
    if follow is None:
        return None
    if tokens[at].norm == "q" and follow.glued and follow.norm in {"1", "2", "3", "4"}:
        number, end = int(follow.norm), at + 2
    else:
        words = words_at(tokens, at)
        quarter = words is not None and words.end < len(tokens) and tokens[words.end].norm == "quarter"
        if words is None or not quarter or words.form != "ordinal" or not 1 <= words.value <= 4:
            return None
        number, end = int(words.value), words.end + 1
    year, last = year_after(tokens, end)
    return Moment(When(year=year, season=f"q{number}"), at, last if year else end)


def worded_century_at(tokens: Sequence[Token], at: int) -> Moment | None:
    """ "seventeenth century"."""
    words = words_at(tokens, at)
    if (
        words is None
        or words.form != "ordinal"
        or words.end >= len(tokens)
        or tokens[words.end].norm != "century"
    ):
        return None
    return Moment(When(century=int(words.value)), at, words.end + 1) if 1 <= words.value <= 30 else None


def worded_clock_at(tokens: Sequence[Token], at: int) -> Moment | None:
    """ "ten past four", "half past six", "quarter to nine"; morning or afternoon is not said."""
    first = words_at(tokens, at)
    if tokens[at].norm in _PAST:
        minutes, step = _PAST[tokens[at].norm], at + 1
    elif first is not None and first.form == "cardinal" and first.value < 60:
        minutes, step = int(first.value), first.end
    else:
        return None
    side = tokens[step].norm if step < len(tokens) else ""
    hour = words_at(tokens, step + 1) if step + 1 < len(tokens) else None
    plain = side == "past" or (side == "to" and tokens[at].norm == "quarter")
    if not plain or hour is None or hour.form != "cardinal" or not 1 <= hour.value <= 12:
        return None
    minute = int(hour.value) * 60 + (minutes if side == "past" else -minutes)
    return Moment(When(minute=minute % 1440), at, hour.end, (When(minute=(minute + 720) % 1440),))
