"""Checks of EDTF dates: well-formed, possible, and not contradicted by the answer they stand for."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from bench.datasets.derivation import WEEKDAYS
from bench.datasets.validation.lookup import Lookup
from bench.errors import Problem
from bench.records import Article, Item

MONTHS = tuple(
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)

_EDTF = re.compile(
    r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::[0-5][0-9])?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?[?~%]?"
)
_MONTH_NAMES = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS if name != "may") + "|may|sept"
_NAMED = re.compile(
    rf"(?:\b(?P<before>[0-3]?[0-9])(?:st|nd|rd|th)?(?: of)? )?\b(?P<month>{_MONTH_NAMES})\b\.?"
    r"(?: (?P<after>[0-3]?[0-9])(?:st|nd|rd|th)?\b(?![:.,]?[0-9]))?",
)
_ISO = re.compile(r"\b(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\b")
_YEAR = re.compile(r"\b(?:1[0-9]{3}|2[0-9]{3})\b")


def check_edtf(_article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """Every `edtf` parses, names a possible date, and agrees with the canonical answer."""
    for item in items:
        for j, gold in enumerate(item.gold):
            if gold.edtf is None:
                continue
            path = lookup.slot(item, j, "edtf")
            fault = edtf_fault(gold.edtf)
            if fault:
                fix = "write it like 2025-06-02, 2025-06, XXXX-05-16, or start/end"
                yield lookup.item("edtf", item, path, fault, value=gold.edtf, fix=fix)
            elif "/" not in gold.edtf:
                clash = contradiction(gold.canonical, gold.edtf)
                if clash:
                    message = f"disagrees with the answer {gold.canonical!r}: {clash}"
                    yield lookup.item("edtf", item, path, message, value=gold.edtf, fix="correct one of them")


def edtf_fault(text: str) -> str | None:
    """Why `text` is no date of the EDTF subset in use; None when it is one.

    The subset: year, month, day with X for unknown digits; a time of day after a full date; `?`, `~`, `%`
    for uncertain; seasons 21–24 as month; intervals `start/end`, an open or unknown end written `..` or "".
    """
    parts = text.split("/")
    if len(parts) > 2 or not any(p not in ("", "..") for p in parts):
        return "is no EDTF date"
    faults = [_date_fault(p) for p in parts if len(parts) == 1 or p not in ("", "..")]
    return next((f for f in faults if f), None)


def contradiction(answer: str, edtf: str) -> str | None:
    """Which part of a worded answer contradicts the date; None when none does.

    Reads English month names with a day beside them, ISO dates, years and weekdays; what is worded otherwise
    contradicts nothing.
    """
    match = _EDTF.fullmatch(edtf)
    if match is None:
        return None
    lowered = answer.casefold()
    years: list[str] = _YEAR.findall(lowered)
    months, days = [], []
    for iso in _ISO.finditer(lowered):
        months.append(iso["month"])
        days.append(iso["day"])
    for named in _NAMED.finditer(lowered):
        months.append(f"{[m[:3] for m in MONTHS].index(named['month'][:3]) + 1:02}")
        day = named["before"] or named["after"]
        days += [f"{int(day):02}"] if day else []
    for kind, said in (("year", years), ("month", months), ("day", days)):
        meant = match[kind]
        wrong = [s for s in said if meant and not _fits(s, meant)]
        if wrong:
            return f"{kind} {wrong[0]} is not {meant}"
    return _wrong_weekday(lowered, match)


def _wrong_weekday(answer: str, edtf: re.Match[str]) -> str | None:
    named = [w for w in WEEKDAYS if re.search(rf"\b{w.casefold()}\b", answer)]
    digits = [edtf[part] for part in ("year", "month", "day")]
    if len(named) != 1 or not all(d and d.isdigit() for d in digits):
        return None
    meant = WEEKDAYS[date(*map(int, digits)).weekday()]
    return None if meant == named[0] else f"that day is a {meant}"


def _date_fault(text: str) -> str | None:
    match = _EDTF.fullmatch(text)
    if match is None:
        return "is no EDTF date"
    year, month, day = match["year"], match["month"], match["day"]
    if year.isdigit() and int(year) == 0:
        return "there is no year 0000 here"
    if month and not any(
        _fits(f"{m:02}", month) for m in (*range(1, 13), *((21, 22, 23, 24) if not day else ()))
    ):
        return f"there is no month {month}"
    if day:
        longest = 31
        if month and month.isdigit():
            longest = monthrange(int(year) if year.isdigit() else 2000, int(month))[1]
        if not any(_fits(f"{d:02}", day) for d in range(1, longest + 1)):
            return f"there is no day {day} in that month"
    if match["hour"] and (int(match["hour"]) > 24 or int(match["minute"]) > 59):
        return "there is no such time of day"
    return None


def _fits(digits: str, pattern: str) -> bool:
    """Whether digits match a pattern in which X stands for any digit."""
    return len(digits) == len(pattern) and all(p in ("X", d) for d, p in zip(digits, pattern, strict=True))
