"""Words that tell a yes-no question the same or the other way round: "lost" where it asks whether they won, June for May."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Final

from bench.answers.dates.moments import moments
from bench.answers.dates.when import When
from bench.answers.meaning.opposed import PAIRS, TRADE
from bench.answers.numbers.combine import DOWN, UP
from bench.answers.text.tokens import Text, read
from bench.answers.text.wording import words_of

_MORE: Final = tuple(
    (words_of(one), words_of(two))
    for one, two in (
        ("win wins won winning winner victory", "lose loses lost losing loser defeat defeated beaten"),
        ("agree agrees agreed accept accepts accepted approve approves approved adopt adopted endorse endorsed",
         "refuse refuses refused reject rejects rejected decline declines declined veto vetoed oppose opposes opposed"),
        ("open opens opened opening reopen reopens reopened reopening", "close closes closed closing shut shuts"),
        ("lift lifts lifted scrap scrapped repeal repealed abolish abolished revoke revoked",
         "uphold upholds upheld remain remains remained stays extend extended keep keeps kept"),
        ("uphold upholds upheld", "overturn overturns overturned quash quashed strike struck"),
        ("convict convicts convicted guilty", "acquit acquits acquitted cleared innocent"),
        ("continue continues continued resume resumes resumed", "stop stops stopped halt halted suspend suspended"),
        ("join joins joined enter enters entered", "quit quits leave leaves left withdraw withdrew withdrawn"),
        ("quit quits leave leaves left withdraw withdrew", "stay stays stayed remain remains remained"),
        ("sign signs signed", "veto vetoes vetoed"),
        ("attend attends attended present", "absent skip skipped missed"),
        ("hurt injured wounded injuries", "unhurt unharmed uninjured unscathed"),
        ("succeed succeeds succeeded successful", "fail fails failed unsuccessful"),
        ("strengthen strengthened stronger", "weaken weakened weaker"),
        ("praise praises praised hail hails hailed welcome welcomes welcomed", "criticise criticises criticised criticize criticizes criticized "
         "condemn condemns condemned slam slammed"),
        ("keep keeps kept preserve preserved retain retained", "torn demolish demolished raze razed replaced removed abolished scrapped"),
        ("united unanimous unanimously", "divided split disagree disagreed against"),
        ("support supports supported back backs backed approve approves approved favour favours favor favors agree agrees agreed", "against"),
        ("peaceful peacefully", "violent violently violence"),
        ("full", "empty"), ("win", "draw drew drawn"), ("alive", "dead killed died"),
    )
)  # fmt: skip
_EVENTS: Final = (
    *(pair for pair in PAIRS if pair not in TRADE),
    *_MORE,
    *(pair[::-1] for pair in _MORE),
    (UP, DOWN),
    (DOWN, UP),
)
_LOOSE: Final = words_of(
    "back backs pass free fire end ends up down cut positive negative"
)  # of many meanings
_RELATIVE: Final = words_of(
    "before after by since until till than exceed exceeds exceeded earlier later older newer more less between from during past over under"
)

_STRETCH: Final = words_of("before after by since until till between from during through")


def told(norms: Sequence[str], asked: Set[str]) -> tuple[set[str], set[str], bool]:
    """The words that tell of an event the question asks about; those that tell of its opposite; whether of one event both."""
    same: set[str] = set()
    other: set[str] = set()
    mixed = False
    for one, two in _EVENTS:
        if (asked - _LOOSE).isdisjoint(one) or not asked.isdisjoint(two):
            continue
        ours, theirs = one & set(norms), two & set(norms) - _LOOSE
        mixed = mixed or bool(ours and theirs)
        if not theirs:
            same |= ours
        elif not ours:
            other |= theirs
    return same - other, other, mixed


def same_time(statement: Text, question: Text) -> bool | None:
    """Whether a statement gives no weekday, month or year but those the question asks about; None where they cannot be compared."""
    if not _RELATIVE.isdisjoint(token.norm for token in question.tokens):
        return _on_its_side(statement, question)
    if not _STRETCH.isdisjoint(token.norm for token in statement.tokens):
        return True  # what is closed since Sunday is closed on Monday
    given, wanted = _times(statement), _asked_times(question)
    kinds = [({of(when) for when in given} - {None}, {of(when) for when in wanted} - {None}) for of in _KINDS]
    both = [one.isdisjoint(two) for one, two in kinds if one and two]
    if any(both):
        return False
    return True if both or not given or not wanted else None


def _times(text: Text) -> list[When]:
    """When something happens by the text; "Monday's patients" may come on any day."""
    owners = {i for i, token in enumerate(text.tokens) if token.kind == "s"}
    return [m.when for m in moments(text) if m.end not in owners]


def _asked_times(question: Text) -> list[When]:
    """The times a question asks about: at its end or its beginning; "the 2015 agreement" and "that fell in March" only say which."""
    norms = [t.norm for t in question.tokens]
    last = max((i for i, t in enumerate(question.tokens) if t.kind in "wn"), default=0)
    owners = {i for i, token in enumerate(question.tokens) if token.kind == "s"}
    out: list[When] = []
    for m in moments(question):
        which = not {"that", "which", "who", "where"}.isdisjoint(norms[1 : m.first])
        if m.end not in owners and (m.first <= 1 or (m.end > last and not which)):
            out.append(m.when)
    return out


def _on_its_side(statement: Text, question: Text) -> bool | None:
    """Whether the one time of a statement is on the asked side of the one of the question: "before 2027?", "in 2028"."""
    found, marks = moments(statement), moments(question)
    if len(found) != 1 or len(marks) != 1:
        return True
    ahead = question.tokens[marks[0].first - 1].norm if marks[0].first else ""
    if ahead not in {"before", "after"} or not _STRETCH.isdisjoint(t.norm for t in statement.tokens):
        return True
    one, two = found[0].when, marks[0].when
    pairs = [(a, b) for a, b in ((one.year, two.year), (one.month, two.month), (one.day, two.day)) if a and b]
    if not pairs or (two.year and not one.year):
        return True
    given, mark = tuple(a for a, _ in pairs), tuple(b for _, b in pairs)
    return given == mark or (given < mark) == (ahead == "before")


def without_times(statement: Text) -> Text | None:
    """A statement without its dates and times; None where it has none."""
    found = moments(statement)
    if not found:
        return None
    inside = {i for moment in found for i in range(moment.first, moment.end)}
    return read(" ".join(t.raw for i, t in enumerate(statement.tokens) if i not in inside))


_KINDS: Final[tuple[Callable[[When], object], ...]] = (
    lambda w: w.weekday,
    lambda w: w.month,
    lambda w: w.year,
)
