"""Figures and dates that an answer tells of something else beside its own: "12 people were killed and 3 injured"."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final, NamedTuple

from bench.answers.dates.moments import moments
from bench.answers.dates.when import When
from bench.answers.meaning.opposed import is_event, same_event
from bench.answers.text.tokens import ARTICLES, Text
from bench.answers.text.units import stem
from bench.answers.text.wording import FUNCTION, words_of
from bench.answers.text.wrapping import akin

SENTENCE: Final = re.compile(r"[.!?;\n]+(?=\s)")  # what ends a sentence of an article

Range = tuple[int, int]

_SIGNS: Final = frozenset(".,;!?\n()—[]")
_JOINTS: Final = words_of("and but while whereas plus with or then as after before when")
_STEPS: Final = frozenset({"to", "from", "than", "against"})
_CLAIMING: Final = words_of(
    "say says said tell told report reports reported estimate estimates estimated put puts claim claims claimed"
)
_PLACING: Final = words_of("on in at of by because due during after before for from since until to with")
_CLAUSES: Final = 50  # of the article that are looked at
_ALTERNATIVE: Final = frozenset({"or", "/", "maybe", "perhaps", "possibly", "alternatively", "otherwise"})


class About(NamedTuple):
    """What tells figures apart."""

    asked: Set[str]  # words of the question and their stems
    names: Set[str]  # those of them that are names
    counted: Set[str]  # stems of what is counted, which tell nothing apart


def told_of_another(
    text: Text,
    spot: Range,
    answers: Sequence[Range],
    others: Sequence[Range],
    about: About,
    told: Sequence[Set[str]],
) -> bool:
    """Whether the figure at `spot` is told of something else than the `answers` are, by the answer's words and the article's.

    The clause of an answer has words of the question that the clause of this figure has not, or else opens the text and says
    nothing more; the clause of this figure has words of its own; and so has the article where it gives this figure.
    `others`: all figures of the text, which bound each other's clauses; `told`: the clauses in which the article gives this figure.
    """
    first, end = clause(text, spot, others)
    norms = {t.norm for t in text.tokens[max(0, first - 1) : end]}
    if not norms.isdisjoint(_ALTERNATIVE):
        return False
    own = words(text, spot, others) - about.counted
    new = {norm for norm in own if not _asked(norm, about.asked)}
    told = told[:_CLAUSES]
    if not answers or not new:
        return False
    named = bool(new & names_in(text, (first, end)))
    by_article = norms.isdisjoint(_CLAIMING) and any(_asked(norm, there) for norm in new for there in told)
    for answer in answers:
        mine = words(text, answer, others) - about.counted
        part = clause(text, answer, others)
        aside = not any(_asked(norm, about.asked) for norm in own) or (
            named and bool(about.names) and own.isdisjoint(about.names)
        )
        opens = aside and not mine and part[0] <= text.content[0]
        capitals = names_in(text, part)
        if named and not capitals.isdisjoint(about.names) and _tells(text, about.asked):
            capitals -= about.names  # "1 July in Norland and 1 September in Estria"
        if not (opens and by_article) and not _apart(mine, capitals, own, about.asked, told):
            return False
    return True


def _tells(text: Text, asked: Set[str]) -> bool:
    """Whether a text has words of the question that are no names."""
    return any(
        t.kind == "w" and t.raw.islower() and t.norm not in FUNCTION and _asked(t.norm, asked)
        for t in text.tokens
    )


def _apart(
    mine: Set[str], capitals: Set[str], own: Set[str], asked: Set[str], told: Sequence[Set[str]]
) -> bool:
    """Whether the clause of an answer is about what is asked for, and that with the words `own` about something else.

    `mine`: words of the answer's clause; `capitals`: those of them that are names and tell nothing.
    """
    missed = {norm for norm in mine - capitals if _asked(norm, asked) and not _asked(norm, own)}
    if not missed or not any(not _asked(norm, there) for there in told for norm in missed):
        return False
    # "3 were killed in Orr and 12 injured in Vell", where those of Vell are asked for
    crossed = any(not _asked(norm, asked) for norm in mine) and any(
        _asked(norm, asked) and not _asked(norm, mine) for norm in own
    )
    return not crossed


def told_elsewhere(
    mine: Set[str], asked: Set[str], here: Sequence[Set[str]], there: Sequence[Set[str]]
) -> bool:
    """Whether the words around the right figure are those that the article has around another: "31 were killed", who were hurt.

    `here`: the clauses in which the article gives the figure, with a word of the question that the answer lacks; `there`:
    those in which it gives others.
    """
    new = {norm for norm in mine if not _asked(norm, asked)}
    here, there = here[:_CLAUSES], there[:_CLAUSES]
    if not new or any(_asked(norm, own) for own in here for norm in new):
        return False
    lacking = any(_asked(norm, asked) and not _asked(norm, mine) for own in here for norm in own)
    return lacking and any(all(_asked(norm, other) for norm in new) for other in there)


def other_event(text: Text, spot: Range, others: Sequence[Range], about: About) -> bool:
    """Whether the clause around a figure has a word for an event, or another name instead of the one asked about.

    A day, a place or a cause may be that of the sentence before, and tells no figures apart.
    """
    mine = words(text, spot, others)
    if any(norm.endswith("ed") or is_event(norm) for norm in mine if not _asked(norm, about.asked)):
        return True
    first, _ = clause(text, spot, others)
    for i in range(first, spot[0]):  # "students pay 30", but not "on Tuesday 12"
        token = text.tokens[i]
        ahead = [t.norm for t in text.tokens[max(first, i - 2) : i] if t.norm not in ARTICLES]
        if (
            stem(token.norm) in mine
            and not _asked(stem(token.norm), about.asked)
            and not _PLACING & set(ahead[-1:])
        ):
            return True
    named = names_in(text, clause(text, spot, others)) - about.asked
    return bool(about.names and named) and mine.isdisjoint(about.names)


def at_another_time(
    text: Text, spot: Range, answers: Sequence[Range], others: Sequence[Range], asked: Sequence[When]
) -> bool:
    """Whether a figure is told of another time than is asked for, and no answer is: "2.4 percent in May and 3.1 in April"."""
    found = moments(text)

    def times(part: Range) -> list[When]:
        return [m.when for m in found if part[0] <= m.first and m.end <= part[1]]

    own = times(clause(text, spot, others))
    mine = [times(clause(text, answer, others)) for answer in answers]
    return bool(own) and any(
        not any(same_time(other, when) for other in own)
        and all(not one or any(same_time(other, when) for other in one) for one in mine)
        for when in asked
    )


def same_time(one: When, two: When) -> bool:
    """Whether two times agree in what both say, and both say something."""
    both = one.said().keys() & two.said().keys()
    return bool(both) and all(one.said()[name] == two.said()[name] for name in both)


def told_of_another_time(text: Text, spot: Range, others: Sequence[Range], asked: Sequence[When]) -> bool:
    """Whether the clause around a figure has a time, and one that contradicts each of those asked about: "1.5 million in 2022"."""
    first, end = clause(text, spot, others)
    own = [m.when for m in moments(text) if first <= m.first and m.end <= end]
    return bool(own) and bool(asked) and all(_contradict(one, two) for one in own for two in asked)


def _contradict(one: When, two: When) -> bool:
    both = one.said().keys() & two.said().keys()
    return any(one.said()[name] != two.said()[name] for name in both)


def clause(text: Text, spot: Range, others: Sequence[Range]) -> Range:
    """The tokens around `spot` up to a sign, a joining word or another figure: "rose from 2 in May" of "rose from 2 in May to 3"."""
    tokens = text.tokens
    low = max((end for _, end in others if end <= spot[0]), default=0)
    high = min((first for first, _ in others if first >= spot[1]), default=len(tokens))
    if high < len(tokens) and tokens[high - 1].norm in _STEPS:
        high = max(spot[1], high - 1)
    if low and tokens[spot[0] - 1].norm in _STEPS:
        low = max(low, spot[0] - 1)
    first = next((i + 1 for i in range(spot[0] - 1, low - 1, -1) if _bounds(text, i)), low)
    return first, next((i for i in range(spot[1], high) if _bounds(text, i)), high)


def parted(text: Text, one: Range, two: Range) -> bool:
    """Whether a sign or a joining word stands between two places."""
    low, high = sorted((one, two))
    return any(_bounds(text, at) for at in range(low[1], high[0]))


def _bounds(text: Text, at: int) -> bool:
    return text.tokens[at].raw in _SIGNS or text.tokens[at].norm in _JOINTS


def words(text: Text, spot: Range, others: Sequence[Range]) -> set[str]:
    """Stems of the words that mean something in the clause around `spot`, the figures themselves apart."""
    first, end = clause(text, spot, others)
    kept = [text.tokens[i] for i in range(first, end) if not spot[0] <= i < spot[1]]
    return {stem(t.norm) for t in kept if t.kind == "w" and t.norm not in FUNCTION}


def names_in(text: Text, part: Range) -> set[str]:
    """Stems of the words with a capital: "Rovers 3, Athletic 2" tells nothing of what Rovers were asked about."""
    return {stem(t.norm) for t in text.tokens[part[0] : part[1]] if t.raw[:1].isupper()}


def _asked(norm: str, asked: Set[str]) -> bool:
    """Whether `asked` has the word, another form of it or another word for the same event."""
    return akin(norm, asked) or same_event(norm, asked)
