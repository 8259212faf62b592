"""Days that share a month: "May 16 or 17", "3, 10 and 17 March"."""

from __future__ import annotations

from bench.answers.dates.parts import Moment
from bench.answers.dates.when import exists
from bench.answers.text.tokens import Text


def day_beside(text: Text, m: Moment) -> bool:
    """ "May 16 or 17", "16 or 17 May"."""
    tokens = text.tokens
    after = tokens[m.end : m.end + 2]
    before = tokens[max(0, m.first - 2) : m.first]
    joins = {"or", "and", "to", "/", "-"}
    later = [
        t.norm
        for t in tokens[m.end : m.end + 5]
        if t.raw != "," and t.norm not in {"else", "the", "maybe", "perhaps"}
    ]
    if (
        len(later) > 1
        and later[0] == "or"
        and later[1].isascii()
        and later[1].isdigit()
        and len(later[1]) <= 2
        and int(later[1]) <= 31
    ):
        return True  # "2 July 2030, or else the 3rd"
    return (
        len(after) == 2 and after[0].norm in joins and after[1].kind == "n" and len(after[1].norm) <= 2
    ) or (len(before) == 2 and before[1].norm in joins and before[0].kind == "n" and len(before[0].norm) <= 2)


def days_sharing(text: Text, m: Moment) -> list[Moment]:
    """The other days of "3, 10 and 17 March" and of "March 3, 10 and 17"."""
    if m.when.day is None or m.when.month is None:
        return []
    out: list[Moment] = []
    for start, step in ((m.first - 1, -1), (m.end, 1)):
        at = start
        while 0 <= at + step < len(text.tokens) and text.tokens[at].norm in {",", "and", "&"}:
            while (
                text.tokens[at + step].norm in {"and", "&", ",", "st", "nd", "rd", "th"}
                and 0 < at + step < len(text.tokens) - 1
            ):
                at += step
            day = text.tokens[at + step]
            if (
                day.kind != "n"
                or not day.norm.isdigit()
                or len(day.norm) > 2
                or not exists(None, m.when.month, int(day.norm[:3]))
            ):
                break
            spot = at + step
            out.append(Moment(m.when._replace(day=int(day.norm), weekday=None), spot, spot + 1))
            at = spot + step
            if step > 0 and at < len(text.tokens) and text.tokens[at].norm in {"st", "nd", "rd", "th"}:
                at += 1
    return out
