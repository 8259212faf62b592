"""Dates in figures, and days, months and years in words: the pieces that `bench.answers.dates.moments` puts together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bench.answers.dates.when import When, exists
from bench.answers.text.numberwords import words_at
from bench.answers.text.tokens import Token

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?\Z")

_TRIPLE: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\Z")

_SLASHED: Final = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})\Z")

_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[/.-](\d{4})\Z")

_CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?\Z")

_PACKED: Final = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)\Z")

_YEARS: Final = re.compile(r"(\d{4})[-/](\d{4}|\d\d)\Z")

_STRETCH: Final = re.compile(r"(\d{1,2})-(\d{1,2})\Z")


class Moment(NamedTuple):
    """A date mentioned: what it says, other readings of it (16/05 or 05/16), and its tokens."""

    when: When
    first: int
    end: int
    others: tuple[When, ...] = ()


def figures_at(tokens: Sequence[Token], at: int) -> Moment | None:
    """The date or time that begins with the number literal at token `at`, or None."""
    norm = tokens[at].norm
    if not norm.isdigit():
        return _compound(tokens, at) or _clock(tokens, at)
    follow = tokens[at + 1] if at + 1 < len(tokens) else None
    number = int(norm) if len(norm) < 5 and norm.isascii() else 0
    if follow and follow.glued and follow.norm == "s" and len(norm) == 4 and number % 10 == 0:
        return Moment(When(decade=number // 10), at, at + 2)
    if found := _clock(tokens, at) or _day(tokens, at) or _packed(tokens, at):
        return found
    if follow and follow.norm in {"bc", "bce"} and number:
        return Moment(When(year=-number), at, at + 2)
    if at and tokens[at - 1].raw == "'" and len(norm) == 2:
        return Moment(When(year=1900 + number), at, at + 1, (When(year=2000 + number),))
    if follow and follow.norm == "th" and at + 2 < len(tokens) and tokens[at + 2].norm == "century":
        return Moment(When(century=number), at, at + 3)
    end = at + 1 + (follow is not None and follow.norm in {"ad", "ce"})
    if len(norm) == 4 and 1000 <= number <= 2200 and not (follow and follow.glued and follow.kind == "w"):
        return Moment(When(year=number), at, end)
    return None


def _packed(tokens: Sequence[Token], at: int) -> Moment | None:
    """ "20310228"."""
    found = _PACKED.match(tokens[at].norm)
    if found is None or not exists(int(found[1]), int(found[2]), int(found[3])):
        return None
    return Moment(When(year=int(found[1]), month=int(found[2]), day=int(found[3])), at, at + 1)


def _compound(tokens: Sequence[Token], at: int) -> Moment | None:
    """A date in one literal: 2025-05-16, 16/05/2025, 02/2022, and the days of "16-18 May"."""
    norm = tokens[at].norm
    follow = tokens[at + 1] if at + 1 < len(tokens) else None
    years = _years(norm, at)
    if found := _ISO.match(norm) or _SLASHED.match(norm):
        year, month, day = int(found[1]), int(found[2]), int(found[3]) if found[3] else None
        if 1 <= month <= 12 and (day is None or exists(year, month, day)):
            return Moment(When(year=year, month=month, day=day), at, at + 1, (years.when,) if years else ())
        return years
    if years:
        return years
    stretch = _STRETCH.match(norm)
    if stretch and follow and follow.norm in MONTHS:
        stated, end = year_after(tokens, at + 2)
        when = When(year=stated, month=MONTHS[follow.norm], day=int(stretch[1]), until=int(stretch[2]))
        return Moment(when, at, end)
    if (found := _MONTH_YEAR.match(norm)) and 1 <= int(found[1]) <= 12 and 1000 <= int(found[2]) <= 2200:
        return Moment(When(year=int(found[2]), month=int(found[1])), at, at + 1)
    if found := _TRIPLE.match(norm):
        return _ordered(int(found[1]), int(found[3]), found[4], at)
    return None


def _years(norm: str, at: int) -> Moment | None:
    """A stretch of years: 2010-2014, 2010-14."""
    found = _YEARS.match(norm)
    if found is None or not 1000 <= int(found[1]) <= 2200:
        return None
    last = int(found[2]) if len(found[2]) == 4 else int(found[1][:2] + found[2])
    return Moment(When(year=int(found[1]), last=last), at, at + 1) if last > int(found[1]) else None


def _ordered(one: int, two: int, year_text: str, at: int) -> Moment | None:
    """Day and month in either order, where the figures allow it."""
    year = int(year_text) + (2000 if len(year_text) == 2 else 0)
    readings = [
        When(year=year, month=m, day=d)
        for d, m in dict.fromkeys(((one, two), (two, one)))
        if exists(year, m, d)
    ]
    return Moment(readings[0], at, at + 1, tuple(readings[1:])) if readings else None


def _clock(tokens: Sequence[Token], at: int) -> Moment | None:
    """ "10:30", "10.30 pm", "10 a.m.", "10.30 in the morning"."""
    norm = tokens[at].norm
    follow = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    half = follow if follow in {"am", "pm"} else ""
    found = _CLOCK.match(norm)
    oclock = follow in {"oclock"}
    part = [t.norm for t in tokens[at + 1 : at + 4]]
    spoken = part[:2] == ["in", "the"] and part[2:] in (["morning"], ["afternoon"], ["evening"])
    if found and (":" in norm or half or spoken):
        hour, minute = int(found[1]), int(found[2])
    elif norm.isdigit() and len(norm) <= 2 and (half or oclock):
        hour, minute = int(norm), 0
    else:
        return None
    if hour > 24 or minute > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return Moment(When(minute=(hour * 60 + minute) % 1440), at, at + 1 + bool(half or oclock))


def _day_number(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """(day of the month, end) at a figure or an ordinal in words: 16, 16th, sixteenth."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "n":
        if not (token.norm.isdigit() and len(token.norm) <= 2 and 1 <= int(token.norm) <= 31):
            return None
        end = at + 1
        if end < len(tokens) and tokens[end].glued and tokens[end].norm in {"st", "nd", "rd", "th"}:
            end += 1
        elif end < len(tokens) and tokens[end].glued and tokens[end].kind == "w":
            return None
        return int(token.norm), end
    words = words_at(tokens, at)
    if words and 1 <= words.value <= 31 and words.form == "ordinal":
        return int(words.value), words.end
    return None


