"""An event told the wrong way round: "it ended on 28 April" where its start was asked for, "Cole lost" for who won."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from bench.answers.text.tokens import Text
from bench.answers.text.units import stem
from bench.answers.text.wording import words_of

_BOUNDS: Final = frozenset(".;:!?\n()—,[]")
_NEAR: Final = 4  # tokens between an answer and its verb
_EVENTS: Final = tuple(
    (words_of(one), words_of(two))
    for one, two in (
        ("begin begins began begun beginning start starts started starting launch launched open opens opened opening",
         "end ends ended ending finish finishes finished conclude concludes concluded close closes closed closing"),
        ("arrive arrives arrived arrival", "leave leaves left depart departs departed departure"),
        ("born birth", "die dies died death"),
        ("win wins won winner victory", "lose loses lost loser runner-up"),
        ("kill kills killed dead die dies died death deaths fatality fatalities perish perished", "survive survives survived survivors alive unhurt"),
        ("kill kills killed dead die dies died death deaths fatality fatalities perish perished", "injure injures injured injuries wound wounded wounds hurt hurts"),
        ("approve approves approved adopt adopted accept accepts accepted pass passed ratified backed",
         "reject rejects rejected refuse refused vetoed"),
        ("impose imposes imposed introduce introduced", "lift lifts lifted abolish abolished scrap scrapped repealed"),
        ("claim claims claimed admit admits admitted confirm confirms confirmed", "deny denies denied"),
        ("support supports supported back backs backed favour favor favours favors favoured favored",
         "oppose opposes opposed against"),
        ("hire hires hired appoint appoints appointed", "fire fires fired sack sacked dismiss dismissed"),
        ("arrest arrests arrested detain detained jail jailed", "free freed release releases released"),
        ("import imports imported", "export exports exported"),
    )
)  # fmt: skip
_DEALS: Final = ((words_of("buy buys bought buyer acquire acquired"), words_of("sell sells sold seller")),)
Pairs = tuple[tuple[frozenset[str], frozenset[str]], ...]


def _both_ways(pairs: Pairs) -> Pairs:
    stems = [tuple(words | frozenset(map(stem, words)) for words in pair) for pair in pairs]
    return tuple(pair for one, two in stems for pair in ((one, two), (two, one)))


TRADE: Final = _both_ways(_DEALS)  # buying and selling are one deal: only who did it tells them apart
PAIRS: Final = (*_both_ways(_EVENTS), *TRADE)
_NOUNS: Final = words_of(
    "open opens opening close closes closing back backs pass free left leave fire end ends"
)  # or adjectives
_ALL: Final = frozenset().union(*(one for one, _ in PAIRS))


def told_of_opposite(text: Text, asked: Set[str], first: int, end: int, *, doer: bool) -> bool:
    """Whether the tokens first…end−1 are said to have had a part in the opposite of what `asked` is about.

    `asked`: the question's words or their stems. `doer`: they did it, so that the verb stands behind them;
    otherwise it may stand on either side. Where the question's own verb is there too, nothing is said: in the clause
    behind a doer, else anywhere.
    """
    size = len(text.tokens)
    behind = _until_bound(text, range(end, size))
    behind = behind[: behind.index("and")] if "and" in behind else behind
    ahead = [] if doer else _until_bound(text, range(first - 1, -1, -1))
    near = behind[:_NEAR] + ahead[:_NEAR]
    if _ALL.isdisjoint(near):
        return False
    whole = behind if doer else [t.norm for t in text.tokens]
    for pair in PAIRS:
        one, two = pair
        if not doer and pair in TRADE:
            continue
        if doer:
            one, two = one - _NOUNS, two - _NOUNS
        if not asked.isdisjoint(one) and asked.isdisjoint(two) and any(norm in two for norm in near):
            return all(norm not in one for norm in whole)
    return False


def is_event(norm: str) -> bool:
    """Whether a word tells of an event that has an opposite."""
    return norm in _ALL


def same_event(norm: str, words: Set[str]) -> bool:
    """Whether some of `words` tell of the event that `norm` tells of: "dead" where they have "killed"."""
    return any(norm in one and not words.isdisjoint(one) for one, _ in PAIRS)


def _until_bound(text: Text, places: range) -> list[str]:
    out: list[str] = []
    for at in places:
        if text.tokens[at].raw in _BOUNDS:
            break
        out.append(text.tokens[at].norm)
    return out
