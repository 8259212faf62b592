"""Whether an answer gives the date an item asks for, at the gold's precision.

Extra precision counts when it agrees with the gold or when the article gives it for that date; a year of the
article's only full date carries over to its other days. What contradicts, or cannot be found, is wrong.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from bench.answers.dates.anchors import anchored
from bench.answers.dates.days import day_beside, days_sharing
from bench.answers.dates.moments import moments
from bench.answers.dates.parts import Moment
from bench.answers.dates.when import When, merged, weekday_of
from bench.answers.meaning.asides import aside
from bench.answers.meaning.changes import superseded
from bench.answers.meaning.conclusions import concluded
from bench.answers.meaning.opposed import told_of_opposite
from bench.answers.meaning.set_aside import put_off
from bench.answers.meaning.stance import denied, statements
from bench.answers.meaning.taken_back import taken_back
from bench.answers.text.phrases import Table, find
from bench.answers.text.quoted import in_article
from bench.answers.text.tokens import Text, read
from bench.answers.text.wrapping import LONG, MANY, wraps
from bench.answers.values.date_rivals import CONTEXT, elsewhere, fits, of_another

_DOTTED: Final = re.compile(r"\W*(\d{1,2})\.(\d{1,2})\.\W*")
_STEPS: Final = frozenset({"to", "-", "through", "until", "till"})


@dataclass(frozen=True, slots=True)
class DateGold:
    """What a date item accepts and refuses."""

    exact: frozenset[str]
    golds: tuple[When, ...]  # each is right as it stands
    full: When  # all that the item's golds say together
    stretch: tuple[When, ...]  # two ends, where the gold is an interval
    rejects: tuple[When, ...]
    wordings: Table  # accepted and rejected wordings that hold no date
    negated: bool
    anchors: frozenset[str]  # "before", "until" and the like, as an accepted wording says itself
    asked: frozenset[str]  # words of the question and their stems
    asked_names: frozenset[str]
    asked_dates: tuple[When, ...]


def match_date(gold: DateGold, answer: str, context: str = "") -> bool:
    """Whether `answer` gives the gold date, no other and none refused."""
    text = read(answer)
    if text.key in gold.exact:
        return True
    if (dotted := _DOTTED.fullmatch(answer[:40])) and int(dotted[2]) in range(1, 13):
        answer = f"{dotted[1]} {calendar.month_name[int(dotted[2])]}"  # "28.11."
    if text.cut or not text.content or len(text.content) > 3 * LONG:
        return False
    text = read(statements(answer))
    found = moments(text)
    if len(found) > MANY:
        return False
    worded = [
        m for m in find(text, gold.wordings) if not any(m.first < d.end and d.first < m.end for d in found)
    ]
    since = taken_back(text, sorted([m.first for m in found] + [m.first for m in worded]))
    live = [m for m in found if m.first >= since and not _denied(gold, text, m, context)]
    left = superseded(text, [(m.first, m.end) for m in live], gold.asked)
    if any(_refused(gold, live[i]) for i in left):
        return False
    live = [m for i, m in enumerate(live) if i not in left]
    said = [m for m in worded if m.first >= since and not denied(text, m.first, m.end, lenient=gold.negated)]
    if any(m.label < 0 for m in said):
        return False
    if gold.stretch:
        return _is_stretch(gold, live)
    hits = [m for m in live if _right(gold, m, context) and not anchored(text, m, gold.asked, gold.anchors)]
    hits = [m for m in hits if not elsewhere(gold.asked, text, m, found, context)]
    if any(m not in hits and _refused(gold, m) for m in live):
        return False
    if not hits:
        return bool(said) and not live and wraps(text, [(m.first, m.end) for m in said], gold.asked)
    end = concluded(text, [m.first for m in hits])
    own = [m.first for m in hits]
    others = [
        m for m in live if m not in hits and m.first >= end and not anchored(text, m) and not _echo(gold, m)
    ]
    if any(
        not aside(text, m.first, own)
        and not of_another(gold.asked, gold.asked_names, text, m, found, hits, context)
        for m in others
    ):
        return False
    if any(day_beside(text, m) for m in hits):
        return False
    if _stutters(text, hits) or _spans(text, live):
        return False
    final = [m for m in hits if m.first >= end]
    readings = len({m.when for m in final})
    return wraps(text, [(m.first, m.end) for m in final], gold.asked, aside=[(0, end)], readings=readings)


def _denied(gold: DateGold, text: Text, m: Moment, context: str) -> bool:
    if denied(text, m.first, m.end, lenient=gold.negated):
        return True
    if told_of_opposite(text, gold.asked, m.first, m.end, doer=False):
        return True
    verb = put_off(text, m.end, gold.asked)
    return bool(verb) and not in_article(verb, context)


def _right(gold: DateGold, m: Moment, context: str) -> bool:
    return any(_agrees(gold, wanted, when, context) for when in (m.when, *m.others) for wanted in gold.golds)


def _agrees(gold: DateGold, wanted: When, when: When, context: str) -> bool:
    """All that `wanted` says is said, and the rest is supported."""
    when = _by_the_clock(when)
    said, needed = when.said(), wanted.said()
    if any(said.get(name) != value for name, value in needed.items()):
        return False
    whole = gold.full.said()
    extra = {name: value for name, value in said.items() if name not in needed}
    for name in list(extra):
        if name in whole:
            if whole[name] != extra[name]:
                return False
            del extra[name]
    if "part" in extra and "minute" in needed and when.minute == wanted.minute:
        del extra["part"]  # "6:40 in the morning"
    if "weekday" in extra and (known := weekday_of(merged(gold.full, when))) is not None:
        if known != extra["weekday"]:
            return False
        if weekday_of(merged(gold.full, wanted)) is not None:
            del extra["weekday"]
    return not extra or _supported(context, when, extra)


def _by_the_clock(when: When) -> When:
    """ "6:40 in the evening" is 18:40."""
    late = when.part in {"afternoon", "evening"} or (when.part == "night" and (when.minute or 0) >= 360)
    return when._replace(minute=when.minute + 720) if late and when.minute and when.minute < 720 else when


@lru_cache(maxsize=512)
def dates_in(context: str) -> tuple[Moment, ...]:
    """The dates and times that an article mentions."""
    chunks = [context[i : i + 4000] for i in range(0, min(len(context), CONTEXT), 4000)]
    return tuple(moment for chunk in chunks for moment in moments(read(chunk)))


def _supported(context: str, when: When, extra: dict[str, int | str]) -> bool:
    """Whether the article says all of `when` of one date, or its one full date gives the year."""
    said = when.said()
    known = dates_in(context)
    if any(said.items() <= moment.when.said().items() for moment in known):
        return True
    if "minute" in extra and any(m.when.minute == when.minute and fits(m.when, when) for m in known):
        extra = {name: value for name, value in extra.items() if name != "minute"}
        if not extra or _supported(context, when._replace(minute=None), extra):
            return True  # the article has that clock time, of no other day
    if set(extra) == {"day"}:  # "in February … on the 24th"
        return re.search(rf"\bon the {when.day}(?:st|nd|rd|th)\b(?! of)", context) is not None
    if set(extra) != {"year"}:
        return False
    full = {m.when.year for m in known if m.when.year and m.when.month and m.when.day}
    return full == {said["year"]}


def _echo(gold: DateGold, m: Moment) -> bool:
    """Whether the question itself names the date."""
    return any(m.when.said().items() <= asked.said().items() for asked in gold.asked_dates)


def _refused(gold: DateGold, m: Moment) -> bool:
    said = m.when.said()
    return any(set(lure.said().items()) <= set(said.items()) for lure in gold.rejects)


def _is_stretch(gold: DateGold, live: Sequence[Moment]) -> bool:
    ends = gold.stretch
    years = (
        [w.last for w in (live[0].when, *live[0].others) if w.last and w.year == ends[0].year] if live else []
    )
    if len(live) == 1 and ends[1].year in years:
        return True
    if len(live) == 1 and live[0].when.until and ends[0].month == ends[1].month:
        when = live[0].when
        year = when.year in {None, ends[0].year}
        return year and (when.month, when.day, when.until) == (ends[0].month, ends[0].day, ends[1].day)
    if len(live) != 2:
        return False
    pairs = zip((m.when for m in live), ends, strict=True)
    return all(
        (all(value == wanted.said().get(name) for name, value in when.said().items()) and "year" not in wanted.said())
        or when.said() == wanted.said()
        or (
            wanted.month is not None
            and (when.month, when.day) == (wanted.month, wanted.day)
            and when.year in {None, wanted.year}
        )
        for when, wanted in pairs
    )  # fmt: skip


def _spans(text: Text, live: Sequence[Moment]) -> bool:
    """Two dates joined into a stretch of time."""
    for one, two in pairwise(live):
        between = {t.norm for t in text.tokens[one.end : two.first]}
        if between & _STEPS and len(between) <= 2:
            return True
    return False


def _stutters(text: Text, hits: Sequence[Moment]) -> bool:
    return any(
        not {t.raw for t in text.tokens[one.end : two.first]} - {"*", '"'} for one, two in pairwise(hits)
    )


def date_spots(gold: DateGold, text: Text, context: str = "") -> list[tuple[int, int]]:
    """Where the gold date is asserted, as token ranges, for members of lists."""
    whole = moments(text)
    found = [
        m
        for m in (*whole, *(s for m in whole for s in days_sharing(text, m)))
        if not denied(text, m.first, m.end, lenient=gold.negated)
    ]
    spots = [(m.first, m.end) for m in found if _right(gold, m, context)]
    return spots + [(m.first, m.end) for m in find(text, gold.wordings) if m.label >= 0]
