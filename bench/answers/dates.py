"""Dates, weekdays, parts of the day and clock times that a text mentions; EDTF golds."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

from bench.answers.numberwords import words_at
from bench.answers.tokens import Text, Token, read
from bench.answers.wording import PARTS_OF_DAY

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        ("monday mon mondays", "tuesday tue tues tuesdays", "wednesday wed weds wednesdays",
         "thursday thu thur thurs thursdays", "friday fri fridays", "saturday sat saturdays", "sunday sun sundays"))
    for name in names.split()
}  # fmt: skip
_SHORT_DAYS: Final = frozenset(
    {"mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"}
)
_DOUBTFUL: Final = frozenset({"may", "march", "mar", "dec", "jan", "jun", "sep", "august"})
SEASONS: Final = {
    "spring": "spring",
    "summer": "summer",
    "autumn": "autumn",
    "fall": "autumn",
    "winter": "winter",
}
_LATE: Final = {"early": "early", "mid": "mid", "middle": "mid", "late": "late", "beginning": "early", "end": "late",
                "start": "early"}  # fmt: skip
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?\Z")
_TRIPLE: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\Z")
_SLASHED: Final = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})\Z")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[/.-](\d{4})\Z")
_CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?\Z")
_STRETCH: Final = re.compile(r"(\d{1,2})-(\d{1,2})\Z")
_EDTF: Final = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?(?:T(\d{2}):(\d{2}).*)?\Z")


@dataclass(frozen=True, slots=True)
class When:
    """A point in time as far as it is said; None: not said. Months 1–12, weekdays Monday = 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None  # morning · afternoon · evening · night · midday
    minute: int | None = None  # minutes after midnight
    season: str | None = None
    late: str | None = None  # early · mid · late, of the period named
    decade: int | None = None
    century: int | None = None
    until: int | None = None  # last day of a stretch within one month ("May 16-18")

    def said(self) -> dict[str, int | str]:
        """The parts that are said."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date mentioned: what it says, other readings of it (16/05 or 05/16), and its tokens."""

    when: When
    first: int
    end: int
    others: tuple[When, ...] = ()


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
    return [m for m in out if _plausible(text, m)]


def date_tokens(text: Text) -> frozenset[int]:
    """Tokens that belong to dates and times, so that "May 16" and "10:30" are no counts. Bare years are not in it."""
    if not any(t.norm in MONTHS or t.norm in WEEKDAYS or t.kind == "n" for t in text.tokens):
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
        return _figures(tokens, at)
    if token.kind != "w":
        return None
    norm = token.norm
    if norm in MONTHS:
        return _month(tokens, at)
    if norm in WEEKDAYS:
        return Moment(When(weekday=WEEKDAYS[norm]), at, at + 1)
    if norm in PARTS_OF_DAY:
        return Moment(When(part=PARTS_OF_DAY[norm]), at, at + 1)
    if norm in SEASONS:
        return Moment(When(season=SEASONS[norm]), at, at + 1)
    if norm in {"noon", "midnight"}:
        return Moment(When(minute=720 if norm == "noon" else 0), at, at + 1)
    return _worded_day(tokens, at) or _worded_year(tokens, at)


