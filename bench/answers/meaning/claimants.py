"""Figures that an answer gives as somebody's who is not asked about: "Marek says 1.5 billion, the ministry 900 million"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from bench.answers.meaning.companions import About, Range, clause, names_in, parted, words
from bench.answers.text.tokens import Text
from bench.answers.text.units import stem
from bench.answers.text.wording import words_of

_CLAIMING: Final = words_of(
    "say says said tell told report reports reported estimate estimates estimated put puts claim claims claimed "
    "speak speaks spoke according count counts counted give gives gave cite cites cited"
)
Figure = tuple[Fraction, Fraction | None]
_SAYING: Final = _CLAIMING | frozenset(map(stem, _CLAIMING))


def asks_for_claim(about: About) -> bool:
    """Whether somebody's word is asked for: "According to police, …", "What did Marek say …"."""
    return not about.asked.isdisjoint(_CLAIMING)


def told_by_another(
    text: Text, spot: Range, others: Sequence[Range], about: About, told: Sequence[frozenset[str]]
) -> bool:
    """Whether the clause around a figure has a claimant of its own, who stands beside that figure in the article.

    `told`: the words of the article's sentences with the figure.
    """
    near = [other for other in others if other != spot and not parted(text, spot, other)]
    if near:
        return False  # "two more cuts of a quarter point" is one clause
    own = words(text, spot, others) - about.counted - _SAYING
    claimant = own - about.asked
    return bool(claimant) and own.isdisjoint(about.names or about.asked) and any(claimant <= t for t in told)


def told_of_another_name(
    text: Text,
    spot: Range,
    answers: Sequence[Range],
    others: Sequence[Range],
    about: About,
    told: Sequence[frozenset[str]],
) -> bool:
    """Whether a figure is told of a name that is not asked about, and no answer is: "54 percent, ahead of Prok on 38"."""
    if not about.names or not names_in(text, clause(text, spot, others)) - about.asked:
        return False
    if any(names_in(text, clause(text, answer, others)) - about.asked for answer in answers):
        return False
    return told_by_another(text, spot, others, about, told)


def crossed(
    text: Text,
    spot: Range,
    others: Sequence[Range],
    about: About,
    figure: Figure,
    sentences: Mapping[Figure, Sequence[frozenset[str]]],
) -> bool:
    """Whether the right figure is given as the word of somebody beside whom the article has another one."""
    if _CLAIMING.isdisjoint(t.norm for t in text.tokens):
        return False
    here = sentences.get(figure, ())
    there = [own for other, told in sentences.items() if other != figure for own in told]
    return not told_by_another(text, spot, others, about, here) and told_by_another(
        text, spot, others, about, there
    )
