"""What a change asserts: "it was cut from 12 to 7 percent" says 7, or 12 where the old figure is asked for."""

from __future__ import annotations

from collections.abc import Sequence, Set
from fractions import Fraction
from itertools import pairwise
from typing import Final

from bench.answers.meaning.companions import Range
from bench.answers.numbers.combine import DOWN, UP
from bench.answers.numbers.quantity import Quantity
from bench.answers.text.tokens import Text
from bench.answers.text.units import UNITS
from bench.answers.text.wording import words_of

_CHANGING: Final = (
    UP
    | DOWN
    | words_of(
        "change changes changed revise revises revised adjust adjusted move moves moved go goes going went gone "
        "bring brings brought take takes took taken correct corrects corrected update updates updated shift shifted "
        "extend extends extended shorten shortens shortened widen widened narrow narrowed lower lowers lowered raise "
        "raises raised reduce reduces reduced slash slashes slashed trim trims trimmed lift lifts lifted expand expands "
        "expanded swell swells swelled climbs climb climbing rising falling growing declining dropping cuts cutting "
        "slips slid sinks sank sunk jump jumps soar soars surge surges plunge plunges tumble tumbles shrinks shrinking "
        "halve halves halved double doubles doubled triple triples tripled improve improves improved worsened advanced"
    )
)
_FORMER: Final = words_of(
    "before previous previously earlier former formerly original originally old initial initially from until"
)
_PRESENT: Final = words_of("now current currently present today")
_LATER: Final = words_of("after new later") | _PRESENT
_PLANNED: Final = words_of("will would shall plans planned proposes proposed wants should could may might")
_FIRST: Final = words_of(
    "originally original previously previous initially initial first formerly former earlier"
)
_MOVING: Final = words_of(
    "move moves moved moving postpone postpones postponed delay delays delayed reschedule rescheduled push pushed put shift shifted "
    "brought bring change changed defer deferred advance advanced extend extended adjourn adjourned"
)
_SAID: Final = words_of("previously formerly originally initially")
_BOUNDS: Final = frozenset(".;:!?\n()—")
_APART: Final = _BOUNDS | {"in"}  # "from 3.1 percent in April to 2.4 in May": the times tell
_BETWEEN: Final = 4  # tokens between the figures of a change


def settled(
    text: Text, found: list[Quantity], asked: Set[str], wanted: Set[Fraction]
) -> tuple[list[Quantity], list[Quantity]]:
    """`found` with one figure for each change told, the one that a question of the words `asked` is after; and the others.

    Where that is the difference itself (one of the values `wanted`), nothing is changed.
    """
    by = [i for i, q in enumerate(found) if _ahead(text, q, 1) == ["by"]]
    if any(found[i].value in wanted for i in by):
        return found, []
    kept: list[Quantity | None] = list(found)
    aside: list[Quantity] = []

    def leave(at: int) -> None:
        kept[at] = None
        aside.append(found[at])

    changed = False
    for i, q in enumerate(found):
        verbs = _verbs(text, min(q.first, found[max(i - 1, 0)].first))
        former = _former(asked, verbs)
        if verbs and q.high is not None and _begins(text, q):
            new, old = q._replace(value=q.high, high=None, form="digits", role=""), q._replace(high=None)
            kept[i] = old._replace(form="digits", role="") if former else new
            aside.append(new if former else old)
            changed = True
        elif i and verbs and (told := _steps(text, found[i - 1], q)):
            leave(i if (told == "to from") != former else i - 1)
            changed = True
        elif i and former and _was(text, q):
            leave(i - 1)
    for i in by if changed else ():
        leave(i)
    return [q for q in kept if q is not None], aside


def superseded(text: Text, spots: Sequence[Range], asked: Set[str]) -> set[int]:
    """Which of the dates at `spots` are not the ones asked for, where a date is moved: "from 3 May to 10 June"."""
    former = not asked.isdisjoint(_FIRST)
    out: set[int] = set()
    for i, (one, two) in enumerate(pairwise(spots)):
        ahead = text.tokens[one[0] - 1].norm if one[0] else ""
        between = [t.norm for t in text.tokens[one[1] : two[0]]]
        if (
            between in (["to"], ["until"], ["from"])
            and ahead in {"from", "to"}
            and not _MOVING.isdisjoint(_clause(text, one[0]))
        ):
            old = i + (ahead == "to")
        elif between[-1:] == ["from"] and not _MOVING.isdisjoint(between[-2:]):
            old = i + 1  # "10 June (moved from 3 May)"
        else:
            continue
        out.add(2 * i + 1 - old if former else old)
    return out


def _former(asked: Set[str], verbs: Set[str]) -> bool:
    """Whether the old figure is asked for; what is planned is not yet so."""
    if not asked.isdisjoint(_PRESENT):
        return not verbs.isdisjoint(_PLANNED)
    return not asked.isdisjoint(_FORMER) and asked.isdisjoint(_LATER)


def _begins(text: Text, q: Quantity) -> bool:
    """Whether a pair of figures is one from … to …"""
    norms = [t.norm for t in text.tokens[max(0, q.first - 1) : q.end]]
    return "from" in norms[:2] and "to" in norms


def _steps(text: Text, one: Quantity, two: Quantity) -> str:
    """ "to from" of "to 7 percent from 12 percent", "from to" of "from 310 shops to 287"; else nothing."""
    between = [t.norm for t in text.tokens[one.end : two.first]]
    alike = not (one.unit and two.unit) or UNITS[one.unit].family == UNITS[two.unit].family
    if not alike or not between or len(between) > _BETWEEN or not _APART.isdisjoint(between):
        return ""
    said = f"{' '.join(_ahead(text, one, 1))} {between[-1]}"
    return said if said in {"to from", "from to"} and one.high is two.high is None else ""


def _was(text: Text, q: Quantity) -> bool:
    """Whether a figure is told as the old one: "7 percent, down from 12 percent", "7 (previously 12)"."""
    ahead = _ahead(text, q, 2)
    return ahead in (["down", "from"], ["up", "from"]) or not _SAID.isdisjoint(ahead[-1:])


def _ahead(text: Text, q: Quantity, size: int) -> list[str]:
    return [t.norm for t in text.tokens[max(0, q.first - size) : q.first]]


def _clause(text: Text, first: int) -> set[str]:
    """The words of the clause ahead of a token."""
    norms: set[str] = set()
    for at in range(first - 1, -1, -1):
        if text.tokens[at].raw in _BOUNDS:
            break
        norms.add(text.tokens[at].norm)
    return norms


def _verbs(text: Text, first: int) -> set[str]:
    """The words of the clause ahead of a token, if one of them is a verb of change."""
    norms = _clause(text, first)
    return norms if not norms.isdisjoint(_CHANGING) else set()