def _figures(tokens: Sequence[Token], at: int) -> Moment | None:
    norm = tokens[at].norm
    follow = tokens[at + 1] if at + 1 < len(tokens) else None
    if found := _ISO.match(norm) or _SLASHED.match(norm):
        year, month, day = int(found[1]), int(found[2]), int(found[3]) if found[3] else None
        if 1 <= month <= 12 and (day is None or _exists(year, month, day)):
            return Moment(When(year=year, month=month, day=day), at, at + 1)
        return None
    stretch = _STRETCH.match(norm)
    if stretch and follow and follow.norm in MONTHS:
        year_after, end = _year_after(tokens, at + 2)
        when = When(year=year_after, month=MONTHS[follow.norm], day=int(stretch[1]), until=int(stretch[2]))
        return Moment(when, at, end)
    if (found := _MONTH_YEAR.match(norm)) and 1 <= int(found[1]) <= 12 and 1000 <= int(found[2]) <= 2200:
        return Moment(When(year=int(found[2]), month=int(found[1])), at, at + 1)
    if found := _TRIPLE.match(norm):
        return _ordered(int(found[1]), int(found[3]), found[4], at)
    if clock := _clock(tokens, at):
        return clock
    if not norm.isdigit() or not norm.isascii():
        return None
    number = int(norm) if len(norm) < 5 else 0
    if follow and follow.glued and follow.norm == "s" and len(norm) == 4 and number % 10 == 0:
        return Moment(When(decade=number // 10), at, at + 2)
    if day := _day(tokens, at):
        return day
    if follow and follow.norm == "th" and at + 2 < len(tokens) and tokens[at + 2].norm == "century":
        return Moment(When(century=number), at, at + 3)
    if len(norm) == 4 and 1000 <= number <= 2200 and not (follow and follow.glued and follow.kind == "w"):
        return Moment(When(year=number), at, at + 1)
    return None


def _ordered(one: int, two: int, year_text: str, at: int) -> Moment | None:
    """Day and month in either order, where the figures allow it."""
    year = int(year_text) + (2000 if len(year_text) == 2 else 0)
    readings = [
        When(year=year, month=m, day=d)
        for d, m in dict.fromkeys(((one, two), (two, one)))
        if _exists(year, m, d)
    ]
    return Moment(readings[0], at, at + 1, tuple(readings[1:])) if readings else None


def _exists(year: int | None, month: int, day: int) -> bool:
    if not 1 <= month <= 12 or day < 1:
        return False
    return day <= (calendar.monthrange(year, month)[1] if year and 1 <= year <= 9999 else 29 if month == 2 else
                   31 if month in {1, 3, 5, 7, 8, 10, 12} else 30)  # fmt: skip


def _clock(tokens: Sequence[Token], at: int) -> Moment | None:
    """ "10:30", "10.30 pm", "10 a.m."."""
    norm = tokens[at].norm
    follow = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    half = follow if follow in {"am", "pm"} else ""
    found = _CLOCK.match(norm)
    oclock = follow in {"oclock"}
    if found and (":" in norm or half):
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
    if step < len(tokens) and tokens[step].norm in MONTHS and _exists(None, MONTHS[tokens[step].norm], day):
        month = MONTHS[tokens[step].norm]
        year, last = _year_after(tokens, step + 1)
        return Moment(When(year=year, month=month, day=day), at, last)
    return None


def _worded_day(tokens: Sequence[Token], at: int) -> Moment | None:
    return _day(tokens, at) if words_at(tokens, at) else None


def _worded_year(tokens: Sequence[Token], at: int) -> Moment | None:
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


def _month(tokens: Sequence[Token], at: int) -> Moment | None:
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
        year, end = _year_after(tokens, step + 1)
        return Moment(When(year=year, month=month, day=int(stretch[1]), until=int(stretch[2])), at, end)
    found = _day_number(tokens, day_at)
    if found and _exists(None, month, found[0]):
        year, end = _year_after(tokens, found[1])
        return Moment(When(year=year, month=month, day=found[0]), at, end)
    year, end = _year_after(tokens, step)
    return Moment(When(year=year, month=month), at, end if year else at + 1)


def _year_after(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    """(year, end) where a year follows, perhaps after a comma, "of" or "in"; (None, at) otherwise."""
    step = at
    while (
        step < len(tokens)
        and (tokens[step].raw in {",", "'", "."} or tokens[step].norm in {"of", "in", "year"})
        and step < at + 3
    ):
        step += 1
    if step < len(tokens):
        norm = tokens[step].norm
        if norm.isdigit() and len(norm) == 4 and norm.isascii() and 1000 <= int(norm) <= 2200:
            return int(norm), step + 1
        if norm.isdigit() and len(norm) == 2 and tokens[step - 1].raw == "'" and norm.isascii():
            return 2000 + int(norm), step + 1
        worded = _worded_year(tokens, step)
        if worded:
            return worded.when.year, worded.end
    return None, at


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
        return replace(m, when=replace(m.when, late=_LATE[tokens[at].norm]), first=at)
    return m


def _join(tokens: Sequence[Token], one: Moment, two: Moment) -> Moment | None:
    """One moment of two neighbours that say different parts: "Monday, June 2", "the night of Sunday"."""
    between = [t.norm for t in tokens[one.end : two.first]]
    if len(between) > 3 or not all(
        word in {",", "of", "on", "the", "at", "in", "'s", "(", "around", "about"} for word in between
    ):
        return None
    first, second = one.when.said(), two.when.said()
    if set(first) & set(second):
        return None
    if "," in between and not ({"weekday", "minute", "part"} & (set(first) | set(second))):
        return None
    values = {**first, **second}
    end = two.end + ("(" in between and two.end < len(tokens) and tokens[two.end].raw == ")")
    return (
        Moment(replace(one.when, **two.when.said()), one.first, end, two.others or one.others)
        if values
        else None
    )  # type: ignore[arg-type]


def _plausible(text: Text, m: Moment) -> bool:
    """Words that are more often something else: "may", "march", "sun", "fall", a lone part of the day."""
    said = m.when.said()
    if len(said) > 1:
        return True
    token = text.tokens[m.first]
    alone = len(text.content) <= 3
    if "month" in said and token.norm in _DOUBTFUL:
        before = text.tokens[m.first - 1].norm if m.first else ""
        return alone or (
            token.raw[:1].isupper()
            and before in {"in", "since", "of", "by", "during", "last", "this", "until"}
        )
    if "weekday" in said and token.norm in _SHORT_DAYS:
        return alone
    return not ("season" in said and token.norm in {"spring", "fall"} and not alone)


def parse_edtf(text: str) -> tuple[When, ...]:
    """The moments of an EDTF string: `XXXX-05-16`, `2022-02`, `2025-06-01`, `202X`, `2022-21`, `a/b`; () if none.

    Qualifiers (~ ? %) are dropped.
    """
    out: list[When] = []
    for part in text.strip().split("/"):
        found = _EDTF.match(part.strip().rstrip("~?%"))
        if not found:
            return ()
        year_text, month_text, day_text = found[1], found[2] or "XX", found[3] or "XX"
        year = int(year_text) if "X" not in year_text else None
        month = int(month_text) if "X" not in month_text else None
        season = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}.get(month or 0)
        decade = int(year_text[:3]) if year_text[3] == "X" and "X" not in year_text[:3] else None
        century = int(year_text[:2]) + 1 if year_text[2:] == "XX" and "X" not in year_text[:2] else None
        minute = int(found[4]) * 60 + int(found[5]) if found[4] else None
        out.append(When(year=year, month=None if season else month, day=int(day_text) if "X" not in day_text else None,
                        season=season, decade=decade, century=century, minute=minute))  # fmt: skip
    return tuple(when for when in out if when.said())


def weekday_of(when: When) -> int | None:
    """The weekday of a full date, None where year, month or day is not said."""
    if (
        when.year is None
        or when.month is None
        or when.day is None
        or not _exists(when.year, when.month, when.day)
    ):
        return None
    return date(when.year, when.month, when.day).weekday()


def whole_date(text: str) -> bool:
    """Whether `text` is a date and nothing else ("on 16 May 2025", "Monday", "2022-02"); a bare year is one."""
    seen = read(text)
    found = moments(seen)
    if len(found) != 1:
        return False
    covered = range(found[0].first, found[0].end)
    return all(i in covered or seen.tokens[i].norm in {"on", "in", "at"} for i in seen.content)