def _day(tokens: Sequence[Token], at: int) -> Moment | None:
    """A day before its month: "16 May", "16th of May 2025"."""
    found = _day_number(tokens, at)
    if found is None:
        return None
    day, end = found
    step = end + 1 if end < len(tokens) and tokens[end].norm in {"of", "-"} else end
    if step < len(tokens) and tokens[step].norm in MONTHS and exists(None, MONTHS[tokens[step].norm], day):
        month = MONTHS[tokens[step].norm]
        year, last = year_after(tokens, step + 1)
        return Moment(When(year=year, month=month, day=day), at, last)
    return None


def worded_day_at(tokens: Sequence[Token], at: int) -> Moment | None:
    """ "sixteenth of May"."""
    return _day(tokens, at) if words_at(tokens, at) else None


def worded_year_at(tokens: Sequence[Token], at: int) -> Moment | None:
    """ "twenty twenty-two", "nineteen ninety-one", "two thousand and twenty-two"."""
    first = words_at(tokens, at)
    if first is None or first.form != "cardinal":
        return None
    if first.value in {19, 20, 18} and first.end < len(tokens):
        second = words_at(tokens, first.end)
        if second and second.form == "cardinal" and 10 <= second.value <= 99:
            return Moment(When(year=int(first.value) * 100 + int(second.value)), at, second.end)
    if 2000 <= first.value <= 2100 and tokens[at].norm == "two":
        return Moment(When(year=int(first.value)), at, first.end)
    return None


def month_at(tokens: Sequence[Token], at: int) -> Moment:
    """A month with what follows it: "May 16, 2025", "May the sixteenth", "February 2022", "May"."""
    month = MONTHS[tokens[at].norm]
    step = at + 1
    if (
        step < len(tokens)
        and tokens[step].raw == "."
        and step + 1 < len(tokens)
        and tokens[step + 1].kind == "n"
    ):
        step += 1
    day_at = step + 1 if step < len(tokens) and tokens[step].norm == "the" else step
    stretch = _STRETCH.match(tokens[step].norm) if step < len(tokens) else None
    if stretch:
        year, end = year_after(tokens, step + 1)
        return Moment(When(year=year, month=month, day=int(stretch[1]), until=int(stretch[2])), at, end)
    found = _day_number(tokens, day_at)
    if found and exists(None, month, found[0]):
        year, end = year_after(tokens, found[1])
        return Moment(When(year=year, month=month, day=found[0]), at, end)
    year, end = year_after(tokens, step)
    return Moment(When(year=year, month=month), at, end if year else at + 1)


def year_after(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    """(year, end) where a year follows, perhaps after a comma, "of" or "in"; (None, at) otherwise."""
    step = at
    while (
        step < len(tokens)
        and (tokens[step].raw in {",", "'", ".", "-"} or tokens[step].norm in {"of", "in", "year"})
        and step < at + 3
    ):
        step += 1
    if step < len(tokens):
        norm = tokens[step].norm
        if norm.isdigit() and len(norm) == 4 and norm.isascii() and 1000 <= int(norm) <= 2200:
            return int(norm), step + 1
        if norm.isdigit() and len(norm) == 2 and tokens[step - 1].raw == "'" and norm.isascii():
            return 2000 + int(norm), step + 1
        worded = worded_year_at(tokens, step)
        if worded:
            return worded.when.year, worded.end
    return None, at
