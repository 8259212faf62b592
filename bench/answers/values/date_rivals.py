"""Whether another date in an answer is told of something else, and whether the right one is."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache
from typing import Final

from bench.answers.dates.moments import moments
from bench.answers.dates.parts import Moment
from bench.answers.dates.when import When
from bench.answers.meaning.companions import SENTENCE, About, same_time, told_elsewhere, told_of_another
from bench.answers.meaning.companions import words as words_around
from bench.answers.text.tokens import Text, read

CONTEXT: Final = 20_000  # characters of an article read for dates


def of_another(
    asked: Set[str],
    names: Set[str],
    text: Text,
    m: Moment,
    found: Sequence[Moment],
    hits: Sequence[Moment],
    context: str,
) -> bool:
    """Whether a date is told of something else, here and in the article: "she was born in 1934 and died in 1999"."""
    said = m.when.said().items()
    told = [there for when, there in _clauses(context) if said <= when.said().items()]
    spots = [(f.first, f.end) for f in found]
    answers = [(h.first, h.end) for h in hits]
    about = About(asked, names, frozenset())
    return told_of_another(text, (m.first, m.end), answers, spots, about, told)


def elsewhere(asked: Set[str], text: Text, m: Moment, found: Sequence[Moment], context: str) -> bool:
    """Whether the right date is told of what the article tells of another one."""
    here = [own for when, own in _clauses(context) if same_time(when, m.when)]
    there = [own for when, own in _clauses(context) if not same_time(when, m.when)]
    mine = words_around(text, (m.first, m.end), [(f.first, f.end) for f in found])
    return told_elsewhere(mine, asked, here, there)


@lru_cache(maxsize=512)
def _clauses(context: str) -> tuple[tuple[When, frozenset[str]], ...]:
    """The dates of the article, each with the words of its clause."""
    out: list[tuple[When, frozenset[str]]] = []
    for part in SENTENCE.split(context[:CONTEXT]):
        text = read(part)
        found = moments(text)
        spots = [(m.first, m.end) for m in found]
        out += [
            (m.when, frozenset(words_around(text, spot, spots))) for m, spot in zip(found, spots, strict=True)
        ]
    return tuple(out)


def fits(one: When, two: When) -> bool:
    """Whether two times contradict each other in nothing that both say."""
    said = two.said()
    return all(said.get(name, value) == value for name, value in one.said().items())
