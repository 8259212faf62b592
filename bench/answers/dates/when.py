"""A point in time as far as it is said, and its EDTF spelling."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final, NamedTuple

_EDTF: Final = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?(?:T(\d{2}):(\d{2}).*)?\Z")


_PARTS: Final = {
    21: "spring",
    22: "summer",
    23: "autumn",
    24: "winter",
    33: "q1",
    34: "q2",
    35: "q3",
    36: "q4",
}


class When(NamedTuple):
    """A point in time as far as it is said; None: not said. Months 1–12, weekdays Monday = 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None  # morning · afternoon · evening · night · midday
    minute: int | None = None  # minutes after midnight
    season: str | None = None  # spring · summer · autumn · winter, or a quarter: q1 … q4
    late: str | None = None  # early · mid · late, of the period named
    decade: int | None = None
    century: int | None = None
    last: int | None = None  # last year of a stretch of years ("2010-14")
    until: int | None = None  # last day of a stretch within one month ("May 16-18")

    def said(self) -> dict[str, int | str]:
        """The parts that are said."""
        return {name: value for name, value in zip(self._fields, self, strict=True) if value is not None}


def merged(one: When, two: When) -> When:
    """All that either says; `two` where both do."""
    return When._make(new if new is not None else old for old, new in zip(one, two, strict=True))


def exists(year: int | None, month: int, day: int) -> bool:
    """Whether there is such a day; without a year, 29 February is one."""
    if not 1 <= month <= 12 or day < 1:
        return False
    return day <= (calendar.monthrange(year, month)[1] if year and 1 <= year <= 9999 else 29 if month == 2 else
                   31 if month in {1, 3, 5, 7, 8, 10, 12} else 30)  # fmt: skip


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
        season = _PARTS.get(month or 0)
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
        or when.year < 1
        or not exists(when.year, when.month, when.day)
    ):
        return None
    return date(when.year, when.month, when.day).weekday()
