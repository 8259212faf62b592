"""Dates, weekdays, parts of the day and clock times that a text mentions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.answers.dates.parts import MONTHS, Moment, figures_at, month_at, worded_day_at, worded_year_at
from bench.answers.dates.when import When, merged
from bench.answers.dates.words import (
    FEASTS,
    feast_at,
    last_day_at,
    quarter_at,
    worded_century_at,
    worded_clock_at,
    worded_decade_at,
)
from bench.answers.text.numberwords import STARTS
from bench.answers.text.tokens import Text, Token, read
from bench.answers.text.wording import PARTS_OF_DAY

WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        ("monday mon mondays", "tuesday tue tues tuesdays", "wednesday wed weds wednesdays",
         "thursday thu thur thurs thursdays", "friday fri fridays", "saturday sat saturdays", "sunday sun sundays"))
    for name in names.split()
}  # fmt: skip

_IN_WORDS: Final = (quarter_at, last_day_at, worded_clock_at, worded_decade_at, worded_century_at)
_BEGIN: Final = STARTS | {"q", "last"}  # words that a date in words may begin with
_WORDED: Final = frozenset({"past", "century", "quarter"})
_SHORT_DAYS: Final = frozenset(
    {"mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"}
)

_BEFORE_MONTH: Final = frozenset(
    {"in", "since", "of", "by", "during", "last", "this", "next", "until", "is", "was", "be"}
)
_AFTER_MONTH: Final = frozenset(",.;:(\n")
_DOUBTFUL: Final = frozenset({"may", "march", "mar", "dec", "jan", "jun", "sep", "august"})

SEASONS: Final = {
    "spring": "spring",
    "summer": "summer",
    "autumn": "autumn",
    "fall": "autumn",
    "winter": "winter",
}

_LEADS: Final = frozenset(
    {"on", "in", "at", "during", "since", "by", "of", "the", "last", "this", "next", "probably", "maybe"}
)
_AMONG: Final = _LEADS | frozenset(
    {
        "or",
        "and",
        "either",
        "not",
        "but",
        "no",
        "wait",
        "sorry",
        "rather",
        "than",
        "instead",
        "between",
        "to",
        *MONTHS,
    }
)
_LATE: Final = {"early": "early", "mid": "mid", "middle": "mid", "late": "late", "beginning": "early", "end": "late",
                "start": "early"}  # fmt: skip


def moments(text: Text) -> list[Moment]:
    """The dates and times in `text`, left to right; parts that stand together are one moment."""
    tokens = text.tokens
    out: list[Moment] = []
    at = 0
    while at < len(tokens):
        found = _at(text, at)
        if found is None:
            at += 1
            continue
        found = _with_modifier(tokens, found)
        if out and (joined := _join(tokens, out[-1], found)):
            out[-1] = joined
        else:
            out.append(found)
        at = max(found.end, at + 1)
    if not out:
        return out
    other = [i for i in text.content if tokens[i].norm not in _AMONG and tokens[i].kind != "n"]
    return [m for m in out if _plausible(text, m, other)]


def date_tokens(text: Text) -> frozenset[int]:
    """Tokens that belong to dates and times, so that "May 16" and "10:30" are no counts. Bare years are not in it."""
    if not any(
        t.norm in MONTHS or t.norm in WEEKDAYS or t.norm in FEASTS or t.norm in _WORDED or t.kind == "n"
        for t in text.tokens
    ):
        return frozenset()
    spots: set[int] = set()
    for moment in moments(text):
        if set(moment.when.said()) - {"year", "part", "weekday", "decade"}:
            spots.update(range(moment.first, moment.end))
    return frozenset(spots)


def _at(text: Text, at: int) -> Moment | None:
    tokens = text.tokens
    token = tokens[at]
    if token.kind == "n":
        return figures_at(tokens, at)
    if token.kind != "w":
        return None
    norm = token.norm
    if norm in FEASTS and (feast := feast_at(tokens, at)):
        return feast
    if norm in MONTHS:
        return month_at(tokens, at)
    if norm in WEEKDAYS:
        return Moment(When(weekday=WEEKDAYS[norm]), at, at + 1)
    if norm in PARTS_OF_DAY:
        return Moment(When(part=PARTS_OF_DAY[norm]), at, at + 1)
    if norm in SEASONS:
        return Moment(When(season=SEASONS[norm]), at, at + 1)
    if norm in {"noon", "midnight"}:
        return Moment(When(minute=720 if norm == "noon" else 0), at, at + 1)
    if norm not in _BEGIN:
        return None
    for reader in _IN_WORDS:
        if found := reader(tokens, at):
            return found
    return worded_day_at(tokens, at) or worded_year_at(tokens, at)


def _with_modifier(tokens: Sequence[Token], m: Moment) -> Moment:
    """ "early", "mid-", "the end of" before a month, a year or a season."""
    at = m.first - 1
    if at >= 0 and tokens[at].raw == "-":
        at -= 1
    if at >= 1 and tokens[at].norm == "of":
        at -= 1
    if (
        at >= 0
        and tokens[at].norm in _LATE
        and m.when.day is None
        and (m.when.year or m.when.month or m.when.season)
    ):
        return m._replace(when=m.when._replace(late=_LATE[tokens[at].norm]), first=at)
    return m


def _join(tokens: Sequence[Token], one: Moment, two: Moment) -> Moment | None:
    """One moment of two neighbours that say different parts: "Monday, June 2", "the night of Sunday"."""
    between = [t.norm for t in tokens[one.end : two.first]]
    if len(between) > 3 or not all(
        word in {",", "of", "on", "the", "at", "in", "'s", "(", "around", "about", "t"} for word in between
    ):
        return None
    if between == ["t"] and two.when.minute == 0:
        return one._replace(end=two.end)  # "2031-02-28T00:00:00" says no time
    first, second = one.when.said(), two.when.said()
    if set(first) & set(second):
        return None
    if "," in between and not ({"weekday", "minute", "part"} & (set(first) | set(second))):
        return None
    end = two.end + ("(" in between and two.end < len(tokens) and tokens[two.end].raw == ")")
    readings = [merged(a, b) for a in (one.when, *one.others) for b in (two.when, *two.others)]
    return Moment(readings[0], one.first, end, tuple(readings[1:]))


def _plausible(text: Text, m: Moment, other: Sequence[int]) -> bool:
    """Words that are more often something else: "may", "march", "sun", "fall", a lone part of the day.

    `other`: the tokens with a meaning of their own; the moment stands alone where it holds all of them.
    """
    said = m.when.said()
    if len(said) > 1:
        return True
    token = text.tokens[m.first]
    alone = all(m.first <= i < m.end for i in other)
    if "month" in said and token.norm in _DOUBTFUL:
        before = text.tokens[m.first - 1].norm if m.first else ""
        behind = text.tokens[m.end].raw if m.end < len(text.tokens) else "."
        leads = not m.first and behind in _AFTER_MONTH  # "May, according to the report"
        return alone or (token.raw[:1].isupper() and (before in _BEFORE_MONTH or leads))
    if "weekday" in said and token.norm in _SHORT_DAYS:
        return alone
    return not ("season" in said and token.norm in {"spring", "fall"} and not alone)


def whole_date(text: str) -> bool:
    """Whether `text` is a date and nothing else ("on 16 May 2025", "Monday", "2022-02"); a bare year is one."""
    seen = read(text)
    found = moments(seen)
    if len(found) != 1:
        return False
    covered = range(found[0].first, found[0].end)
    return all(i in covered or seen.tokens[i].norm in {"on", "in", "at"} for i in seen.content)
